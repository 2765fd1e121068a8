"""Takes over cards of earlier seminars as cards of a workshop, each knowing its origin."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.actions.cards import checked_card, lay_card
from fabrique.stages.contribution.actions.changes import Change, carry_out
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.errors import NotToTakeOver
from fabrique.stages.contribution.formats.reach import in_reach
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, CardReference
from fabrique.stages.contribution.queries import cards_to_take_over


@transaction.atomic
def take_cards_over(workshop_id: UUID, *, card_ids: Iterable[UUID], actor: str) -> list[Card]:
    """Make cards here of these earlier ones: one gesture, taken back in one.

    Those already taken over are left as they are.
    """
    workshop, room = hold_workshop(workshop_id)
    wanted = set(card_ids)
    format = get_format(workshop.format)
    known = {one.card_id for one in in_reach(workshop, format.takes_over)}
    if unknown := wanted - known:
        raise NotToTakeOver(cards=sorted(map(str, unknown)))
    change, cards = Change(), []
    for origin in cards_to_take_over(workshop):
        if origin.card_id in wanted:
            for data in format.taken_over(origin):
                card = lay_card(workshop, checked_card(workshop, data))
                CardReference.objects.create(
                    card=card, target_id=origin.card_id, role=CardReference.ORIGIN
                )
                change.of_card(card, state=CardState.KEPT)
                cards.append(card)
    if cards:
        carry_out(room, workshop, change, verb="take_over", actor=actor, subject=cards[0].pk)
    return list(Card.objects.filter(pk__in=[card.pk for card in cards]))

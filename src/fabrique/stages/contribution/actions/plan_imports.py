"""A plan from a sheet, written in one gesture: the cards that are new, and what others now say.

The sheet was read and shown before. Its cards may name one another: ``named_here`` is checked
against what the workshop will hold once all is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fabrique.stages.contribution.actions.cards import checked_card
from fabrique.stages.contribution.actions.changes import Change, carry_out
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.errors import NotInThisRoom
from fabrique.stages.contribution.models import Card, Workshop


@dataclass(frozen=True, kw_only=True)
class BroughtCard:
    """What a line says of a card: ``data`` goes over what it says already, if it is there.

    ``named_here`` holds fields of its payload that name cards of the same workshop.
    """

    id: UUID
    data: Mapping[str, Any]
    named_here: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


@dataclass
class BroughtIn:
    """How many cards the sheet made, changed and left as they were."""

    created: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def bring_plan(workshop_id: UUID, *, brought: Sequence[BroughtCard], actor: str) -> BroughtIn:
    """Write these cards: all of them or none, taken back in one.

    Sent twice, it changes nothing. Raises ``InvalidCard``, or ``NotInThisRoom`` for a card of
    elsewhere.
    """
    workshop, room = hold_workshop(workshop_id)
    here = {card.pk: card for card in Card.objects.filter(workshop=workshop)}
    _check_ids(workshop, brought, here)
    change, done = Change(), BroughtIn()
    last = Card.objects.filter(workshop=workshop).aggregate(last=Max("position"))["last"] or 0
    for one in brought:
        card = here.get(one.id)
        after = _written(workshop, card, one)
        if card is None:
            last += 1
            card = _laid(workshop, one.id, position=last)
        if card.state == CardState.UNDONE:
            change.of_card(card, state=CardState.KEPT, **after)
            done.created += 1
        elif any(getattr(card, name) != value for name, value in after.items()):
            change.of_card(card, **after)
            done.changed += 1
        else:
            done.same += 1
    if change.cards:
        subject = next(iter(change.cards))
        carry_out(room, workshop, change, verb="bring_plan", actor=actor, subject=subject)
    return done


def _check_ids(
    workshop: Workshop, brought: Sequence[BroughtCard], here: Mapping[UUID, Card]
) -> None:
    ids = [one.id for one in brought]
    named = {target for one in brought for targets in one.named_here.values() for target in targets}
    elsewhere = Card.objects.filter(pk__in=ids).exclude(workshop=workshop).exists()
    if elsewhere or not named <= {*here, *ids}:
        raise NotInThisRoom(workshop=str(workshop.pk))


def _written(workshop: Workshop, card: Card | None, one: BroughtCard) -> dict[str, Any]:
    """The card's fields by its format's form, then the cards it names here."""
    before = {**card.payload, "title": card.title, "text": card.text} if card else {"text": ""}
    kept = {name: value for name, value in before.items() if name not in one.named_here}
    fields = checked_card(workshop, {**kept, **one.data})
    named = {name: [str(each) for each in ids] for name, ids in one.named_here.items() if ids}
    return {**fields, "payload": {**fields["payload"], **named}}


def _laid(workshop: Workshop, card_id: UUID, *, position: int) -> Card:
    """A row that is not there until the change that creates it is carried out."""
    return Card.objects.create(
        id=card_id, workshop=workshop, title="…", position=position, state=CardState.UNDONE
    )

"""Keeps a card or a contribution to its author and the facilitators, or gives it to the group.

How far beyond the group a card goes is the territory's to say, by releasing it.
"""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fabrique.stages.contribution.actions.changes import Change, carry_out
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.actions.releases import withdraw_release
from fabrique.stages.contribution.downstream import tell_hidden
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.errors import NotInThisRoom, UnknownMove
from fabrique.stages.contribution.models import Card, Contribution, Release
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in
from fabrique.stages.seminar.models import Participant

CHOSEN_HERE = (Level.PRIVATE, Level.GROUP)


@transaction.atomic
def set_card_level(card_id: UUID, *, level: str, actor: str) -> Card:
    """A card made private is withdrawn from wherever it was released, in the same gesture."""
    workshop_id = Card.objects.filter(pk=card_id).values_list("workshop", flat=True).first()
    if workshop_id is None:
        raise NotInThisRoom(card=str(card_id))
    if level not in CHOSEN_HERE:
        raise UnknownMove(level=level)
    workshop, room = hold_workshop(workshop_id)
    card = Card.objects.get(pk=card_id)
    if level == card.level or (level == Level.GROUP and card.level != Level.PRIVATE):
        return card
    if level == Level.PRIVATE:
        for release in Release.objects.filter(card=card, withdrawn_at=None):
            withdraw_release(release.pk, reason=_("La carte a été réservée."), actor=actor)
            card.refresh_from_db()
        transaction.on_commit(partial(tell_hidden, workshop.meeting.programme_id), robust=True)
    change = Change().of_card(card, level=level)
    carry_out(room, workshop, change, verb="set_card_level", actor=actor, subject=card.pk)
    card.refresh_from_db()
    return card


@transaction.atomic
def set_own_level(contribution_id: UUID, *, level: str, participant: Participant) -> Contribution:
    """What someone said, kept to themselves and the facilitators from now on, or given back."""
    said = Contribution.objects.filter(pk=contribution_id, participant=participant)
    workshop_id = said.values_list("workshop", flat=True).first()
    if workshop_id is None:
        raise NotInThisRoom(contributions=[str(contribution_id)])
    if level not in CHOSEN_HERE:
        raise UnknownMove(level=level)
    workshop, room = hold_workshop(workshop_id)
    contribution = said.select_related("workshop").get()
    if contribution.level == level:
        return contribution
    contribution.level = level
    contribution.save(update_fields=["level"])
    record(
        room,
        verb="set_own_level",
        actor="",
        subject=contribution.pk,
        detail={"workshop": str(workshop.pk), "level": level},
        at=instant_in(room),
    )
    transaction.on_commit(partial(tell_hidden, workshop.meeting.programme_id), robust=True)
    return contribution

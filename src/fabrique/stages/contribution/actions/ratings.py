"""Taking in what people judge: one value a person, a card and a criterion; the last one counts."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.actions.floor import check_floor, check_seat, hold_workshop
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.errors import NotInThisRoom
from fabrique.stages.contribution.formats.contract import Mark
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Rating
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in, new_id_in
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import Participant, Room


@transaction.atomic
def rate(
    *, workshop_id: UUID, card_id: UUID, participant: Participant, criterion: str, value: int
) -> None:
    """Store a judgement, or replace the one this person gave. Sent twice, it changes nothing."""
    workshop, room = hold_workshop(workshop_id)
    check_seat(workshop, room, participant)
    check_floor(workshop, room, "rating")
    mark = Mark(card_id=card_id, criterion=criterion, value=value)
    check_cards(room, [card_id])
    get_format(workshop.format).check_mark(workshop, mark)
    if write_marks(room, participant, [mark]):
        record(
            room,
            verb="rate",
            actor="",
            subject=card_id,
            audience=Audience.ROOM,
            at=instant_in(room),
        )


def check_cards(room: Room, card_ids: Sequence[UUID]) -> None:
    """Raise ``NotInThisRoom`` unless all are cards kept in the room's seminar."""
    wanted = set(card_ids)
    kept = Card.objects.filter(workshop__meeting=room.meeting_id, state=CardState.KEPT)
    if wanted and kept.filter(pk__in=wanted).count() != len(wanted):
        raise NotInThisRoom(cards=sorted(str(one) for one in wanted))


def write_marks(room: Room, participant: Participant, marks: Sequence[Mark]) -> bool:
    """Write checked marks in the room the caller holds; whether anything changed."""
    cards = {mark.card_id for mark in marks}
    rows = Rating.objects.filter(participant=participant, card__in=cards)
    given = {(one.card_id, one.criterion): one.value for one in rows}
    changed = [
        Rating(
            id=new_id_in(room),
            card_id=mark.card_id,
            participant=participant,
            criterion=mark.criterion,
            value=mark.value,
            rated_at=instant_in(room),
        )
        for mark in marks
        if given.get((mark.card_id, mark.criterion)) != mark.value
    ]
    Rating.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["card", "participant", "criterion"],
        update_fields=["value", "rated_at"],
    )
    return bool(changed)

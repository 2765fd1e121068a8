"""Taking in what people judge: one value a person, a card and a criterion; the last one counts."""

from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.enums import CardState, WorkshopState
from fabrique.stages.contribution.errors import InvalidRating, NotInThisRoom, WorkshopClosed
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Rating, Workshop
from fabrique.stages.seminar.actions.journal import lock_room, record
from fabrique.stages.seminar.enums import Audience, RoomState
from fabrique.stages.seminar.models import Participant, Room


@transaction.atomic
def rate(
    *, card_id: UUID, participant: Participant, criterion: str, value: int, id: UUID | None = None
) -> Rating:
    """Store a judgement, or replace the one this person gave. Sent twice, it changes nothing."""
    card, room = _judged(card_id, participant)
    _check(card.workshop, room, criterion, value)
    given = Rating.objects.filter(card=card, participant=participant, criterion=criterion).first()
    if given is not None and given.value == value:
        return given
    before = given.value if given else None
    rating = given or Rating(card=card, participant=participant, criterion=criterion)
    if given is None and id is not None and not Rating.objects.filter(pk=id).exists():
        rating.id = id
    rating.value = value
    rating.save()
    record(
        room,
        verb="rate",
        actor="",
        subject=card.pk,
        audience=Audience.ROOM,
        detail={"criterion": criterion, "again": before is not None},
    )
    return rating


def _judged(card_id: UUID, participant: Participant) -> tuple[Card, Room]:
    """A kept card of the participant's own room, the room held until the transaction ends."""
    room = lock_room(participant.room_id)
    card = (
        Card.objects.select_related("workshop")
        .filter(pk=card_id, workshop__meeting=room.meeting_id, state=CardState.KEPT)
        .first()
    )
    if card is None or participant.left_at is not None:
        raise NotInThisRoom(card=str(card_id))
    return card, room


def _check(workshop: Workshop, room: Room, criterion: str, value: int) -> None:
    format = get_format(workshop.format)
    phase = format.phase(workshop.phase)
    takes = workshop.state == WorkshopState.OPEN and "rating" in phase.accepts
    if room.state != RoomState.OPEN or not takes:
        raise WorkshopClosed(workshop=str(workshop.pk), title=workshop.title)
    scales = {one.key: one.scale for one in format.criteria}
    if criterion not in scales or value not in scales[criterion]:
        raise InvalidRating(criterion=criterion, value=value)

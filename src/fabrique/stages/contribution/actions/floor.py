"""Who has the floor: a phone is heard while its room and workshop are open and ask for it."""

from uuid import UUID

from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.errors import NotInThisRoom, WorkshopClosed
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.journal import lock_room
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Participant, Room


def hold_workshop(workshop_id: UUID) -> tuple[Workshop, Room]:
    """The workshop and its room, the room held until the transaction ends."""
    workshops = Workshop.objects.filter(pk=workshop_id)
    held = workshops.order_by().values_list("meeting_id", "meeting__room").first()
    if held is None:
        raise NotInThisRoom(workshop=str(workshop_id))
    meeting_id, room_id = held
    room = lock_room(room_id or prepare_room(Meeting.objects.get(pk=meeting_id)).pk)
    return workshops.select_related("meeting", "sequence").get(), room


def check_seat(workshop: Workshop, room: Room, participant: Participant | None) -> None:
    """Raise ``NotInThisRoom`` unless they sit in the room of this workshop."""
    if participant is None or participant.room_id != room.pk or participant.left_at is not None:
        raise NotInThisRoom(workshop=str(workshop.pk))


def check_floor(workshop: Workshop, room: Room, *asked: str) -> None:
    """Raise ``WorkshopClosed`` unless phones may now send each thing asked."""
    phase = get_format(workshop.format).phase(workshop.phase)
    is_open = workshop.state == WorkshopState.OPEN and room.state == RoomState.OPEN
    if not is_open or not phase.accepts.issuperset(asked):
        raise WorkshopClosed(workshop=str(workshop.pk), title=workshop.title)

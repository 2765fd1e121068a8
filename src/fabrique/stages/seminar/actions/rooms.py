"""The verbs of a room: prepare, open, drive along the run sheet, join, leave, close."""

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from fabrique.stages.programme.actions.meetings import hold_meeting
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.seminar.actions.attendance import note_presence
from fabrique.stages.seminar.actions.journal import lock_room, record
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.discretion import instant_in, new_id_in
from fabrique.stages.seminar.enums import Audience, Identity, RoomState
from fabrique.stages.seminar.errors import (
    IllegalRoomMove,
    LabelTaken,
    MemberTaken,
    NameNeeded,
    NameTooLong,
    NotInThisGroup,
    NotInThisRunSheet,
    RoomAlreadyOpened,
    RoomNotOpen,
)
from fabrique.stages.seminar.lifecycle import MOVES
from fabrique.stages.seminar.models import Participant, Room, Sequence
from fabrique.stages.seminar.queries import (
    CODE_ALPHABET,
    CODE_LENGTH,
    group_members_of,
    sequence_after,
)

LABEL_LIMIT = 160


def prepare_room(meeting: Meeting, *, identity: Identity | None = None) -> Room:
    """The meeting's room and its run sheet. Asking again gives the same one; an identity replaces
    the former.

    Refused once the room has been opened: what people were told then is never changed.
    """
    with transaction.atomic():
        room = Room.objects.filter(meeting=meeting).first()
        if room is None:
            ensure_run_sheet(meeting)
            room = _new_room(meeting, identity or Identity.NAMED)
        if identity is not None and room.identity != identity:
            room = lock_room(room.pk)
            if room.opened_at is not None:
                raise RoomAlreadyOpened(identity=room.identity)
            room.identity = identity
            room.save(update_fields=["identity"])
    return room


@transaction.atomic
def open_room(room_id: UUID, *, actor: str) -> Room:
    room = _moved(room_id, "open")
    room.opened_at = room.opened_at or timezone.now()
    room.closed_at = None
    room.save(update_fields=["state", "opened_at", "closed_at"])
    record(room, verb="open_room", actor=actor, audience=Audience.EVERYONE)
    return room


@transaction.atomic
def close_room(room_id: UUID, *, actor: str) -> Room:
    """Nothing is said any more. A meeting whose run sheet was started has been held."""
    room = _moved(room_id, "close")
    room.closed_at = timezone.now()
    room.save(update_fields=["state", "closed_at"])
    record(room, verb="close_room", actor=actor, audience=Audience.EVERYONE)
    if room.sequence_id is not None and room.meeting.state != MeetingState.CANCELLED:
        hold_meeting(room.meeting_id, actor=actor)
    return room


@transaction.atomic
def start_sequence(room_id: UUID, *, sequence_id: UUID, actor: str) -> Room:
    """Start a line of the run sheet now: its time runs from this instant."""
    room = lock_room(room_id)
    sequence = Sequence.objects.filter(pk=sequence_id, meeting=room.meeting_id).first()
    if sequence is None:
        raise NotInThisRunSheet(sequence=str(sequence_id))
    return _start(room, sequence, actor)


@transaction.atomic
def next_sequence(room_id: UUID, *, actor: str) -> Room:
    room = lock_room(room_id)
    sequence = sequence_after(room)
    if sequence is None:
        raise NotInThisRunSheet(sequence="")
    return _start(room, sequence, actor)


@transaction.atomic
def add_minutes(room_id: UUID, *, minutes: int, actor: str) -> Room:
    """Lengthen (or, below zero, shorten) the running sequence."""
    room = lock_room(room_id)
    if room.sequence_id is None:
        raise NotInThisRunSheet(sequence="")
    room.added_minutes += minutes
    room.save(update_fields=["added_minutes"])
    record(
        room,
        verb="add_minutes",
        actor=actor,
        subject=room.sequence_id,
        audience=Audience.ROOM,
        detail={"minutes": minutes},
    )
    return room


@transaction.atomic
def renew_wall_key(room_id: UUID, *, actor: str) -> Room:
    """Make a new screen link; screens that hold the former one go dark."""
    room = lock_room(room_id)
    room.wall_key = _wall_key()
    room.save(update_fields=["wall_key"])
    record(room, verb="renew_wall_key", actor=actor, audience=Audience.ROOM)
    return room


@transaction.atomic
def join_room(
    room: Room, *, member_id: UUID | None = None, label: str = "", again: bool = False
) -> Participant:
    """Someone sits down. ``again`` says « it's me, on another phone »: the same participant,
    on a device that reads nothing of what was said from that seat before.

    In a room where people are named, someone not on the list (a guest, a deputy) gives a label.
    """
    room = lock_room(room.pk)
    if room.state != RoomState.OPEN:
        raise RoomNotOpen(state=room.state)
    if room.identity == Identity.ANONYMOUS:
        return _seat(room, None, gettext("Participant ou participante"))
    if room.identity == Identity.NAMED and member_id is not None:
        return _seat_member(room, _member(room, member_id), again=again)
    return _seat(room, None, _free_label(room, label))


@transaction.atomic
def leave_room(participant_id: UUID) -> None:
    """Give the seat back; what was said stays, and the personal link still opens."""
    participant = Participant.objects.filter(pk=participant_id, left_at=None).first()
    if participant is None:
        return
    room = lock_room(participant.room_id)
    participant.left_at = instant_in(room)
    participant.save(update_fields=["left_at"])
    record(
        room,
        verb="leave_room",
        actor=_said_by(room, participant),
        subject=participant.pk,
        audience=Audience.ROOM,
        at=instant_in(room),
    )


def _new_room(meeting: Meeting, identity: Identity) -> Room:
    """A room with a code nobody else has; two tabs at once get the same room."""
    for _attempt in range(20):
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                return Room.objects.create(
                    meeting=meeting, code=code, wall_key=_wall_key(), identity=identity
                )
        except IntegrityError:
            if room := Room.objects.filter(meeting=meeting).first():
                return room
    raise RuntimeError("no free room code found")


def _wall_key() -> str:
    return secrets.token_urlsafe(24)


def _moved(room_id: UUID, move: str) -> Room:
    room = lock_room(room_id)
    sources, target = MOVES[move]
    if room.state not in sources:
        raise IllegalRoomMove(move=move, state=room.state)
    room.state = target
    return room


def _start(room: Room, sequence: Sequence, actor: str) -> Room:
    before = str(room.sequence_id) if room.sequence_id else None
    room.sequence = sequence
    room.sequence_started_at = timezone.now()
    room.added_minutes = 0
    room.save(update_fields=["sequence", "sequence_started_at", "added_minutes"])
    record(
        room,
        verb="start_sequence",
        actor=actor,
        subject=sequence.pk,
        audience=Audience.EVERYONE,
        detail={"before": before},
    )
    return room


def _member(room: Room, member_id: UUID) -> GroupMember:
    member = group_members_of(room.meeting).filter(pk=member_id).first()
    if member is None:
        raise NotInThisGroup(member=str(member_id))
    return member


def _seat_member(room: Room, member: GroupMember, *, again: bool) -> Participant:
    seated = Participant.objects.filter(room=room, member=member).first()
    if seated is None:
        note_presence(room.meeting_id, member.pk, at=timezone.now())
        return _seat(room, member, member.name)
    if seated.left_at is None and not again:
        raise MemberTaken(member=str(member.pk), name=member.name)
    seated.left_at, seated.seated_since = None, timezone.now()
    seated.save(update_fields=["left_at"])
    note_presence(room.meeting_id, member.pk, at=timezone.now())
    record(
        room,
        verb="join_again",
        actor=_said_by(room, seated),
        subject=seated.pk,
        audience=Audience.ROOM,
    )
    return seated


def _free_label(room: Room, label: str) -> str:
    label = " ".join(label.replace("\0", "").split())
    if not label:
        raise NameNeeded(identity=room.identity)
    if len(label) > LABEL_LIMIT:
        raise NameTooLong(limit=LABEL_LIMIT, length=len(label))
    if Participant.objects.filter(room=room, label__iexact=label).exists():
        raise LabelTaken(label=label)
    return label


def _seat(room: Room, member: GroupMember | None, label: str) -> Participant:
    participant = Participant.objects.create(
        id=new_id_in(room),
        room=room,
        member=member,
        label=label,
        link_key=secrets.token_urlsafe(32),
        joined_at=instant_in(room),
    )
    record(
        room,
        verb="join_room",
        actor=_said_by(room, participant),
        subject=participant.pk,
        audience=Audience.ROOM,
        at=instant_in(room),
    )
    return participant


def _said_by(room: Room, participant: Participant) -> str:
    """How the journal names someone: not at all in an anonymous room."""
    return "" if room.identity == Identity.ANONYMOUS else participant.label

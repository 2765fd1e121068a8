"""Tying cards together: by one person on a phone, or by the team for the room."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.contribution.enums import CardState, WorkshopState
from fabrique.stages.contribution.errors import InvalidLink, NotInThisRoom, WorkshopClosed
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Link, Workshop
from fabrique.stages.seminar.actions.journal import lock_room, record
from fabrique.stages.seminar.enums import Audience, RoomState
from fabrique.stages.seminar.models import Participant, Room


@transaction.atomic
def link(
    *,
    workshop_id: UUID,
    source_id: UUID,
    target_id: UUID,
    kind: str,
    actor: str,
    participant: Participant | None = None,
    id: UUID | None = None,
) -> Link:
    """Tie two cards of the same seminar; the same tie said again is the one already there."""
    workshop, room = _held(workshop_id, participant)
    _check_cards(room, source_id, target_id)
    tied = _tied(workshop, participant, kind).filter(source=source_id, target=target_id).first()
    return tied or _tie(workshop, room, source_id, target_id, kind, participant, actor, id)


@transaction.atomic
def unlink(link_id: UUID, *, actor: str, participant: Participant | None = None) -> None:
    """End a tie; it keeps its row. A participant ends only their own."""
    one = Link.objects.filter(pk=link_id, participant=participant).first()
    if one is None:
        raise NotInThisRoom(link=str(link_id))
    _workshop, room = _held(one.workshop_id, participant)
    if one.ended_at is None:
        _end(one, room, actor)


@transaction.atomic
def answer_links(
    *,
    workshop_id: UUID,
    target_id: UUID,
    source_ids: Collection[UUID],
    kind: str,
    participant: Participant,
    actor: str,
) -> list[Link]:
    """Everything one person ties to a target, at once: what they no longer tick is ended."""
    workshop, room = _held(workshop_id, participant)
    for source_id in source_ids:
        _check_cards(room, source_id, target_id)
    tied = {
        one.source_id: one for one in _tied(workshop, participant, kind).filter(target=target_id)
    }
    for source_id, one in tied.items():
        if source_id not in source_ids:
            _end(one, room, actor)
    for source_id in dict.fromkeys(source_ids):
        if source_id not in tied:
            _tie(workshop, room, source_id, target_id, kind, participant, actor, None)
    return list(_tied(workshop, participant, kind).filter(target=target_id))


def _held(workshop_id: UUID, participant: Participant | None) -> tuple[Workshop, Room]:
    """The workshop and its room, held; a phone's tie is taken while the workshop asks for it."""
    workshop = Workshop.objects.select_related("meeting__room").get(pk=workshop_id)
    room = lock_room(workshop.meeting.room.pk)
    if participant is not None:
        if participant.room_id != room.pk or participant.left_at is not None:
            raise NotInThisRoom(workshop=str(workshop_id))
        workshop.refresh_from_db(fields=["state", "phase"])
        phase = get_format(workshop.format).phase(workshop.phase)
        takes = workshop.state == WorkshopState.OPEN and "link" in phase.accepts
        if room.state != RoomState.OPEN or not takes:
            raise WorkshopClosed(workshop=str(workshop_id), title=workshop.title)
    return workshop, room


def _check_cards(room: Room, source_id: UUID, target_id: UUID) -> None:
    wanted = {source_id, target_id}
    found = Card.objects.filter(pk__in=wanted, workshop__meeting=room.meeting_id)
    states = dict(found.values_list("pk", "state"))
    if states.keys() != wanted:
        raise NotInThisRoom(source=str(source_id), target=str(target_id))
    if len(wanted) == 1 or set(states.values()) != {CardState.KEPT}:
        raise InvalidLink(source=str(source_id), target=str(target_id))


def _tied(workshop: Workshop, participant: Participant | None, kind: str):  # type: ignore[no-untyped-def]
    return Link.objects.filter(workshop=workshop, participant=participant, kind=kind, ended_at=None)


def _tie(
    workshop: Workshop,
    room: Room,
    source_id: UUID,
    target_id: UUID,
    kind: str,
    participant: Participant | None,
    actor: str,
    id: UUID | None,
) -> Link:
    one = Link(
        workshop=workshop,
        source_id=source_id,
        target_id=target_id,
        kind=kind,
        participant=participant,
    )
    if id is not None and not Link.objects.filter(pk=id).exists():
        one.id = id
    one.save(force_insert=True)
    record(
        room,
        verb="link",
        actor=actor,
        subject=one.pk,
        audience=Audience.ROOM,
        detail={"source": str(source_id), "target": str(target_id), "kind": kind},
    )
    return one


def _end(one: Link, room: Room, actor: str) -> None:
    one.ended_at = timezone.now()
    one.save(update_fields=["ended_at"])
    record(room, verb="unlink", actor=actor, subject=one.pk, audience=Audience.ROOM)

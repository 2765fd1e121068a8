"""The verbs of a workshop: laid out from the run sheet, opened, moved on, closed."""

from typing import Any
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.errors import IllegalWorkshopMove, UnknownPhase
from fabrique.stages.contribution.formats.registry import UnknownFormat, get_format
from fabrique.stages.contribution.lifecycle import MOVES
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import Room, Sequence
from fabrique.stages.seminar.queries import sequences_of


@transaction.atomic
def lay_out_workshops(meeting: Meeting) -> list[Workshop]:
    """One workshop for each sequence that has a format; asking again changes nothing.

    Until it is opened a workshop follows its sequence; a waiting one whose sequence is gone and
    that holds nothing goes too.
    """
    defaults = meeting.programme.blueprint.get("formats", {})
    laid = {one.sequence_id: one for one in Workshop.objects.filter(meeting=meeting)}
    for sequence in sequences_of(meeting):
        if _is_installed(sequence.format):
            wanted = _as_planned(sequence, defaults.get(sequence.format, {}))
            _follow(laid.pop(sequence.pk, None), sequence, wanted)
    for orphan in laid.values():
        is_empty = not (orphan.contributions.exists() or orphan.cards.exists())
        if orphan.state == WorkshopState.WAITING and is_empty:
            orphan.delete()
    return list(Workshop.objects.filter(meeting=meeting))


@transaction.atomic
def ensure_workshop(meeting: Meeting, *, format: str) -> Workshop:
    """The meeting's workshop of this format, laid out if it is not, made if nothing plans one."""
    ensure_run_sheet(meeting)
    prepare_room(meeting)
    laid = lay_out_workshops(meeting)
    found = next((one for one in laid if one.format == format), None)
    return found or Workshop.objects.create(
        meeting=meeting,
        format=format,
        title=str(get_format(format).title),
        position=len(laid) + 1,
    )


@transaction.atomic
def open_workshop(workshop_id: UUID, *, actor: str) -> Workshop:
    """Open a workshop on everyone's phone. The one that was open closes: one thing at a time."""
    workshop, room = hold_workshop(workshop_id)
    _move(workshop, "open")
    others = Workshop.objects.filter(meeting=workshop.meeting_id, state=WorkshopState.OPEN)
    for other in others:
        _close(other, room, actor)
    workshop.phase = get_format(workshop.format).phase(workshop.phase).key
    workshop.save(update_fields=["state", "phase"])
    record(
        room,
        verb="open_workshop",
        actor=actor,
        subject=workshop.pk,
        audience=Audience.EVERYONE,
        detail={"phase": workshop.phase},
    )
    return workshop


@transaction.atomic
def close_workshop(workshop_id: UUID, *, actor: str) -> Workshop:
    workshop, room = hold_workshop(workshop_id)
    _close(workshop, room, actor)
    return workshop


@transaction.atomic
def change_phase(workshop_id: UUID, *, phase: str, actor: str) -> Workshop:
    """Move a workshop to another of its format's phases, open or not."""
    workshop, room = hold_workshop(workshop_id)
    if phase not in {one.key for one in get_format(workshop.format).phases}:
        raise UnknownPhase(phase=phase)
    before, workshop.phase = workshop.phase, phase
    workshop.save(update_fields=["phase"])
    record(
        room,
        verb="change_phase",
        actor=actor,
        subject=workshop.pk,
        audience=Audience.EVERYONE,
        detail={"before": before, "phase": phase},
    )
    return workshop


def _move(workshop: Workshop, move: str) -> None:
    sources, target = MOVES[move]
    if workshop.state not in sources:
        raise IllegalWorkshopMove(move=move, state=workshop.state)
    workshop.state = target


def _close(workshop: Workshop, room: Room, actor: str) -> None:
    _move(workshop, "close")
    workshop.save(update_fields=["state"])
    record(
        room,
        verb="close_workshop",
        actor=actor,
        subject=workshop.pk,
        audience=Audience.EVERYONE,
    )


def _is_installed(key: str) -> bool:
    try:
        return bool(key) and bool(get_format(key))
    except UnknownFormat:
        return False


def _as_planned(sequence: Sequence, default: dict[str, Any]) -> dict[str, Any]:
    """What the run sheet says of a workshop: the sequence's own settings over the blueprint's."""
    return {
        "format": sequence.format,
        "title": sequence.title,
        "prompt": sequence.prompt,
        "settings": {**default.get("settings", {}), **sequence.settings},
        "position": sequence.position,
    }


def _follow(workshop: Workshop | None, sequence: Sequence, wanted: dict[str, Any]) -> None:
    if workshop is None:
        Workshop.objects.create(meeting=sequence.meeting, sequence=sequence, **wanted)
    elif workshop.state == WorkshopState.WAITING:
        changed = [name for name, value in wanted.items() if getattr(workshop, name) != value]
        for name in changed:
            setattr(workshop, name, wanted[name])
        if changed:
            workshop.save(update_fields=changed)

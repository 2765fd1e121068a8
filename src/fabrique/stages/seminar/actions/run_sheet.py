"""The verbs of a run sheet: laid out from the programme's method, then changed line by line."""

from typing import Any
from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record as record_in_programme
from fabrique.stages.programme.blueprint import Blueprint, SequencePlan, fill
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of, placeholder_values
from fabrique.stages.seminar.actions.journal import lock_room, record
from fabrique.stages.seminar.enums import Audience, RoomState
from fabrique.stages.seminar.errors import SequenceRunning
from fabrique.stages.seminar.models import Room, Sequence

FIELDS = ("title", "kind", "horizon", "minutes", "purpose", "format", "prompt", "settings")


@transaction.atomic
def ensure_run_sheet(meeting: Meeting) -> list[Sequence]:
    """The meeting's run sheet, laid out from the programme's method the first time it is asked."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("programme", "site__territory")
        .get(pk=meeting.pk)
    )
    sequences = list(Sequence.objects.filter(meeting=meeting))
    return sequences or _lay_out(meeting)


@transaction.atomic
def add_sequence(meeting: Meeting, *, actor: str, **values: Any) -> Sequence:
    """Add a line at the end of the run sheet."""
    laid = ensure_run_sheet(meeting)
    sequence = Sequence(meeting=meeting, position=len(laid) + 1, **_checked(values))
    sequence.save()
    _place([*laid, sequence])
    _tell(meeting, "add-sequence", actor, sequence.pk)
    return sequence


@transaction.atomic
def change_sequence(sequence_id: UUID, *, actor: str, **values: Any) -> Sequence:
    """Change a line; its workshop follows until it is opened."""
    sequence = _held(sequence_id)
    for name, value in _checked(values).items():
        setattr(sequence, name, value)
    sequence.save()
    _tell(sequence.meeting, "change-sequence", actor, sequence.pk)
    return sequence


@transaction.atomic
def remove_sequence(sequence_id: UUID, *, actor: str) -> None:
    """Take a line off. Raises ``SequenceRunning``."""
    sequence = _held(sequence_id)
    running = Room.objects.filter(meeting=sequence.meeting_id, sequence=sequence)
    if running.filter(state=RoomState.OPEN).exists():
        raise SequenceRunning(title=sequence.title)
    meeting, gone = sequence.meeting, sequence.pk
    sequence.delete()
    _place(list(Sequence.objects.filter(meeting=meeting)))
    _tell(meeting, "remove-sequence", actor, gone)


@transaction.atomic
def move_sequence(sequence_id: UUID, *, place: int, actor: str) -> None:
    """Put a line at a place counted from 1; beyond either end, at that end."""
    sequence = _held(sequence_id)
    others = list(Sequence.objects.filter(meeting=sequence.meeting_id).exclude(pk=sequence.pk))
    place = min(max(place, 1), len(others) + 1)
    others.insert(place - 1, sequence)
    _place(others)
    _tell(sequence.meeting, "move-sequence", actor, sequence.pk)


def _held(sequence_id: UUID) -> Sequence:
    """The line, its meeting held so that run sheets change one edit at a time."""
    sequence = Sequence.objects.select_related("meeting__programme").get(pk=sequence_id)
    Meeting.objects.select_for_update(of=("self",)).get(pk=sequence.meeting_id)
    sequence.refresh_from_db(fields=[*FIELDS, "position"])
    return sequence


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a sequence: {sorted(unknown)}")
    return values


def _place(sequences: list[Sequence]) -> None:
    moved = []
    for position, sequence in enumerate(sequences, start=1):
        if sequence.position != position:
            sequence.position = position
            moved.append(sequence)
    Sequence.objects.bulk_update(moved, ["position"])


def _tell(meeting: Meeting, verb: str, actor: str, subject: UUID) -> None:
    """Leave the audit line; an open room's console and wall look again."""
    record_in_programme(meeting.programme, verb=verb, actor=actor, subject=subject)
    room = Room.objects.filter(meeting=meeting, state=RoomState.OPEN).first()
    if room is not None:
        record(
            lock_room(room.pk),
            verb="change_run_sheet",
            actor=actor,
            subject=subject,
            audience=Audience.ROOM,
        )


def _lay_out(meeting: Meeting) -> list[Sequence]:
    blueprint = blueprint_of(meeting.programme)
    values = placeholder_values(meeting.programme, meeting.site)
    plans = blueprint.meeting(meeting.key).sequences
    return Sequence.objects.bulk_create(
        _planned(meeting, blueprint, plan, position, values)
        for position, plan in enumerate(plans, start=1)
    )


def _planned(
    meeting: Meeting,
    blueprint: Blueprint,
    plan: SequencePlan,
    position: int,
    values: dict[str, object],
) -> Sequence:
    return Sequence(
        meeting=meeting,
        position=position,
        title=fill(plan.title, values),
        kind=plan.kind,
        horizon=plan.horizon,
        minutes=plan.minutes,
        purpose=fill(plan.purpose, values),
        format=plan.format,
        prompt=fill(blueprint.prompt_of(plan), values),
        settings=dict(plan.settings),
    )

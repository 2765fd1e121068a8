"""How a seminar stands against its run sheet: where it is, what is left, ahead or behind.

Pure arithmetic on rows already read; the page gives the present instant.
"""

from collections.abc import Sequence as Rows
from dataclasses import dataclass
from datetime import datetime, timedelta

from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Room, Sequence

#: A planned hour further than this from the real start says nothing of the day.
SAME_SITTING = timedelta(hours=3)


@dataclass(frozen=True)
class Step:
    """A line of the run sheet as lived: ``past``, ``running`` or ``to_come``."""

    sequence: Sequence
    state: str


@dataclass(frozen=True)
class Pace:
    """The run sheet at an instant.

    ``ends_at`` is when the running sequence should end, added minutes included.
    ``minutes_late`` compares the end of the seminar as it now looks with the one planned:
    above zero behind, below ahead, ``None`` while nothing runs.
    """

    steps: tuple[Step, ...]
    running: Sequence | None
    following: Sequence | None
    ends_at: datetime | None
    minutes_late: int | None

    @property
    def is_late(self) -> bool:
        return (self.minutes_late or 0) > 0

    @property
    def gap(self) -> int:
        """Minutes ahead or behind, without the sign."""
        return abs(self.minutes_late or 0)


def pace_of(
    room: Room, sequences: Rows[Sequence], *, now: datetime, began_at: datetime | None = None
) -> Pace:
    """Where a room stands; ``began_at`` is when its run sheet really started.

    Once the seminar is over nothing runs, and nobody is late.
    """
    if room.state == RoomState.CLOSED:
        return Pace(tuple(Step(one, "past") for one in sequences), None, None, None, None)
    place = next((i for i, one in enumerate(sequences) if one.pk == room.sequence_id), None)
    steps = tuple(Step(one, _state(i, place)) for i, one in enumerate(sequences))
    if place is None or room.sequence_started_at is None:
        following = sequences[0] if sequences and place is None else None
        return Pace(steps, None, following, None, None)
    running = sequences[place]
    minutes = running.minutes + room.added_minutes
    ends_at = room.sequence_started_at + timedelta(minutes=minutes)
    left = timedelta(minutes=sum(one.minutes for one in sequences[place + 1 :]))
    planned = _planned_end(room, sequences, began_at or room.sequence_started_at)
    late = round((max(ends_at, now) + left - planned).total_seconds() / 60)
    following = sequences[place + 1] if place + 1 < len(sequences) else None
    return Pace(steps, running, following, ends_at, late)


def _state(place: int, running: int | None) -> str:
    if running is None or place > running:
        return "to_come"
    return "running" if place == running else "past"


def _planned_end(room: Room, sequences: Rows[Sequence], began_at: datetime) -> datetime:
    """From the hour on the invitation when the day went by it, else from the real start."""
    starts_at = room.meeting.starts_at
    kept = starts_at is not None and abs(began_at - starts_at) <= SAME_SITTING
    start = starts_at if kept and starts_at is not None else began_at
    return start + timedelta(minutes=sum(one.minutes for one in sequences))

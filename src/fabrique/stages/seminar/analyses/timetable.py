"""The hours of a run sheet, from durations: pure arithmetic."""

from collections.abc import Sequence as Rows
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Slot:
    """When a sequence starts and ends: minutes from the start, and hours when it has a date."""

    offset: int
    minutes: int
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Timetable:
    """``spare`` is what the planned duration leaves, below zero when the run sheet overflows."""

    slots: tuple[Slot, ...]
    total: int
    planned: int | None

    @property
    def spare(self) -> int:
        return 0 if self.planned is None else self.planned - self.total

    @property
    def over(self) -> int:
        return max(0, -self.spare)

    @property
    def ends_at(self) -> datetime | None:
        return self.slots[-1].ends_at if self.slots else None


def timetable(
    durations: Rows[int], *, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Timetable:
    """Slots one after the other.

    >>> timetable([15, 20]).slots[1].offset
    15
    """
    slots: list[Slot] = []
    offset = 0
    for minutes in durations:
        slots.append(
            Slot(offset, minutes, _after(starts_at, offset), _after(starts_at, offset + minutes))
        )
        offset += minutes
    planned = None
    if starts_at is not None and ends_at is not None:
        planned = round((ends_at - starts_at).total_seconds() / 60)
    return Timetable(tuple(slots), offset, planned)


def _after(instant: datetime | None, minutes: int) -> datetime | None:
    return None if instant is None else instant + timedelta(minutes=minutes)

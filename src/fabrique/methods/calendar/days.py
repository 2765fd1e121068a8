"""Days as bits of whole numbers: sets of days are joined, cut and counted in one operation.

Bit 0 is the first day of the horizon.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fabrique.methods.calendar.contracts import DayRange, Meeting, SeriesRequest

MARGIN = 366
"""Days kept before and after the series, to tell what lifting a window would give."""


@dataclass(frozen=True)
class Horizon:
    """All the days that are considered."""

    first: int
    """Ordinal of the first day."""
    length: int
    """How many days."""

    @cached_property
    def everything(self) -> int:
        """Every day."""
        return (1 << self.length) - 1

    def bit(self, day: date) -> int:
        """One day; no day when it is beyond the horizon."""
        at = day.toordinal() - self.first
        return 1 << at if 0 <= at < self.length else 0

    def bits(self, ranges: Iterable[DayRange]) -> int:
        """Every day of the ranges that is inside the horizon."""
        days = 0
        for one in ranges:
            first = max(0, one.first.toordinal() - self.first)
            end = min(self.length, one.last.toordinal() - self.first + 1)
            if first < end:
                days |= (1 << end) - (1 << first)
        return days

    def weekdays(self, allowed: Iterable[int]) -> int:
        """Every day that falls on these days of the week (1 for Monday)."""
        week = sum(1 << (number - 1 - (self.first - 1)) % 7 for number in set(allowed))
        weeks = -(-self.length // 7)
        every_week = ((1 << 7 * weeks) - 1) // 0b1111111
        return week * every_week & self.everything

    def date(self, at: int) -> date:
        """The date of a position."""
        return date.fromordinal(self.first + at)


def horizon_of(request: SeriesRequest) -> Horizon:
    """From the first day named by a meeting to the last, with the margin."""
    named = [day for meeting in request.meetings for day in days_named(meeting)]
    if not named:
        return Horizon(first=date.min.toordinal(), length=0)
    first = max(date.min.toordinal(), min(named).toordinal() - MARGIN)
    last = min(date.max.toordinal(), max(named).toordinal() + MARGIN)
    return Horizon(first=first, length=last - first + 1)


def days_named(meeting: Meeting) -> Iterator[date]:
    """The edges of its windows, and the dates it was announced for or held on."""
    for window in meeting.windows:
        yield from (window.first, window.last)
    yield from (day for day in (meeting.announced, meeting.held) if day is not None)


def positions(days: int) -> Iterator[int]:
    """The positions of the days, in order."""
    while days:
        lowest = days & -days
        yield lowest.bit_length() - 1
        days ^= lowest


def first_position(days: int) -> int:
    """The position of the first day; `days` holds one at least."""
    return (days & -days).bit_length() - 1


def last_position(days: int) -> int:
    """The position of the last day; `days` holds one at least."""
    return days.bit_length() - 1


def intervals(days: int) -> list[list[int]]:
    """The days as [first, last] positions of runs, in order."""
    runs = []
    while days:
        first = first_position(days)
        run = days >> first
        length = first_position(~run)
        runs.append([first, first + length - 1])
        days &= -1 << (first + length)
    return runs


def widened(days: int, by: int) -> int:
    """The days and all those within `by` days of one of them, inside the horizon or not."""
    wide = days
    for _ in range(by):
        wide |= wide << 1 | wide >> 1
    return wide

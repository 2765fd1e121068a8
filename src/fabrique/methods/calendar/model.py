"""The series as a constraint model: one whole number a meeting, its day.

Variables
    day_m          position of the day of meeting m, among the days that rules leave it
Constraints
    order          min ≤ day_after − day_before ≤ max
    apart          |day_one − day_other| ≥ days, for a person needed in two places, or a room
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from fabrique.methods.calendar.days import first_position, intervals, last_position
from fabrique.methods.calendar.rules import Apart, Gap

NEVER = -(10**6)
"""Longer than any series, backwards."""

Days = Mapping[str, cp_model.IntVar]
"""The variable of each meeting."""


class NoDayLeft(Exception):
    """Some meeting has no day left before any search."""


class SeriesModel:
    """The variables and constraints of a series; objectives are added to it."""

    def __init__(
        self, days_left: Mapping[str, int], gaps: Sequence[Gap], aparts: Iterable[Apart]
    ) -> None:
        """Raises NoDayLeft when orders alone leave a meeting without a day."""
        self.days_left = tightened(days_left, gaps)
        self.model = cp_model.CpModel()
        self.days: Days = {
            key: self.model.new_int_var_from_domain(domain_of(days), key)
            for key, days in self.days_left.items()
        }
        for gap in gaps:
            self._keep_gap(gap)
        distances = Distances(self.days_left, gaps)
        for apart in aparts:
            if not distances.keep(apart):
                self._keep_apart(apart)

    def _keep_gap(self, gap: Gap) -> None:
        between = self.days[gap.after] - self.days[gap.before]
        if gap.min_days is not None:
            self.model.add(between >= gap.min_days)
        if gap.max_days is not None:
            self.model.add(between <= gap.max_days)

    def _keep_apart(self, apart: Apart) -> None:
        one, other = self.days[apart.one], self.days[apart.other]
        if apart.days == 1:
            self.model.add(one != other)
            return
        first = self.model.new_bool_var("")
        self.model.add(other - one >= apart.days).only_enforce_if(first)
        self.model.add(one - other >= apart.days).only_enforce_if(~first)


def domain_of(days: int) -> cp_model.Domain:
    """The days as a domain of the solver."""
    return cp_model.Domain.from_intervals(intervals(days))


def tightened(days_left: Mapping[str, int], gaps: Sequence[Gap]) -> dict[str, int]:
    """The days that orders leave to each meeting, from one bound to the next; or NoDayLeft."""
    left = dict(days_left)
    changed = True
    while changed:
        if not all(left.values()):
            raise NoDayLeft
        changed = False
        for gap in gaps:
            before, after = _cut(left[gap.before], left[gap.after], gap)
            changed |= (before, after) != (left[gap.before], left[gap.after])
            left[gap.before], left[gap.after] = before, after
            if not (before and after):
                raise NoDayLeft
    return left


def _cut(before: int, after: int, gap: Gap) -> tuple[int, int]:
    if gap.min_days is not None:
        after = _from(after, first_position(before) + gap.min_days)
        before = _until(before, last_position(after) - gap.min_days) if after else before
    if gap.max_days is not None and after:
        after = _until(after, last_position(before) + gap.max_days) if before else after
        before = _from(before, first_position(after) - gap.max_days) if after else before
    return before, after


def _from(days: int, position: int) -> int:
    return days >> position << position if position > 0 else days


def _until(days: int, position: int) -> int:
    return days & ((1 << position + 1) - 1) if position >= 0 else 0


class Distances:
    """How far apart two meetings are sure to be, by their days and by chains of orders."""

    def __init__(self, days_left: Mapping[str, int], gaps: Sequence[Gap]) -> None:
        self.at = {key: number for number, key in enumerate(days_left)}
        self.first = {key: first_position(days) for key, days in days_left.items()}
        self.last = {key: last_position(days) for key, days in days_left.items()}
        self.longest = longest_chains(self.at, gaps)

    def keep(self, apart: Apart) -> bool:
        """Whether these two are far enough apart whatever happens."""
        one, other = self.at[apart.one], self.at[apart.other]
        return apart.days <= max(
            self.first[apart.other] - self.last[apart.one],
            self.first[apart.one] - self.last[apart.other],
            int(self.longest[one, other]),
            int(self.longest[other, one]),
        )


def longest_chains(at: Mapping[str, int], gaps: Iterable[Gap]) -> NDArray[np.int64]:
    """Least days from each meeting to each other by chains of orders; `NEVER` without one."""
    longest = np.full((len(at), len(at)), NEVER)
    for gap in gaps:
        if gap.min_days is not None:
            place = at[gap.before], at[gap.after]
            longest[place] = max(longest[place], gap.min_days)
    for through in range(len(at)):
        chained = longest[:, through, None] + longest[None, through, :]
        longest = np.clip(np.maximum(longest, chained), NEVER, -NEVER)
    return longest

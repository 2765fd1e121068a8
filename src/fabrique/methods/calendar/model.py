"""The series as a constraint model: one whole number a meeting, its day.

Variables
    day_m          position of the day of meeting m, among the days that rules leave it
Constraints
    order          min ≤ day_after − day_before ≤ max
    apart          |day_one − day_other| ≥ days, for a person needed in two places, or a room;
                   stated once for each group of meetings that are all so far from one another
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

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
        for group, days in cliques(aparts, Distances(self.days_left, gaps)):
            self._keep_apart([self.days[key] for key in group], days)

    def _keep_gap(self, gap: Gap) -> None:
        between = self.days[gap.after] - self.days[gap.before]
        if gap.min_days is not None:
            self.model.add(between >= gap.min_days)
        if gap.max_days is not None:
            self.model.add(between <= gap.max_days)

    def _keep_apart(self, group: Sequence[cp_model.IntVar], days: int) -> None:
        if days == 1:
            self.model.add_all_different(group)
            return
        self.model.add_no_overlap(
            self.model.new_fixed_size_interval_var(day, days, "") for day in group
        )


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

    def least(self, one: str, other: str) -> int:
        """Days they are sure to be apart, in whichever order; 0 or less when not sure at all."""
        first, second = self.at[one], self.at[other]
        return max(
            self.first[other] - self.last[one],
            self.first[one] - self.last[other],
            int(self.longest[first, second]),
            int(self.longest[second, first]),
        )


def cliques(aparts: Iterable[Apart], distances: Distances) -> Iterator[tuple[list[str], int]]:
    """Groups of meetings that must all be so many days from one another.

    Every pair that orders do not keep apart already stands in one group at least. Stating a group
    at once lets the solver count: five meetings do not fit in four days.
    """
    unsure = {
        frozenset((one.one, one.other)): one.days
        for one in aparts
        if distances.least(one.one, one.other) < one.days
    }
    for days in sorted(set(unsure.values()), reverse=True):
        left = {pair: None for pair, needed in unsure.items() if needed == days}
        while left:
            group = sorted(next(iter(left)), key=distances.at.__getitem__)
            for key in distances.at:
                pairs = [frozenset((key, member)) for member in group]
                if (
                    key not in group
                    and any(pair in left for pair in pairs)
                    and all(
                        unsure.get(pair, 0) >= days or distances.least(*pair) >= days
                        for pair in pairs
                    )
                ):
                    group.append(key)
            for pair in combinations(group, 2):
                left.pop(frozenset(pair), None)
            yield group, days


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

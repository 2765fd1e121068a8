"""Why nothing fits: a contradiction that cannot be made smaller, and what lifting each part gives.

The rules in force are an assumption each. U. Junker's QuickXplain (AAAI 2004) asks whether parts
of them still fit together and ends on a set that does not, while any of it left out does; each
question is a small model without objective.
"""

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence

from ortools.sat.python import cp_model

from fabrique.methods.calendar.contracts import (
    BlockedMeeting,
    Conflict,
    Constraint,
    Exclusion,
    Meeting,
    Relaxation,
    Rule,
)
from fabrique.methods.calendar.lexicographic import Positions, positions_in, solver_for
from fabrique.methods.calendar.model import NoDayLeft, SeriesModel
from fabrique.methods.calendar.rules import EVERY, SeriesRules, Stretch, joined, quorum_of

OVERSTEPPED = {Rule.WINDOWS, Rule.MIN_GAP, Rule.MAX_GAP}
"""The rules that can be overstepped by a number of days."""

Fits = Callable[[Container[Constraint]], bool]


def find_conflict(rules: SeriesRules) -> Conflict:
    """The contradiction of a series that has no plan."""
    constraints = smallest_conflict(rules.constraints, lambda active: _fits(rules, active))
    return Conflict(
        constraints=constraints,
        relaxations=tuple(_relaxed(rules, constraint) for constraint in constraints),
    )


def smallest_conflict(constraints: Sequence[Constraint], fits: Fits) -> tuple[Constraint, ...]:
    """Constraints that do not fit together, while they do without any one of them.

    `constraints` together must not fit; `fits` must never turn true by adding one.
    """
    return tuple(_explained((), constraints, fits, checked=False))


def _explained(
    kept: Sequence[Constraint], rest: Sequence[Constraint], fits: Fits, *, checked: bool
) -> list[Constraint]:
    """What of `rest` contradicts `kept`; `checked` asks first whether `kept` does by itself."""
    if checked and not fits(frozenset(kept)):
        return []
    if len(rest) == 1:
        return list(rest)
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    of_second = _explained((*kept, *first), second, fits, checked=True)
    of_first = _explained((*kept, *of_second), first, fits, checked=bool(of_second))
    return of_first + of_second


def _fits(
    rules: SeriesRules, active: Container[Constraint], stretch: Stretch | None = None
) -> bool:
    return _days(rules, active, stretch, earliest=False) is not None


def _days(
    rules: SeriesRules, active: Container[Constraint], stretch: Stretch | None, *, earliest: bool
) -> Positions | None:
    """Days that keep the active rules, any or the earliest in sum; nothing when there are none."""
    try:
        series = SeriesModel(
            rules.days_left(active, stretch),
            list(rules.gaps(active, stretch)),
            rules.aparts(active),
        )
    except NoDayLeft:
        return None
    if earliest:
        series.model.minimize(cp_model.LinearExpr.sum(list(series.days.values())))
    solver = solver_for(seed=rules.request.seed, effort=rules.request.effort, early=earliest)
    if solver.solve(series.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return positions_in(solver, series.days)


def _relaxed(rules: SeriesRules, lifted: Constraint) -> Relaxation:
    stretch = _least_stretch(rules, lifted) if lifted.rule in OVERSTEPPED else None
    active = EVERY if stretch else frozenset(rules.constraints) - {lifted}
    days = _days(rules, active, stretch, earliest=True) or {}
    return Relaxation(
        constraint=lifted,
        solves=bool(days),
        overstep=stretch.days if stretch else None,
        dates=rules.dates(days),
    )


def _least_stretch(rules: SeriesRules, lifted: Constraint) -> Stretch | None:
    """The fewest days that make everything fit; nothing when no number does."""
    stretches = [Stretch(lifted, days) for days in range(1, rules.horizon.length)]
    at = bisect_left(stretches, True, key=lambda stretch: _fits(rules, EVERY, stretch))
    return stretches[at] if at < len(stretches) else None


def blocked_meetings(rules: SeriesRules) -> Iterator[BlockedMeeting]:
    """Every meeting that its own rules leave without a day."""
    for meeting in rules.request.meetings:
        if not rules.possible[meeting.key]:
            windows = rules.horizon.bits(meeting.windows)
            exclusions = [one for one in _exclusions(rules, meeting, windows) if one.days]
            yield BlockedMeeting(
                meeting=meeting.key,
                window_days=windows.bit_count(),
                exclusions=tuple(sorted(exclusions, key=lambda one: -one.days)),
            )


def _exclusions(rules: SeriesRules, meeting: Meeting, windows: int) -> Iterator[Exclusion]:
    for taken in rules.taken[meeting.key]:
        yield Exclusion(constraint=joined(taken.by), days=(taken.days & windows).bit_count())
    enough = rules.days_with_quorum(meeting, EVERY, windows)
    yield Exclusion(constraint=quorum_of(meeting), days=(windows & ~enough).bit_count())

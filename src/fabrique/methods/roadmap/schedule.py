"""When each action can start and end: the critical path, forwards then backwards.

Days are counted as numbers (the ordinals of the calendar) and turned into dates at the end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter

from fabrique.methods.errors import MethodError
from fabrique.methods.roadmap.contracts import Action, ActionDates, Undated

LAST_DAY = date.max.toordinal()

Spans = Mapping[str, tuple[int, int]]
"""First and last day of the actions that have them."""


def schedule(actions: Sequence[Action]) -> tuple[ActionDates, ...]:
    """The dates of each action, in the order given; the plan must be without circles.

    Raises MethodError with `date_out_of_range` where the plan outlasts the calendar.
    """
    by_key = {action.key: action for action in actions}
    sorter = TopologicalSorter({action.key: action.depends_on for action in actions})
    in_order = [by_key[key] for key in sorter.static_order()]
    earliest = _earliest(in_order)
    latest = _latest(in_order, earliest)
    return tuple(_dates(action, earliest, latest) for action in actions)


def without_dates(actions: Iterable[Action]) -> tuple[ActionDates, ...]:
    """Durations only: in a plan with a circle, nothing comes first."""
    return tuple(_undated(action, Undated.CYCLIC_PLAN) for action in actions)


def _days(action: Action) -> int | None:
    if action.start is None or action.end is None:
        return None
    return (action.end - action.start).days + 1


def _earliest(in_order: Iterable[Action]) -> Spans:
    spans: dict[str, tuple[int, int]] = {}
    for action in in_order:
        days = _days(action)
        if action.start is None or days is None:
            continue
        if any(needed not in spans for needed in action.depends_on):
            continue
        first = max(
            [action.start.toordinal(), *(spans[needed][1] + 1 for needed in action.depends_on)]
        )
        spans[action.key] = (first, first + days - 1)
        if spans[action.key][1] > LAST_DAY:
            raise MethodError("date_out_of_range", action=action.key)
    return spans


def _latest(in_order: Sequence[Action], earliest: Spans) -> Spans:
    dependents: dict[str, list[str]] = defaultdict(list)
    for action in in_order:
        for needed in action.depends_on:
            dependents[needed].append(action.key)
    end = max((last for _, last in earliest.values()), default=0)
    spans: dict[str, tuple[int, int]] = {}
    for action in reversed(in_order):
        after = dependents[action.key]
        if action.key in earliest and all(key in spans for key in after):
            first, last = earliest[action.key]
            latest_end = min((spans[key][0] - 1 for key in after), default=end)
            spans[action.key] = (latest_end - (last - first), latest_end)
    return spans


def _dates(action: Action, earliest: Spans, latest: Spans) -> ActionDates:
    if action.start is None or action.key not in earliest:
        own = _days(action) is None
        return _undated(action, Undated.NO_DURATION if own else Undated.NO_DURATION_BEFORE)
    first, last = earliest[action.key]
    late = latest.get(action.key)
    return ActionDates(
        action=action.key,
        days=_days(action),
        earliest_start=date.fromordinal(first),
        earliest_end=date.fromordinal(last),
        latest_start=date.fromordinal(late[0]) if late else None,
        latest_end=date.fromordinal(late[1]) if late else None,
        slack=late[0] - first if late else None,
        critical=late is not None and late[0] == first,
        delay=first - action.start.toordinal(),
        undated=None if late else Undated.NO_DURATION_AFTER,
    )


def _undated(action: Action, why: Undated) -> ActionDates:
    return ActionDates(
        action=action.key,
        days=_days(action),
        earliest_start=None,
        earliest_end=None,
        latest_start=None,
        latest_end=None,
        slack=None,
        critical=False,
        delay=None,
        undated=why,
    )

"""From a series to dates and what is proved of them, or why there are none."""

from collections.abc import Callable

from fabrique.methods.calendar.account import (
    attendances,
    facilitator_loads,
    moves,
    people_served,
    weeks_lost,
)
from fabrique.methods.calendar.conflict import blocked_meetings, find_conflict
from fabrique.methods.calendar.contracts import (
    Level,
    Progress,
    SeriesPlan,
    SeriesRequest,
    Status,
)
from fabrique.methods.calendar.judgement import Judgement
from fabrique.methods.calendar.lexicographic import LevelByLevel, Outcome, Positions
from fabrique.methods.calendar.model import NoDayLeft, SeriesModel
from fabrique.methods.calendar.objective import Objectives
from fabrique.methods.calendar.rules import EVERY, SeriesRules


def search_series(request: SeriesRequest, watch: Callable[[Progress], bool] | None) -> SeriesPlan:
    """What `plan_series` answers to a request that was checked."""
    rules = SeriesRules(request)
    judgement = Judgement(rules)
    outcome = _search(rules, judgement, watch)
    if outcome.status is Status.INFEASIBLE:
        return _refused(rules)
    return _described(rules, judgement, outcome)


def _search(
    rules: SeriesRules, judgement: Judgement, watch: Callable[[Progress], bool] | None
) -> Outcome:
    try:
        series = SeriesModel(rules.possible, list(rules.gaps(EVERY)), rules.aparts(EVERY))
    except NoDayLeft:
        return Outcome(Status.INFEASIBLE, {})

    def told(level: Level, value: int, bound: int, days: Positions) -> bool:
        dates = rules.dates(days)
        return watch is None or watch(Progress(level=level, value=value, bound=bound, dates=dates))

    search = LevelByLevel(Objectives(series, judgement), watch=told if watch else None)
    return search.run(seed=rules.request.seed, effort=rules.request.effort)


def _refused(rules: SeriesRules) -> SeriesPlan:
    return SeriesPlan(
        case=rules.request,
        status=Status.INFEASIBLE,
        dates=(),
        levels=(),
        moves=(),
        attendance=(),
        people=(),
        worst_served=(),
        facilitators=(),
        end=None,
        weeks_lost=None,
        conflict=find_conflict(rules),
        blocked=tuple(blocked_meetings(rules)),
    )


def _described(rules: SeriesRules, judgement: Judgement, outcome: Outcome) -> SeriesPlan:
    """A plan told in full; without dates, everything about it is empty."""
    request, days = rules.request, outcome.days
    dates = {one.meeting: one.day for one in rules.dates(days)}
    people = people_served(rules, judgement, days)
    worst = max((person.missed for person in people), default=0)
    return SeriesPlan(
        case=request,
        status=outcome.status,
        dates=rules.dates(days),
        levels=outcome.levels,
        moves=tuple(moves(request, dates)),
        attendance=tuple(attendances(rules, judgement, days)),
        people=people,
        worst_served=tuple(one.person for one in people if worst and one.missed == worst),
        facilitators=tuple(facilitator_loads(request, dates)),
        end=max(dates.values(), default=None),
        weeks_lost=weeks_lost(request, dates),
        conflict=None,
        blocked=(),
    )

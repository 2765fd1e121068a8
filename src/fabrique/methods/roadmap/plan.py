"""From lines of a plan to what holds in it and what does not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated
from fabrique.methods.roadmap.contracts import (
    Action,
    ActionDates,
    Answered,
    EarlyStart,
    Gathering,
    Orphan,
    Orphanhood,
    Roadmap,
    RoadmapRequest,
)
from fabrique.methods.roadmap.cycles import shortest_cycles
from fabrique.methods.roadmap.half_years import load_by_lead
from fabrique.methods.roadmap.schedule import schedule, without_dates

FIRST_YEAR, LAST_YEAR = 1900, 2200


def examine_plan(request: RoadmapRequest) -> Roadmap:
    """Find circles, dates, load, orphans and what the plan leaves unanswered.

    Raises MethodError with `duplicate_action`, `duplicate_vulnerability`, `date_out_of_range`,
    `ends_before_start`, `depends_on_itself`, `unknown_dependency` or `unknown_vulnerability`. A
    plan with circles is not refused: they are in the answer.
    """
    _check(request)
    actions = request.actions
    cycles = shortest_cycles({action.key: action.depends_on for action in actions})
    dates = without_dates(actions) if cycles else schedule(actions)
    coverage = tuple(_answered(name, actions) for name in request.vulnerabilities)
    return Roadmap(
        cycles=cycles,
        dates=dates,
        end=max((of.earliest_end for of in dates if of.earliest_end is not None), default=None),
        critical_actions=_critical(dates),
        early_starts=tuple(_early_starts(actions)),
        load=load_by_lead(actions),
        orphans=tuple(_orphans(actions)),
        coverage=coverage,
        uncovered=tuple(answered.vulnerability for answered in coverage if not answered.actions),
        categories=_gatherings(actions, lambda action: action.category),
        levers=_gatherings(actions, lambda action: action.lever),
        schemes=_gatherings(actions, lambda action: action.scheme),
    )


def _check(request: RoadmapRequest) -> None:
    if (twice := first_repeated(action.key for action in request.actions)) is not None:
        raise MethodError("duplicate_action", action=twice)
    if (twice := first_repeated(request.vulnerabilities)) is not None:
        raise MethodError("duplicate_vulnerability", vulnerability=twice)
    actions, vulnerabilities = {action.key for action in request.actions}, request.vulnerabilities
    for action in request.actions:
        _check_dates(action)
        for needed in action.depends_on:
            if needed == action.key:
                raise MethodError("depends_on_itself", action=action.key)
            if needed not in actions:
                raise MethodError("unknown_dependency", action=action.key, dependency=needed)
        for name in action.answers:
            if name not in vulnerabilities:
                raise MethodError("unknown_vulnerability", vulnerability=name)


def _check_dates(action: Action) -> None:
    for day in (action.start, action.end):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise MethodError("date_out_of_range", action=action.key)
    if action.start is not None and action.end is not None and action.end < action.start:
        raise MethodError("ends_before_start", action=action.key)


def _critical(dates: Iterable[ActionDates]) -> tuple[str, ...]:
    critical = [of for of in dates if of.critical]
    return tuple(of.action for of in sorted(critical, key=lambda of: of.earliest_start or date.max))


def _early_starts(actions: Sequence[Action]) -> Iterator[EarlyStart]:
    ends = {action.key: action.end for action in actions}
    for action in actions:
        for needed in dict.fromkeys(action.depends_on):
            end = ends[needed]
            if action.start is not None and end is not None and action.start <= end:
                yield EarlyStart(
                    action=action.key,
                    depends_on=needed,
                    start=action.start,
                    end=end,
                    days=(end - action.start).days + 1,
                )


def _orphans(actions: Iterable[Action]) -> Iterator[Orphan]:
    for action in actions:
        lacking = {
            Orphanhood.NO_LEAD: action.lead is None,
            Orphanhood.NO_DATE: action.start is None and action.end is None,
            Orphanhood.ANSWERS_NOTHING: not action.answers,
        }
        reasons = tuple(reason for reason, lacks in lacking.items() if lacks)
        if reasons:
            yield Orphan(action=action.key, reasons=reasons)


def _answered(vulnerability: str, actions: Iterable[Action]) -> Answered:
    answering = [action for action in actions if vulnerability in action.answers]
    leads = dict.fromkeys(action.lead for action in answering if action.lead is not None)
    return Answered(
        vulnerability=vulnerability,
        actions=tuple(action.key for action in answering),
        leads=tuple(leads),
    )


def _gatherings(
    actions: Iterable[Action], name_of: Callable[[Action], str | None]
) -> tuple[Gathering, ...]:
    gathered: dict[str, list[str]] = {}
    for action in actions:
        if (name := name_of(action)) is not None:
            gathered.setdefault(name, []).append(action.key)
    return tuple(Gathering(name=name, actions=tuple(keys)) for name, keys in gathered.items())

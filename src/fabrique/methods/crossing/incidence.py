"""From links drawn by people to rows that are covered and rows that are not."""

from collections import defaultdict
from collections.abc import Iterable

from fabrique.methods.crossing.contracts import (
    ActionUse,
    AskedVulnerability,
    Coverage,
    Crossing,
    CrossingRequest,
    SupportedLink,
    Weakness,
)
from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated

Supporters = dict[tuple[str, str | None], set[str]]
"""Who gave each answer, by vulnerability and action (None: nothing answers)."""


def cross(request: CrossingRequest) -> Crossing:
    """Count who links what, then say what is covered, what is not, and what answers nothing.

    Raises MethodError with `parameter_out_of_range`, `duplicate_vulnerability`,
    `duplicate_action`, `unknown_vulnerability`, `unknown_action` or `more_answers_than_asked`.
    """
    _check(request)
    supporters = _supporters(request)
    coverage = tuple(_coverage(row, request, supporters) for row in request.vulnerabilities)
    actions = tuple(_action_use(action, request, supporters) for action in request.actions)
    return Crossing(
        table=tuple(
            tuple(len(supporters[row.vulnerability, action]) for action in request.actions)
            for row in request.vulnerabilities
        ),
        links=tuple(_links(request, supporters)),
        coverage=coverage,
        actions=actions,
        blind_spots=tuple(row.vulnerability for row in coverage if not row.covered),
        idle_actions=tuple(use.action for use in actions if not use.vulnerabilities),
        minimum_supporters=request.minimum_supporters,
        minimum_asked=request.minimum_asked,
    )


def _check(request: CrossingRequest) -> None:
    if request.minimum_supporters < 1:
        raise MethodError("parameter_out_of_range", parameter="minimum_supporters")
    if request.minimum_asked < 1:
        raise MethodError("parameter_out_of_range", parameter="minimum_asked")
    rows = [row.vulnerability for row in request.vulnerabilities]
    if (twice := first_repeated(rows)) is not None:
        raise MethodError("duplicate_vulnerability", vulnerability=twice)
    if (twice := first_repeated(request.actions)) is not None:
        raise MethodError("duplicate_action", action=twice)
    for row in request.vulnerabilities:
        if row.asked < 0:
            raise MethodError("parameter_out_of_range", parameter="asked")
    _check_answers(request, rows=set(rows), actions={None, *request.actions})


def _check_answers(request: CrossingRequest, *, rows: set[str], actions: set[str | None]) -> None:
    voters: dict[str, set[str]] = defaultdict(set)
    for answer in request.answers:
        if answer.vulnerability not in rows:
            raise MethodError("unknown_vulnerability", vulnerability=answer.vulnerability)
        if answer.action not in actions:
            raise MethodError("unknown_action", action=str(answer.action))
        voters[answer.vulnerability].add(answer.voter)
    for row in request.vulnerabilities:
        answered = len(voters[row.vulnerability])
        if answered > row.asked:
            raise MethodError(
                "more_answers_than_asked",
                vulnerability=row.vulnerability,
                asked=row.asked,
                answered=answered,
            )


def _supporters(request: CrossingRequest) -> Supporters:
    supporters: Supporters = defaultdict(set)
    for answer in request.answers:
        supporters[answer.vulnerability, answer.action].add(answer.voter)
    return supporters


def _links(request: CrossingRequest, supporters: Supporters) -> Iterable[SupportedLink]:
    for row in request.vulnerabilities:
        for action in request.actions:
            if people := len(supporters[row.vulnerability, action]):
                yield SupportedLink(
                    vulnerability=row.vulnerability,
                    action=action,
                    supporters=people,
                    share=people / row.asked,
                )


def _coverage(
    row: AskedVulnerability, request: CrossingRequest, supporters: Supporters
) -> Coverage:
    by_action = {action: supporters[row.vulnerability, action] for action in request.actions}
    linked = set().union(*by_action.values())
    nothing = supporters[row.vulnerability, None]
    answering = [
        action for action in request.actions if len(by_action[action]) >= request.minimum_supporters
    ]
    most = max((len(people) for people in by_action.values()), default=0)
    return Coverage(
        vulnerability=row.vulnerability,
        asked=row.asked,
        answered=len(linked | nothing),
        said_nothing=len(nothing - linked),
        actions=tuple(sorted(answering, key=lambda action: -len(by_action[action]))),
        covered=bool(answering),
        weak=_few(row.asked, request)
        or (Weakness.SINGLE_SUPPORTER if most == 1 and answering else None),
    )


def _action_use(action: str, request: CrossingRequest, supporters: Supporters) -> ActionUse:
    people = {
        row.vulnerability: supporters[row.vulnerability, action] for row in request.vulnerabilities
    }
    answered = tuple(
        row for row, voters in people.items() if len(voters) >= request.minimum_supporters
    )
    asked = max((row.asked for row in request.vulnerabilities), default=0)
    return ActionUse(
        action=action,
        vulnerabilities=answered,
        supporters=len(set().union(*people.values())),
        asked=asked,
        weak=None if answered else _few(asked, request),
    )


def _few(asked: int, request: CrossingRequest) -> Weakness | None:
    if not asked:
        return Weakness.NOBODY_ASKED
    return Weakness.TOO_FEW_ASKED if asked < request.minimum_asked else None

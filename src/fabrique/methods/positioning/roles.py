"""From individual answers to how roles spread today, and how people wish they spread."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from fabrique.methods.errors import MethodError
from fabrique.methods.positioning.contracts import (
    Position,
    Positioning,
    PositioningRequest,
    RoleDistribution,
    StakePositioning,
    Weakness,
)
from fabrique.methods.repetition import first_repeated

FEWEST_ROLES = 2


def compare_roles(request: PositioningRequest) -> Positioning:
    """Describe, for each stake, the roles today, the roles wished and who wants a change.

    Raises MethodError with `parameter_out_of_range`, `duplicate_stake`, `duplicate_role`,
    `too_few_roles`, `unknown_stake`, `unknown_role` or `duplicate_judgement`.
    """
    _check(request)
    by_stake: dict[str, list[Position]] = {stake: [] for stake in request.stakes}
    for position in request.positions:
        by_stake[position.stake].append(position)
    return Positioning(
        stakes=tuple(_describe(stake, given, request) for stake, given in by_stake.items()),
        roles=request.roles,
        voters=len({one.voter for one in request.positions if one.today or one.wished}),
        minimum_voters=request.minimum_voters,
    )


def _check(request: PositioningRequest) -> None:
    if request.minimum_voters < 1:
        raise MethodError("parameter_out_of_range", parameter="minimum_voters")
    if (twice := first_repeated(request.stakes)) is not None:
        raise MethodError("duplicate_stake", stake=twice)
    if (twice := first_repeated(request.roles)) is not None:
        raise MethodError("duplicate_role", role=twice)
    if len(request.roles) < FEWEST_ROLES:
        raise MethodError("too_few_roles", fewest=FEWEST_ROLES)
    _check_positions(request)


def _check_positions(request: PositioningRequest) -> None:
    stakes, roles = set(request.stakes), {None, *request.roles}
    seen = set()
    for position in request.positions:
        if position.stake not in stakes:
            raise MethodError("unknown_stake", stake=position.stake)
        for role in (position.today, position.wished):
            if role not in roles:
                raise MethodError("unknown_role", role=str(role))
        if (position.voter, position.stake) in seen:
            raise MethodError("duplicate_judgement", voter=position.voter, item=position.stake)
        seen.add((position.voter, position.stake))


def _describe(
    stake: str, positions: Sequence[Position], request: PositioningRequest
) -> StakePositioning:
    moves = Counter(
        (position.today, position.wished)
        for position in positions
        if position.today is not None and position.wished is not None
    )
    both = moves.total()
    staying = sum(moves[role, role] for role in request.roles)
    return StakePositioning(
        stake=stake,
        today=_distribution((position.today for position in positions), request),
        wished=_distribution((position.wished for position in positions), request),
        both=both,
        shift=tuple(
            tuple(moves[today, wished] for wished in request.roles) for today in request.roles
        ),
        change_share=(both - staying) / both if both else None,
        shift_weak=_weakness(both, request),
    )


def _distribution(chosen: Iterable[str | None], request: PositioningRequest) -> RoleDistribution:
    counted = Counter(role for role in chosen if role is not None)
    n, most = counted.total(), max(counted.values(), default=0)
    return RoleDistribution(
        n=n,
        counts=tuple(counted[role] for role in request.roles),
        leading=tuple(role for role in request.roles if n and counted[role] == most),
        leading_share=most / n if n else None,
        agreement=_agreement(list(counted.values()), roles=len(request.roles)),
        weak=_weakness(n, request),
    )


def _agreement(counts: Sequence[int], *, roles: int) -> float | None:
    n = sum(counts)
    if not n:
        return None
    entropy = sum(count / n * log(n / count) for count in sorted(counts))
    return max(0.0, 1 - entropy / log(roles))


def _weakness(n: int, request: PositioningRequest) -> Weakness | None:
    if not n:
        return Weakness.NO_POSITION
    return Weakness.TOO_FEW_VOTERS if n < request.minimum_voters else None

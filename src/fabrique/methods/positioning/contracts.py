"""What is asked of a positioning, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Weakness(StrEnum):
    """Why a finding should not be leant on."""

    NO_POSITION = "no_position"
    """Nobody took a position."""
    TOO_FEW_VOTERS = "too_few_voters"
    """Fewer people than `minimum_voters` did."""


@contract
class Position:
    """How one person sees the role of the authority on one stake; left out is an abstention."""

    voter: str
    """Who answers: any stable identifier; never shown."""
    stake: str
    """One of the stakes of the request."""
    today: str | None = None
    """The role it plays today, one of the roles of the request."""
    wished: str | None = None
    """The role it should play, one of the roles of the request."""


@contract
class PositioningRequest:
    """Stakes, roles, and what each person answers."""

    stakes: tuple[str, ...]
    """Stakes or levers, each once, in the order wanted in the answer."""
    roles: tuple[str, ...]
    """Roles an authority can play (at least two), each once; their order means nothing."""
    positions: tuple[Position, ...]
    """At most one per person and stake, in any order."""
    minimum_voters: int = 5
    """A distribution over fewer people is marked weak (at least 1)."""


@contract
class RoleDistribution:
    """How answers spread over the roles."""

    n: int
    """People who answered."""
    counts: tuple[int, ...]
    """How many chose each role, in the order of the request."""
    leading: tuple[str, ...]
    """The role chosen most, or those that are equal; none when nobody answered."""
    leading_share: float | None
    """Share of people who chose one leading role (0 to 1); nothing when n is 0."""
    agreement: float | None
    """1 − entropy / ln(number of roles): 0 (evenly spread) to 1 (all alike); nothing when n is
    0."""
    weak: Weakness | None
    """Why this should not be leant on; nothing when it can."""


@contract
class StakePositioning:
    """Where the room sees the authority on one stake, and where it would like it."""

    stake: str
    """Its identifier."""
    today: RoleDistribution
    """Roles today."""
    wished: RoleDistribution
    """Roles wished."""
    both: int
    """People who answered both: what follows is about them."""
    shift: tuple[tuple[int, ...], ...]
    """People by role today (row) and role wished (column), in the order of the request."""
    change_share: float | None
    """Share of them who wish another role than today's (0 to 1); nothing when there is nobody."""
    shift_weak: Weakness | None
    """Why the shift should not be leant on; nothing when it can."""


@contract
class Positioning:
    """Every stake, in the order of the request, and what it rests on."""

    stakes: tuple[StakePositioning, ...]
    """One for each stake."""
    roles: tuple[str, ...]
    """As in the request."""
    voters: int
    """People who answered anything."""
    minimum_voters: int
    """As in the request."""

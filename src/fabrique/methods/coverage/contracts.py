"""What is asked of the composition of a group, and what it answers."""

from collections.abc import Mapping
from enum import StrEnum

from fabrique.methods.contract import contract


class Part(StrEnum):
    """What may be computed beside the coverage itself."""

    ADDITIONS = "additions"
    """Whom to add among the candidates."""
    SWAP = "swap"
    """Whom to replace by whom, one for one."""
    DRAW = "draw"
    """A panel drawn by lot, as fairly as the targets allow."""


class Proof(StrEnum):
    """How far a proposal is known to be the best."""

    OPTIMAL = "optimal"
    """Nothing better exists: the bound is reached."""
    FEASIBLE = "feasible"
    """The search stopped at its limit before it could tell: something between this and the
    bound may exist."""
    INFEASIBLE = "infeasible"
    """Draw only: no panel meets every target (the additions say which to relax)."""
    UNKNOWN = "unknown"
    """Draw only: the search stopped at its limit without a panel."""


class Limit(StrEnum):
    """Which end of a target."""

    MINIMUM = "minimum"
    """At least so many."""
    MAXIMUM = "maximum"
    """At most so many."""


class Obstacle(StrEnum):
    """Why a target stays unmet after the best additions."""

    TOO_FEW_CANDIDATES = "too_few_candidates"
    """Members and candidates together do not hold enough people of this kind."""
    NO_ROOM = "no_room"
    """Enough candidates, but the largest size leaves fewer places than it takes."""
    TOO_MANY_MEMBERS = "too_many_members"
    """The members alone are too many of this kind: additions cannot help."""
    OTHER_TARGETS = "other_targets"
    """It could be met by itself, not together with the others at a lesser cost."""


@contract
class Person:
    """Someone in the group, or who might join it."""

    person: str
    """Identifier, once among members and candidates together."""
    attributes: Mapping[str, str]
    """Value by category; a category left out is not known and counts nowhere."""
    replaceable: bool = True
    """Whether a swap may take this person out of the group."""


@contract
class ValueTarget:
    """How many people of one kind are wanted; of numbers and shares, the stricter holds."""

    value: str
    """Which kind, once in its category."""
    minimum: int = 0
    """At least so many people."""
    maximum: int | None = None
    """At most so many people; nothing for no limit."""
    minimum_share: float = 0.0
    """At least this share of the group (0 to 1, four decimals), rounded up to a person."""
    maximum_share: float = 1.0
    """At most this share of the group (0 to 1, four decimals), rounded down to a person."""


@contract
class Category:
    """One way of telling people apart: sector, function, gender, territory…"""

    category: str
    """Its name, once in the request."""
    values: tuple[ValueTarget, ...]
    """Every value a person may have, in the order wanted in the answer."""
    minimum_each: int = 0
    """At least so many people of every value: 1 for « au moins un par secteur »."""


@contract
class CoverageRequest:
    """A group, those who might join it, and what it should look like."""

    members: tuple[Person, ...]
    """The group as it is."""
    candidates: tuple[Person, ...]
    """Those who might join."""
    categories: tuple[Category, ...]
    """Targets; people may only have the categories and values named here."""
    minimum_size: int
    """People wanted at least (0 or more)."""
    maximum_size: int
    """People at most (1 to 1,000): never passed by a proposal."""
    wanted: tuple[Part, ...] = ()
    """What to compute beside the coverage: nothing unless said."""
    seed: int = 0
    """Seed (0 to 2,147,483,647) of the lot that parts equals and draws the panel: the same
    request gives the same answer."""


@contract
class ValueCoverage:
    """One target and where a group stands. All are numbers of people."""

    category: str
    """Its category."""
    value: str
    """Its value."""
    have: int
    """People of this kind in the group."""
    minimum: int
    """At least so many, in a group of this size."""
    maximum: int
    """At most so many, in a group of this size."""
    gap: int
    """How many are missing (0 or more)."""
    excess: int
    """How many are too many (0 or more)."""


@contract
class Standing:
    """Where a group stands on every target."""

    size: int
    """People in the group."""
    size_gap: int
    """How many are missing to reach the smallest size."""
    size_excess: int
    """How many there are above the largest size."""
    values: tuple[ValueCoverage, ...]
    """One for each value, in the order of the request."""
    shortfall: int
    """Sum of all gaps and excesses: 0 when every target is met."""


@contract
class Relaxation:
    """A target that cannot be met with the others, and how far to move it."""

    category: str | None
    """Its category; nothing for the size of the group."""
    value: str | None
    """Its value; nothing for the size of the group."""
    limit: Limit
    """Which end: a minimum is lowered, a maximum is raised."""
    asked: int
    """The target, in people, in a group of the size reached."""
    reached: int
    """What the proposal reaches, and so the relaxed target."""
    obstacle: Obstacle
    """What stands in the way."""


@contract
class Additions:
    """Whom to add so that the fewest targets are missed. A proposal: a person decides."""

    added: tuple[str, ...]
    """Candidates, in the order of the request."""
    after: Standing
    """The group once they are in."""
    status: Proof
    """`optimal` when no choice leaves a smaller shortfall."""
    bound: int
    """No choice leaves a smaller shortfall than this."""
    relaxations: tuple[Relaxation, ...]
    """The targets to move, and how far, for the group proposed to meet them all; empty when it
    does. When `optimal`, no smaller total move would do."""


@contract
class Swap:
    """The one-for-one replacement that helps most."""

    removed: str | None
    """The member who leaves; nothing when no swap lowers the shortfall."""
    added: str | None
    """The candidate who comes in; nothing when no swap lowers the shortfall."""
    after: Standing
    """The group once it is done."""


@contract
class Panel:
    """Candidates who complete the group together, meeting every target."""

    people: tuple[str, ...]
    """Candidates, in the order of the request."""
    probability: float
    """Chance of being the panel drawn."""


@contract
class Chance:
    """How likely a candidate is to be drawn."""

    person: str
    """The candidate."""
    probability: float
    """0 to 1."""
    possible: bool
    """Whether any panel that meets every target holds this person: those of whom none does
    have no chance and do not count in the smallest."""


@contract
class Draw:
    """A lottery over panels whose least likely candidate is as likely as can be.

    Panels complete the group to the largest size at which every target can be met.
    """

    status: Proof
    """`optimal` when the smallest probability is proved the largest there is, to one in a
    million."""
    minimum_probability: float | None
    """The smallest probability among the candidates who can be drawn; nothing when there is
    no panel or nobody to draw."""
    bound: float | None
    """No lottery over panels gives its least likely candidate more than this."""
    panels: tuple[Panel, ...]
    """The lottery, most likely first; empty when no panel is known."""
    chances: tuple[Chance, ...]
    """One for each candidate, in the order of the request."""
    drawn: tuple[str, ...] | None
    """The panel the seed draws, in the order of the request; nothing when there is none."""


@contract
class Coverage:
    """Where the group stands, and what was asked beside."""

    present: Standing
    """The group as it is."""
    additions: Additions | None
    """Whom to add; nothing when not asked."""
    swap: Swap | None
    """Whom to replace; nothing when not asked."""
    draw: Draw | None
    """The lottery; nothing when not asked."""
    seed: int
    """As in the request."""

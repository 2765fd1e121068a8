"""What is asked of a SWOT across territories, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Quadrant(StrEnum):
    """Where a statement stands."""

    STRENGTH = "strength"
    """Inside, and it helps."""
    WEAKNESS = "weakness"
    """Inside, and it harms."""
    OPPORTUNITY = "opportunity"
    """Outside, and it helps."""
    THREAT = "threat"
    """Outside, and it harms."""


class Spread(StrEnum):
    """How widely a statement is shared."""

    SHARED_BY_ALL = "shared_by_all"
    """Every territory says it (and there are at least two)."""
    PARTLY_SHARED = "partly_shared"
    """Two territories or more say it, not all."""
    SPECIFIC = "specific"
    """One territory says it."""


class CrossKind(StrEnum):
    """Which inside meets which outside."""

    STRENGTH_OPPORTUNITY = "strength_opportunity"
    """SO: seize the opportunity with the strength."""
    STRENGTH_THREAT = "strength_threat"
    """ST: face the threat with the strength."""
    WEAKNESS_OPPORTUNITY = "weakness_opportunity"
    """WO: mend the weakness by the opportunity."""
    WEAKNESS_THREAT = "weakness_threat"
    """WT: where both meet, protect first."""


@contract
class Item:
    """A statement of one territory."""

    key: str
    """Its identifier, once in the request."""
    quadrant: Quadrant
    """Where it stands."""
    site: str
    """The territory that says it, one of the sites of the request."""
    group: str | None = None
    """Key of the card it was merged into, shared by the statements that say the same; null when
    it stands alone, under its own key."""


@contract
class SwotRequest:
    """Statements, and the territories that could make them."""

    items: tuple[Item, ...]
    """In any order; groups are answered in the order of their first statement."""
    sites: tuple[str, ...]
    """Territories, each once, in the order wanted in the answer."""
    most_crosses: int | None = None
    """How many crosses to give of each kind, the best supported first (0 or more); all of them
    when left out."""


@contract
class GroupSupport:
    """A statement as several territories make it."""

    group: str
    """Its key."""
    quadrant: Quadrant
    """Where it stands."""
    support: int
    """Territories that say it, whatever the number of their notes."""
    sites: tuple[str, ...]
    """Which, in the order of the request."""
    items: tuple[str, ...]
    """The statements it holds."""
    heard: int
    """Territories that said anything in this quadrant, and so could have said this."""
    spread: Spread
    """How widely it is shared."""


@contract
class Cross:
    """Something inside that meets something outside (TOWS)."""

    kind: CrossKind
    """Which quadrants meet."""
    inside: str
    """Group of a strength or a weakness."""
    outside: str
    """Group of an opportunity or a threat."""
    joint_support: int
    """Territories that say both."""
    sites: tuple[str, ...]
    """Which, in the order of the request."""
    supports: int
    """Support of the one + support of the other: parts equal joint supports."""


@contract
class BlindSpot:
    """A quadrant in which a territory said nothing."""

    site: str
    """The territory."""
    quadrant: Quadrant
    """The quadrant."""


@contract
class Swot:
    """What territories share, what sets them apart, and where they were silent."""

    groups: tuple[GroupSupport, ...]
    """By quadrant (strengths, weaknesses, opportunities, threats), then most supported first,
    then by first statement."""
    contested: tuple[str, ...]
    """Groups that stand in several quadrants: a strength here, a weakness there."""
    crosses: tuple[Cross, ...]
    """By kind (SO, ST, WO, WT), then joint support, then `supports`, highest first."""
    blind_spots: tuple[BlindSpot, ...]
    """By territory, in the order of the request: silence, not absence."""
    sites: tuple[str, ...]
    """As in the request."""

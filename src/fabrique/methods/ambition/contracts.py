"""What is asked of a vote on ambition, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Unranked(StrEnum):
    """Why an item has no rank."""

    NO_JUDGEMENT = "no_judgement"
    """Nobody judged its ambition in the deciding round."""
    TOO_FEW_VOTERS = "too_few_voters"
    """Fewer people than `minimum_voters` did."""


class NoLevel(StrEnum):
    """Why an item has no right level."""

    NO_LEAD = "no_lead"
    """Nobody is named to carry it."""
    NO_JUDGEMENT = "no_judgement"
    """Nobody judged its ambition in the deciding round."""
    TOO_FEW_VOTERS = "too_few_voters"
    """Fewer people than `minimum_voters` did."""


@contract
class AmbitionItem:
    """An action or a lever put to the vote."""

    item: str
    """Its identifier, once in the request."""
    has_lead: bool = False
    """Whether someone is named to carry it."""


@contract
class Judgement:
    """What one person thinks of one item in one round; what is left out is an abstention."""

    voter: str
    """Who judges: any stable identifier, the same in both rounds; never shown."""
    item: str
    """The item judged, one of the items of the request."""
    round: int
    """1 (before discussion) or 2 (after it)."""
    ambition: int | None = None
    """1 (leave things as they are) to 5 (change everything)."""
    capacity: int | None = None
    """1 (out of our hands) to 5 (we can do it)."""


@contract
class AmbitionRequest:
    """Items, the individual judgements given on them, and how to rank."""

    items: tuple[AmbitionItem, ...]
    """Each once, in the order wanted in the answer."""
    judgements: tuple[Judgement, ...]
    """At most one per person, item and round, in any order."""
    seed: int
    """Seed of the bootstrap (0 or more): the same request gives the same answer."""
    deciding_round: int | None = None
    """The round that ranks and levels rest on (1 or 2); by itself, the last one in which anybody
    judged an ambition."""
    top_k: int = 3
    """How many leading items the robustness is about (at least 1)."""
    resamples: int = 2000
    """Bootstrap resamples (1 to 100,000)."""
    minimum_voters: int = 5
    """An item judged by fewer people is neither ranked nor given a level (at least 1)."""


@contract
class LevelSummary:
    """The marks given on one scale, in one round."""

    n: int
    """People who gave this mark."""
    counts: tuple[int, int, int, int, int]
    """How many gave 1, 2, 3, 4, 5: the colours of the chart."""
    median: float | None
    """1 to 5; nothing when nobody answered, as for all that follows."""
    lower_quartile: float | None
    """A quarter of the marks are at most this."""
    upper_quartile: float | None
    """A quarter of the marks are at least this."""
    polarisation: float | None
    """0 (all alike) by ½ (evenly spread) to 1 (two halves at the two ends)."""


@contract
class RoundSummary:
    """One round on one item."""

    round: int
    """1 or 2."""
    ambition: LevelSummary
    """How far to go."""
    capacity: LevelSummary
    """How able we are."""


@contract
class Shift:
    """What changed between the rounds, among the people who gave the mark in both."""

    voters: int
    """People who gave it in both."""
    raised: int
    """How many gave more the second time."""
    lowered: int
    """How many gave less."""
    unchanged: int
    """How many gave the same."""
    mean: float | None
    """Mean of second − first (−4 to 4); nothing when nobody gave both."""


@contract
class ItemAmbition:
    """What the room thinks of one item."""

    item: str
    """Its identifier."""
    rounds: tuple[RoundSummary, RoundSummary]
    """The first and the second."""
    ambition_shift: Shift
    """Between the rounds, on ambition."""
    capacity_shift: Shift
    """Between the rounds, on capacity."""
    right_level: int | None
    """The highest level that more than half of the voters reach or pass; nothing where
    `no_level` says why."""
    level_support: int | None
    """How many reach or pass it."""
    no_level: NoLevel | None
    """Why there is no level; nothing when there is one."""
    rank: int | None
    """1 for the highest ambition; equal items share a rank; nothing when the item is not
    ranked."""
    unranked: Unranked | None
    """Why there is no rank; nothing when there is one."""
    top_k_share: float | None
    """Share of resamples (0 to 1) that keep the item among the first `top_k`; nothing when the
    item is not ranked, or when no more than `top_k` items are (every one would stay)."""


@contract
class AmbitionVote:
    """Every item described, the ranking, and the settings it rests on."""

    items: tuple[ItemAmbition, ...]
    """In the order of the request."""
    ranking: tuple[str, ...]
    """Ranked items, highest first; equal ones in the order of the request."""
    voters: tuple[int, int]
    """People who gave at least one mark in the first round, and in the second."""
    deciding_round: int
    """The round that ranks and levels rest on."""
    seed: int
    """As in the request, and so are all that follow."""
    top_k: int
    """Leading items the robustness is about."""
    resamples: int
    """Bootstrap resamples drawn."""
    minimum_voters: int
    """People needed for an item to be ranked or given a level."""

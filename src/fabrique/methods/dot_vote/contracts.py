"""What is asked of a dot vote, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Unranked(StrEnum):
    """Why there is no ranking."""

    NO_VOTE = "no_vote"
    """Nobody placed a dot."""
    TOO_FEW_VOTERS = "too_few_voters"
    """Fewer people than `minimum_voters` did."""


@contract
class Dots:
    """Dots one person places on one item."""

    voter: str
    """Who votes: any stable identifier; never shown."""
    item: str
    """One of the items of the request."""
    dots: int = 1
    """How many (0 or more); several lines of the same person on one item add up."""


@contract
class DotVoteRequest:
    """Items, dots, and how many each person has to place."""

    items: tuple[str, ...]
    """Each once, in the order wanted in the answer."""
    votes: tuple[Dots, ...]
    """In any order."""
    budget: int
    """Dots each person may place in all (at least 1); placing fewer is allowed."""
    seed: int
    """Seed of the bootstrap (0 or more): the same request gives the same answer."""
    top_k: int = 3
    """How many leading items the robustness is about (at least 1)."""
    resamples: int = 2000
    """Bootstrap resamples (1 to 100,000)."""
    minimum_voters: int = 5
    """A vote of fewer people is counted and not ranked (at least 1)."""


@contract
class ItemDots:
    """What one item received."""

    item: str
    """Its identifier."""
    dots: int
    """Dots in all."""
    voters: int
    """People who placed at least one on it."""
    voter_share: float | None
    """voters / people who placed any dot (0 to 1); nothing when nobody did."""
    rank: int | None
    """1 for the most dots; equal items share a rank; nothing when nothing is ranked."""
    top_k_share: float | None
    """Share of resamples (0 to 1) that keep the item among the first `top_k`; nothing when
    nothing is ranked, or when there are no more than `top_k` items (every one would stay)."""


@contract
class DotVote:
    """The count, the ranking, and the settings it rests on."""

    items: tuple[ItemDots, ...]
    """In the order of the request."""
    ranking: tuple[str, ...]
    """Most dots first; equal ones in the order of the request; empty when `unranked`."""
    unranked: Unranked | None
    """Why there is no ranking; nothing when there is one."""
    voters: int
    """People who placed at least one dot."""
    dots: int
    """Dots placed in all."""
    budget: int
    """As in the request, and so are all that follow."""
    seed: int
    """Seed of the bootstrap."""
    top_k: int
    """Leading items the robustness is about."""
    resamples: int
    """Bootstrap resamples drawn."""
    minimum_voters: int
    """People needed for a ranking."""

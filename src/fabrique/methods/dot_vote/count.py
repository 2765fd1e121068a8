"""From dots placed one by one to items counted and ranked."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from fabrique.methods.dot_vote.contracts import DotVote, DotVoteRequest, ItemDots, Unranked
from fabrique.methods.errors import MethodError
from fabrique.methods.ranking import check_settings, shared_ranks, top_k_shares_by_total
from fabrique.methods.repetition import first_repeated

Placed = Mapping[str, Mapping[str, int]]
"""Dots by item, then by voter; only those of people who placed some."""


def count_dots(request: DotVoteRequest) -> DotVote:
    """Count the dots, and rank the items when enough people voted.

    Raises MethodError with `parameter_out_of_range`, `duplicate_item`, `unknown_item` or
    `over_budget`.
    """
    _check(request)
    placed = _placed(request)
    voters = {voter for given in placed.values() for voter in given}
    unranked = _why_unranked(len(voters), request)
    strengths = {item: (float(sum(of.values())), float(len(of))) for item, of in placed.items()}
    ranks = {} if unranked else shared_ranks(strengths)
    shares = {} if unranked else _shares(placed, request)
    return DotVote(
        items=tuple(
            ItemDots(
                item=item,
                dots=sum(given.values()),
                voters=len(given),
                voter_share=len(given) / len(voters) if voters else None,
                rank=ranks.get(item),
                top_k_share=shares.get(item),
            )
            for item, given in placed.items()
        ),
        ranking=tuple(sorted(ranks, key=lambda item: (ranks[item], request.items.index(item)))),
        unranked=unranked,
        voters=len(voters),
        dots=sum(vote.dots for vote in request.votes),
        budget=request.budget,
        seed=request.seed,
        top_k=request.top_k,
        resamples=request.resamples,
        minimum_voters=request.minimum_voters,
    )


def _check(request: DotVoteRequest) -> None:
    check_settings(
        seed=request.seed,
        top_k=request.top_k,
        resamples=request.resamples,
        minimum_voters=request.minimum_voters,
    )
    if request.budget < 1:
        raise MethodError("parameter_out_of_range", parameter="budget")
    if (twice := first_repeated(request.items)) is not None:
        raise MethodError("duplicate_item", item=twice)
    items, spent = set(request.items), Counter[str]()
    for vote in request.votes:
        if vote.item not in items:
            raise MethodError("unknown_item", item=vote.item)
        if vote.dots < 0:
            raise MethodError("parameter_out_of_range", parameter="dots")
        spent[vote.voter] += vote.dots
    for voter, placed in sorted(spent.items()):
        if placed > request.budget:
            raise MethodError("over_budget", voter=voter, placed=placed, budget=request.budget)


def _placed(request: DotVoteRequest) -> Placed:
    placed: dict[str, dict[str, int]] = {item: defaultdict(int) for item in request.items}
    for vote in request.votes:
        if vote.dots:
            placed[vote.item][vote.voter] += vote.dots
    return placed


def _why_unranked(voters: int, request: DotVoteRequest) -> Unranked | None:
    if not voters:
        return Unranked.NO_VOTE
    return Unranked.TOO_FEW_VOTERS if voters < request.minimum_voters else None


def _shares(placed: Placed, request: DotVoteRequest) -> dict[str, float]:
    if len(placed) <= request.top_k:
        return {}
    return top_k_shares_by_total(
        placed, top_k=request.top_k, resamples=request.resamples, seed=request.seed
    )

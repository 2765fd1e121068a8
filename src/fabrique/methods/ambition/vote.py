"""From individual marks in two rounds to described, ranked and levelled items."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from fabrique.methods.agreement import agreement
from fabrique.methods.ambition.contracts import (
    AmbitionItem,
    AmbitionRequest,
    AmbitionVote,
    ItemAmbition,
    LevelSummary,
    NoLevel,
    RoundSummary,
    Shift,
    Unranked,
)
from fabrique.methods.errors import MethodError
from fabrique.methods.quantiles import quartiles
from fabrique.methods.ranking import check_settings, shared_ranks, top_k_shares_by_median
from fabrique.methods.repetition import first_repeated

LEVELS = (1, 2, 3, 4, 5)
ROUNDS = (1, 2)

Marks = Mapping[str, int]
"""What each voter gave one item on one scale in one round; a voter left out abstained."""
AllMarks = Mapping[tuple[str, int], Marks]
"""The marks on one scale, by item and round."""


def weigh_ambition(request: AmbitionRequest) -> AmbitionVote:
    """Describe every item in both rounds, rank those that enough people judged, find the levels.

    Raises MethodError with `parameter_out_of_range`, `duplicate_item`, `unknown_item`,
    `duplicate_judgement` or `level_out_of_range`.
    """
    _check(request)
    ambition, capacity = _marks(request)
    deciding = request.deciding_round or max((number for _, number in ambition), default=1)
    decided = {item.item: ambition.get((item.item, deciding), {}) for item in request.items}
    ranked = {
        item: marks for item, marks in decided.items() if len(marks) >= request.minimum_voters
    }
    ranks, shares = _ranks(ranked), _shares(ranked, request)
    return AmbitionVote(
        items=tuple(
            _describe(
                item,
                (ambition, capacity),
                decided=decided[item.item],
                rank=ranks.get(item.item),
                top_k_share=shares.get(item.item),
            )
            for item in request.items
        ),
        ranking=tuple(sorted(ranked, key=ranks.__getitem__)),
        voters=(_voters(request, 1), _voters(request, 2)),
        deciding_round=deciding,
        seed=request.seed,
        top_k=request.top_k,
        resamples=request.resamples,
        minimum_voters=request.minimum_voters,
    )


def _check(request: AmbitionRequest) -> None:
    check_settings(
        seed=request.seed,
        top_k=request.top_k,
        resamples=request.resamples,
        minimum_voters=request.minimum_voters,
    )
    if request.deciding_round not in (None, *ROUNDS):
        raise MethodError("parameter_out_of_range", parameter="deciding_round")
    items = {item.item for item in request.items}
    if (twice := first_repeated(item.item for item in request.items)) is not None:
        raise MethodError("duplicate_item", item=twice)
    seen = set()
    for one in request.judgements:
        if one.item not in items:
            raise MethodError("unknown_item", item=one.item)
        if one.round not in ROUNDS:
            raise MethodError("parameter_out_of_range", parameter="round")
        if (one.voter, one.item, one.round) in seen:
            raise MethodError("duplicate_judgement", voter=one.voter, item=one.item)
        if any(mark not in (None, *LEVELS) for mark in (one.ambition, one.capacity)):
            raise MethodError("level_out_of_range", voter=one.voter, item=one.item)
        seen.add((one.voter, one.item, one.round))


def _marks(request: AmbitionRequest) -> tuple[AllMarks, AllMarks]:
    """Marks of ambition, marks of capacity; abstentions left out."""
    ambition: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    capacity: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for one in request.judgements:
        if one.ambition is not None:
            ambition[one.item, one.round][one.voter] = one.ambition
        if one.capacity is not None:
            capacity[one.item, one.round][one.voter] = one.capacity
    return ambition, capacity


def _ranks(ranked: Mapping[str, Marks]) -> dict[str, int]:
    """Rank of each item by median then mean."""
    strengths = {}
    for item, marks in ranked.items():
        _, median, _ = quartiles(list(marks.values()))
        strengths[item] = (median or 0.0, sum(marks.values()) / len(marks))
    return shared_ranks(strengths)


def _shares(ranked: Mapping[str, Marks], request: AmbitionRequest) -> dict[str, float]:
    if len(ranked) <= request.top_k:
        return {}
    return top_k_shares_by_median(
        ranked,
        values=LEVELS,
        top_k=request.top_k,
        resamples=request.resamples,
        seed=request.seed,
    )


def _describe(
    item: AmbitionItem,
    scales: tuple[AllMarks, AllMarks],
    *,
    decided: Marks,
    rank: int | None,
    top_k_share: float | None,
) -> ItemAmbition:
    first, second = (
        tuple(scale.get((item.item, number), {}) for scale in scales) for number in ROUNDS
    )
    no_level = _why_no_level(item, decided, ranked=rank is not None)
    level = None if no_level else _right_level(decided)
    return ItemAmbition(
        item=item.item,
        rounds=(
            RoundSummary(round=1, ambition=_summarise(first[0]), capacity=_summarise(first[1])),
            RoundSummary(round=2, ambition=_summarise(second[0]), capacity=_summarise(second[1])),
        ),
        ambition_shift=_shift(first[0], second[0]),
        capacity_shift=_shift(first[1], second[1]),
        right_level=level,
        level_support=level and _support(decided, level),
        no_level=no_level,
        rank=rank,
        unranked=None if rank else _why_unranked(decided),
        top_k_share=top_k_share,
    )


def _summarise(marks: Marks) -> LevelSummary:
    counted = Counter(marks.values())
    counts = (counted[1], counted[2], counted[3], counted[4], counted[5])
    lower, median, upper = quartiles(list(marks.values()))
    alike = agreement(counts)
    return LevelSummary(
        n=len(marks),
        counts=counts,
        median=median,
        lower_quartile=lower,
        upper_quartile=upper,
        polarisation=None if alike is None else (1 - alike) / 2,
    )


def _shift(first: Marks, second: Marks) -> Shift:
    moves = [second[voter] - mark for voter, mark in first.items() if voter in second]
    return Shift(
        voters=len(moves),
        raised=sum(move > 0 for move in moves),
        lowered=sum(move < 0 for move in moves),
        unchanged=moves.count(0),
        mean=sum(moves) / len(moves) if moves else None,
    )


def _right_level(marks: Marks) -> int:
    return max(level for level in LEVELS if 2 * _support(marks, level) > len(marks))


def _support(marks: Marks, level: int) -> int:
    return sum(mark >= level for mark in marks.values())


def _why_no_level(item: AmbitionItem, decided: Marks, *, ranked: bool) -> NoLevel | None:
    if not item.has_lead:
        return NoLevel.NO_LEAD
    if not decided:
        return NoLevel.NO_JUDGEMENT
    return None if ranked else NoLevel.TOO_FEW_VOTERS


def _why_unranked(decided: Marks) -> Unranked:
    return Unranked.TOO_FEW_VOTERS if decided else Unranked.NO_JUDGEMENT


def _voters(request: AmbitionRequest, number: int) -> int:
    return len(
        {
            one.voter
            for one in request.judgements
            if one.round == number and (one.ambition, one.capacity) != (None, None)
        }
    )

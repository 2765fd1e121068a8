"""Ranks that equals share, and how far the first places depend on who happened to be in the room.

People are drawn with replacement, each with all they said; items are ranked again in every draw,
and an item stays in the top k when fewer than k items do strictly better (B. Efron, "Bootstrap
methods: another look at the jackknife", Annals of Statistics 7, 1979). Two rules of strength: by
median then mean of marks, or by total of dots then number of people.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.errors import MethodError

MOST_RESAMPLES = 100_000
CELLS = 5_000_000
"""Numbers held at once; resamples are taken in batches under it."""

Scores = Mapping[str, int]
"""What each voter gave one item; a voter left out abstained."""
Strength = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""From how many times each voter is drawn (draws × voters) to one number a draw; 0: nobody."""


def check_settings(*, seed: int, top_k: int, resamples: int, minimum_voters: int) -> None:
    """Raise MethodError `parameter_out_of_range` for a setting no ranking can follow."""
    allowed = {
        "seed": seed >= 0,
        "top_k": top_k >= 1,
        "minimum_voters": minimum_voters >= 1,
        "resamples": 1 <= resamples <= MOST_RESAMPLES,
    }
    for name, fine in allowed.items():
        if not fine:
            raise MethodError("parameter_out_of_range", parameter=name)


def shared_ranks(strengths: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """Rank of each item, strongest first; equal items share the best rank (1, 1, 3)."""
    items_by_strength = defaultdict(list)
    for item, strength in strengths.items():
        items_by_strength[strength].append(item)
    ranks: dict[str, int] = {}
    for strength in sorted(items_by_strength, reverse=True):
        rank = len(ranks) + 1
        ranks.update(dict.fromkeys(items_by_strength[strength], rank))
    return ranks


def top_k_shares_by_median(
    scores: Mapping[str, Scores], *, values: Iterable[int], top_k: int, resamples: int, seed: int
) -> dict[str, float]:
    """Share of resamples in which each item stays in the top k, by median then mean.

    `values` are all the scores one can give, all above 0.
    """
    scale = np.array(sorted(values))
    voters = _in_order(scores.values())
    strengths = [_median_then_mean(given, voters, scale) for given in scores.values()]
    shares = _top_k_shares(
        strengths, voters=len(voters), width=len(scale), top_k=top_k, resamples=resamples, seed=seed
    )
    return dict(zip(scores, shares, strict=True))


def top_k_shares_by_total(
    scores: Mapping[str, Scores], *, top_k: int, resamples: int, seed: int
) -> dict[str, float]:
    """Share of resamples in which each item stays in the top k, by total then number of people.

    Scores are 0 or more; an item without any is never in the top k.
    """
    voters = _in_order(scores.values())
    strengths = [_total_then_people(given, voters) for given in scores.values()]
    shares = _top_k_shares(
        strengths, voters=len(voters), width=1, top_k=top_k, resamples=resamples, seed=seed
    )
    return dict(zip(scores, shares, strict=True))


def _in_order(scores: Iterable[Scores]) -> list[str]:
    """Voters by identifier, so that the order of what they said cannot change the answer."""
    return sorted({voter for given in scores for voter in given})


def _top_k_shares(
    strengths: Sequence[Strength], *, voters: int, width: int, top_k: int, resamples: int, seed: int
) -> list[float]:
    if len(strengths) <= top_k:
        return [1.0] * len(strengths)
    draws = np.random.default_rng(seed)
    kept = np.zeros(len(strengths))
    batch = max(1, CELLS // max(voters, width * len(strengths)))
    for start in range(0, resamples, batch):
        size = min(batch, resamples - start)
        times = draws.multinomial(voters, np.full(voters, 1 / voters), size=size)
        strength = np.stack([strength_of(times) for strength_of in strengths], axis=1)
        kth = np.partition(strength, -top_k, axis=1)[:, -top_k, None]
        kept += ((strength >= kth) & (strength > 0)).sum(axis=0)
    return [float(share) for share in kept / resamples]


def _median_then_mean(given: Scores, voters: Sequence[str], scale: NDArray[np.int64]) -> Strength:
    """Twice the median is a whole number and the mean at most the greatest value, so that twice
    that value keeps them apart."""
    scores = np.array([given.get(voter, 0) for voter in voters])
    marks = (scores[:, None] == scale).astype(np.int64)
    apart = 2.0 * scale[-1]

    def strength(times: NDArray[np.int64]) -> NDArray[np.float64]:
        counts = times @ marks
        n = counts.sum(axis=1)
        reached = counts.cumsum(axis=1)
        lower = scale[(reached * 2 < n[:, None]).sum(axis=1).clip(max=len(scale) - 1)]
        upper = scale[(reached * 2 <= n[:, None]).sum(axis=1).clip(max=len(scale) - 1)]
        mean = (counts @ scale) / np.maximum(n, 1)
        return np.where(n > 0, (lower + upper) * apart + mean, 0.0)

    return strength


def _total_then_people(given: Scores, voters: Sequence[str]) -> Strength:
    scores = np.array([given.get(voter, 0) for voter in voters])
    apart = len(voters) + 1.0

    def strength(times: NDArray[np.int64]) -> NDArray[np.float64]:
        dots: NDArray[np.float64] = (times @ scores) * apart + times @ (scores > 0)
        return dots

    return strength

"""Whom to add: the smallest shortfall there is, proved, and what still stands in the way."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from fabrique.methods.coverage.case import Case, Numbers
from fabrique.methods.coverage.contracts import (
    Additions,
    Limit,
    Obstacle,
    Person,
    Proof,
    Relaxation,
    Standing,
    ValueCoverage,
)
from fabrique.methods.coverage.joining import Joining, joining_model, search


def propose_additions(case: Case, candidates: tuple[Person, ...], *, seed: int) -> Additions:
    """The candidates who bring the shortfall to its least.

    Among choices with the same shortfall: the fewest people above a maximum, then the smallest
    worst gap, then the fewest people added, then the lot of `seed`.
    """
    excess = max(0, len(case.members) - case.maximum_size)
    chosen, bound, optimal = _best(case, seed=seed)
    counts = case.counts + case.candidates[chosen].sum(axis=0)
    after = case.standing(counts, len(case.members) + len(chosen))
    return Additions(
        added=tuple(candidates[at].person for at in chosen.tolist()),
        after=after,
        status=Proof.OPTIMAL if optimal else Proof.FEASIBLE,
        bound=after.shortfall if optimal else bound + excess,
        relaxations=tuple(_relaxations(case, after)),
    )


def _best(case: Case, *, seed: int) -> tuple[Numbers, int, bool]:
    """Rows of the candidates chosen, a bound on the shortfall, whether it is reached."""
    lot = np.random.default_rng(seed).permutation(len(case.candidates))
    shuffled = replace(case, candidates=case.candidates[lot])
    most = _largest_slack(case)
    joining = joining_model(shuffled, slack=most)
    step = _set_objective(joining, places=case.places, slack=most)
    said = search(joining, seed=seed)
    if not len(said.found):
        return np.array([], dtype=np.int64), 0, False
    chosen: Numbers = np.sort(lot[np.flatnonzero(said.found[-1])])
    return chosen, int(said.bound) // step, said.optimal


def _largest_slack(case: Case) -> int:
    """No gap and no excess is ever larger."""
    sizes = [len(case.members) + len(case.candidates), case.minimum_size]
    return int(max(sizes + case.minimum.tolist()))


def _set_objective(joining: Joining, *, places: int, slack: int) -> int:
    """Shortfall, then excesses, worst, people added; returns the weight of the shortfall."""
    model = joining.model
    worst = model.new_int_var(0, slack, "")
    for one in (*joining.gaps, *joining.excesses):
        model.add(worst >= one)
    excess = cp_model.LinearExpr.sum(joining.excesses)
    shortfall = cp_model.LinearExpr.sum([*joining.gaps, *joining.excesses])
    of_worst = places + 1
    of_excess = of_worst * (slack + 1)
    of_shortfall = of_excess * (slack * len(joining.excesses) + 1)
    terms = [shortfall, excess, worst, joining.joining]
    weights = [of_shortfall, of_excess, of_worst, 1]
    model.minimize(cp_model.LinearExpr.weighted_sum(terms, weights))
    return of_shortfall


def _relaxations(case: Case, after: Standing) -> Iterator[Relaxation]:
    """Every target missed, the size first."""
    yield from _of_size(case, after)
    for kind, of in enumerate(after.values):
        if of.gap:
            yield _of_value(of, Limit.MINIMUM, of.minimum, _why_gap(case, kind, of))
        if of.excess:
            members = int(case.counts[kind])
            alone = members > of.maximum
            why = Obstacle.TOO_MANY_MEMBERS if alone else Obstacle.OTHER_TARGETS
            yield _of_value(of, Limit.MAXIMUM, of.maximum, why)


def _of_size(case: Case, after: Standing) -> Iterator[Relaxation]:
    if after.size_gap:
        few = len(case.members) + len(case.candidates) < case.minimum_size
        yield Relaxation(
            category=None,
            value=None,
            limit=Limit.MINIMUM,
            asked=case.minimum_size,
            reached=after.size,
            obstacle=Obstacle.TOO_FEW_CANDIDATES if few else Obstacle.OTHER_TARGETS,
        )
    if after.size_excess:
        yield Relaxation(
            category=None,
            value=None,
            limit=Limit.MAXIMUM,
            asked=case.maximum_size,
            reached=after.size,
            obstacle=Obstacle.TOO_MANY_MEMBERS,
        )


def _of_value(of: ValueCoverage, limit: Limit, asked: int, why: Obstacle) -> Relaxation:
    return Relaxation(
        category=of.category,
        value=of.value,
        limit=limit,
        asked=asked,
        reached=of.have,
        obstacle=why,
    )


def _why_gap(case: Case, kind: int, of: ValueCoverage) -> Obstacle:
    members = int(case.counts[kind])
    if members + int(case.candidates[:, kind].sum()) < of.minimum:
        return Obstacle.TOO_FEW_CANDIDATES
    if of.minimum - members > case.places:
        return Obstacle.NO_ROOM
    return Obstacle.OTHER_TARGETS

"""A panel by lot: the fairest lottery over the panels that meet every target, and its draw."""

from dataclasses import replace
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from fabrique.methods.coverage.case import Case, Numbers
from fabrique.methods.coverage.contracts import Chance, Draw, Panel, Person, Proof
from fabrique.methods.coverage.joining import Joining, joining_model, search
from fabrique.methods.coverage.lottery import TOLERANCE, Lottery, Mixture, dealt_lottery
from fabrique.methods.coverage.marginals import Seating, fair_marginals
from fabrique.methods.coverage.panels import Chosen

EXACT_SEARCHES = 400
"""Exact searches for a heavier panel, at most, before the answer is given with its bound."""
SCALE = 1_000_000_000
"""Weights are whole numbers in an exact search."""


def draw_panel(case: Case, candidates: tuple[Person, ...], *, seed: int) -> Draw:
    """The fairest lottery among the largest groups that meet every target, drawn by `seed`."""
    first, status = _largest_panel(case, seed=seed)
    if first is None:
        return _no_panel(candidates, status)
    if not first.any():
        nobody = Lottery(panels=first[None], probabilities=np.ones(1), bound=0.0)
        return _said(nobody, candidates, first, status, seed=seed)
    lottery, possible, optimal = _fairest(case, first, seed=seed)
    proof = Proof.OPTIMAL if status == Proof.OPTIMAL and optimal else Proof.FEASIBLE
    return _said(lottery, candidates, possible, proof, seed=seed)


def _largest_panel(case: Case, *, seed: int) -> tuple[Chosen | None, Proof]:
    """The most candidates who may join with every target met, and whether it is proved."""
    if len(case.members) > case.maximum_size:
        return None, Proof.INFEASIBLE
    joining = joining_model(case, slack=0)
    joining.model.maximize(joining.joining)
    said = search(joining, seed=seed)
    if not len(said.found):
        return None, Proof.INFEASIBLE if said.infeasible else Proof.UNKNOWN
    return said.found[-1].astype(np.bool_), Proof.OPTIMAL if said.optimal else Proof.FEASIBLE


def _fairest(case: Case, first: Chosen, *, seed: int) -> tuple[Lottery, Chosen, bool]:
    """The lottery, whom some panel can hold, and whether the lottery is proved best."""
    exact = ExactSearch(case, int(first.sum()), seed=seed)
    _, most = case.limits(len(case.members) + exact.seats)
    excluded = np.any(case.candidates[:, most == case.counts], axis=1)
    possible: Chosen = np.logical_not(excluded)
    panels = first[None]
    while True:
        dealt, bound, lottery = _deal(case, possible, exact.seats, seed=seed)
        panels = np.vstack([panels, dealt])
        if lottery is not None:
            return lottery, possible, True
        more, held = exact.cover(possible, np.logical_or.reduce(panels))
        panels = np.vstack([panels, more])
        if held.sum() == possible.sum():
            break
        possible = held
    mixture = Mixture(int(possible.sum()))
    mixture.add(panels[:, possible])
    bound, optimal = _improve(mixture, exact, possible, bound)
    lottery = mixture.lottery(bound)
    return replace(lottery, panels=_spread(lottery.panels, possible)), possible, optimal


def _deal(
    case: Case, possible: Chosen, seats: int, *, seed: int
) -> tuple[Chosen, float, Lottery | None]:
    """Panels dealt, the bound on every lottery, and one over them that reaches it.

    A bound of 0 says that somebody is in no panel: none is dealt.
    """
    seating = _seating(case, possible, seats)
    bound, marginals = fair_marginals(seating)
    if bound < TOLERANCE:
        return np.zeros((0, len(possible)), dtype=np.bool_), bound, None
    draws = np.random.default_rng(seed)
    panels, lottery = dealt_lottery(seating, bound, marginals, draws)
    if lottery is not None:
        lottery = replace(lottery, panels=_spread(lottery.panels, possible))
    return _spread(panels, possible), bound, lottery


def _seating(case: Case, possible: Chosen, seats: int) -> Seating:
    low, high = case.limits(len(case.members) + seats)
    return Seating(
        people=case.candidates[possible],
        low=low - case.counts,
        high=high - case.counts,
        seats=seats,
    )


def _spread(panels: Chosen, possible: Chosen) -> Chosen:
    """The same panels as rows over all candidates."""
    spread = np.zeros((len(panels), len(possible)), dtype=np.bool_)
    spread[:, possible] = panels
    return spread


class ExactSearch:
    """Finds the heaviest panel there is, whatever the weights, and says when it could not."""

    def __init__(self, case: Case, seats: int, *, seed: int) -> None:
        self.seats = seats
        self.complete = True
        self._case = case
        self._seed = seed

    @cached_property
    def _joining(self) -> Joining:
        return joining_model(self._case, slack=0, seats=self.seats)

    def heaviest(self, weights: Numbers) -> tuple[Chosen, float]:
        """Panels found on the way, the heaviest last, and what no panel weighs more than."""
        joins = self._joining.joins
        total = cp_model.LinearExpr.weighted_sum(joins, weights.tolist())
        self._joining.model.maximize(total)
        said = search(self._joining, seed=self._seed)
        self.complete &= said.optimal
        return said.found.astype(np.bool_), said.bound

    def cover(self, wanted: Chosen, held: Chosen) -> tuple[Chosen, Chosen]:
        """Panels for whoever of `wanted` is not `held` yet, and all who are held in the end."""
        more = np.zeros((0, len(wanted)), dtype=np.bool_)
        while (missing := wanted & ~held).any():
            panels, _ = self.heaviest(missing.astype(np.int64))
            if not (panels & missing).any():
                break
            more, held = np.vstack([more, panels]), held | panels.any(axis=0)
        return more, held


def _improve(
    mixture: Mixture, exact: ExactSearch, possible: Chosen, bound: float
) -> tuple[float, bool]:
    """Add the heaviest panels until none helps; the bound then, and whether it is reached."""
    least, weights = mixture.solve()
    for _ in range(EXACT_SEARCHES):
        if least >= bound - TOLERANCE:
            break
        spread = np.zeros(len(possible))
        spread[possible] = weights
        panels, heaviest = exact.heaviest(np.rint(SCALE * spread).astype(np.int64))
        bound = min(bound, (heaviest + exact.seats / 2) / SCALE)
        panels = panels[panels @ spread > least + TOLERANCE / 2]
        if not mixture.add(panels[:, possible]):
            break
        least, weights = mixture.solve()
    return bound, exact.complete and least >= bound - TOLERANCE


def _said(
    lottery: Lottery, candidates: tuple[Person, ...], possible: Chosen, proof: Proof, *, seed: int
) -> Draw:
    names = [candidate.person for candidate in candidates]
    chances = lottery.chances
    drawn = np.random.default_rng(seed).choice(len(lottery.panels), p=lottery.probabilities)
    least = float(chances[possible].min()) if possible.any() else None
    return Draw(
        status=proof,
        minimum_probability=least,
        bound=None if least is None else max(least, lottery.bound),
        panels=tuple(
            Panel(people=_named(names, lottery.panels[at]), probability=_plain(lottery, at))
            for at in np.argsort(-lottery.probabilities, kind="stable").tolist()
        ),
        chances=tuple(
            Chance(person=name, probability=chance, possible=can)
            for name, chance, can in zip(names, chances.tolist(), possible.tolist(), strict=True)
        ),
        drawn=_named(names, lottery.panels[drawn]),
    )


def _plain(lottery: Lottery, at: int) -> float:
    return float(lottery.probabilities[at])


def _named(names: list[str], panel: Chosen) -> tuple[str, ...]:
    return tuple(names[at] for at in np.flatnonzero(panel).tolist())


def _no_panel(candidates: tuple[Person, ...], status: Proof) -> Draw:
    return Draw(
        status=status,
        minimum_probability=None,
        bound=None,
        panels=(),
        chances=tuple(
            Chance(person=candidate.person, probability=0.0, possible=False)
            for candidate in candidates
        ),
        drawn=None,
    )

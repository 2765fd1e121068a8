"""The lottery over panels whose least likely candidate is as likely as can be.

    maximise p   such that   Σ λ = 1,   λ ≥ 0,   Σ λ[P] over the panels P that hold i ≥ p

Panels are too many to list, so they are found as they are needed (column generation). Their worth
comes from the dual of the programme: weights y ≥ 0, Σ y = 1, with which no panel known weighs more
than p. A panel that weighs more is worth having; when none exists, p is the best there is.

    start       panels near the fairest probabilities of the relaxation (see marginals.py)
    panels      a linear optimum of the weights, rounded and repaired (see panels.py); an exact
                search (see joining.py) when that finds nothing more
    stop        when p reaches the bound of the relaxation, or the heaviest panel there is
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from fabrique.methods.coverage.marginals import Reals, Seating, add_seating, fair_marginals
from fabrique.methods.coverage.panels import Chosen, Panels, dealt, rounded

TOLERANCE = 1e-6
"""Two probabilities nearer than this are the same."""
STAGES, PASSES = 2, 5
"""How often the panels of the start are tried, and improved before each try."""
STARTS, ROUNDS = 40, 12
"""Panels made from one set of weights, and how often each is improved."""
APPROACHES = 400
"""Sets of weights tried, at most, before the exact search takes over."""
CRITICAL = 2.0
"""Worth of a person of average weight, beside OUTSIDE for a limit."""


@dataclass(frozen=True, kw_only=True)
class Lottery:
    """Panels (rows) with their probabilities, and the bound on the smallest chance."""

    panels: Chosen
    probabilities: Reals
    bound: float

    @property
    def chances(self) -> Reals:
        """Probability of each candidate."""
        chances: Reals = self.probabilities @ self.panels
        return chances


class Mixture:
    """The linear programme over the panels known: it grows, and is solved again from there."""

    def __init__(self, people: int) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._least = self._solver.NumVar(0, self._solver.infinity(), "")
        self._total = self._solver.Constraint(1, 1)
        self._held = [self._solver.Constraint(0, self._solver.infinity()) for _ in range(people)]
        for held in self._held:
            held.SetCoefficient(self._least, -1)
        self._solver.Maximize(self._least)
        self._parts: dict[bytes, pywraplp.Variable] = {}
        self.panels: list[Chosen] = []

    def add(self, panels: Iterable[Chosen]) -> bool:
        """Whether any of them is new."""
        before = len(self.panels)
        for panel in panels:
            if (name := panel.tobytes()) in self._parts:
                continue
            part = self._solver.NumVar(0, self._solver.infinity(), "")
            self._total.SetCoefficient(part, 1)
            for at in np.flatnonzero(panel).tolist():
                self._held[at].SetCoefficient(part, 1)
            self._parts[name] = part
            self.panels.append(panel)
        return len(self.panels) > before

    def solve(self) -> tuple[float, Reals]:
        """The smallest chance reached, and the weight of each candidate (sum 1)."""
        self._solver.Solve()
        weights = np.maximum(0, [-held.dual_value() for held in self._held])
        return self._least.solution_value(), weights / weights.sum()

    def lottery(self, bound: float) -> Lottery:
        """The panels in use; their probabilities sum to 1."""
        parts = np.maximum(0, [part.solution_value() for part in self._parts.values()])
        used = parts > TOLERANCE / 1000
        return Lottery(
            panels=np.array(self.panels)[used],
            probabilities=parts[used] / parts[used].sum(),
            bound=bound,
        )


class Rounding:
    """Panels near the linear optimum of any weights."""

    def __init__(self, seating: Seating, draws: np.random.Generator) -> None:
        self._seating, self._draws = seating, draws
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._shares = [self._solver.NumVar(0, 1, "") for _ in seating.people]
        add_seating(self._solver, self._shares, seating)
        self._solver.Objective().SetMaximization()

    def panels(self, weights: Reals) -> Chosen:
        """Panels within the limits, heavy with `weights`; perhaps none."""
        objective = self._solver.Objective()
        for share, weight in zip(self._shares, weights.tolist(), strict=True):
            objective.SetCoefficient(share, weight)
        self._solver.Solve()
        shares = np.array([share.solution_value() for share in self._shares])
        start = rounded(shares, STARTS, self._seating.seats, self._draws)
        panels = Panels(self._seating, start, self._draws)
        panels.enrich(CRITICAL * weights / weights[weights > 0].mean(), rounds=ROUNDS)
        return panels.within_limits()


def approach(seating: Seating, mixture: Mixture, draws: np.random.Generator) -> float:
    """Fill `mixture` with panels until the bound, or as near as it gets; returns the bound.

    A bound of 0 says that somebody is in no panel: nothing is added.
    """
    bound, marginals = fair_marginals(seating)
    if bound < TOLERANCE:
        return bound
    if _start(seating, mixture, (bound, marginals), draws):
        return bound
    rounding = Rounding(seating, draws)
    for _ in range(APPROACHES):
        least, weights = mixture.solve()
        if least >= bound - TOLERANCE:
            break
        panels = rounding.panels(weights)
        if not mixture.add(panels[panels @ weights > least + TOLERANCE]):
            break
    return bound


def _start(
    seating: Seating,
    mixture: Mixture,
    relaxed: tuple[float, Reals],
    draws: np.random.Generator,
) -> bool:
    """Add panels that hold each person about as often as the relaxation would.

    Returns whether they reach its bound.
    """
    bound, marginals = relaxed
    count = max(20, len(marginals) * 3 // 2)
    order = np.lexsort((draws.random(len(marginals)), *seating.people.T))
    chosen = dealt(count * marginals[order], count, seating.seats)[:, np.argsort(order)]
    panels = Panels(_around(seating, marginals), chosen, draws)
    for _ in range(STAGES):
        panels.balance(count * marginals, passes=PASSES)
        mixture.add(panels.within_limits())
        if mixture.solve()[0] >= bound - TOLERANCE:
            return True
    return False


def _around(seating: Seating, marginals: Reals) -> Seating:
    """The same limits, no further from the expected numbers than a person."""
    expected = marginals @ seating.people
    return Seating(
        people=seating.people,
        low=np.maximum(seating.low, np.floor(expected + TOLERANCE).astype(np.int64)),
        high=np.minimum(seating.high, np.ceil(expected - TOLERANCE).astype(np.int64)),
        seats=seating.seats,
    )

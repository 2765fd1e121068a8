"""The lottery over panels whose least likely candidate is as likely as can be.

    maximise p   such that   Σ λ = 1,   λ ≥ 0,   Σ λ[P] over the panels P that hold i ≥ p

No lottery does better than the relaxation (see marginals.py). Nearly always one does as well, and
is made directly:

    deal        panels near the fairest probabilities of the relaxation (see panels.py)
    weigh       those panels, for everybody to have these probabilities (see weights.py)
    deal more   while no weights are found

Otherwise panels are found as they are needed (column generation). Their worth comes from the dual
of the programme: weights y ≥ 0, Σ y = 1, with which no panel known weighs more than p. A panel that
weighs more is worth having (an exact search finds it: see joining.py); when none exists, p is the
best there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from fabrique.methods.coverage.marginals import Reals, Seating
from fabrique.methods.coverage.panels import TABLE, Chosen, Dealer
from fabrique.methods.coverage.weights import exact_weights

TOLERANCE = 1e-6
"""Two probabilities nearer than this are the same."""
PANELS, PANELS_EACH = 200, 1.3
"""Panels dealt: so many, and so many for each person."""
DEALS, MORE = 3, 1.5
"""How often panels are dealt, at most, and how many times as many they are then each time."""


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


def lottery_of(panels: Chosen, weights: Reals, bound: float) -> Lottery:
    """The panels in use; their probabilities sum to 1."""
    weights = np.maximum(0, weights)
    used = weights > TOLERANCE**2
    return Lottery(
        panels=panels[used], probabilities=weights[used] / weights[used].sum(), bound=bound
    )


def dealt_lottery(
    seating: Seating, bound: float, marginals: Reals, draws: np.random.Generator
) -> tuple[Chosen, Lottery | None]:
    """Panels dealt near `marginals`, and the lottery over them that gives everybody theirs."""
    dealer = Dealer(seating, marginals, draws)
    panels = PANELS + PANELS_EACH * len(marginals)
    for _ in range(DEALS):
        for _ in range(round(panels / TABLE) - dealer.tables):
            dealer.deal()
        known = _distinct(dealer.panels)
        weights = exact_weights(known, marginals)
        if weights is not None:
            return known, lottery_of(known, weights, bound)
        panels *= MORE
    return known, None


def _distinct(panels: Chosen) -> Chosen:
    # Eight people a byte: rows are sorted four times as fast.
    bits = np.packbits(panels, axis=1)
    _, first = np.unique(bits, axis=0, return_index=True)
    return panels[first]


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
        self._panels: list[Chosen] = []

    def add(self, panels: Iterable[Chosen]) -> bool:
        """Whether any of them is new."""
        before = len(self._panels)
        for panel in panels:
            if (name := panel.tobytes()) in self._parts:
                continue
            part = self._solver.NumVar(0, self._solver.infinity(), "")
            self._total.SetCoefficient(part, 1)
            for at in np.flatnonzero(panel).tolist():
                self._held[at].SetCoefficient(part, 1)
            self._parts[name] = part
            self._panels.append(panel)
        return len(self._panels) > before

    def solve(self) -> tuple[float, Reals]:
        """The smallest chance reached, and the weight of each candidate (sum 1)."""
        self._solver.Solve()
        weights = np.maximum(0, [-held.dual_value() for held in self._held])
        return self._least.solution_value(), weights / weights.sum()

    def lottery(self, bound: float) -> Lottery:
        """The panels in use, with their probabilities."""
        parts = np.array([part.solution_value() for part in self._parts.values()])
        return lottery_of(np.array(self._panels), parts, bound)

"""The fairest probabilities if people could be cut in pieces: a bound on every lottery.

    variables     p, the smallest chance;  o[t] ≥ 0 above it, the same for all alike (of one type)
    constraints   Σ (p + o) = seats,   low ≤ Σ (p + o) over each kind ≤ high,   p + o[t] ≤ 1
    objective     the largest p; then the smallest ceiling on p + o[t]

The probabilities of any lottery over panels satisfy these constraints, because each panel does:
no lottery does better than p. Few types come near the ceiling: it is required of those alone that
pass it, until none does.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from fabrique.methods.coverage.case import Numbers

Reals = NDArray[np.float64]

PRECISION = 1e-9
"""What passes a limit by less is within it."""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Panels of `seats` candidates with between `low` and `high` people of each kind."""

    people: Numbers
    low: Numbers
    high: Numbers
    seats: int


def fair_marginals(seating: Seating) -> tuple[float, Reals]:
    """The bound p, and a probability for each candidate that reaches it; a panel must exist."""
    types, which, alike = np.unique(seating.people, axis=0, return_inverse=True, return_counts=True)
    relaxation = _Relaxation(seating, types, alike)
    bound = relaxation.fairest()
    marginals: Reals = relaxation.most_even(bound)[which]
    return bound, marginals


class _Relaxation:
    def __init__(self, seating: Seating, types: Numbers, alike: Numbers) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._least, self._most = self._solver.NumVar(0, 1, ""), self._solver.NumVar(1, 1, "")
        self._over = [self._solver.NumVar(0, 1, "") for _ in types]
        self._require(seating.seats, seating.seats, alike)
        limits = zip(types.T, seating.low.tolist(), seating.high.tolist(), strict=True)
        for who, low, high in limits:
            self._require(low, high, alike * who)
        self._capped = np.zeros(len(types), dtype=np.bool_)

    def _require(self, low: float, high: float, people: Numbers) -> None:
        """So many people in expectation, of `people` of each type."""
        row = self._solver.Constraint(low, high)
        row.SetCoefficient(self._least, float(people.sum()))
        for at in np.flatnonzero(people).tolist():
            row.SetCoefficient(self._over[at], float(people[at]))

    def fairest(self) -> float:
        """The largest p there is."""
        self._solver.Maximize(self._least)
        self._chances()
        return float(self._least.solution_value())

    def most_even(self, bound: float) -> Reals:
        """The chance of each type whose largest is least, none under `bound`."""
        self._least.SetLb(max(0.0, bound - PRECISION / 1000))
        self._most.SetLb(0)
        self._solver.Minimize(self._most)
        return self._chances()

    def _chances(self) -> Reals:
        """The chance of each type, none above the ceiling."""
        while True:
            self._solver.Solve()
            over = [over.solution_value() for over in self._over]
            chances: Reals = np.array(over) + self._least.solution_value()
            above = chances > self._most.solution_value() + PRECISION
            new = np.flatnonzero(above & ~self._capped)
            if not len(new):
                return chances
            self._capped[new] = True
            for at in new.tolist():
                row = self._solver.Constraint(-self._solver.infinity(), 0)
                for part, of in ((self._least, 1), (self._over[at], 1), (self._most, -1)):
                    row.SetCoefficient(part, of)

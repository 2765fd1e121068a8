"""The fairest probabilities if people could be cut in pieces: a bound on every lottery.

    maximise p   such that   p ≤ π[i] ≤ 1,   Σ π = seats,   low ≤ Σ π over each kind ≤ high

The probabilities of any lottery over panels satisfy these constraints, because each panel does:
no lottery does better than p. Among the solutions, one whose largest π is least.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from fabrique.methods.coverage.case import Numbers

Reals = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Panels of `seats` candidates with between `low` and `high` people of each kind."""

    people: Numbers
    low: Numbers
    high: Numbers
    seats: int


def fair_marginals(seating: Seating) -> tuple[float, Reals]:
    """The bound p, and a probability for each candidate that reaches it; a panel must exist."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    chances = [solver.NumVar(0, 1, "") for _ in seating.people]
    add_seating(solver, chances, seating)
    least, most = solver.NumVar(0, 1, ""), solver.NumVar(0, 1, "")
    for chance in chances:
        solver.Add(chance >= least)
    solver.Maximize(least)
    solver.Solve()
    bound: float = least.solution_value()
    least.SetLb(max(0.0, bound - 1e-12))
    for chance in chances:
        solver.Add(chance <= most)
    solver.Minimize(most)
    solver.Solve()
    return bound, np.array([chance.solution_value() for chance in chances])


def add_seating(
    solver: pywraplp.Solver, chances: list[pywraplp.Variable], seating: Seating
) -> None:
    """Require the seats and the limits of each kind, in expectation."""
    seats = solver.Constraint(seating.seats, seating.seats)
    for chance in chances:
        seats.SetCoefficient(chance, 1)
    limits = zip(seating.people.T, seating.low.tolist(), seating.high.tolist(), strict=True)
    for who, low, high in limits:
        held = solver.Constraint(low, high)
        for at in np.flatnonzero(who).tolist():
            held.SetCoefficient(chances[at], 1)

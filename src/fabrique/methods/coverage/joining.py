"""Who may join the group, as a model for CP-SAT.

    variables     x[i] = 1 when candidate i joins; for each kind a gap g ≥ 0 and an excess e ≥ 0,
                  and a gap for the size
    constraints   n = members + Σ x ≤ maximum size;  n + size gap ≥ minimum size
                  have + Σ x of the kind + g ≥ minimum, and ≥ minimum share × n
                  have + Σ x of the kind − e ≤ maximum, and ≤ maximum share × n

With no gap nor excess allowed, its solutions are the groups that meet every target.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from fabrique.methods.coverage.case import NO_LIMIT, WHOLE, Case, Numbers

EFFORT = 20.0
"""Where a search stops, in the solver's deterministic seconds: no clock decides an answer."""


@dataclass(frozen=True, kw_only=True)
class Joining:
    """The model and what objectives are written on."""

    model: cp_model.CpModel
    joins: list[cp_model.IntVar]
    gaps: list[cp_model.IntVar]
    excesses: list[cp_model.IntVar]
    joining: cp_model.LinearExprT


@dataclass(frozen=True, kw_only=True)
class Search:
    """What the solver says: the groups found on the way, the best last; its bound; its proof."""

    found: Numbers
    bound: float
    optimal: bool
    infeasible: bool


def joining_model(case: Case, *, slack: int, seats: int | None = None) -> Joining:
    """Model of `case`, no gap or excess above `slack`, with `seats` people joining if given."""
    model = cp_model.CpModel()
    joins = [model.new_bool_var("") for _ in case.candidates]
    joining = cp_model.LinearExpr.sum(joins)
    fewest, most = (0, case.places) if seats is None else (seats, seats)
    model.add_linear_constraint(joining, fewest, most)
    gaps, excesses = [], []
    for kind, have in enumerate(case.counts.tolist()):
        who = np.flatnonzero(case.candidates[:, kind]).tolist()
        count = cp_model.LinearExpr.sum([joins[at] for at in who]) + have
        gaps.append(gap := model.new_int_var(0, slack, ""))
        excesses.append(excess := model.new_int_var(0, slack, ""))
        _limit(model, case, kind, count + gap, count - excess, joining + len(case.members))
    gaps.append(size_gap := model.new_int_var(0, slack, ""))
    model.add(joining + len(case.members) + size_gap >= case.minimum_size)
    return Joining(model=model, joins=joins, gaps=gaps, excesses=excesses, joining=joining)


def _limit(
    model: cp_model.CpModel,
    case: Case,
    kind: int,
    raised: cp_model.LinearExprT,
    lowered: cp_model.LinearExprT,
    size: cp_model.LinearExprT,
) -> None:
    if case.minimum[kind] > 0:
        model.add(raised >= int(case.minimum[kind]))
    if case.minimum_share[kind] > 0:
        model.add(WHOLE * raised >= int(case.minimum_share[kind]) * size)
    if case.maximum[kind] < NO_LIMIT:
        model.add(lowered <= int(case.maximum[kind]))
    if case.maximum_share[kind] < WHOLE:
        model.add(WHOLE * lowered <= int(case.maximum_share[kind]) * size)


class _Collector(cp_model.CpSolverSolutionCallback):
    """Keeps every better group on the way to the best."""

    def __init__(self, joins: Sequence[cp_model.IntVar]) -> None:
        super().__init__()
        self._joins = joins
        self.found: list[list[int]] = []

    def on_solution_callback(self) -> None:
        self.found.append([int(self.value(joins)) for joins in self._joins])


def search(joining: Joining, *, seed: int) -> Search:
    """Solve, on one thread, so that the same model and seed give the same answer."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = EFFORT
    # The model is small: presolving it takes longer than solving it.
    solver.parameters.cp_model_presolve = False
    collector = _Collector(joining.joins)
    status = solver.solve(joining.model, collector)
    return Search(
        found=np.array(collector.found, dtype=np.int64).reshape(
            len(collector.found), len(joining.joins)
        ),
        bound=solver.best_objective_bound,
        optimal=status == cp_model.OPTIMAL,
        infeasible=status == cp_model.INFEASIBLE,
    )

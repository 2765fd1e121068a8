"""Improves the levels of a model one after the other, each kept at its best for the next.

A level that already stands at its floor needs no search. One worker, a seed and a limit on
deterministic work: the same model gives the same answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from fabrique.methods.calendar.contracts import Level, LevelValue, Status
from fabrique.methods.calendar.objective import Objective, Objectives

Positions = Mapping[str, int]
"""The position of the day of each meeting."""
Watch = Callable[[Level, int, int, Positions], bool]
"""Told of each better value and bound of a level, and of the days; answers whether to go on."""


@dataclass(frozen=True)
class Outcome:
    """Where the search ended."""

    status: Status
    days: Positions
    """Empty without a plan."""
    levels: tuple[LevelValue, ...] = ()


def solver_for(*, seed: int, effort: float, early: bool) -> cp_model.CpSolver:
    """A solver that answers the same each time.

    Models are so small that presolving them costs more than it saves, unless the sum of days is
    at stake (`early`): it then finds which meetings can be swapped.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.cp_model_presolve = early
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.linearization_level = 2  # cuts of the all-different groups
    return solver


def positions_in(solver: cp_model.CpSolver, days: Mapping[str, cp_model.IntVar]) -> Positions:
    """The days of the solution that a solver holds."""
    return {key: solver.value(day) for key, day in days.items()}


class LevelByLevel:
    """One search through all levels."""

    def __init__(self, objectives: Objectives, *, watch: Watch | None) -> None:
        self.objectives = objectives
        self.model = objectives.series.model
        self.watch = watch
        self.values: dict[Level, int] = {}
        self.bounds: dict[Level, int] = {}
        self.found: Positions = {}
        self.stopped = False

    def run(self, *, seed: int, effort: float) -> Outcome:
        """Through the levels until one is not proved."""
        for objective in self.objectives.levels():
            early = objective.level is Level.LATENESS
            solver = solver_for(seed=seed, effort=effort, early=early)
            status = self._improve(objective, solver)
            if status is not Status.OPTIMAL:
                return self._outcome(status)
            self.model.add(objective.expression <= self.values[objective.level])
        return self._outcome(Status.OPTIMAL)

    def _outcome(self, status: Status) -> Outcome:
        levels = tuple(
            LevelValue(level=level, value=self.values[level], bound=self.bounds.get(level))
            for level in Level
            if level in self.values
        )
        return Outcome(status, self.found, levels)

    def _improve(self, objective: Objective, solver: cp_model.CpSolver) -> Status:
        if self.values.get(objective.level) == objective.floor:
            self.bounds[objective.level] = objective.floor
            return Status.OPTIMAL
        self.model.minimize(objective.expression)
        answer = solver.solve(self.model, self._callback(objective.level, solver))
        if answer == cp_model.INFEASIBLE:
            return Status.INFEASIBLE
        if answer in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._keep(solver)
            self.bounds[objective.level] = round(solver.best_objective_bound)
        if answer == cp_model.OPTIMAL:
            return Status.OPTIMAL
        if self.stopped:
            return Status.STOPPED
        return Status.FEASIBLE if self.found else Status.UNKNOWN

    def _keep(self, solver: cp_model.CpSolver) -> None:
        """Keep the best plan so far, and start the next level from it."""
        self.found = positions_in(solver, self.objectives.series.days)
        self.values = self.objectives.judgement.values(self.found)
        self.model.clear_hints()
        for index, value in enumerate(solver.response_proto.solution):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def _callback(
        self, level: Level, solver: cp_model.CpSolver
    ) -> cp_model.CpSolverSolutionCallback | None:
        if self.watch is None:
            return None
        telling = _Telling(self, level, self.watch, solver)
        solver.best_bound_callback = telling.on_bound
        return telling


class _Telling(cp_model.CpSolverSolutionCallback):
    """Tells the watcher of each better plan or bound, and stops the solver when it says so."""

    def __init__(
        self, search: LevelByLevel, level: Level, watch: Watch, solver: cp_model.CpSolver
    ) -> None:
        super().__init__()
        self.search = search
        self.level = level
        self.watch = watch
        self.solver = solver
        self.best = search.values.get(level)
        self.found = search.found

    def on_solution_callback(self) -> None:
        """Called by the solver at each better plan."""
        days = self.search.objectives.series.days
        self.found = {key: self.value(day) for key, day in days.items()}
        self.best = round(self.objective_value)
        self._tell(self.best_objective_bound)

    def on_bound(self, bound: float) -> None:
        """Called by the solver at each better bound."""
        self._tell(bound)

    def _tell(self, bound: float) -> None:
        if self.best is None:
            return
        if not self.watch(self.level, self.best, round(bound), self.found):
            self.search.stopped = True
            self.solver.stop_search()

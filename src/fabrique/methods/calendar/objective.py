"""The levels of a plan as expressions of its model.

Variables
    in_m,c         whether the day of meeting m is in class c of its days
    worst          most meetings that one person misses
Constraints
    class          exactly one class a meeting, and day_m among its days
    worst served   for each person, Σ in_m,c over the classes they miss ≤ worst
Levels, the first deciding
    moves, mandatory absences, discouraged days    Σ cost_m,c · in_m,c
    worst served                                   worst
    lost attendance                                Σ (best score_m − score_m,c) · in_m,c
    lateness                                       Σ (day_m − first possible day_m)
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from fabrique.methods.calendar.contracts import Level
from fabrique.methods.calendar.days import first_position
from fabrique.methods.calendar.judgement import DayClass, Judgement
from fabrique.methods.calendar.model import SeriesModel, domain_of

Expression = cp_model.LinearExprT


@dataclass(frozen=True)
class Objective:
    """One level of a model."""

    level: Level
    expression: Expression
    floor: int
    """No day left goes below, whatever the other meetings."""


class Objectives:
    """The classes of a model's days, and its levels; built once, on top of its constraints."""

    def __init__(self, series: SeriesModel, judgement: Judgement) -> None:
        self.series = series
        self.judgement = judgement
        self.classes: Mapping[str, Sequence[tuple[DayClass, cp_model.LiteralT]]] = {
            key: self._classes(key) for key in series.days
        }

    def levels(self) -> list[Objective]:
        """In order, the most important first."""
        return [
            self._sum(Level.MOVES),
            self._sum(Level.MANDATORY_ABSENCES),
            self._sum(Level.DISCOURAGED_DAYS),
            self._worst_served(),
            self._sum(Level.LOST_ATTENDANCE),
            self._lateness(),
        ]

    def _classes(self, meeting: str) -> Sequence[tuple[DayClass, cp_model.LiteralT]]:
        model, left = self.series.model, self.series.days_left[meeting]
        kept = [one for one in self.judgement.classes[meeting] if one.days & left]
        if len(kept) == 1:
            return [(kept[0], model.new_constant(1))]
        chosen = [(one, model.new_bool_var("")) for one in kept]
        model.add_exactly_one(literal for _, literal in chosen)
        for one, literal in chosen:
            model.add_linear_expression_in_domain(
                self.series.days[meeting], domain_of(one.days & left)
            ).only_enforce_if(literal)
        return chosen

    def _sum(self, level: Level) -> Objective:
        terms = [
            one.costs[level] * literal
            for classes in self.classes.values()
            for one, literal in classes
            if one.costs[level]
        ]
        floor = sum(
            min(one.costs[level] for one, _ in classes) for classes in self.classes.values()
        )
        return Objective(level, cp_model.LinearExpr.sum(terms), floor)

    def _worst_served(self) -> Objective:
        missed: dict[str, list[cp_model.LiteralT]] = defaultdict(list)
        sure: dict[str, int] = defaultdict(int)
        for classes in self.classes.values():
            for one, literal in classes:
                for person in one.missed_by:
                    missed[person].append(literal)
            for person in set.intersection(*(set(one.missed_by) for one, _ in classes)):
                sure[person] += 1
        worst = self.series.model.new_int_var(0, len(self.classes), "worst")
        for literals in missed.values():
            self.series.model.add(cp_model.LinearExpr.sum(literals) <= worst)
        return Objective(Level.WORST_SERVED, worst, max(sure.values(), default=0))

    def _lateness(self) -> Objective:
        days, possible = self.series.days, self.judgement.rules.possible
        firsts = {key: first_position(possible[key]) for key in days}
        late = cp_model.LinearExpr.sum(list(days.values())) - sum(firsts.values())
        floor = sum(
            first_position(left) - firsts[key] for key, left in self.series.days_left.items()
        )
        return Objective(Level.LATENESS, late, floor)

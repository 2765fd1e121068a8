"""What the days of one meeting are worth, on every level that is a sum over meetings.

Days are sorted into classes that no level but lateness tells apart: same people expected, same
reserves, same soft closures, same mandatory people away, announced or not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fabrique.methods.calendar.contracts import Level, Meeting
from fabrique.methods.calendar.days import first_position
from fabrique.methods.calendar.presence import Presence, closes, concerns, invited
from fabrique.methods.calendar.rules import SeriesRules

EXPECTED_SCORE, YES_SCORE = 1000, 1
"""The poll rule of the field: 1000 (yes + if need be) + yes."""

SUMMED = (
    Level.MOVES,
    Level.MANDATORY_ABSENCES,
    Level.DISCOURAGED_DAYS,
    Level.LOST_ATTENDANCE,
)
"""The levels that are sums over meetings of what their day costs."""


@dataclass(frozen=True)
class DayClass:
    """Days of one meeting that are alike."""

    days: int
    """The days, as bits."""
    costs: Mapping[Level, int]
    """What any of them costs, on the levels that are sums over meetings."""
    missed_by: tuple[str, ...]
    """People not expected though some possible day would have suited them."""


class Judgement:
    """How the days of each meeting are judged."""

    def __init__(self, rules: SeriesRules) -> None:
        self.rules = rules
        self.people = {person.key: person for person in rules.request.people}
        self.soft = [
            (one, rules.horizon.bits(one.days)) for one in rules.request.closures if not one.hard
        ]

    @cached_property
    def classes(self) -> Mapping[str, tuple[DayClass, ...]]:
        """The classes of the possible days of each meeting, by first day."""
        return {one.key: tuple(self._classes(one)) for one in self.rules.request.meetings}

    def discouraging(self, meeting: Meeting) -> dict[str, int]:
        """The soft closures that concern the meeting or its people, and their days."""
        involved = [self.people[person] for person in self.rules.presences[meeting.key]]
        return {
            closure.key: days
            for closure, days in self.soft
            if closes(closure, meeting) or any(concerns(closure, one) for one in involved)
        }

    def values(self, days: Mapping[str, int]) -> dict[Level, int]:
        """What a plan is worth on every level, from the position of the day of each meeting."""
        chosen = [self.class_of(key, 1 << at) for key, at in days.items()]
        missed = Counter(person for one in chosen for person in one.missed_by)
        possible = self.rules.possible
        return {level: sum(one.costs[level] for one in chosen) for level in SUMMED} | {
            Level.WORST_SERVED: max(missed.values(), default=0),
            Level.LATENESS: sum(at - first_position(possible[key]) for key, at in days.items()),
        }

    def class_of(self, meeting: str, day: int) -> DayClass:
        """The class that a possible day (one bit) of the meeting is in."""
        return next(one for one in self.classes[meeting] if one.days & day)

    def _classes(self, meeting: Meeting) -> list[DayClass]:
        possible = self.rules.possible[meeting.key]
        expected = [self.rules.presences[meeting.key][person] for person in invited(meeting)]
        discouraging = self.discouraging(meeting)
        away = self._mandatory_away(meeting)
        announced = self.rules.horizon.bit(meeting.announced) if meeting.announced else 0
        pieces = parted(
            possible,
            [one.expected for one in expected]
            + [one.expected_gladly for one in expected]
            + [*away, *discouraging.values(), announced],
        )
        scores = {piece: score(expected, lowest(piece)) for piece in pieces}
        best = max(scores.values(), default=0)
        to_keep = bool(announced) and not meeting.held
        return [
            DayClass(
                days=piece,
                costs={
                    Level.MOVES: int(to_keep and not piece & announced),
                    Level.MANDATORY_ABSENCES: sum(1 for days in away if piece & days),
                    Level.DISCOURAGED_DAYS: sum(
                        1 for days in discouraging.values() if piece & days
                    ),
                    Level.LOST_ATTENDANCE: best - scores[piece],
                },
                missed_by=self._missed_by(meeting, piece, possible),
            )
            for piece in sorted(pieces, key=first_position)
        ]

    def _mandatory_away(self, meeting: Meeting) -> list[int]:
        return [self.rules.presences[meeting.key][person].away for person in meeting.mandatory]

    def _missed_by(self, meeting: Meeting, piece: int, possible: int) -> tuple[str, ...]:
        present = self.rules.presences[meeting.key]
        return tuple(
            person
            for person in invited(meeting)
            if not piece & present[person].expected and possible & present[person].expected
        )


def parted(days: int, cuts: Iterable[int]) -> list[int]:
    """The days in as few pieces as keep each cut apart from the rest."""
    pieces = [days] if days else []
    for cut in cuts:
        if 0 < days & cut < days:
            pieces = [part for piece in pieces for part in (piece & cut, piece & ~cut) if part]
    return pieces


def lowest(days: int) -> int:
    """The first of the days, as one bit."""
    return days & -days


def score(expected: Iterable[Presence], day: int) -> int:
    """The poll rule on one day (one bit)."""
    return sum(
        EXPECTED_SCORE + YES_SCORE * bool(day & one.expected_gladly)
        for one in expected
        if day & one.expected
    )

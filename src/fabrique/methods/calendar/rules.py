"""The rules of a series as days taken from one meeting, and as gaps between two.

Everything here can be asked with only some of the rules in force: that is how a contradiction is
searched, and what lifting one of its rules would give.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from fabrique.methods.calendar.contracts import (
    Constraint,
    Meeting,
    MeetingDate,
    Order,
    Rule,
    SeriesRequest,
)
from fabrique.methods.calendar.days import Horizon, horizon_of, widened
from fabrique.methods.calendar.presence import (
    Presences,
    closes,
    days_with,
    invited,
    needed_quorum,
    presences_of,
)


@dataclass(frozen=True)
class Taken:
    """Days taken from a meeting when all these constraints are in force."""

    by: tuple[Constraint, ...]
    """A rule, and the closure that makes it bite where there is one."""
    days: int
    """The days, as bits."""


@dataclass(frozen=True)
class Gap:
    """Days between two meetings, in this order."""

    before: str
    after: str
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True)
class Apart:
    """Days between two meetings, in either order."""

    one: str
    other: str
    days: int
    constraint: Constraint


@dataclass(frozen=True)
class Stretch:
    """A window or a gap overstepped."""

    constraint: Constraint
    days: int


class EveryConstraint:
    """All rules are in force."""

    def __contains__(self, constraint: object) -> bool:
        return True


EVERY: Container[Constraint] = EveryConstraint()


class SeriesRules:
    """A request, made ready to be asked which days are left."""

    def __init__(self, request: SeriesRequest) -> None:
        self.request = request
        self.horizon: Horizon = horizon_of(request)
        self.presences: Presences = presences_of(request, self.horizon)
        self.meetings: Mapping[str, Meeting] = {one.key: one for one in request.meetings}

    @cached_property
    def possible(self) -> Mapping[str, int]:
        """The days of each meeting that no rule of its own takes."""
        return self.days_left(EVERY)

    @cached_property
    def taken(self) -> Mapping[str, tuple[Taken, ...]]:
        """What takes days from each meeting, quorum left out; nothing from one already held."""
        return {
            meeting.key: () if meeting.held else tuple(self._taken(meeting))
            for meeting in self.request.meetings
        }

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Every rule that bears on something, once each."""
        found: dict[Constraint, None] = {}
        for meeting in self.request.meetings:
            for taken in self.taken[meeting.key]:
                found.update(dict.fromkeys(taken.by))
            if needed_quorum(meeting) and not meeting.held:
                found[quorum_of(meeting)] = None
                found.update(dict.fromkeys(self._closures_on_quorum(meeting)))
        for bounds in self._orders:
            found.update(dict.fromkeys(bounds))
        for apart in self._aparts:
            found[apart.constraint] = None
        return tuple(found)

    def days_left(
        self, active: Container[Constraint], stretch: Stretch | None = None
    ) -> dict[str, int]:
        """The days of each meeting with only the `active` rules in force, one overstepped."""
        return {
            meeting.key: self._days_left(meeting, active, stretch)
            for meeting in self.request.meetings
        }

    def days_with_quorum(self, meeting: Meeting, active: Container[Constraint], among: int) -> int:
        """The days of `among` on which enough people are expected, as far as closures bite."""
        present = self.presences[meeting.key]
        expected = [
            present[person].expected_unless(
                key for key in present[person].closed if closure_of(key) in active
            )
            for person in invited(meeting)
        ]
        return days_with(expected, needed_quorum(meeting), among=among)

    def gaps(self, active: Container[Constraint], stretch: Stretch | None = None) -> Iterator[Gap]:
        """Orders in force, bound by bound."""
        for bounds in self._orders:
            for bound in bounds:
                if bound in active:
                    yield _gap(bound, _overstep(bound, stretch))

    def dates(self, days: Mapping[str, int]) -> tuple[MeetingDate, ...]:
        """Positions as dates, in the order of the request."""
        return tuple(
            MeetingDate(meeting=key, day=self.horizon.date(days[key]))
            for key in self.meetings
            if key in days
        )

    def aparts(self, active: Container[Constraint]) -> list[Apart]:
        """Days to keep between two meetings because of a person or a room, the widest of each."""
        widest: dict[tuple[str, str], Apart] = {}
        for apart in self._aparts:
            pair = (apart.one, apart.other)
            if apart.constraint in active and (
                pair not in widest or widest[pair].days < apart.days
            ):
                widest[pair] = apart
        return list(widest.values())

    def _closures_on_quorum(self, meeting: Meeting) -> Iterator[Constraint]:
        """What takes no day by itself, but keeps people away whom the quorum counts."""
        present = self.presences[meeting.key]
        for person in invited(meeting):
            yield from map(closure_of, present[person].closed)

    def _days_left(
        self, meeting: Meeting, active: Container[Constraint], stretch: Stretch | None
    ) -> int:
        if meeting.held:
            return self.horizon.bit(meeting.held)
        days = self.horizon.everything
        for taken in self.taken[meeting.key]:
            if all(constraint in active for constraint in taken.by):
                over = _overstep(taken.by[0], stretch)
                days &= widened(~taken.days & self.horizon.everything, over)
        if needed_quorum(meeting) and quorum_of(meeting) in active:
            days = self.days_with_quorum(meeting, active, days)
        return days

    def _taken(self, meeting: Meeting) -> Iterator[Taken]:
        everything = self.horizon.everything
        windows = Constraint(rule=Rule.WINDOWS, meetings=(meeting.key,))
        weekdays = Constraint(rule=Rule.WEEKDAYS, meetings=(meeting.key,))
        yield Taken((windows,), everything & ~self.horizon.bits(meeting.windows))
        yield Taken((weekdays,), everything & ~self.horizon.weekdays(meeting.weekdays))
        for closure in self.request.closures:
            if closure.hard and closes(closure, meeting):
                yield Taken((closure_of(closure.key),), self.horizon.bits(closure.days))
        if self.request.mandatory_must_attend:
            yield from self._taken_by(Rule.MANDATORY_PERSON, meeting, meeting.mandatory)
        yield from self._taken_by(Rule.FACILITATOR, meeting, meeting.facilitators)

    def _taken_by(self, rule: Rule, meeting: Meeting, people: Iterable[str]) -> Iterator[Taken]:
        """Days on which one of these people is away."""
        for person in people:
            presence = self.presences[meeting.key][person]
            needed = Constraint(rule=rule, meetings=(meeting.key,), person=person)
            if own := presence.said_no | presence.unavailable:
                yield Taken((needed,), own)
            for key, days in presence.closed.items():
                yield Taken((needed, closure_of(key)), days)

    @cached_property
    def _orders(self) -> tuple[tuple[Constraint, ...], ...]:
        """The bounds of each order between meetings that are not both held."""
        return tuple(
            bounds_of(order)
            for order in self.request.orders
            if not (self.meetings[order.before].held and self.meetings[order.after].held)
        )

    @cached_property
    def _aparts(self) -> tuple[Apart, ...]:
        return (*self._apart_for_people(), *self._apart_for_rooms())

    def _apart_for_people(self) -> Iterator[Apart]:
        for person, needed_at in self._needed_at().items():
            constraint = Constraint(rule=Rule.PLACES, person=person)
            for one, other in self._not_both_held(needed_at):
                if days := self.days_apart(person, one, other):
                    yield Apart(one.key, other.key, days, constraint)

    def _needed_at(self) -> Mapping[str, Sequence[Meeting]]:
        """The meetings that cannot do without each person."""
        needed_at: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.request.meetings:
            for person in needed(meeting, self.request):
                needed_at[person].append(meeting)
        return needed_at

    def days_apart(self, person: str, one: Meeting, other: Meeting) -> int:
        """Days this person needs from one meeting to the other; 0 when both are in one place."""
        if place_of(one) == place_of(other):
            return 0
        travels = person in one.facilitators and person in other.facilitators
        return 1 + self.request.travel_days if travels else 1

    def _apart_for_rooms(self) -> Iterator[Apart]:
        by_room: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.request.meetings:
            if meeting.room is not None:
                by_room[meeting.room].append(meeting)
        for room, meetings in by_room.items():
            for one, other in self._not_both_held(meetings):
                yield Apart(one.key, other.key, 1, Constraint(rule=Rule.ROOM, room=room))

    def _not_both_held(self, meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, Meeting]]:
        for one, other in combinations(meetings, 2):
            if not (one.held and other.held):
                yield one, other


def joined(by: tuple[Constraint, ...]) -> Constraint:
    """A rule and the closure that makes it bite, as one."""
    rule, *closures = by
    return replace(rule, closure=closures[0].closure) if closures else rule


def needed(meeting: Meeting, request: SeriesRequest) -> tuple[str, ...]:
    """The people a meeting cannot do without."""
    mandatory = meeting.mandatory if request.mandatory_must_attend else ()
    return tuple(dict.fromkeys((*meeting.facilitators, *mandatory)))


def place_of(meeting: Meeting) -> tuple[str, str]:
    """Where it is; equal places are one."""
    where = meeting.place or meeting.territory
    return ("of its own", meeting.key) if where is None else ("at", where)


def closure_of(key: str) -> Constraint:
    """The rule of one closure, for all meetings."""
    return Constraint(rule=Rule.CLOSURE, closure=key)


def quorum_of(meeting: Meeting) -> Constraint:
    """The rule of the quorum of one meeting."""
    return Constraint(rule=Rule.QUORUM, meetings=(meeting.key,))


def bounds_of(order: Order) -> tuple[Constraint, ...]:
    """The least gap, and the greatest where there is one."""
    pair = (order.before, order.after)
    least = Constraint(rule=Rule.MIN_GAP, meetings=pair, days=order.min_days)
    if order.max_days is None:
        return (least,)
    return (least, Constraint(rule=Rule.MAX_GAP, meetings=pair, days=order.max_days))


def _gap(bound: Constraint, over: int) -> Gap:
    before, after = bound.meetings
    days = bound.days or 0
    if bound.rule is Rule.MIN_GAP:
        return Gap(before, after, min_days=days - over, max_days=None)
    return Gap(before, after, min_days=None, max_days=days + over)


def _overstep(constraint: Constraint, stretch: Stretch | None) -> int:
    return stretch.days if stretch is not None and stretch.constraint == constraint else 0

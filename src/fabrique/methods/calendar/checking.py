"""Whether given dates keep every rule: read plainly from the request, without the solver's model.

A date outside what the solver would consider is still told rule by rule. What has been held is a
fact: only its own date and its distance to what has not been held are checked.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from fabrique.methods.calendar.contracts import (
    Answer,
    Constraint,
    DatedSeries,
    DayRange,
    Meeting,
    MeetingDate,
    Person,
    PlanCheck,
    Rule,
    SeriesRequest,
)
from fabrique.methods.calendar.presence import closes, concerns, invited, involved, needed_quorum
from fabrique.methods.calendar.rules import needed, place_of
from fabrique.methods.calendar.validity import check_dates, check_request

Dates = Mapping[str, date]
"""The date of each meeting that has one."""


def check_plan(request: SeriesRequest, dates: Iterable[MeetingDate]) -> PlanCheck:
    """What these dates violate.

    Raises MethodError with the codes of `check_request`, `unknown_meeting` or
    `duplicate_meeting`.
    """
    check_request(request)
    given = tuple(dates)
    check_dates(request, given)
    found = _Violations(request, {one.meeting: one.day for one in given})
    violations = sorted(found.all(), key=lambda one: list(Rule).index(one.rule))
    return PlanCheck(accepted=not violations, violations=tuple(violations))


def check_dated_series(plan: DatedSeries) -> PlanCheck:
    """The same, of a plan that carries its series."""
    return check_plan(plan.case, plan.dates)


class _Violations:
    """Every rule, asked of every meeting or pair that has dates."""

    def __init__(self, request: SeriesRequest, dates: Dates) -> None:
        self.request = request
        self.dates = dates
        self.people = {person.key: person for person in request.people}
        self.meetings = {meeting.key: meeting for meeting in request.meetings}
        self.answers = {(one.meeting, one.person, one.day): one.answer for one in request.answers}
        self.polled = {
            one.meeting
            for one in request.answers
            if one.person in involved(self.meetings[one.meeting])
        }

    def all(self) -> Iterator[Constraint]:
        """Everything violated, meeting by meeting, then pair by pair."""
        for meeting in self.request.meetings:
            day = self.dates.get(meeting.key)
            if day is None:
                yield Constraint(rule=Rule.DATE, meetings=(meeting.key,))
            elif meeting.held is None:
                yield from self._of_meeting(meeting, day)
            elif meeting.held != day:
                yield Constraint(rule=Rule.HELD, meetings=(meeting.key,))
        yield from self._of_orders()
        dated = [meeting for meeting in self.request.meetings if meeting.key in self.dates]
        for one, other in combinations(dated, 2):
            if not (one.held and other.held):
                yield from self._of_pair(one, other)

    def _of_meeting(self, meeting: Meeting, day: date) -> Iterator[Constraint]:
        alone = (meeting.key,)
        if not covers(meeting.windows, day):
            yield Constraint(rule=Rule.WINDOWS, meetings=alone)
        if day.isoweekday() not in meeting.weekdays:
            yield Constraint(rule=Rule.WEEKDAYS, meetings=alone)
        for closure in self.request.closures:
            if closure.hard and closes(closure, meeting) and covers(closure.days, day):
                yield Constraint(rule=Rule.CLOSURE, meetings=alone, closure=closure.key)
        if self.request.mandatory_must_attend:
            yield from self._away(Rule.MANDATORY_PERSON, meeting, meeting.mandatory, day)
        yield from self._away(Rule.FACILITATOR, meeting, meeting.facilitators, day)
        expected = [one for one in invited(meeting) if self._expected(meeting, one, day)]
        if len(expected) < needed_quorum(meeting):
            yield Constraint(rule=Rule.QUORUM, meetings=alone)

    def _away(
        self, rule: Rule, meeting: Meeting, people: Iterable[str], day: date
    ) -> Iterator[Constraint]:
        for person in people:
            closure = self._closed(self.people[person], meeting, day)
            if closure is not None or self._refuses(meeting, person, day):
                yield Constraint(rule=rule, meetings=(meeting.key,), person=person, closure=closure)

    def _refuses(self, meeting: Meeting, person: str, day: date) -> bool:
        """By their own days or by their answer."""
        said_no = self.answers.get((meeting.key, person, day)) is Answer.NO
        return said_no or covers(self.people[person].unavailable, day)

    def _closed(self, person: Person, meeting: Meeting, day: date) -> str | None:
        """The first closure that keeps this person from a meeting which it leaves open."""
        for closure in self.request.closures:
            if (
                closure.hard
                and concerns(closure, person)
                and not closes(closure, meeting)
                and covers(closure.days, day)
            ):
                return closure.key
        return None

    def _expected(self, meeting: Meeting, person: str, day: date) -> bool:
        if self._refuses(meeting, person, day):
            return False
        if self._closed(self.people[person], meeting, day) is not None:
            return False
        return meeting.key not in self.polled or (meeting.key, person, day) in self.answers

    def _of_orders(self) -> Iterator[Constraint]:
        for order in self.request.orders:
            pair = (order.before, order.after)
            if not all(key in self.dates for key in pair):
                continue
            if all(self.meetings[key].held for key in pair):
                continue
            days = (self.dates[order.after] - self.dates[order.before]).days
            if days < order.min_days:
                yield Constraint(rule=Rule.MIN_GAP, meetings=pair, days=order.min_days)
            if order.max_days is not None and days > order.max_days:
                yield Constraint(rule=Rule.MAX_GAP, meetings=pair, days=order.max_days)

    def _of_pair(self, one: Meeting, other: Meeting) -> Iterator[Constraint]:
        pair = (one.key, other.key)
        between = abs((self.dates[other.key] - self.dates[one.key]).days)
        if one.room is not None and one.room == other.room and not between:
            yield Constraint(rule=Rule.ROOM, meetings=pair, room=one.room)
        if place_of(one) == place_of(other):
            return
        for person in needed(one, self.request):
            if person in needed(other, self.request):
                travels = person in one.facilitators and person in other.facilitators
                days = 1 + self.request.travel_days if travels else 1
                if between < days:
                    yield Constraint(rule=Rule.PLACES, meetings=pair, person=person, days=days)


def covers(ranges: Iterable[DayRange], day: date) -> bool:
    """Whether the day is in one of the ranges."""
    return any(one.first <= day <= one.last for one in ranges)

"""What a plan gives: who is missing where, who misses most, what moves, who carries what."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from fabrique.methods.calendar.contracts import (
    FacilitatorLoad,
    Meeting,
    MeetingAttendance,
    Missing,
    Move,
    PersonAttendance,
    SeriesRequest,
)
from fabrique.methods.calendar.judgement import Judgement
from fabrique.methods.calendar.presence import invited
from fabrique.methods.calendar.rules import SeriesRules

WEEK = 7

Dates = Mapping[str, date]
"""The date of each meeting; empty without a plan."""
Positions = Mapping[str, int]
"""The same as positions in the horizon."""


def moves(request: SeriesRequest, dates: Dates) -> Iterator[Move]:
    """Announced dates that change; what has been held no longer moves."""
    for meeting in request.meetings:
        day = dates.get(meeting.key)
        if day is None or meeting.held or meeting.announced in (None, day):
            continue
        yield Move(
            meeting=meeting.key,
            announced=meeting.announced,
            day=day,
            days=(day - meeting.announced).days,
        )


def attendances(
    rules: SeriesRules, judgement: Judgement, days: Positions
) -> Iterator[MeetingAttendance]:
    """Who is expected at each meeting."""
    for meeting in rules.request.meetings:
        if meeting.key in days:
            yield _attendance(rules, judgement, meeting, 1 << days[meeting.key])


def _attendance(
    rules: SeriesRules, judgement: Judgement, meeting: Meeting, day: int
) -> MeetingAttendance:
    present = [rules.presences[meeting.key][person] for person in invited(meeting)]
    gladly = sum(1 for one in present if one.expected_gladly & day)
    return MeetingAttendance(
        meeting=meeting.key,
        invited=len(present),
        yes=gladly,
        if_need_be=sum(1 for one in present if one.expected & day) - gladly,
        missing=tuple(_missing(rules, meeting, day)),
        discouraged_by=tuple(
            key for key, closed in judgement.discouraging(meeting).items() if closed & day
        ),
    )


def _missing(rules: SeriesRules, meeting: Meeting, day: int) -> Iterator[Missing]:
    for person in invited(meeting):
        absence = rules.presences[meeting.key][person].absence(day)
        if absence is not None:
            reason, closure = absence
            yield Missing(
                person=person,
                reason=reason,
                mandatory=person in meeting.mandatory,
                closure=closure,
            )


def people_served(
    rules: SeriesRules, judgement: Judgement, days: Positions
) -> tuple[PersonAttendance, ...]:
    """What everyone invited somewhere is expected at and misses; empty without a plan."""
    invitations: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for key, at in days.items():
        present = rules.presences[key]
        guests = invited(rules.meetings[key])
        invitations.update(guests)
        expected.update(one for one in guests if present[one].expected >> at & 1)
        missed.update(judgement.class_of(key, 1 << at).missed_by)
    return tuple(
        PersonAttendance(
            person=person.key,
            invited=invitations[person.key],
            expected=expected[person.key],
            missed=missed[person.key],
        )
        for person in rules.request.people
        if invitations[person.key]
    )


def facilitator_loads(request: SeriesRequest, dates: Dates) -> Iterator[FacilitatorLoad]:
    """What each facilitator runs, by date."""
    by_date = sorted(
        (meeting for meeting in request.meetings if meeting.key in dates),
        key=lambda meeting: dates[meeting.key],
    )
    for person in request.people:
        run = [meeting.key for meeting in by_date if person.key in meeting.facilitators]
        months = Counter((dates[key].year, dates[key].month) for key in run)
        if run:
            yield FacilitatorLoad(
                person=person.key, meetings=tuple(run), busiest_month=max(months.values())
            )


def weeks_lost(request: SeriesRequest, dates: Dates) -> int | None:
    """Weeks begun between the last date people were told and the end of the plan."""
    known = [day for one in request.meetings if (day := one.held or one.announced) is not None]
    if len(known) < len(request.meetings) or not dates:
        return None
    return -(-(max(dates.values()) - max(known)).days // WEEK)

"""Whether a request makes sense, before anything is computed."""

from collections.abc import Collection, Iterable

from fabrique.methods.calendar.contracts import (
    DayRange,
    Meeting,
    MeetingDate,
    Scale,
    SeriesRequest,
)
from fabrique.methods.calendar.days import days_named
from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated

LONGEST_DAYS = 3660
"""Ten years between the first and the last day a meeting names: more is a mistyped year."""


def check_request(request: SeriesRequest) -> None:
    """Raise MethodError for what no calendar can be made of.

    Codes: `parameter_out_of_range`, `duplicate_meeting`, `duplicate_person`,
    `duplicate_closure`, `duplicate_order`, `duplicate_answer`, `invited_twice`,
    `unknown_meeting`, `unknown_person`, `order_with_itself`, `gap_out_of_range`,
    `range_reversed`, `meeting_without_window`, `meeting_without_territory`, `quorum_too_high`,
    `series_too_long`.
    """
    _check_settings(request)
    _check_repetitions(request)
    people = {person.key for person in request.people}
    for meeting in request.meetings:
        _check_meeting(meeting, people)
    for person in request.people:
        _check_ranges(person.key, person.unavailable)
    for closure in request.closures:
        _check_ranges(closure.key, closure.days)
    _check_orders(request)
    _check_answers(request, people)
    _check_length(request)


def check_dates(request: SeriesRequest, dates: Iterable[MeetingDate]) -> None:
    """Raise MethodError `unknown_meeting` or `duplicate_meeting` for dates of another series."""
    keys = [one.meeting for one in dates]
    meetings = {meeting.key for meeting in request.meetings}
    for key in keys:
        if key not in meetings:
            raise MethodError("unknown_meeting", meeting=key)
    if (twice := first_repeated(keys)) is not None:
        raise MethodError("duplicate_meeting", meeting=twice)


def _check_settings(request: SeriesRequest) -> None:
    allowed = {
        "seed": 0 <= request.seed < 2**31,
        "travel_days": 0 <= request.travel_days <= LONGEST_DAYS,
        "effort": request.effort > 0,
    }
    for name, fine in allowed.items():
        if not fine:
            raise MethodError("parameter_out_of_range", parameter=name)


def _check_repetitions(request: SeriesRequest) -> None:
    if (twice := first_repeated(meeting.key for meeting in request.meetings)) is not None:
        raise MethodError("duplicate_meeting", meeting=twice)
    if (twice := first_repeated(person.key for person in request.people)) is not None:
        raise MethodError("duplicate_person", person=twice)
    if (twice := first_repeated(closure.key for closure in request.closures)) is not None:
        raise MethodError("duplicate_closure", closure=twice)


def _check_meeting(meeting: Meeting, people: Collection[str]) -> None:
    invited = (*meeting.mandatory, *meeting.preferred)
    if (twice := first_repeated(invited)) is not None:
        raise MethodError("invited_twice", meeting=meeting.key, person=twice)
    for person in (*invited, *meeting.facilitators):
        if person not in people:
            raise MethodError("unknown_person", person=person)
    if meeting.scale is Scale.LOCAL and meeting.territory is None:
        raise MethodError("meeting_without_territory", meeting=meeting.key)
    if not meeting.windows and meeting.held is None:
        raise MethodError("meeting_without_window", meeting=meeting.key)
    _check_ranges(meeting.key, meeting.windows)
    allowed = {
        "weekdays": bool(meeting.weekdays) and set(meeting.weekdays) <= set(range(1, 8)),
        "quorum": meeting.quorum >= 0,
        "quorum_percent": 0 <= meeting.quorum_percent <= 100,
    }
    for name, fine in allowed.items():
        if not fine:
            raise MethodError("parameter_out_of_range", parameter=name)
    if meeting.quorum > len(invited):
        raise MethodError("quorum_too_high", meeting=meeting.key, invited=len(invited))


def _check_ranges(holder: str, ranges: Iterable[DayRange]) -> None:
    for one in ranges:
        if one.last < one.first:
            raise MethodError(
                "range_reversed",
                holder=holder,
                first=one.first.isoformat(),
                last=one.last.isoformat(),
            )


def _check_orders(request: SeriesRequest) -> None:
    meetings = {meeting.key for meeting in request.meetings}
    seen = set()
    for order in request.orders:
        for key in (order.before, order.after):
            if key not in meetings:
                raise MethodError("unknown_meeting", meeting=key)
        if order.before == order.after:
            raise MethodError("order_with_itself", meeting=order.before)
        longest = LONGEST_DAYS if order.max_days is None else order.max_days
        if not 0 <= order.min_days <= longest <= LONGEST_DAYS:
            raise MethodError("gap_out_of_range", before=order.before, after=order.after)
        if (order.before, order.after) in seen:
            raise MethodError("duplicate_order", before=order.before, after=order.after)
        seen.add((order.before, order.after))


def _check_answers(request: SeriesRequest, people: Collection[str]) -> None:
    meetings = {meeting.key for meeting in request.meetings}
    seen = set()
    for answer in request.answers:
        if answer.meeting not in meetings:
            raise MethodError("unknown_meeting", meeting=answer.meeting)
        if answer.person not in people:
            raise MethodError("unknown_person", person=answer.person)
        place = (answer.person, answer.meeting, answer.day)
        if place in seen:
            raise MethodError(
                "duplicate_answer",
                person=answer.person,
                meeting=answer.meeting,
                day=answer.day.isoformat(),
            )
        seen.add(place)


def _check_length(request: SeriesRequest) -> None:
    named = [day for meeting in request.meetings for day in days_named(meeting)]
    if named and (max(named) - min(named)).days > LONGEST_DAYS:
        raise MethodError("series_too_long", days=(max(named) - min(named)).days)

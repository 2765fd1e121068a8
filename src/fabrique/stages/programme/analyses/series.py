"""A programme's year as the solver of calendars takes it (``fabrique.methods.calendar``).

Keys are primary keys. What was held is a fact; a date people were told is kept where it can be;
everything else may move. A meeting whose period is over, or taken whole by days closed for it
alone, has to be given another one first: ``meetings_without_a_day`` finds them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from fabrique.methods.calendar import rank_days
from fabrique.methods.calendar.contracts import (
    Answer,
    Closure,
    ClosureKind,
    DayRange,
    Order,
    Person,
    PollAnswer,
    Scale,
    SeriesPlan,
    SeriesRequest,
)
from fabrique.methods.calendar.contracts import Meeting as MeetingToPlace
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    Concerned,
    MeetingKind,
    MeetingState,
    Need,
)
from fabrique.stages.programme.models import ClosedPeriod, GroupMember, Meeting
from fabrique.stages.programme.queries.expected import Expectation
from fabrique.stages.programme.queries.planning import Planning, day_of, day_to_keep

ELECTED = "elected"
SEED = 1
#: Deterministic seconds granted to each level: a page can wait for it, and stop it.
EFFORT = 10.0
_KINDS = {
    ClosedKind.PUBLIC_HOLIDAY: ClosureKind.PUBLIC_HOLIDAY,
    ClosedKind.SCHOOL_HOLIDAYS: ClosureKind.SCHOOL_HOLIDAYS,
    ClosedKind.ELECTION: ClosureKind.ELECTION,
    ClosedKind.RESERVE: ClosureKind.RESERVE_PERIOD,
    ClosedKind.COUNCIL: ClosureKind.COUNCIL,
}
_ANSWERS = {
    AvailabilityAnswer.YES: Answer.YES,
    AvailabilityAnswer.IF_NEED_BE: Answer.IF_NEED_BE,
    AvailabilityAnswer.NO: Answer.NO,
}
_NO_ROOM = re.compile(r"\bvisio|\ben ligne\b|\bà distance\b", re.IGNORECASE)
_REQUESTS = TypeAdapter(SeriesRequest)
_PLANS = TypeAdapter(SeriesPlan)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What one wants to know, besides what the programme says.

    Nothing is proposed before ``first_date``; periods last ``longer_days`` more than planned;
    ``keep_unannounced`` keeps also the dates fixed that nobody was told yet.
    """

    first_date: date
    longer_days: int = 0
    keep_unannounced: bool = False


def series_request(planning: Planning, question: Question) -> SeriesRequest:
    """The case of all meetings, those held as facts. Give a period to each one first."""
    meetings = [one for one in planning.meetings if _is_placed(one)]
    people = _people(planning, meetings)
    known = {person.key for person in people}
    rooms = _rooms(meetings)
    return SeriesRequest(
        meetings=tuple(_meeting(one, planning, question, rooms) for one in meetings),
        seed=SEED,
        people=tuple(people),
        answers=tuple(_answers(planning, meetings, known)),
        closures=tuple(_closures(planning, question)),
        orders=tuple(_orders(meetings, planning.blueprint, question)),
        travel_days=planning.blueprint.calendar.travel_days,
        effort=EFFORT,
    )


def meetings_without_a_day(planning: Planning, question: Question) -> list[Meeting]:
    """Those still to be held whose period is over, or closed to them from end to end."""
    return [
        meeting
        for meeting in planning.open_meetings
        if _held_on(meeting, question) is None and not _windows(meeting, planning, question)
    ]


def request_data(request: SeriesRequest) -> Any:
    """The file ``fabrique method calendar`` takes."""
    return _REQUESTS.dump_python(request, mode="json")


def request_of(data: Any) -> SeriesRequest:
    return _REQUESTS.validate_python(data, strict=False)


def plan_data(plan: SeriesPlan) -> Any:
    return _PLANS.dump_python(plan, mode="json")


def plan_of(data: Any) -> SeriesPlan:
    return _PLANS.validate_python(data, strict=False)


def has_changed(request: SeriesRequest, planning: Planning, question: Question) -> bool:
    """Whether what was held, cancelled or announced is no longer what the case says."""
    return _facts(request) != _facts(series_request(planning, question))


def rules_of_order(
    meetings: Sequence[Meeting], blueprint: Blueprint
) -> Iterator[tuple[Meeting, Meeting, int]]:
    """Which meeting comes before which, and after how many days at least.

    In the order of the blueprint: what is local follows the same territory's or the nation's
    latest meeting, what is national follows that of every territory.
    """
    rounds = [
        list(of_round)
        for _position, of_round in groupby(
            sorted(meetings, key=lambda one: one.position), key=lambda one: one.position
        )
    ]
    for index, of_round in enumerate(rounds):
        for after in of_round:
            for before in _just_before(after, rounds[:index]):
                yield before, after, _gap(before, after, blueprint)


def _just_before(after: Meeting, rounds: Sequence[Sequence[Meeting]]) -> list[Meeting]:
    for earlier in reversed(rounds):
        found = [
            one
            for one in earlier
            if one.site_id is None or after.site_id is None or one.site_id == after.site_id
        ]
        if found:
            return found
    return []


def _gap(before: Meeting, after: Meeting, blueprint: Blueprint) -> int:
    calendar = blueprint.calendar
    if after.key in calendar.gaps:
        return calendar.gaps[after.key]
    return calendar.note_days if _has_a_note(before, blueprint) else calendar.step_days


def _has_a_note(meeting: Meeting, blueprint: Blueprint) -> bool:
    return any(plan.key == meeting.key and plan.outline for plan in blueprint.meetings)


def _is_placed(meeting: Meeting) -> bool:
    """A meeting held without ever having had a date is nowhere in the calendar."""
    return meeting.state != MeetingState.HELD or meeting.starts_at is not None


def _held_on(meeting: Meeting, question: Question) -> date | None:
    day = day_of(meeting)
    if day is None:
        return None
    return day if meeting.state == MeetingState.HELD or day < question.first_date else None


def _meeting(
    meeting: Meeting, planning: Planning, question: Question, rooms: Mapping[UUID, str]
) -> MeetingToPlace:
    expected = planning.expectations[meeting.pk]
    held = _held_on(meeting, question)
    return MeetingToPlace(
        key=str(meeting.pk),
        scale=Scale(meeting.scale),
        windows=tuple(_windows(meeting, planning, question)),
        territory=meeting.site.territory_id if meeting.site else None,
        step=meeting.step,
        title=str(meeting),
        weekdays=tuple(sorted(set(planning.blueprint.calendar.weekdays))),
        mandatory=_keys(expected, lambda one: one.need == Need.MANDATORY and not one.facilitates),
        preferred=_keys(expected, lambda one: one.need == Need.PREFERRED),
        facilitators=_keys(expected, lambda one: one.facilitates),
        room=rooms.get(meeting.pk),
        quorum_percent=_quorum(meeting, planning),
        announced=None if held else _announced(meeting, question),
        held=held,
    )


def _rooms(meetings: Iterable[Meeting]) -> dict[UUID, str]:
    """The place of each meeting that has one, spelt as the first that names it.

    A video call is no room: any number of meetings take place in it.
    """
    spelt: dict[str, str] = {}
    found = {}
    for meeting in meetings:
        place = " ".join(meeting.place.split())
        if place and not _NO_ROOM.search(place):
            found[meeting.pk] = spelt.setdefault(place.casefold(), place)
    return found


def _quorum(meeting: Meeting, planning: Planning) -> int:
    """The percent of the group a local seminar needs, once some of it said when it can come."""
    is_asked = any(answer.meeting_id == meeting.pk for answer in planning.answers)
    is_local = meeting.kind == MeetingKind.LOCAL_SEMINAR
    return planning.blueprint.group.quorum if is_local and is_asked else 0


def with_quorums_in_reach(request: SeriesRequest) -> SeriesRequest:
    """The case without the quorums that no day reaches yet.

    Only answers count towards a quorum: few have come, or for days that are no longer possible,
    and it would forbid every date instead of choosing one.
    """
    return replace(
        request,
        meetings=tuple(
            one if _reaches_its_quorum(one, request) else replace(one, quorum_percent=0)
            for one in request.meetings
        ),
    )


def _reaches_its_quorum(meeting: MeetingToPlace, request: SeriesRequest) -> bool:
    if not meeting.quorum_percent or meeting.held:
        return True
    return any(not day.exclusions for day in rank_days(request, meeting.key))


def _announced(meeting: Meeting, question: Question) -> date | None:
    return day_to_keep(meeting) or (day_of(meeting) if question.keep_unannounced else None)


def _keys(expected: Iterable[Expectation], kept: Any) -> tuple[str, ...]:
    return tuple(str(one.contact.pk) for one in expected if one.contact and kept(one))


def _windows(meeting: Meeting, planning: Planning, question: Question) -> list[DayRange]:
    """Its periods from the first free day on, without the days closed for it alone."""
    longer = timedelta(days=question.longer_days)
    ranges = [(max(first, question.first_date), last + longer) for first, last in meeting.windows]
    for closed in planning.closed_periods:
        if closed.meeting_id == meeting.pk:
            ranges = [part for one in ranges for part in _without(one, closed)]
    return [DayRange(first=first, last=last) for first, last in ranges if first <= last]


def _without(days: tuple[date, date], closed: ClosedPeriod) -> list[tuple[date, date]]:
    first, last = days
    if closed.last_date < first or closed.first_date > last:
        return [days]
    day = timedelta(days=1)
    return [(first, closed.first_date - day), (closed.last_date + day, last)]


def _people(planning: Planning, meetings: Sequence[Meeting]) -> list[Person]:
    away: dict[Any, list[DayRange]] = {}
    for one in planning.unavailabilities:
        days = DayRange(first=one.first_date, last=one.last_date)
        away.setdefault(one.contact_id, []).append(days)
    found: dict[str, Person] = {}
    for meeting in meetings:
        for expected in planning.expectations[meeting.pk]:
            if expected.contact is None or str(expected.contact.pk) in found:
                continue
            key = str(expected.contact.pk)
            found[key] = Person(
                key=key,
                territory=_territory(expected),
                tags=(ELECTED,) if expected.is_elected else (),
                unavailable=tuple(
                    sorted(away.get(expected.contact.pk, ()), key=lambda days: days.first)
                ),
            )
    return list(found.values())


def _territory(expected: Expectation) -> str | None:
    person = expected.person
    if isinstance(person, GroupMember) and person.site is not None:
        return person.site.territory_id
    return None


def _answers(
    planning: Planning, meetings: Sequence[Meeting], known: set[str]
) -> Iterator[PollAnswer]:
    placed = {meeting.pk for meeting in meetings}
    for one in planning.answers:
        if one.meeting_id in placed and str(one.contact_id) in known:
            yield PollAnswer(
                person=str(one.contact_id),
                meeting=str(one.meeting_id),
                day=one.day,
                answer=_ANSWERS[one.answer],
            )


def _closures(planning: Planning, question: Question) -> Iterator[Closure]:
    for closed in planning.closed_periods:
        if closed.meeting_id is None and closed.last_date >= question.first_date:
            yield Closure(
                key=str(closed.pk),
                days=(DayRange(first=closed.first_date, last=closed.last_date),),
                kind=_KINDS.get(ClosedKind(closed.kind), ClosureKind.OTHER),
                label=closed.label,
                territory=closed.site.territory_id if closed.site else None,
                tag=ELECTED if closed.concerns == Concerned.ELECTED else None,
                hard=closed.is_strict,
            )


def _orders(
    meetings: Sequence[Meeting], blueprint: Blueprint, question: Question
) -> Iterator[Order]:
    """Facts keep no order among themselves: what was held was held."""
    for before, after, days in rules_of_order(meetings, blueprint):
        if _held_on(after, question) is None:
            yield Order(before=str(before.pk), after=str(after.pk), min_days=days)


def _facts(request: SeriesRequest) -> set[tuple[str, date | None, date | None]]:
    return {(one.key, one.held, one.announced) for one in request.meetings}

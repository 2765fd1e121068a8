"""What the calendar of a series is made from, and the calendars proposed. Constant costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import AvailabilityAnswer, ClosedKind, MeetingState
from fabrique.stages.programme.models import (
    ClosedPeriod,
    Meeting,
    PollAnswer,
    Programme,
    SeriesProposal,
    Site,
    Unavailability,
)
from fabrique.stages.programme.queries.announced import (
    blueprint_of,
    facilitated_ids,
    programmes_facilitated_by,
)
from fabrique.stages.programme.queries.expected import Expectation, expected_at

OPEN_STATES = (MeetingState.PLANNED, MeetingState.SCHEDULED)


@dataclass(frozen=True)
class Answered:
    """What someone last answered of one day of one meeting."""

    meeting_id: UUID
    contact_id: UUID
    day: date
    answer: AvailabilityAnswer


@dataclass(frozen=True)
class Planning:
    """Everything dates depend on, in nine queries whatever the size of the programme.

    ``meetings`` are those not cancelled, in the order of the year.
    """

    programme: Programme
    blueprint: Blueprint
    meetings: Sequence[Meeting]
    expectations: Mapping[UUID, Sequence[Expectation]]
    closed_periods: Sequence[ClosedPeriod]
    unavailabilities: Sequence[Unavailability]
    answers: Sequence[Answered]

    @property
    def open_meetings(self) -> list[Meeting]:
        """Those still to be held."""
        return [meeting for meeting in self.meetings if meeting.state in OPEN_STATES]


def planning_of(programme: Programme) -> Planning:
    """Read whole, for the verbs of the calendar and the pages of those who facilitate."""
    meetings = list(
        Meeting.objects.filter(programme=programme)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("programme", "site__territory")
    )
    return Planning(
        programme=programme,
        blueprint=blueprint_of(programme),
        meetings=meetings,
        expectations=expected_at(meetings),
        closed_periods=list(_closed_periods(programme)),
        unavailabilities=list(Unavailability.objects.filter(contact__programme=programme)),
        answers=_answers_of(programme),
    )


def closed_periods_visible_to(viewer: Viewer) -> QuerySet[ClosedPeriod]:
    """Those of the programmes the viewer plans."""
    if viewer.user_id is None:
        return ClosedPeriod.objects.none()
    return ClosedPeriod.objects.filter(programme_id__in=facilitated_ids(viewer)).select_related(
        "programme", "site__territory", "meeting__site__territory"
    )


def council_days_of(viewer: Viewer, site: Site) -> set[date]:
    """The days a territory's council is known to meet on."""
    seen = closed_periods_visible_to(viewer).filter(site=site, kind=ClosedKind.COUNCIL)
    return set(seen.values_list("first_date", flat=True))


def proposals_visible_to(viewer: Viewer) -> QuerySet[SeriesProposal]:
    """Those of the programmes the viewer plans, the latest first."""
    seen = programmes_facilitated_by(viewer).values("pk")
    return SeriesProposal.objects.filter(programme_id__in=seen).select_related("programme")


def told_day(meeting: Meeting) -> date | None:
    """The day people were last told, whatever happened to it since."""
    told = meeting.announced_starts_at
    if told is None and meeting.announced_at is not None:
        told = meeting.starts_at
    return _day(told)


def day_of(meeting: Meeting) -> date | None:
    """The day it has."""
    return _day(meeting.starts_at)


def day_to_keep(meeting: Meeting) -> date | None:
    """The date that counts as a move when it changes: set by hand since, else as announced."""
    told = told_day(meeting)
    return (day_of(meeting) or told) if told else None


def untold(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Those whose date has yet to be told: never, or another one was."""
    return [
        meeting
        for meeting in meetings
        if meeting.state == MeetingState.SCHEDULED and day_of(meeting) != told_day(meeting)
    ]


def first_free_day(meetings: Sequence[Meeting], programme: Programme) -> date:
    """From when dates can be proposed: tomorrow, or where the programme stands in its own time.

    A programme that was planned for another year starts from what it last held.
    """
    tomorrow = timezone.localdate() + timedelta(days=1)
    last_window = max((meeting.window_end_date for meeting in meetings), default=programme.ends_on)
    if programme.starts_on <= tomorrow <= max(last_window, programme.ends_on):
        return tomorrow
    held = [
        day
        for meeting in meetings
        if meeting.state == MeetingState.HELD and (day := day_of(meeting)) is not None
    ]
    return max([programme.starts_on, *(day + timedelta(days=1) for day in held)])


def last_planned_day(meetings: Iterable[Meeting], programme: Programme) -> date:
    """The last day any meeting may have, or the programme's end."""
    return max([programme.ends_on, *(meeting.window_end_date for meeting in meetings)])


def _closed_periods(programme: Programme) -> QuerySet[ClosedPeriod]:
    return ClosedPeriod.objects.filter(programme=programme).select_related(
        "site__territory", "meeting__site__territory"
    )


def _answers_of(programme: Programme) -> list[Answered]:
    """The best answer of a day whose hours were proposed apart."""
    rank = {value: place for place, value in enumerate(AvailabilityAnswer.values)}
    best: dict[tuple[UUID, UUID, date], str] = {}
    rows = PollAnswer.objects.filter(option__poll__meeting__programme=programme).values_list(
        "option__poll__meeting_id", "contact_id", "option__date", "answer"
    )
    for meeting_id, contact_id, day, answer in rows:
        key = (meeting_id, contact_id, day)
        if key not in best or rank[answer] < rank[best[key]]:
            best[key] = answer
    return [
        Answered(meeting_id, contact_id, day, AvailabilityAnswer(answer))
        for (meeting_id, contact_id, day), answer in sorted(
            best.items(), key=lambda each: tuple(map(str, each[0]))
        )
    ]


def _day(instant: datetime | None) -> date | None:
    return timezone.localdate(instant) if instant else None

"""Contrasted calendars of one year: the same case, each with something more asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fabrique.methods.calendar.contracts import DayRange, SeriesPlan, SeriesRequest
from fabrique.methods.calendar.contracts import Meeting as MeetingToPlace
from fabrique.stages.programme.enums import ClosedKind
from fabrique.stages.programme.models import ClosedPeriod, Meeting
from fabrique.stages.programme.queries.planning import Planning, day_to_keep

KEEP, EARLIEST, AFRESH, BEFORE, AFTER = "keep", "earliest", "afresh", "before", "after"
#: How long after its earliest possible day a meeting may wait in « Au plus tôt ».
SPARE_DAYS = 7
#: Two periods of vote this close are one: both rounds, and the reserve before them.
SAME_VOTE = timedelta(days=28)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Vote:
    """Elections ahead, and the meetings that could be held before or after them."""

    label: str
    first: date
    last: date
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Offer:
    """A variant a page proposes; ``vote`` is what it turns around."""

    key: str
    vote: Vote | None = None


def offers(planning: Planning, request: SeriesRequest) -> list[Offer]:
    """Those that make sense now, the most useful first: dates kept, votes, sooner, afresh."""
    vote = vote_ahead(planning, request)
    found = [Offer(KEEP)]
    if vote is not None:
        found += [
            Offer(key, vote)
            for key in (BEFORE, AFTER)
            if asked_of(request, Offer(key, vote)) is not None
        ]
    found.append(Offer(EARLIEST))
    if any(one.announced for one in request.meetings):
        found.append(Offer(AFRESH))
    return found


def kept_dates(planning: Planning, request: SeriesRequest) -> dict[str, bool]:
    """Whether a case keeps dates people were told, and dates that are only fixed."""
    kept = {one.key for one in request.meetings if one.announced}
    told = {str(one.pk) for one in planning.open_meetings if day_to_keep(one)}
    return {"announced": bool(kept & told), "fixed": bool(kept - told)}


def asked_of(request: SeriesRequest, offer: Offer) -> SeriesRequest | None:
    """The case of a variant; nothing where its meetings would have no day left."""
    if offer.key == AFRESH:
        return replace(
            request, meetings=tuple(replace(one, announced=None) for one in request.meetings)
        )
    if offer.vote is not None and offer.key in (BEFORE, AFTER):
        turn = _before if offer.key == BEFORE else _after
        return turn(request, offer.vote)
    return request


def without_preferences(request: SeriesRequest) -> SeriesRequest:
    """The same, for the earliest dates possible: nobody hoped for, nothing told to anyone."""
    meetings = tuple(replace(one, preferred=(), announced=None) for one in request.meetings)
    return replace(request, meetings=meetings, answers=())


def no_later_than(request: SeriesRequest, plan: SeriesPlan) -> SeriesRequest:
    """Each meeting at most a week after its date in ``plan``: the best attendance that soon."""
    days = {one.meeting: one.day + timedelta(days=SPARE_DAYS) for one in plan.dates}
    return replace(
        request,
        meetings=tuple(
            one if one.held else replace(one, windows=_cut(one.windows, last=days[one.key]))
            for one in request.meetings
        ),
    )


def vote_ahead(planning: Planning, request: SeriesRequest) -> Vote | None:
    """The first elections inside a period still open, with the last step that period is of."""
    places = {one.key: one for one in request.meetings if one.held is None}
    for label, first, last in _votes(planning.closed_periods):
        touched = [
            meeting
            for meeting in planning.open_meetings
            if (place := places.get(str(meeting.pk)))
            and any(days.first <= last and days.last >= first for days in place.windows)
        ]
        if touched:
            position = max(meeting.position for meeting in touched)
            step = [meeting for meeting in touched if meeting.position == position]
            return Vote(label, first, last, tuple(step))
    return None


def _votes(periods: Sequence[ClosedPeriod]) -> list[tuple[str, date, date]]:
    found: list[tuple[str, date, date]] = []
    kinds = (ClosedKind.ELECTION, ClosedKind.RESERVE)
    for period in sorted(periods, key=lambda one: one.first_date):
        if period.kind not in kinds:
            continue
        if found and period.first_date <= found[-1][2] + SAME_VOTE:
            label, first, last = found[-1]
            found[-1] = (label, first, max(last, period.last_date))
        else:
            found.append((period.label, period.first_date, period.last_date))
    return found


def _before(request: SeriesRequest, vote: Vote) -> SeriesRequest | None:
    keys = {str(meeting.pk) for meeting in vote.meetings}
    meetings = tuple(
        replace(one, windows=_cut(one.windows, last=vote.first - A_DAY)) if one.key in keys else one
        for one in request.meetings
    )
    return None if _lacks_a_day(meetings) else replace(request, meetings=meetings)


def _after(request: SeriesRequest, vote: Vote) -> SeriesRequest | None:
    """Nothing of that step before the vote is over; all that follows may end as much later."""
    keys = {str(meeting.pk) for meeting in vote.meetings}
    opening = vote.last + A_DAY
    first_place = min(place for place, one in enumerate(request.meetings) if one.key in keys)
    starts = [one.windows[0].first for one in request.meetings if one.key in keys]
    delay = max(opening - min(starts), timedelta(0))
    meetings = []
    for place, one in enumerate(request.meetings):
        windows = one.windows
        if one.held is None and place >= first_place:
            windows = _longer(windows, delay)
        if one.key in keys:
            windows = _cut(windows, first=opening)
        meetings.append(replace(one, windows=windows))
    return None if _lacks_a_day(meetings) else replace(request, meetings=tuple(meetings))


def _cut(
    windows: Sequence[DayRange], *, first: date = date.min, last: date = date.max
) -> tuple[DayRange, ...]:
    cut = [(max(one.first, first), min(one.last, last)) for one in windows]
    return tuple(DayRange(first=start, last=end) for start, end in cut if start <= end)


def _longer(windows: Sequence[DayRange], delay: timedelta) -> tuple[DayRange, ...]:
    if not windows:
        return ()
    return (*windows[:-1], replace(windows[-1], last=windows[-1].last + delay))


def _lacks_a_day(meetings: Iterable[MeetingToPlace]) -> bool:
    return any(not one.windows and one.held is None for one in meetings)

"""From a calendar file to the days someone cannot come, and nothing else: no title, no place.

Titles, places and guests are dropped before the file is even parsed (``LINES_READ``).

A day is taken by an all-day event, or by appointments that fill at least two of its hours between
8:00 and 20:00: an hour's appointment does not keep anyone from a half-day seminar, and an
evening's council does not take the day. Events cancelled, or shown as free by whoever wrote them,
count for nothing. Repetitions are unfolded over the period asked for, by ``dateutil``. Times
without a time zone are read as those of the programme (Europe/Paris).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any

from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar, Event, FreeBusy
from icalendar.cal import Component

from fabrique.stages.programme.availability_errors import (
    AgendaTooBig,
    AgendaTooIntricate,
    NotAnAgenda,
)

MOST_BYTES = 5_000_000
TAKEN_FROM = timedelta(hours=2)
DAY_STARTS, DAY_ENDS = time(8), time(20)
LINES_READ = re.compile(
    r"(BEGIN|END|VERSION|PRODID|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS"
    r"|TRANSP|X-MICROSOFT-CDO-BUSYSTATUS|FREEBUSY|TZID|TZOFFSETFROM|TZOFFSETTO)[;:]",
    re.IGNORECASE,
)
EVENT_STARTS, EVENT_ENDS = "BEGIN:VEVENT", "END:VEVENT"
MOST_EVENTS = 5_000
#: What agendas repeat by. A second or a minute is no meeting, and would never end.
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
RULE_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST",
}  # fmt: skip
MOST_REPETITIONS = 50_000
MOST_UNFOLDED = 200_000
MOST_EMPTY_RULES = 5
#: dateutil looks for the next date of a rule that has none (30 February) until the year 9999. The
#: calendar is the same every 400 years: unfolded 7,600 years later, it stops at once.
YEARS_LATER = 7_600

#: What icalendar and dateutil answer to values that mean nothing.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)

Day = date
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class ReadAgenda:
    """``taken`` are the days; the rest counts what the person had better be told.

    ``light`` days only hold short appointments; ``floating`` events had no time zone; ``unread``
    ones could not be understood.
    """

    taken: tuple[Day, ...]
    light: int
    floating: int
    unread: int


def read_agenda(content: bytes, *, first: Day, last: Day) -> ReadAgenda:
    """The days taken from ``first`` to ``last``. Raises ``NotAnAgenda``, ``AgendaTooBig``,
    ``AgendaTooIntricate``."""
    if len(content) > MOST_BYTES:
        raise AgendaTooBig(limit=MOST_BYTES // 1_000_000)
    reading = _Reading(first, last)
    for calendar in _calendars(content, first, last):
        reading.take(calendar)
    return reading.result()


def periods(days: Iterable[Day]) -> list[tuple[Day, Day]]:
    """Days that follow one another, as one period each."""
    found: list[tuple[Day, Day]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _calendars(content: bytes, first: Day, last: Day) -> list[Component]:
    if b"BEGIN:VCALENDAR" not in content[:10_000].upper():
        raise NotAnAgenda()
    try:
        found = Calendar.from_ical(_lines_that_matter(content, first, last), multiple=True)
    except (*UNREADABLE, RecursionError) as error:
        raise NotAnAgenda() from error
    if not found:
        raise NotAnAgenda()
    return list(found)


def _lines_that_matter(content: bytes, first: Day, last: Day) -> str:
    """The file without what is nobody's business, nor single events of other years."""
    whole = content.decode("utf-8-sig", errors="replace")
    unfolded = re.sub(r"\r?\n[ \t]", "", whole)
    kept: list[str] = []
    event: list[str] | None = None
    events = 0
    for line in re.split(r"[\r\n]+", unfolded):
        if not LINES_READ.match(line):
            continue
        name = line.strip().upper()
        if name == EVENT_STARTS:
            event = []
        (kept if event is None else event).append(line)
        if name == EVENT_ENDS and event is not None:
            if _may_matter(event, first, last):
                kept += event
                events += 1
            event = None
    if events > MOST_EVENTS:
        raise AgendaTooIntricate()
    return "\r\n".join([*kept, *(event or ()), ""])


def _may_matter(event: Iterable[str], first: Day, last: Day) -> bool:
    """Whether it repeats, or touches the period as far as its first digits tell."""
    digits = {}
    for line in event:
        name = re.split("[;:]", line, maxsplit=1)[0].upper()
        if name in ("RRULE", "RDATE", "RECURRENCE-ID"):
            return True
        found = re.search(r":(\d{8})", line)
        digits[name] = found[1] if found else ""
    start = digits.get("DTSTART", "")
    end = digits.get("DTEND", "" if "DURATION" in digits else start)
    after, before = (last + timedelta(days=2), first - timedelta(days=2))
    return not (start and start > f"{after:%Y%m%d}") and not (end and end < f"{before:%Y%m%d}")


class _Reading:
    """One agenda being read."""

    def __init__(self, first: Day, last: Day) -> None:
        self.first, self.last = first, last
        self.zone = timezone.get_default_timezone()
        self.taken: set[Day] = set()
        self.spans: dict[Day, list[Span]] = defaultdict(list)
        self.floating = self.unread = self.unfolded = self.empty_rules = 0

    def take(self, calendar: Component) -> None:
        events = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
        moved = _moved_occurrences(events)
        for event in events:
            try:
                self._event(event, moved)
            except UNREADABLE:
                self.unread += 1
        for free_busy in calendar.walk("VFREEBUSY"):
            if isinstance(free_busy, FreeBusy):
                self._free_busy(free_busy)

    def result(self) -> ReadAgenda:
        full = {day for day, spans in self.spans.items() if _filled(spans) >= TAKEN_FROM}
        taken = self.taken | full
        return ReadAgenda(
            taken=tuple(sorted(taken)),
            light=len(set(self.spans) - taken),
            floating=self.floating,
            unread=self.unread,
        )

    def _event(self, event: Event, moved: dict[str, set[object]]) -> None:
        if not _takes_time(event):
            return
        start = _moment(event, "DTSTART")
        is_day = not isinstance(start, datetime)
        length = _length(event, start)
        is_floating = not is_day and start.tzinfo is None
        skipped = (
            moved.get(str(event.get("UID", "")), set()) if "RECURRENCE-ID" not in event else set()
        )
        is_seen = False
        for begins in self._occurrences(event, start, length):
            if self._instant(begins) in skipped:
                continue
            is_seen = self._add(begins, length) or is_seen
        self.floating += is_floating and is_seen

    def _occurrences(self, event: Event, start: Any, length: timedelta) -> Iterator[Any]:
        """Each beginning, in the event's own wall clock, from the period on."""
        if "RECURRENCE-ID" in event or not ("RRULE" in event or "RDATE" in event):
            yield start
            return
        zone = getattr(start, "tzinfo", None)
        is_day = not isinstance(start, datetime)
        origin = _wall(start, zone)
        excluded = {_wall(one, zone) for one in _dates(event, "EXDATE")}
        begins = {origin} if "RRULE" not in event else set()
        begins |= {_wall(one, zone) for one in _dates(event, "RDATE")}
        end = datetime.combine(self.last, time.max)
        earliest = datetime.combine(self.first, time.min) - length - timedelta(days=1)
        for rule in _listed(event.get("RRULE")):
            found = self._unfolded(rule, origin, zone, end)
            begins |= {one for one in found if one >= earliest}
        for begin in sorted(begins - excluded):
            yield begin.date() if is_day else begin.replace(tzinfo=zone)

    def _unfolded(self, rule: Any, origin: datetime, zone: Any, end: datetime) -> list[datetime]:
        parts = {str(name).upper(): value for name, value in rule.items()}
        if set(parts) - RULE_PARTS or str(parts["FREQ"][0]).upper() not in FREQUENCIES:
            raise ValueError("a repetition agendas do not have")
        until = [_last_instant(one, zone) for one in _listed(parts.pop("UNTIL", None))]
        bounded = min([end, *until])
        words = ";".join(f"{name}={_written(value)}" for name, value in parts.items())
        every = rrulestr(words, dtstart=_years_later(origin, YEARS_LATER))
        up_to = _years_later(bounded, YEARS_LATER)
        found = list(islice(takewhile(lambda one: one <= up_to, every), MOST_REPETITIONS))
        self.unfolded += len(found)
        self.empty_rules += not found and origin <= bounded
        if self.empty_rules > MOST_EMPTY_RULES or self.unfolded > MOST_UNFOLDED:
            raise AgendaTooIntricate()
        return [_years_later(one, -YEARS_LATER) for one in found]

    def _add(self, begins: Any, length: timedelta) -> bool:
        """Whether it touches the period."""
        if not isinstance(begins, datetime):
            last = begins + max(length, timedelta(days=1)) - timedelta(days=1)
            days = self._days(begins, last)
            self.taken.update(days)
            return bool(days)
        start = self._instant(begins)
        # Lengths are counted on the wall clock, as calendars show them.
        end = start + length
        edges = {start.date(), end.date()}
        days = self._days(start.date(), end.date())
        self.taken.update(day for day in days if day not in edges)
        for day in edges.intersection(days):
            span = self._within(day, start, end)
            if span is not None:
                self.spans[day].append(span)
        return bool(days)

    def _days(self, first: Day, last: Day) -> list[Day]:
        first, last = max(first, self.first), min(last, self.last)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def _within(self, day: Day, start: datetime, end: datetime) -> Span | None:
        """What of it falls between the hours at which people meet."""
        opens, shuts = (
            datetime.combine(day, hour, tzinfo=self.zone) for hour in (DAY_STARTS, DAY_ENDS)
        )
        begins, ends = max(start, opens), min(end, shuts)
        return (begins, ends) if begins < ends else None

    def _instant(self, moment: Any) -> Any:
        """In the programme's time; a day stays a day, whatever the zone."""
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            return moment.replace(tzinfo=self.zone)
        return moment.astimezone(self.zone)

    def _free_busy(self, component: FreeBusy) -> None:
        for period in _listed(component.get("FREEBUSY")):
            try:
                kind = str(period.params.get("FBTYPE", "BUSY")).upper()
                if kind != "FREE":
                    self._add(period.start, period.end - period.start)
            except UNREADABLE:
                self.unread += 1


def _moment(event: Event, name: str) -> Any:
    """The instant, day or duration of a property."""
    value: Any = event[name]
    return value.dt


def _takes_time(event: Event) -> bool:
    """Neither cancelled, nor shown as free by whoever wrote it."""
    return (
        str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("TRANSP", "")).upper() != "TRANSPARENT"
        and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() != "FREE"
    )


def _moved_occurrences(events: Iterable[Event]) -> dict[str, set[object]]:
    """By event, the beginnings of repetitions that were moved or cancelled one by one."""
    zone = timezone.get_default_timezone()
    moved: dict[str, set[object]] = defaultdict(set)
    for event in events:
        try:
            former = _moment(event, "RECURRENCE-ID")
        except UNREADABLE:
            continue
        if isinstance(former, datetime):
            former = former.replace(tzinfo=zone) if former.tzinfo is None else former
            moved[str(event.get("UID", ""))].add(former.astimezone(zone))
        else:
            moved[str(event.get("UID", ""))].add(former)
    return moved


def _length(event: Event, start: Any) -> timedelta:
    if "DTEND" in event:
        end = _moment(event, "DTEND")
        if isinstance(end, datetime) and isinstance(start, datetime):
            return _same_clock(end, start) - start.replace(tzinfo=None)
        return timedelta(days=(_day(end) - _day(start)).days)
    if "DURATION" in event:
        length: timedelta = _moment(event, "DURATION")
        return length + timedelta(0)
    return timedelta(0) if isinstance(start, datetime) else timedelta(days=1)


def _same_clock(end: datetime, start: datetime) -> datetime:
    if end.tzinfo is not None and start.tzinfo is not None:
        end = end.astimezone(start.tzinfo)
    return end.replace(tzinfo=None)


def _day(moment: Any) -> Day:
    return moment.date() if isinstance(moment, datetime) else moment


def _wall(moment: Any, zone: Any) -> datetime:
    """What the clock on the wall says of it where the event takes place."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone or timezone.get_default_timezone())
    on_the_wall: datetime = moment.replace(tzinfo=None)
    return on_the_wall


def _last_instant(until: Any, zone: Any) -> datetime:
    """A rule that says a day runs through that day."""
    if isinstance(until, datetime):
        return _wall(until, zone)
    return datetime.combine(until, time.max)


def _years_later(moment: datetime, years: int) -> datetime:
    return moment.replace(year=moment.year + years)


def _dates(event: Event, name: str) -> list[Any]:
    found = []
    for line in _listed(event.get(name)):
        for one in getattr(line, "dts", ()):
            moment = one.dt
            found.append(moment[0] if isinstance(moment, tuple) else moment)
    return found


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _written(value: Any) -> str:
    return ",".join(
        one.to_ical().decode() if hasattr(one, "to_ical") else str(one) for one in _listed(value)
    )


def _filled(spans: Iterable[Span]) -> timedelta:
    """The time they take together, overlaps counted once."""
    total, reached = timedelta(0), datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(spans):
        begins = max(start, reached)
        if end > begins:
            total += end - begins
            reached = end
    return total

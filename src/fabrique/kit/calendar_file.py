"""Calendars as files that any agenda reads (RFC 5545, RFC 5546), whatever is in them.

Instants are written in the time of Paris with the rules of its changes of hour, so that a
meeting at 14:00 stays at 14:00 on both sides of a change, wherever it is read.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vText

ZONE = "Europe/Paris"
PARIS = ZoneInfo(ZONE)
MEDIA_TYPE = "text/calendar; charset=utf-8"
#: The rules in force since 1996. Generated ones put the spring change one hour late.
_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Guest:
    """Someone an event is sent to or by."""

    email: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """From an instant to another, or from a day to another, both included.

    ``sequence`` grows each time the event changes; ``stamped_at`` says when it last did.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    stamped_at: datetime
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    status: str = ""
    category: str = ""
    is_busy: bool = True
    organizer: Guest | None = None
    attendee: Guest | None = None


@dataclass(frozen=True)
class Calendars:
    """What introduces a calendar; ``refresh`` asks agendas to come back as often."""

    product: str
    title: str = ""
    method: str = ""
    refresh: timedelta | None = None


def write_calendar(events: Iterable[CalendarEvent], about: Calendars) -> bytes:
    """The file, the same for the same events."""
    listed = list(events)
    calendar = Calendar()
    calendar.add("prodid", f"-//Fabrique//{about.product}//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if about.method:
        calendar.add("method", about.method)
    if about.title:
        calendar.add("name", plain_line(about.title))
        calendar.add("x-wr-calname", plain_line(about.title))
        calendar.add("x-wr-timezone", ZONE)
    if about.refresh is not None:
        calendar.add("refresh-interval", about.refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText(_duration(about.refresh)))
    if any(isinstance(event.starts, datetime) for event in listed):
        calendar.add_component(_rules())
    for event in listed:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def digest_of(content: bytes) -> str:
    """What tells one state of a calendar from another: an entity tag."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def plain_line(text: str) -> str:
    """On one line, without control characters: what headers and names of calendars take."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.split())


def _component(event: CalendarEvent) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.stamped_at.astimezone(UTC))
    component.add("last-modified", event.stamped_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("summary", plain_line(event.summary))
    component.add("dtstart", _in_paris(event.starts))
    component.add("dtend", _end(event.ends))
    component.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    for name, value in (
        ("location", plain_line(event.location)),
        ("description", event.description),
        ("url", event.url),
        ("status", event.status),
    ):
        if value:
            component.add(name, value)
    if event.category:
        component.add("categories", [event.category])
    if event.organizer is not None:
        component.add("organizer", _address(event.organizer))
    if event.attendee is not None:
        component.add("attendee", _attendee(event.attendee))
    return component


def _in_paris(when: datetime | date) -> datetime | date:
    return when.astimezone(PARIS) if isinstance(when, datetime) else when


def _end(last: datetime | date) -> datetime | date:
    """A day is given as included; the standard wants the one after."""
    return _in_paris(last) if isinstance(last, datetime) else last + timedelta(days=1)


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    if name := plain_line(guest.name):
        address.params["CN"] = vText(name)
    return address


def _attendee(guest: Guest) -> vCalAddress:
    """Answers are given on their page: agendas are not asked to mail them."""
    address = _address(guest)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address


def _duration(span: timedelta) -> str:
    return f"PT{int(span.total_seconds() // 3600)}H"


@cache
def _rules() -> Component:
    return Timezone.from_ical(_RULES)

"""Meetings as calendars know them: what mails carry and what agendas subscribe to.

A meeting has one identifier for ever; its sequence grows each time its date, place or state
changes, and agendas keep the highest.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fabrique.kit.calendar_file import CalendarEvent, Calendars, Guest, write_calendar
from fabrique.stages.programme.announcements import Told, is_announced
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.models import Contact, Meeting

REQUEST, CANCEL = "REQUEST", "CANCEL"
#: How often agendas are asked to come back.
REFRESH = timedelta(hours=4)


def uid_of(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}@fabrique"


def event_of(
    meeting: Meeting,
    known: Told,
    *,
    stamped_at: datetime,
    url: str = "",
    attendee: Contact | None = None,
) -> CalendarEvent:
    """A meeting at the date ``known`` says, which may be the one it had."""
    assert known.starts_at is not None
    assert known.ends_at is not None
    return CalendarEvent(
        uid=uid_of(meeting),
        summary=str(meeting),
        starts=known.starts_at,
        ends=known.ends_at,
        location=known.place,
        description=description_of(meeting, url),
        url=url,
        sequence=known.sequence,
        stamped_at=stamped_at,
        status=_status(meeting, known),
        organizer=organizer_of(meeting) if attendee else None,
        attendee=Guest(attendee.email, str(attendee)) if attendee else None,
    )


def invitation_file(
    meeting: Meeting, known: Told, *, contact: Contact, url: str, now: datetime
) -> bytes:
    """What a mail carries: the meeting to put in one's calendar, or to take off it."""
    event = event_of(meeting, known, stamped_at=now, url=url, attendee=contact)
    method = REQUEST if known.is_expecting else CANCEL
    return write_calendar([event], Calendars(_("Réunions"), method=method))


def feed_file(events: Iterable[CalendarEvent], *, title: str) -> bytes:
    """What agendas subscribe to."""
    return write_calendar(events, Calendars(_("Réunions"), title=title, refresh=REFRESH))


def feed_events(
    meetings: Iterable[Meeting],
    *,
    known: Mapping[UUID, Told],
    changed: Mapping[UUID, datetime],
    urls: Mapping[UUID, str],
) -> list[CalendarEvent]:
    """Those whose date is known, in the order of their dates."""
    events = [
        event_of(
            meeting,
            known[meeting.pk],
            stamped_at=changed.get(meeting.pk, meeting.programme.created_at),
            url=urls.get(meeting.pk, ""),
        )
        for meeting in meetings
        if meeting.pk in known and known[meeting.pk].starts_at is not None
    ]
    return sorted(events, key=lambda event: (event.starts, event.uid))


def description_of(meeting: Meeting, url: str = "") -> str:
    """The programme, what the meeting is for, and where one goes on from."""
    lines = [meeting.programme.title]
    lines += [f"- {line.strip()}" for line in meeting.purpose.splitlines() if line.strip()]
    if url:
        lines.append(url)
    return "\n".join(lines)


def organizer_of(meeting: Meeting) -> Guest:
    """The sender of mails, under the programme's name."""
    return Guest(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], meeting.programme.title)


def team_address(meeting: Meeting) -> str:
    """The meeting's page, for those who have an account."""
    return f"{settings.FABRIQUE_URL}{reverse('seminar:detail', args=[meeting.pk])}"


def _status(meeting: Meeting, known: Told) -> str:
    if not known.is_expecting or meeting.state == MeetingState.CANCELLED:
        return "CANCELLED"
    is_sure = meeting.state == MeetingState.HELD or is_announced(meeting)
    return "CONFIRMED" if is_sure else "TENTATIVE"

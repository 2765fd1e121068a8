"""Reminding of a meeting those who come and those who have not said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.models import Meeting, Notice
from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.guest_list import GuestLine, Reach, guest_list


def remind_of_meetings(*, now: datetime | None = None) -> int:
    """A notice to each guest of what comes in so many days; says how many were written.

    Run as often as one likes: each reminder is written once, a day missed is made up for, and
    whoever was told of the date since then is left in peace.
    """
    now = now or timezone.now()
    furthest = max(settings.FABRIQUE_REMINDERS, default=0)
    coming = Meeting.objects.filter(
        state=MeetingState.SCHEDULED,
        announced_at__isnull=False,
        starts_at__gt=now,
        starts_at__lt=now + timedelta(days=furthest + 1),
    ).select_related("programme", "site__territory")
    return sum(_remind(meeting, now) for meeting in coming)


@transaction.atomic
def _remind(meeting: Meeting, now: datetime) -> int:
    assert meeting.starts_at is not None
    day = timezone.localdate(meeting.starts_at)
    left = (day - timezone.localdate(now)).days
    days = min((n for n in settings.FABRIQUE_REMINDERS if n >= left), default=None)
    if days is None or left < 1:
        return 0
    done = set(
        Notice.objects.filter(
            meeting=meeting,
            kind=NoticeKind.MEETING_REMINDER,
            params__days=days,
            params__starts_at=meeting.starts_at.isoformat(),
        ).values_list("contact_id", flat=True)
    )
    guests = _to_remind(guest_list(meeting, now=now).lines)
    first_day = day - timedelta(days=days)
    count = 0
    for line in guests:
        assert line.contact is not None
        assert line.told is not None
        told_since = line.told.at is not None and timezone.localdate(line.told.at) >= first_day
        if line.contact.pk in done or told_since:
            continue
        notify(
            line.contact,
            NoticeKind.MEETING_REMINDER,
            meeting=meeting,
            days=days,
            starts_at=meeting.starts_at.isoformat(),
            has_replied=line.reply is not None,
        )
        count += 1
    return count


def _to_remind(lines: Iterable[GuestLine]) -> list[GuestLine]:
    """Whom the date was told, by mail, and who did not say that they would not come."""
    return [
        line
        for line in lines
        if line.reach == Reach.BY_MAIL
        and line.to_tell is None
        and line.told is not None
        and line.told.is_expecting
        and (line.reply is None or line.reply.coming == Coming.YES)
    ]

"""Telling people the dates they are expected on, and those that changed."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.errors import NothingToAnnounce
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.programme.queries.expected import expected_at, reached
from fabrique.stages.programme.queries.planning import told_day, untold


@transaction.atomic
def announce_dates(
    programme: Programme, meeting_ids: Iterable[UUID], *, actor: str
) -> list[Meeting]:
    """Let those expected know: an invitation the first time, a change of date afterwards.

    Notices wait for the next dispatch; what was told already as it stands is left out. Raises
    ``NothingToAnnounce``.
    """
    make_contacts(programme.pk)
    found = Meeting.objects.select_for_update(of=("self",)).filter(
        programme=programme, pk__in=list(meeting_ids), state=MeetingState.SCHEDULED
    )
    meetings = untold(list(found.select_related("programme", "site__territory")))
    if not meetings:
        raise NothingToAnnounce
    expected = expected_at(meetings)
    now = timezone.now()
    for meeting in meetings:
        before = told_day(meeting)
        kind = NoticeKind.DATE_CHANGE if before else NoticeKind.INVITATION
        said = {"before": before.isoformat()} if before else {}
        contacts = reached(expected[meeting.pk])
        for contact in contacts:
            notify(contact, kind, meeting=meeting, **said)
        meeting.announced_at = now
        meeting.announced_starts_at = meeting.starts_at
        record(
            programme,
            verb="announce-date",
            actor=actor,
            subject=meeting.pk,
            detail={**said, "after": str(meeting.starts_at), "told": len(contacts)},
        )
    Meeting.objects.bulk_update(meetings, ["announced_at", "announced_starts_at"])
    return meetings

"""What an agenda finds at a secret address: the meetings of a programme, a territory, someone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fabrique.stages.programme.announcements import Told
from fabrique.stages.programme.calendar_files import feed_events, feed_file, team_address
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.known_dates import meetings_known_to
from fabrique.stages.programme.models import Contact, FeedKey, Meeting
from fabrique.stages.programme.queries.correspondence import meetings_of
from fabrique.stages.programme.queries.feeds import last_changes


@dataclass(frozen=True)
class Feed:
    content: bytes
    changed_at: datetime


def feed_behind(key: FeedKey) -> Feed:
    """The calendar as it stands; the same bytes as long as nothing changed."""
    changes = last_changes(key.programme)
    if key.contact is not None:
        return _of_someone(key.contact, changes)
    meetings = meetings_of(key.programme_id).exclude(starts_at__isnull=True)
    if key.site_id is not None:
        meetings = meetings.filter(Q(site=key.site_id) | Q(site__isnull=True))
    title = key.programme.title
    if key.site is not None:
        title = f"{title}, {key.site}"
    return _written(
        [(meeting, _as_it_stands(meeting)) for meeting in meetings], changes, title, for_team=True
    )


def feed_address(key: FeedKey) -> str:
    return f"{settings.FABRIQUE_URL}{reverse('programme:feed', args=[key.key])}"


def _of_someone(contact: Contact, changes: Mapping[str, datetime]) -> Feed:
    """Their meetings as announced; without their personal link, which opens more than dates."""
    known = [(one.meeting, one.told) for one in meetings_known_to(contact) if one.told]
    title = _("Mes réunions, %(programme)s") % {"programme": contact.programme.title}
    return _written(known, changes, title, for_team=False)


def _as_it_stands(meeting: Meeting) -> Told:
    is_off = meeting.state == MeetingState.CANCELLED
    kind = NoticeKind.CANCELLATION if is_off else NoticeKind.INVITATION
    return Told.now(kind, meeting, None)


def _written(
    known: Iterable[tuple[Meeting, Told]],
    changes: Mapping[str, datetime],
    title: str,
    *,
    for_team: bool,
) -> Feed:
    pairs = list(known)
    events = feed_events(
        [meeting for meeting, _told in pairs],
        known={meeting.pk: told for meeting, told in pairs},
        changed={
            meeting.pk: changes[str(meeting.pk)]
            for meeting, _told in pairs
            if str(meeting.pk) in changes
        },
        urls={meeting.pk: team_address(meeting) for meeting, _told in pairs} if for_team else {},
    )
    return Feed(feed_file(events, title=title), changes[""])

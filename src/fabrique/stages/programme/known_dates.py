"""The meetings of someone, as they were announced to them: nothing shows before it is sent.

What is given up shows at once, so that nobody sets out for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fabrique.stages.programme.announcements import Told, is_announced
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.models import Contact, Meeting
from fabrique.stages.programme.queries.correspondence import (
    address_of,
    last_told,
    meetings_of,
)
from fabrique.stages.programme.queries.expected import Expectation, expected_at


@dataclass(frozen=True)
class KnownMeeting:
    """A meeting and what its guest knows of it; ``told`` is None while no date was announced."""

    meeting: Meeting
    told: Told | None

    @property
    def is_off(self) -> bool:
        return self.told is not None and not self.told.is_expecting

    def is_over(self, now: datetime) -> bool:
        ends_at = self.told.ends_at if self.told else None
        return self.meeting.state == MeetingState.HELD or (ends_at is not None and ends_at < now)

    @property
    def is_as_announced(self) -> bool:
        """Whether the date known is the one the meeting has: the only one that can be answered."""
        return (
            self.told is not None
            and self.told.is_expecting
            and self.meeting.state == MeetingState.SCHEDULED
            and self.told.starts_at == self.meeting.starts_at
        )


def meetings_known_to(contact: Contact) -> list[KnownMeeting]:
    """Those that expect them, and those they were told of; by date, undated ones last."""
    meetings = list(meetings_of(contact.programme_id))
    told = last_told([contact.pk])
    expecting = expected_at(meetings)
    found = [
        KnownMeeting(meeting, _known(meeting, told.get((contact.pk, meeting.pk)), is_expected))
        for meeting in meetings
        if (is_expected := _expects(expecting.get(meeting.pk, ()), contact))
        or (contact.pk, meeting.pk) in told
    ]
    return sorted(found, key=_by_date)


def meeting_known_to(contact: Contact, meeting_id: object) -> KnownMeeting | None:
    """One of theirs, by its identifier."""
    known = meetings_known_to(contact)
    return next((one for one in known if one.meeting.pk == meeting_id), None)


def _known(meeting: Meeting, told: Told | None, is_expected: bool) -> Told | None:
    if meeting.state == MeetingState.CANCELLED or meeting.starts_at is None:
        if told is None or told.starts_at is None:
            return None
        return Told.now(NoticeKind.CANCELLATION, meeting, told)
    is_sure = meeting.state == MeetingState.HELD or is_announced(meeting)
    if is_sure and (is_expected or told is not None):
        return Told.now(NoticeKind.INVITATION, meeting, told)
    return told


def _expects(expectations: Iterable[Expectation], contact: Contact) -> bool:
    """Someone who has two roles is one person, by their address."""
    address = address_of(contact)
    return any(
        (one.contact is not None and one.contact.pk == contact.pk)
        or (address and one.email.strip().lower() == address)
        for one in expectations
        if one.is_expected
    )


def _by_date(one: KnownMeeting) -> tuple[bool, datetime, int]:
    starts_at = one.told.starts_at if one.told else None
    return starts_at is None, starts_at or timezone.now(), one.meeting.position

"""What waits to leave and what left, as the facilitator reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.announcements import sort_notices
from fabrique.stages.programme.enums import NoticeKind
from fabrique.stages.programme.models import Contact, Mail, Meeting, Programme
from fabrique.stages.programme.queries.correspondence import (
    address_of,
    last_told,
    mails_of_the_day,
    waiting_of,
)


class Holdup(StrEnum):
    """Why something has not left yet."""

    NEXT = "next"
    TOMORROW = "tomorrow"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"
    GONE = "gone"


@dataclass(frozen=True)
class WaitingLine:
    """Someone, everything that waits for them, and what it waits for."""

    contact: Contact
    things: Sequence[tuple[NoticeKind, Meeting | None]]
    since: datetime
    holdup: Holdup

    @property
    def can_leave(self) -> bool:
        return self.holdup in (Holdup.NEXT, Holdup.REFUSED, Holdup.UNREACHABLE)


def waiting_lines(
    viewer: Viewer, programme: Programme, *, now: datetime | None = None
) -> list[WaitingLine]:
    """One line a person, in a constant number of queries; what has nothing left to say is not."""
    now = now or timezone.now()
    waiting = list(waiting_of(viewer, programme))
    contacts = {notice.contact_id: notice.contact for notice in waiting}
    found = sort_notices(waiting, last_told(list(contacts)), now=now)
    mails = mails_of_the_day(
        {address_of(contact) for contact in contacts.values()} - {""}, timezone.localdate(now)
    )
    lines = []
    for contact in contacts.values():
        mine = [one for one in found.to_tell if one.notice.contact_id == contact.pk]
        if not mine:
            continue
        cannot_wait = any(one.cannot_wait(now) for one in mine)
        lines.append(
            WaitingLine(
                contact=contact,
                things=[(one.kind, one.meeting) for one in mine],
                since=min(one.notice.created_at for one in mine),
                holdup=_holdup(contact, mails.get(address_of(contact), ()), cannot_wait),
            )
        )
    return sorted(lines, key=lambda line: (not line.can_leave, str(line.contact)))


def _holdup(contact: Contact, mails: Iterable[Mail], cannot_wait: bool) -> Holdup:
    if _is_gone(contact):
        return Holdup.GONE
    if not address_of(contact):
        return Holdup.NO_ADDRESS
    if contact.unsubscribed_at is not None:
        return Holdup.UNSUBSCRIBED
    failures = [mail.failure for mail in mails if mail.failure]
    if failures:
        return Holdup(failures[-1])
    wrote_today = any(mail.sent_at is not None for mail in mails)
    return Holdup.TOMORROW if wrote_today and not cannot_wait else Holdup.NEXT


def _is_gone(contact: Contact) -> bool:
    if contact.member is not None:
        return contact.member.left_at is not None
    team_member = contact.team_member
    return team_member is not None and (
        team_member.left_at is not None or not team_member.user.is_active
    )

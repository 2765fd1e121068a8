"""Who is expected at a meeting, what they were told of it, what they answered, what is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fabrique.stages.programme.announcements import DATE_KINDS, Told, date_to_tell
from fabrique.stages.programme.enums import MeetingState, Need, NoticeKind
from fabrique.stages.programme.models import Contact, Meeting, Notice
from fabrique.stages.programme.queries.correspondence import STILL_THERE, last_told
from fabrique.stages.programme.queries.expected import expected_at
from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.models import Reply


class Reach(StrEnum):
    """How someone can be written to."""

    BY_MAIL = "by_mail"
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class GuestLine:
    """``reply`` is the one given for the present date; ``had_replied`` for another."""

    name: str
    need: Need
    reach: Reach
    contact: Contact | None = None
    told: Told | None = None
    to_tell: NoticeKind | None = None
    is_waiting: bool = False
    reply: Reply | None = None
    had_replied: bool = False

    @property
    def is_to_write_to(self) -> bool:
        return self.to_tell is not None and self.reach == Reach.BY_MAIL

    @property
    def is_to_call(self) -> bool:
        return self.to_tell is not None and self.reach != Reach.BY_MAIL


@dataclass(frozen=True)
class GuestList:
    """``lines`` are in the order of those who are needed most."""

    meeting: Meeting
    lines: Sequence[GuestLine]

    @cached_property
    def to_write_to(self) -> list[GuestLine]:
        return [line for line in self.lines if line.is_to_write_to]

    @cached_property
    def to_call(self) -> list[GuestLine]:
        return [line for line in self.lines if line.is_to_call]

    @property
    def kind(self) -> NoticeKind | None:
        """What sending would mostly say: a cancellation, a change, an invitation."""
        kinds = Counter(line.to_tell for line in self.to_write_to)
        return next((kind for kind in reversed(DATE_KINDS) if kinds[kind]), None)

    @cached_property
    def waiting(self) -> int:
        return sum(line.is_waiting for line in self.lines)

    @cached_property
    def told(self) -> int:
        return sum(line.told is not None and line.told.is_expecting for line in self.lines)

    @cached_property
    def expected(self) -> int:
        return sum(line.need != Need.NONE for line in self.lines)

    def replied(self, *kinds: Coming) -> list[GuestLine]:
        return [line for line in self.lines if line.reply and line.reply.coming in kinds]

    @cached_property
    def coming(self) -> int:
        return len(self.replied(Coming.YES, Coming.REPLACED))

    @property
    def excused(self) -> list[GuestLine]:
        """Who will not come, and who comes instead of them."""
        return self.replied(Coming.NO, Coming.REPLACED)

    @property
    def silent(self) -> int:
        """Told, and without an answer for this date."""
        return sum(
            line.told is not None and line.told.is_expecting and line.reply is None
            for line in self.lines
        )


def guest_list(meeting: Meeting, *, now: datetime | None = None) -> GuestList:
    """Read in a constant number of queries; those told who are not expected any more come last."""
    now = now or timezone.now()
    told = {contact: one for (contact, _), one in last_told(meetings=[meeting.pk]).items()}
    replies = {reply.contact_id: reply for reply in Reply.objects.filter(meeting=meeting)}
    waiting = set(
        Notice.objects.filter(
            meeting=meeting, sent_at__isnull=True, kind__in=DATE_KINDS
        ).values_list("contact_id", flat=True)
    )
    lines, seen = [], set()
    for one in expected_at([meeting]).get(meeting.pk, ()):
        contact_id = one.contact.pk if one.contact else None
        seen.add(contact_id)
        lines.append(
            _line(
                meeting,
                now,
                name=one.name,
                need=one.need,
                contact=one.contact,
                email=one.email,
                told=told.get(contact_id) if contact_id else None,
                reply=replies.get(contact_id) if contact_id else None,
                is_waiting=contact_id in waiting,
            )
        )
    for contact in _contacts(set(told) - seen):
        known = told[contact.pk]
        lines.append(
            _line(
                meeting,
                now,
                name=str(contact),
                need=Need.NONE,
                contact=contact,
                email=contact.email,
                told=known,
                reply=replies.get(contact.pk),
                is_waiting=contact.pk in waiting,
            )
        )
    return GuestList(meeting, lines)


def _line(
    meeting: Meeting,
    now: datetime,
    *,
    name: str,
    need: Need,
    contact: Contact | None,
    email: str,
    told: Told | None,
    reply: Reply | None,
    is_waiting: bool,
) -> GuestLine:
    to_tell = date_to_tell(meeting, told, now=now)
    if need == Need.NONE and to_tell != NoticeKind.CANCELLATION:
        to_tell = None
    is_current = reply is not None and reply.starts_at == meeting.starts_at
    reach = _reach(contact, email)
    if reach != Reach.BY_MAIL and is_current and to_tell != NoticeKind.CANCELLATION:
        to_tell = None  # who answered by telephone knows the date
    return GuestLine(
        name=name,
        need=need,
        reach=reach,
        contact=contact,
        told=told,
        to_tell=to_tell,
        is_waiting=is_waiting,
        reply=reply if is_current and meeting.state != MeetingState.CANCELLED else None,
        had_replied=reply is not None and not is_current,
    )


def _reach(contact: Contact | None, email: str) -> Reach:
    if not email.strip():
        return Reach.NO_ADDRESS
    if contact is not None and contact.unsubscribed_at is not None:
        return Reach.UNSUBSCRIBED
    return Reach.BY_MAIL


def _contacts(ids: set[UUID]) -> QuerySet[Contact]:
    found = Contact.objects.filter(STILL_THERE, pk__in=ids)
    return found.select_related("member", "team_member__user")

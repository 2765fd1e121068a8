"""What someone was last told of a meeting, and what is left to tell them. Reads only rows given.

A notice that waits says that something is to be told; what exactly is settled when it leaves,
from the meeting as it stands then: a date that moved twice is told once, one that came back to
what was told is not told at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from fabrique.stages.programme.enums import MeetingState, MemberStatus, NoticeKind
from fabrique.stages.programme.models import Meeting, Notice

#: Those that calendars hear of.
DATE_KINDS = (NoticeKind.INVITATION, NoticeKind.DATE_CHANGE, NoticeKind.CANCELLATION)
POLL_KINDS = (NoticeKind.DATE_POLL, NoticeKind.POLL_REMINDER)
#: A meeting given up or moved this close cannot wait for tomorrow's mail.
CANNOT_WAIT = timedelta(hours=48)
_ORDER = (
    NoticeKind.CANCELLATION,
    NoticeKind.DATE_CHANGE,
    NoticeKind.GROUP_INVITATION,
    NoticeKind.INVITATION,
    NoticeKind.MEETING_REMINDER,
    NoticeKind.DATE_POLL,
    NoticeKind.POLL_REMINDER,
)
Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Told:
    """A meeting as someone knows it, since ``at`` and by a notice of this ``kind``."""

    kind: NoticeKind
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    sequence: int = 0
    at: datetime | None = None

    @classmethod
    def of(cls, notice: Notice) -> "Told":
        said: Mapping[str, Any] = notice.params.get("told") or {}
        return cls(
            kind=NoticeKind(notice.kind),
            starts_at=_instant(said.get("starts_at")),
            ends_at=_instant(said.get("ends_at")),
            place=str(said.get("place", "")),
            sequence=int(said.get("sequence", 0)),
            at=notice.sent_at,
        )

    @classmethod
    def now(cls, kind: NoticeKind, meeting: Meeting, before: "Told | None") -> "Told":
        """What telling this makes known; what is given up is known by its former date."""
        stands = meeting if kind != NoticeKind.CANCELLATION or before is None else before
        return cls(
            kind=kind,
            starts_at=stands.starts_at,
            ends_at=stands.ends_at,
            place=stands.place,
            sequence=meeting.calendar_sequence,
        )

    def as_params(self) -> dict[str, Any]:
        return {
            "starts_at": self.starts_at.isoformat() if self.starts_at else "",
            "ends_at": self.ends_at.isoformat() if self.ends_at else "",
            "place": self.place,
            "sequence": self.sequence,
        }

    @property
    def is_expecting(self) -> bool:
        """Whether they have the meeting in their calendar."""
        return self.kind != NoticeKind.CANCELLATION


@dataclass(frozen=True)
class ToTell:
    """A notice about to leave: its ``kind`` may not be the one it waited as."""

    notice: Notice
    kind: NoticeKind
    before: Told | None = None

    @property
    def meeting(self) -> Meeting | None:
        return self.notice.meeting

    def cannot_wait(self, now: datetime) -> bool:
        """Someone could set out for nothing before tomorrow's mail."""
        if self.kind not in (NoticeKind.CANCELLATION, NoticeKind.DATE_CHANGE):
            return False
        assert self.meeting is not None
        dates = (self.meeting.starts_at, self.before.starts_at if self.before else None)
        return any(date is not None and now <= date <= now + CANNOT_WAIT for date in dates)


@dataclass(frozen=True)
class Sorted:
    """What is to be told, the most pressing first, and notices with nothing left to say."""

    to_tell: Sequence[ToTell] = ()
    moot: Sequence[Notice] = field(default=())


def is_announced(meeting: Meeting) -> bool:
    """Whether the date it has is the one that was announced."""
    told = meeting.announced_starts_at or meeting.starts_at
    return meeting.announced_at is not None and told == meeting.starts_at


def date_to_tell(meeting: Meeting, told: Told | None, *, now: datetime) -> NoticeKind | None:
    """What someone does not know yet of a meeting's date: nothing once it is over."""
    knows = told is not None and told.is_expecting
    if meeting.state == MeetingState.SCHEDULED and meeting.starts_at and meeting.ends_at:
        if meeting.ends_at < now:
            return None
        if told is None or not knows:
            return NoticeKind.INVITATION
        same = (told.starts_at, told.ends_at, told.place) == (
            meeting.starts_at,
            meeting.ends_at,
            meeting.place,
        )
        return None if same else NoticeKind.DATE_CHANGE
    if meeting.state == MeetingState.HELD or not knows:
        return None
    assert told is not None
    is_over = told.ends_at is not None and told.ends_at < now
    return None if is_over else NoticeKind.CANCELLATION


def sort_notices(waiting: Iterable[Notice], told: Mapping[Pair, Told], *, now: datetime) -> Sorted:
    """``told`` holds what each contact was last told of each meeting."""
    to_tell, moot, seen = [], [], set()
    for notice in waiting:
        kind = _kind_now(notice, told, now)
        key = (notice.contact_id, notice.meeting_id, kind)
        if kind is None or key in seen:
            moot.append(notice)
            continue
        seen.add(key)
        before = told.get(_pair(notice)) if notice.meeting_id else None
        to_tell.append(ToTell(notice, kind, before))
    return Sorted(sorted(to_tell, key=_pressing), moot)


def _kind_now(notice: Notice, told: Mapping[Pair, Told], now: datetime) -> NoticeKind | None:
    kind, meeting = NoticeKind(notice.kind), notice.meeting
    if kind == NoticeKind.GROUP_INVITATION:
        member = notice.contact.member
        return kind if member is not None and member.status == MemberStatus.INVITED else None
    if meeting is None:
        return kind
    if kind in DATE_KINDS:
        return date_to_tell(meeting, told.get(_pair(notice)), now=now)
    if kind in POLL_KINDS:
        poll = getattr(meeting, "poll", None)
        return kind if poll is not None and poll.closed_at is None else None
    return kind if _still_to_come(meeting, notice, now) else None


def _still_to_come(meeting: Meeting, notice: Notice, now: datetime) -> bool:
    """A reminder is of one date: it says nothing of another."""
    return (
        meeting.state == MeetingState.SCHEDULED
        and meeting.starts_at is not None
        and meeting.starts_at > now
        and _instant(notice.params.get("starts_at")) == meeting.starts_at
    )


def _pair(notice: Notice) -> Pair:
    assert notice.meeting_id is not None
    return notice.contact_id, notice.meeting_id


def _pressing(one: ToTell) -> tuple[int, datetime, datetime]:
    starts_at = one.meeting.starts_at if one.meeting else None
    created_at = one.notice.created_at
    return _ORDER.index(one.kind), starts_at or created_at, created_at


def _instant(text: Any) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(str(text))
    return found if timezone.is_aware(found) else timezone.make_aware(found)

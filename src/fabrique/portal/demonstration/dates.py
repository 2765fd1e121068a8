"""Sets what was played on the day the seminar was held: its provenances then tell that day.

This is the one place that writes instants afterwards, for a demonstration only.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value

from fabrique.stages.contribution.models import Card, Contribution, Link, Placement, Rating
from fabrique.stages.deliverable.models import Version
from fabrique.stages.programme.announcements import Told
from fabrique.stages.programme.enums import NoticeKind
from fabrique.stages.programme.models import Meeting, Notice
from fabrique.stages.seminar.models import JournalEntry, Participant, Room


def set_on_its_day(meeting: Meeting) -> None:
    """Move every instant of the meeting's room so that it opened when the meeting started."""
    room = Room.objects.get(meeting=meeting)
    assert meeting.starts_at is not None
    assert room.opened_at is not None
    for rows, name in _instants(meeting, room):
        _shift(rows, name, frm=room.opened_at, to=meeting.starts_at)


def freeze_on_its_day(version: Version, meeting: Meeting) -> None:
    """The note left with those who had come: it was frozen as the meeting ended."""
    Version.objects.filter(pk=version.pk).update(frozen_at=meeting.ends_at)


def told_on_its_day(meetings: Iterable[Meeting], *, at: datetime) -> None:
    """Those expected were told of these dates on that day: nothing of it waits any more."""
    for meeting in meetings:
        Meeting.objects.filter(pk=meeting.pk).update(announced_at=at)
        told = Told.now(NoticeKind.INVITATION, meeting, None).as_params()
        Notice.objects.filter(meeting=meeting, kind=NoticeKind.INVITATION).update(
            created_at=at, sent_at=at, params={"told": told}
        )


def _instants(meeting: Meeting, room: Room) -> Iterable[tuple[QuerySet[Any], str]]:
    rooms = Room.objects.filter(pk=room.pk)
    yield rooms, "sequence_started_at"
    yield rooms, "closed_at"
    yield Participant.objects.filter(room=room), "joined_at"
    yield JournalEntry.objects.filter(room=room), "at"
    yield Contribution.objects.filter(workshop__meeting=meeting), "created_at"
    yield Contribution.objects.filter(workshop__meeting=meeting), "set_aside_at"
    yield Card.objects.filter(workshop__meeting=meeting), "created_at"
    yield Placement.objects.filter(card__workshop__meeting=meeting), "placed_at"
    yield Placement.objects.filter(card__workshop__meeting=meeting), "ended_at"
    yield Rating.objects.filter(card__workshop__meeting=meeting), "rated_at"
    yield Link.objects.filter(workshop__meeting=meeting), "linked_at"
    yield rooms, "opened_at"


def _shift(rows: QuerySet[Any], name: str, *, frm: datetime, to: datetime) -> None:
    earlier = ExpressionWrapper(Value(to - frm), output_field=DurationField())
    rows.exclude(**{name: None}).update(**{name: F(name) + earlier})

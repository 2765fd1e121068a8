"""The life of a meeting: its date fixed, moved, withdrawn; held, cancelled, planned again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.poll_endings import end_poll
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.errors import EndsBeforeItStarts
from fabrique.stages.programme.lifecycle import after
from fabrique.stages.programme.models import Meeting

#: Once done, nobody is asked any more when they could come.
ENDING_THE_POLL = frozenset({"schedule", "hold", "cancel"})


def schedule_meeting(
    meeting_id: UUID, *, starts_at: datetime, ends_at: datetime, place: str = "", actor: str
) -> Meeting:
    """Fix a date, or another one; the former stays in the audit lines.

    A date outside the window is taken: plans move, and the page says so.
    """
    if ends_at <= starts_at:
        raise EndsBeforeItStarts(starts=starts_at, ends=ends_at)
    return _move(
        meeting_id, "schedule", actor, starts_at=starts_at, ends_at=ends_at, place=place.strip()
    )


def unschedule_meeting(meeting_id: UUID, *, actor: str) -> Meeting:
    """Withdraw the date: to be fixed again."""
    return _move(meeting_id, "unschedule", actor, starts_at=None, ends_at=None)


def hold_meeting(meeting_id: UUID, *, actor: str) -> Meeting:
    """Say that it took place; saying it twice changes nothing."""
    meeting = Meeting.objects.get(pk=meeting_id)
    if meeting.state == MeetingState.HELD:
        return meeting
    return _move(meeting_id, "hold", actor)


def cancel_meeting(meeting_id: UUID, *, actor: str) -> Meeting:
    return _move(meeting_id, "cancel", actor)


def plan_meeting_again(meeting_id: UUID, *, actor: str) -> Meeting:
    """A cancelled meeting is to be held after all, at a date to be fixed."""
    return _move(meeting_id, "plan_again", actor, starts_at=None, ends_at=None)


@transaction.atomic
def _move(meeting_id: UUID, move: str, actor: str, **changes: Any) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    before = {"state": meeting.state, "starts_at": _iso(meeting.starts_at)}
    known = _as_calendars_know(meeting)
    meeting.state = after(meeting.state, move)
    for name, value in changes.items():
        setattr(meeting, name, value)
    if known is not None and known != _as_calendars_know(meeting):
        meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "calendar_sequence", *changes])
    if move in ENDING_THE_POLL:
        end_poll(meeting.pk)
    record(
        meeting.programme,
        verb=f"meeting-{move.replace('_', '-')}",
        actor=actor,
        subject=meeting.pk,
        detail={"before": before, "starts_at": _iso(meeting.starts_at)},
    )
    return meeting


def _as_calendars_know(meeting: Meeting) -> tuple[object, ...] | None:
    """What calendars show of a date, and must be told when it changes; nothing without one."""
    if meeting.starts_at is None:
        return None
    is_off = meeting.state == MeetingState.CANCELLED
    return is_off, meeting.starts_at, meeting.ends_at, meeting.place


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""

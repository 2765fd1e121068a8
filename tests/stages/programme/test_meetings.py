"""Dates are fixed, moved, withdrawn: a plan that cannot be re-planned is worth nothing."""

from datetime import UTC, datetime

import pytest

from fabrique.stages.programme.actions.meetings import (
    cancel_meeting,
    hold_meeting,
    plan_meeting_again,
    schedule_meeting,
    unschedule_meeting,
)
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.errors import EndsBeforeItStarts
from fabrique.stages.programme.lifecycle import IllegalMove
from fabrique.stages.programme.models import Meeting
from tests.stages.programme.programmes import a_programme

START = datetime(2020, 3, 12, 13, tzinfo=UTC)
END = datetime(2020, 3, 12, 16, tzinfo=UTC)


@pytest.fixture
def meeting(territories: None) -> Meeting:
    return a_programme().meetings.filter(key="local-1").first()


def test_a_date_is_fixed_then_moved_and_both_are_remembered(meeting: Meeting) -> None:
    schedule_meeting(meeting.pk, starts_at=START, ends_at=END, place=" Hôtel de ville ", actor="a")
    later = START.replace(month=9), END.replace(month=9)
    moved = schedule_meeting(meeting.pk, starts_at=later[0], ends_at=later[1], actor="b")
    assert (moved.state, moved.starts_at) == (MeetingState.SCHEDULED, later[0])
    lines = meeting.programme.audit_lines.filter(verb="meeting-schedule")
    assert [line.detail["before"]["starts_at"] for line in lines] == ["", START.isoformat()]


def test_a_meeting_does_not_end_before_it_starts(meeting: Meeting) -> None:
    with pytest.raises(EndsBeforeItStarts):
        schedule_meeting(meeting.pk, starts_at=END, ends_at=START, actor="a")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_a_withdrawn_date_is_to_be_fixed_again(meeting: Meeting) -> None:
    schedule_meeting(meeting.pk, starts_at=START, ends_at=END, actor="a")
    withdrawn = unschedule_meeting(meeting.pk, actor="a")
    assert (withdrawn.state, withdrawn.starts_at) == (MeetingState.PLANNED, None)


def test_a_meeting_is_held_once_however_often_it_is_said(meeting: Meeting) -> None:
    hold_meeting(meeting.pk, actor="a")
    assert hold_meeting(meeting.pk, actor="a").state == MeetingState.HELD
    assert meeting.programme.audit_lines.filter(verb="meeting-hold").count() == 1


def test_a_cancelled_meeting_can_be_planned_again(meeting: Meeting) -> None:
    cancel_meeting(meeting.pk, actor="a")
    with pytest.raises(IllegalMove):
        schedule_meeting(meeting.pk, starts_at=START, ends_at=END, actor="a")
    assert plan_meeting_again(meeting.pk, actor="a").state == MeetingState.PLANNED


def test_a_held_meeting_is_not_cancelled(meeting: Meeting) -> None:
    hold_meeting(meeting.pk, actor="a")
    with pytest.raises(IllegalMove):
        cancel_meeting(meeting.pk, actor="a")

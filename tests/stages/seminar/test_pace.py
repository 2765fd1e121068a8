"""Where a seminar stands against its run sheet, as the console and the wall tell it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.stages.seminar.actions.rooms import add_minutes, close_room, next_sequence
from fabrique.stages.seminar.models import Sequence
from fabrique.stages.seminar.pace import Pace, pace_of
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Held:
    """Two sequences of thirty minutes; nothing started yet."""
    return a_held_seminar("expectations")


def pace(held: Held, *, after: int = 0) -> Pace:
    held.refresh()
    sequences = list(Sequence.objects.filter(meeting=held.meeting))
    return pace_of(held.room, sequences, now=timezone.now() + timedelta(minutes=after))


def test_before_anything_starts_the_first_line_is_next(held: Held) -> None:
    now = pace(held)
    assert now.running is None
    assert now.following == now.steps[0].sequence
    assert now.minutes_late is None


def test_a_running_line_ends_after_its_minutes_and_those_added(held: Held) -> None:
    next_sequence(held.room.pk, actor=FACILITATOR)
    before = pace(held).ends_at
    add_minutes(held.room.pk, minutes=5, actor=FACILITATOR)
    now = pace(held)
    assert before is not None
    assert now.ends_at == before + timedelta(minutes=5)
    assert (now.minutes_late, now.is_late) == (5, True)


def test_time_that_runs_over_makes_the_seminar_late(held: Held) -> None:
    next_sequence(held.room.pk, actor=FACILITATOR)
    assert pace(held, after=30).minutes_late == 0
    assert pace(held, after=42).minutes_late == 12


def test_going_on_early_puts_the_seminar_ahead(held: Held) -> None:
    next_sequence(held.room.pk, actor=FACILITATOR)
    first = held.refresh().room.sequence_started_at
    next_sequence(held.room.pk, actor=FACILITATOR)
    sequences = list(Sequence.objects.filter(meeting=held.meeting))
    now = pace_of(held.refresh().room, sequences, now=timezone.now(), began_at=first)
    assert (now.minutes_late, now.is_late, now.gap) == (-30, False, 30)


def test_once_the_room_is_closed_nothing_runs_and_nobody_is_late(held: Held) -> None:
    next_sequence(held.room.pk, actor=FACILITATOR)
    close_room(held.room.pk, actor=FACILITATOR)
    now = pace(held, after=60 * 24 * 365)
    assert (now.running, now.ends_at, now.minutes_late) == (None, None, None)
    assert {step.state for step in now.steps} == {"past"}

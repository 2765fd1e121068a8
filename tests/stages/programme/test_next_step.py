"""What is said to come next: a date that is fixed before a period that still runs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import next_meeting

TODAY = timezone.now()


def _meeting(*, opens: int, closes: int, on: int | None = None) -> Meeting:
    return Meeting(
        window_start_date=(TODAY + timedelta(days=opens)).date(),
        window_end_date=(TODAY + timedelta(days=closes)).date(),
        starts_at=None if on is None else TODAY + timedelta(days=on),
        state=MeetingState.PLANNED if on is None else MeetingState.SCHEDULED,
        position=1,
    )


@pytest.mark.parametrize(("on", "dated_first"), [(20, True), (90, False)])
def test_a_fixed_date_comes_before_a_period_that_ends_after_it(on: int, dated_first: bool) -> None:
    undated = _meeting(opens=0, closes=60)
    dated = _meeting(opens=0, closes=120, on=on)
    assert next_meeting([undated, dated]) is (dated if dated_first else undated)

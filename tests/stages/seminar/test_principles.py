"""What the method would improve in a run sheet, and the hours of its lines."""

from datetime import UTC, datetime

import pytest

from fabrique.stages.programme.blueprint import Principles, load_blueprint
from fabrique.stages.seminar.analyses.principles import Advice, Moment, advice
from fabrique.stages.seminar.analyses.timetable import timetable
from fabrique.stages.seminar.wording.run_sheet import duration_words, say_advice

ASKED = Principles()


def moment(kind: str, minutes: int = 20, horizon: str = "none", title: str = "") -> Moment:
    return Moment(title or kind, kind, horizon, minutes)


GOOD = [
    moment("testimony", 20, "long", "Récit"),
    moment("debate", 40, "long"),
    moment("break", 10),
    moment("testimony", 20, "short"),
    moment("work", 30, "short"),
]


def codes(*moments: Moment) -> list[str]:
    return [each.code for each in advice(moments, ASKED)]


def test_a_run_sheet_that_keeps_to_the_principles_is_left_alone() -> None:
    assert codes(*GOOD) == []


def test_an_empty_run_sheet_is_not_scolded() -> None:
    assert codes() == []


def test_a_seminar_without_a_witness() -> None:
    assert codes(moment("debate", 30, "long"), moment("work", 30, "short")) == ["no_testimony"]


def test_a_seminar_where_nobody_debates() -> None:
    found = codes(moment("testimony", 20, "long"), moment("break"), moment("testimony", 5, "short"))
    assert found == ["no_debate", "testimonies_in_a_row"]


def test_a_pause_between_two_testimonies_leaves_them_in_a_row() -> None:
    first, second = moment("testimony", title="Un"), moment("testimony", title="Deux")
    found = advice([*GOOD, first, moment("break"), second], ASKED)
    assert found == [Advice("testimonies_in_a_row", {"first": "Un", "second": "Deux"})]


@pytest.mark.parametrize(("kept", "code"), [("short", "no_long_time"), ("long", "no_short_time")])
def test_the_two_horizons_are_tied(kept: str, code: str) -> None:
    assert codes(moment("testimony", 20, kept), moment("debate", 20, kept)) == [code]


def test_two_hours_and_a_minute_without_a_pause() -> None:
    two_hours = [moment("testimony", 60, "long"), moment("debate", 60, "short", "Débat")]
    assert codes(*two_hours) == []
    longer = [moment("testimony", 61, "long"), moment("debate", 60, "short", "Débat")]
    assert advice(longer, ASKED) == [Advice("no_break", {"minutes": 121, "before": "Débat"})]


def test_a_run_sheet_longer_than_the_method_allows() -> None:
    found = advice([*GOOD, moment("break", 61)], ASKED)
    assert found == [Advice("too_long", {"minutes": 181, "limit": 180})]


def test_a_method_may_not_ask_for_a_principle() -> None:
    free = Principles(alternate_debate_and_testimony=False, tie_long_and_short_time=False)
    assert advice([moment("debate", 30)], free) == []


@pytest.mark.parametrize(
    "plan",
    [plan for plan in load_blueprint("fabrique-prospective").meetings if "seminar" in plan.kind],
    ids=lambda plan: plan.key,
)
def test_the_seminars_of_the_reference_method_keep_to_its_own_principles(plan) -> None:
    moments = [Moment(one.title, one.kind, one.horizon, one.minutes) for one in plan.sequences]
    found = advice(moments, load_blueprint("fabrique-prospective").principles)
    assert [say_advice(each) for each in found] == []


class TestHours:
    START = datetime(2020, 9, 17, 12, tzinfo=UTC)

    def test_each_line_starts_when_the_one_before_ends(self) -> None:
        table = timetable([15, 20, 40], starts_at=self.START)
        assert [slot.offset for slot in table.slots] == [0, 15, 35]
        assert table.slots[2].ends_at == datetime(2020, 9, 17, 13, 15, tzinfo=UTC)
        assert table.planned is None

    def test_what_is_left_and_what_overflows(self) -> None:
        end = datetime(2020, 9, 17, 13, tzinfo=UTC)
        assert timetable([45], starts_at=self.START, ends_at=end).spare == 15
        assert timetable([45, 30], starts_at=self.START, ends_at=end).over == 15

    @pytest.mark.parametrize(
        ("minutes", "said"), [(45, "45 min"), (60, "1 h"), (125, "2 h 05"), (0, "0 min")]
    )
    def test_durations_are_said_as_people_say_them(self, minutes: int, said: str) -> None:
        assert duration_words(minutes) == said

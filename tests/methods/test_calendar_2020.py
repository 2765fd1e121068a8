"""The year 2020 again: the plan of January breaks within two months, and is made anew.

What is known of the real year: local #1 in September, the four before inter-site #1 on 14 October
2020, eighteen months in all. The other dates of `WHAT_HAPPENED` are filled in.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from fabrique.methods.calendar import (
    Level,
    MeetingDate,
    SeriesPlan,
    SeriesRequest,
    Status,
    check_plan,
    plan_series,
)

EXAMPLES = Path(__file__).parents[2] / "docs/methods/examples"
TERRITORIES = ("Beauvaisis", "Bourg-en-Bresse", "Lorient", "Saint-Dié-des-Vosges")
WHAT_HAPPENED = {
    "local #1": ((2020, 9, 8), (2020, 9, 10), (2020, 9, 15), (2020, 9, 17)),
    "intersite #1": (2020, 10, 14),
    "local #2": ((2020, 11, 17), (2020, 11, 19), (2020, 11, 24), (2020, 11, 26)),
    "intersite #2": (2020, 12, 10),
    "local #3": ((2021, 1, 19), (2021, 1, 21), (2021, 1, 26), (2021, 1, 28)),
    "intersite #3": (2021, 3, 11),
    "local #4": ((2021, 4, 13), (2021, 4, 15), (2021, 4, 20), (2021, 4, 22)),
    "intersite #4": (2021, 6, 10),
}


def case(month: str) -> SeriesRequest:
    file = EXAMPLES / f"calendar-2020-{month}.json"
    return TypeAdapter(SeriesRequest).validate_json(file.read_bytes(), strict=True)


@cache
def planned(month: str) -> SeriesPlan:
    return plan_series(case(month))


def days(plan: SeriesPlan) -> dict[str, date]:
    return {one.meeting: one.day for one in plan.dates}


def steps(plan: SeriesPlan, step: str) -> list[date]:
    dates = days(plan)
    return [dates[meeting.key] for meeting in plan.case.meetings if meeting.step == step]


class TestJanuary:
    def test_the_whole_year_fits_and_is_proved_best(self) -> None:
        plan = planned("january")
        assert plan.status is Status.OPTIMAL
        assert len(plan.dates) == 4 * 5 + 4
        assert check_plan(plan.case, plan.dates).accepted

    def test_each_step_falls_where_the_deck_puts_it(self) -> None:
        plan = planned("january")
        assert {day.month for day in steps(plan, "immersion")} <= {2, 3}
        assert {day.month for day in steps(plan, "local #1")} <= {3, 4}
        assert steps(plan, "intersite #1")[0].isocalendar().week in {20, 22}
        assert steps(plan, "intersite #2")[0].isocalendar().week == 36


class TestAfterTheSecondRound:
    def test_the_windows_of_january_contradict_the_reserve_period(self) -> None:
        widened = case("september")
        kept = {meeting.key: meeting.windows for meeting in case("january").meetings}
        closed = replace(
            widened,
            meetings=tuple(
                one if one.held else replace(one, windows=kept[one.key]) for one in widened.meetings
            ),
        )
        plan = plan_series(closed)
        assert plan.status is Status.INFEASIBLE
        first_seminars = {f"{territory}, local #1" for territory in TERRITORIES}
        assert first_seminars <= {one.meeting for one in plan.blocked}
        for blocked in plan.blocked:
            if blocked.meeting in first_seminars:
                closures = {one.constraint.closure for one in blocked.exclusions}
                assert "période de réserve" in closures

    def test_first_seminars_come_in_september_or_later_and_inter_site_after_the_four(self) -> None:
        plan = planned("september")
        first = steps(plan, "local #1")
        assert min(first) >= date(2020, 9, 1)
        assert steps(plan, "intersite #1")[0] > max(first)
        assert check_plan(plan.case, plan.dates).accepted

    def test_every_moved_date_is_listed_and_their_number_is_proved_least(self) -> None:
        plan = planned("september")
        dates = days(plan)
        moved = {
            meeting.key
            for meeting in plan.case.meetings
            if meeting.announced and dates[meeting.key] != meeting.announced
        }
        assert plan.status is Status.OPTIMAL
        assert {move.meeting for move in plan.moves} == moved
        assert {f"{territory}, local #1" for territory in TERRITORIES} <= moved
        level = plan.levels[0]
        assert (level.level, level.value, level.bound) == (Level.MOVES, len(moved), len(moved))

    def test_what_was_held_stays(self) -> None:
        plan = planned("september")
        held = {one.key: one.held for one in plan.case.meetings if one.held}
        assert len(held) == 4
        assert {key: days(plan)[key] for key in held} == held


class TestWhatHappened:
    @pytest.fixture
    def real_dates(self) -> tuple[MeetingDate, ...]:
        dates = {one.key: one.held for one in case("september").meetings if one.held}
        for step, given in WHAT_HAPPENED.items():
            if isinstance(given[0], tuple):
                for territory, day in zip(TERRITORIES, given, strict=True):
                    dates[f"{territory}, {step}"] = date(*day)
            else:
                dates[step] = date(*given)
        return tuple(MeetingDate(meeting=key, day=day) for key, day in dates.items() if day)

    def test_the_real_year_is_accepted(self, real_dates: tuple[MeetingDate, ...]) -> None:
        assert check_plan(case("september"), real_dates).violations == ()

    def test_it_moved_more_dates_than_needed(self, real_dates: tuple[MeetingDate, ...]) -> None:
        announced = {one.key: one.announced for one in case("september").meetings}
        really_moved = [one for one in real_dates if announced[one.meeting] not in (None, one.day)]
        assert len(really_moved) > len(planned("september").moves)

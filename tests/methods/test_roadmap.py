"""A plan of actions: what holds, what waits for itself, what nobody carries."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.errors import MethodError
from fabrique.methods.roadmap import (
    Action,
    ActionDates,
    Load,
    Orphanhood,
    Roadmap,
    RoadmapRequest,
    Undated,
    examine_plan,
)

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/roadmap.in.json"
EXAMPLE = TypeAdapter(RoadmapRequest).validate_json(EXAMPLE_FILE.read_bytes())
NEW_YEAR = date(2026, 1, 1)


def lasting(key: str, days: int, *depends_on: str, start: date = NEW_YEAR) -> Action:
    end = start + timedelta(days=days - 1)
    return Action(key=key, start=start, end=end, depends_on=depends_on)


def plan(*actions: Action) -> Roadmap:
    return examine_plan(RoadmapRequest(actions=actions))


def dates(answer: Roadmap) -> dict[str, ActionDates]:
    return {of.action: of for of in answer.dates}


class TestTheWorkedExample:
    """Every expected date below was computed by hand; see docs/methods/roadmap.md."""

    def test_an_action_waits_for_what_it_depends_on(self) -> None:
        racks = dates(examine_plan(EXAMPLE))["arceaux"]
        assert (racks.earliest_start, racks.earliest_end) == (date(2026, 2, 4), date(2026, 3, 3))
        assert (racks.days, racks.delay) == (28, 3)

    def test_slack_is_counted_back_from_the_end_of_the_plan(self) -> None:
        found = dates(examine_plan(EXAMPLE))
        assert found["arceaux"].latest_start == date(2026, 6, 17)
        assert found["plan vélo"].latest_start == date(2026, 5, 16)
        assert [found[key].slack for key in ("plan vélo", "arceaux", "bilan")] == [131, 133, 0]

    def test_the_critical_actions_come_in_their_order(self) -> None:
        answer = examine_plan(EXAMPLE)
        assert answer.critical_actions == ("prêt de vélos", "bilan")
        assert answer.end == date(2026, 7, 24)

    def test_starting_too_soon_is_told_in_days(self) -> None:
        early = examine_plan(EXAMPLE).early_starts
        assert [(one.action, one.depends_on, one.days) for one in early] == [
            ("arceaux", "plan vélo", 3),
            ("bilan", "prêt de vélos", 5),
        ]

    def test_load_orphans_and_what_nothing_answers(self) -> None:
        answer = examine_plan(EXAMPLE)
        assert answer.load[1] == Load(
            lead="ville", half_year="2026-S1", actions=("plan vélo", "prêt de vélos")
        )
        assert [orphan.action for orphan in answer.orphans] == ["bilan", "charte"]
        assert answer.orphans[1].reasons == tuple(Orphanhood)
        assert answer.uncovered == ("eau",)


class TestCycles:
    def test_a_plan_with_a_circle_is_explained_and_has_no_dates(self) -> None:
        answer = plan(lasting("a", 3, "b"), lasting("b", 3, "c"), lasting("c", 3, "a"))
        assert answer.cycles == (("a", "b", "c"),)
        assert {of.undated for of in answer.dates} == {Undated.CYCLIC_PLAN}
        assert (answer.end, answer.critical_actions) == (None, ())
        assert answer.dates[0].days == 3

    def test_the_rest_of_the_answer_stands(self) -> None:
        answer = plan(lasting("a", 3, "b"), lasting("b", 3, "a"))
        assert [one.days for one in answer.early_starts] == [3, 3]
        assert len(answer.orphans) == 2
        assert answer.load[0].actions == ("a", "b")

    def test_the_shortest_circle_through_each_action_is_given_once(self) -> None:
        answer = plan(
            lasting("a", 1, "b"), lasting("b", 1, "c", "a"), lasting("c", 1, "a"), lasting("d", 1)
        )
        assert answer.cycles == (("a", "b"), ("a", "b", "c"))

    def test_waiting_for_a_circle_is_not_being_in_it(self) -> None:
        answer = plan(lasting("x", 1, "a"), lasting("a", 1, "b"), lasting("b", 1, "a"))
        assert answer.cycles == (("a", "b"),)

    @settings(max_examples=80, deadline=None)
    @given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    def test_circles_are_those_found_by_trying_every_order(
        self, pairs: set[tuple[int, int]]
    ) -> None:
        waits = {(one, other) for one, other in pairs if one != other}
        answer = plan(
            *(
                lasting(str(key), 1, *(str(other) for one, other in sorted(waits) if one == key))
                for key in range(5)
            )
        )
        circles = [
            order
            for size in range(2, 6)
            for order in permutations(range(5), size)
            if all(step in waits for step in zip(order, (*order[1:], order[0]), strict=True))
        ]
        shortest = {
            key: min(len(order) for order in circles if key in order)
            for order in circles
            for key in order
        }
        found = [tuple(map(int, circle)) for circle in answer.cycles]
        assert set(found) <= set(circles)
        assert {key for circle in found for key in circle} == set(shortest)
        for key, length in shortest.items():
            assert length in [len(circle) for circle in found if key in circle]
        assert len({frozenset(zip(c, (*c[1:], c[0]), strict=True)) for c in found}) == len(found)
        graph = nx.DiGraph([*waits])
        assert bool(found) == (not nx.is_directed_acyclic_graph(graph))


class TestMissingDates:
    def test_what_follows_an_action_without_an_end_has_no_dates(self) -> None:
        found = dates(
            plan(
                Action(key="a", start=NEW_YEAR),
                lasting("b", 2, "a"),
                lasting("c", 2, "b"),
                lasting("d", 2),
            )
        )
        assert found["a"].undated == Undated.NO_DURATION
        assert found["b"].undated == found["c"].undated == Undated.NO_DURATION_BEFORE
        assert found["d"].undated is None

    def test_what_precedes_one_has_earliest_dates_only(self) -> None:
        found = dates(plan(lasting("a", 2), Action(key="b", depends_on=("a",))))
        assert found["a"].earliest_end == date(2026, 1, 2)
        assert (found["a"].latest_end, found["a"].undated) == (None, Undated.NO_DURATION_AFTER)
        assert not found["a"].critical

    def test_one_date_is_enough_to_weigh_on_a_half_year(self) -> None:
        answer = plan(
            Action(key="a", end=date(2026, 6, 30), lead="x"),
            Action(key="b", start=date(2026, 7, 1)),
        )
        assert answer.load == (
            Load(lead="x", half_year="2026-S1", actions=("a",)),
            Load(lead=None, half_year="2026-S2", actions=("b",)),
        )
        assert not any(Orphanhood.NO_DATE in orphan.reasons for orphan in answer.orphans)

    def test_an_action_across_three_half_years_weighs_on_each(self) -> None:
        long = Action(key="a", start=date(2026, 6, 30), end=date(2027, 1, 1))
        assert [load.half_year for load in plan(long).load] == ["2026-S1", "2026-S2", "2027-S1"]


class TestWeakInput:
    def test_an_empty_plan_leaves_everything_unanswered(self) -> None:
        answer = examine_plan(RoadmapRequest(actions=(), vulnerabilities=("eau",)))
        assert (answer.dates, answer.end, answer.uncovered) == ((), None, ("eau",))

    def test_one_action_alone_is_critical(self) -> None:
        answer = plan(lasting("a", 10))
        assert (answer.critical_actions, answer.end) == (("a",), date(2026, 1, 10))

    def test_an_action_of_one_day_ends_the_day_it_starts(self) -> None:
        assert plan(lasting("a", 1)).dates[0].earliest_end == NEW_YEAR

    def test_the_same_dependency_said_twice_counts_once(self) -> None:
        answer = plan(lasting("a", 3), lasting("b", 3, "a", "a"))
        assert len(answer.early_starts) == 1
        assert dates(answer)["b"].earliest_start == date(2026, 1, 4)


class TestRefusals:
    @pytest.mark.parametrize(
        ("actions", "code"),
        [
            ((Action(key="a"), Action(key="a")), "duplicate_action"),
            ((Action(key="a", depends_on=("a",)),), "depends_on_itself"),
            ((Action(key="a", depends_on=("z",)),), "unknown_dependency"),
            ((Action(key="a", answers=("z",)),), "unknown_vulnerability"),
            (
                (Action(key="a", start=date(2026, 1, 2), end=date(2026, 1, 1)),),
                "ends_before_start",
            ),
            ((Action(key="a", start=date(1026, 1, 2)),), "date_out_of_range"),
            ((Action(key="a", end=date(9999, 12, 31)),), "date_out_of_range"),
        ],
    )
    def test_an_impossible_plan_is_refused_by_code(
        self, actions: tuple[Action, ...], code: str
    ) -> None:
        with pytest.raises(MethodError) as refusal:
            plan(*actions)
        assert refusal.value.code == code

    def test_a_vulnerability_twice_is_refused(self) -> None:
        with pytest.raises(MethodError, match="duplicate_vulnerability"):
            examine_plan(RoadmapRequest(actions=(), vulnerabilities=("eau", "eau")))

    def test_a_plan_that_outlasts_the_calendar_is_refused(self) -> None:
        centuries = [
            lasting(str(n), 300 * 365, *([str(n - 1)] if n else []), start=date(1900, 1, 1))
            for n in range(30)
        ]
        with pytest.raises(MethodError, match="date_out_of_range"):
            plan(*centuries)


@st.composite
def ordered_plans(draw: st.DrawFn) -> tuple[Action, ...]:
    size = draw(st.integers(1, 7))
    actions = []
    for number in range(size):
        before = st.sets(st.integers(0, number - 1)) if number else st.just(set[int]())
        start = NEW_YEAR + timedelta(days=draw(st.integers(0, 400)))
        needed = (str(other) for other in sorted(draw(before)))
        actions.append(lasting(str(number), draw(st.integers(1, 90)), *needed, start=start))
    return tuple(draw(st.permutations(actions)))


class TestProperties:
    @settings(max_examples=60, deadline=None)
    @given(ordered_plans())
    def test_earliest_and_latest_dates_both_keep_the_order(
        self, actions: tuple[Action, ...]
    ) -> None:
        answer = plan(*actions)
        found = dates(answer)
        for action in actions:
            own = found[action.key]
            assert own.earliest_start is not None
            assert own.latest_start is not None
            assert action.start is not None
            assert action.start <= own.earliest_start <= own.latest_start
            assert own.critical == (own.slack == 0)
            for needed in action.depends_on:
                before = found[needed]
                assert before.earliest_end is not None
                assert before.latest_end is not None
                assert before.earliest_end < own.earliest_start
                assert before.latest_end < own.latest_start
        assert answer.critical_actions

    @settings(max_examples=60, deadline=None)
    @given(ordered_plans())
    def test_an_action_starts_late_for_a_reason_and_slips_no_further_for_another(
        self, actions: tuple[Action, ...]
    ) -> None:
        answer = plan(*actions)
        found, a_day = dates(answer), timedelta(days=1)
        for action in actions:
            own = found[action.key]
            assert own.earliest_start is not None
            assert own.latest_end is not None
            before = [found[needed].earliest_end for needed in action.depends_on]
            assert own.earliest_start in [action.start, *(e + a_day for e in before if e)]
            after = [
                found[other.key].latest_start for other in actions if action.key in other.depends_on
            ]
            assert own.latest_end in [s - a_day for s in after if s] or (
                not after and own.latest_end == answer.end
            )

    @settings(max_examples=40, deadline=None)
    @given(ordered_plans(), st.randoms())
    def test_the_order_of_the_lines_moves_no_date(self, actions, random) -> None:  # type: ignore[no-untyped-def]
        shuffled = random.sample(actions, len(actions))
        assert dates(plan(*shuffled)) == dates(plan(*actions))

    @settings(max_examples=40, deadline=None)
    @given(ordered_plans())
    def test_the_end_is_the_heaviest_chain_after_its_planned_start(
        self, actions: tuple[Action, ...]
    ) -> None:
        by_key = {action.key: action for action in actions}

        def end_of(action: Action) -> date:
            assert action.start is not None
            assert action.end is not None
            freed = [end_of(by_key[key]) + timedelta(days=1) for key in action.depends_on]
            return max([action.start, *freed]) + (action.end - action.start)

        assert plan(*actions).end == max(end_of(action) for action in actions)

    def test_a_plan_of_sixty_four_actions_in_a_chain_keeps_them_all(self) -> None:
        chain = [lasting(str(n), 10, *([str(n - 1)] if n else [])) for n in range(64)]
        answer = plan(*chain)
        assert answer.end == NEW_YEAR + timedelta(days=639)
        assert len(answer.critical_actions) == 64
        assert replace(answer.dates[63], delay=630) == answer.dates[63]

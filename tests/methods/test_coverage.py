"""A group against its targets: gaps, additions, relaxations, swaps, and panels by lot."""

import csv
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.linear_solver import pywraplp
from pydantic import TypeAdapter

from fabrique.methods.coverage import (
    Additions,
    Category,
    CoverageRequest,
    Draw,
    Limit,
    Obstacle,
    Part,
    Person,
    Proof,
    Relaxation,
    Swap,
    ValueTarget,
    assess_coverage,
    draw,
)
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/coverage.in.json"
EXAMPLE = TypeAdapter(CoverageRequest).validate_json(EXAMPLE_FILE.read_bytes())
NAMED = os.environ.get("FABRIQUE_SHARED_DATA", "")
SHARED = Path(NAMED).parent if NAMED else Path(__file__).resolve().parents[3] / "shared" / "data"
PEOPLE_FILE = SHARED / "sortition_fixture_candidates.csv"


def added_to(request: CoverageRequest) -> Additions:
    found = assess_coverage(replace(request, wanted=(Part.ADDITIONS,))).additions
    assert found is not None
    return found


def swapped_in(request: CoverageRequest) -> Swap:
    found = assess_coverage(replace(request, wanted=(Part.SWAP,))).swap
    assert found is not None
    return found


def drawn_from(request: CoverageRequest) -> Draw:
    found = assess_coverage(replace(request, wanted=(Part.DRAW,))).draw
    assert found is not None
    return found


def without(request: CoverageRequest, *names: str) -> CoverageRequest:
    kept = tuple(one for one in request.candidates if one.person not in names)
    return replace(request, candidates=kept)


def people(*kinds: str, of: str = "c", called: str = "p") -> tuple[Person, ...]:
    return tuple(
        Person(person=f"{called}{at}", attributes={of: kind}) for at, kind in enumerate(kinds)
    )


def one_category(*targets: ValueTarget, minimum_each: int = 0) -> tuple[Category, ...]:
    return (Category(category="c", values=targets, minimum_each=minimum_each),)


EMPTY = CoverageRequest(members=(), candidates=(), categories=(), minimum_size=0, maximum_size=5)


class TestTheWorkedExample:
    """Every expected value below was found by hand; see docs/methods/coverage.md."""

    def test_the_additions_are_two_people_and_one_of_two_by_lot(self) -> None:
        third = set()
        for seed in range(12):
            chosen = set(added_to(replace(EXAMPLE, seed=seed)).added)
            assert chosen > {"D", "F"}
            third |= chosen - {"D", "F"}
        assert third == {"E", "G"}

    def test_without_dina_one_woman_less_is_the_smallest_relaxation(self) -> None:
        answer = added_to(without(EXAMPLE, "D"))
        assert (answer.after.shortfall, answer.bound, answer.status) == (1, 1, Proof.OPTIMAL)
        assert answer.added == ("E", "F", "G")
        assert answer.relaxations == (
            Relaxation(
                category="genre",
                value="femme",
                limit=Limit.MINIMUM,
                asked=3,
                reached=2,
                obstacle=Obstacle.OTHER_TARGETS,
            ),
        )

    def test_a_member_who_may_not_be_replaced_stays(self) -> None:
        first, second, third = EXAMPLE.members
        kept = replace(EXAMPLE, members=(first, replace(second, replaceable=False), third))
        answer = swapped_in(kept)
        assert answer.removed in {"A", "C"}
        assert answer.after.shortfall == 6

    def test_the_panel_drawn_is_one_of_the_two(self) -> None:
        drawn = {drawn_from(replace(EXAMPLE, seed=seed)).drawn for seed in range(12)}
        assert drawn == {("D", "E", "F"), ("D", "F", "G")}

    def test_only_what_is_wanted_is_computed(self) -> None:
        answer = assess_coverage(replace(EXAMPLE, wanted=()))
        assert (answer.additions, answer.swap, answer.draw) == (None, None, None)


class TestTargets:
    def test_at_least_one_of_each_is_a_gap_for_each_missing_value(self) -> None:
        categories = one_category(ValueTarget(value="a"), ValueTarget(value="b"), minimum_each=1)
        present = assess_coverage(replace(EMPTY, categories=categories)).present
        assert [of.gap for of in present.values] == [1, 1]
        assert present.shortfall == 2

    @pytest.mark.parametrize(
        ("size", "minimum", "maximum"), [(0, 0, 0), (1, 1, 0), (3, 1, 0), (10, 4, 3)]
    )
    def test_shares_are_rounded_against_the_group(
        self, size: int, minimum: int, maximum: int
    ) -> None:
        target = ValueTarget(value="a", minimum_share=0.3333, maximum_share=0.3333)
        categories = one_category(target, ValueTarget(value="b"))
        request = replace(EMPTY, members=people(*"b" * size), categories=categories)
        request = replace(request, maximum_size=20)
        of = assess_coverage(request).present.values[0]
        assert (of.minimum, of.maximum) == (minimum, maximum)

    def test_an_exact_share_asks_for_no_one_more(self) -> None:
        target = ValueTarget(value="a", minimum_share=0.4, maximum_share=0.4)
        request = replace(EMPTY, members=people(*"aaaa"), categories=one_category(target))
        request = replace(request, candidates=(), minimum_size=0)
        everyone = (*request.members, *(Person(person=f"q{i}", attributes={}) for i in range(6)))
        of = assess_coverage(replace(request, members=everyone, maximum_size=10)).present
        assert (of.values[0].minimum, of.values[0].maximum, of.shortfall) == (4, 4, 0)

    def test_a_kind_nobody_knows_of_a_person_counts_nowhere(self) -> None:
        request = replace(
            EMPTY,
            members=(Person(person="x", attributes={}),),
            categories=one_category(ValueTarget(value="a")),
        )
        assert assess_coverage(request).present.values[0].have == 0


class TestAdditions:
    def test_nobody_is_added_to_a_group_that_has_what_it_needs(self) -> None:
        request = replace(
            EMPTY,
            members=people(*"a"),
            candidates=people(*"aa", called="q"),
            categories=one_category(ValueTarget(value="a", minimum=1)),
        )
        assert added_to(request).added == ()

    def test_no_candidate_leaves_the_group_as_it_is_and_says_why(self) -> None:
        request = replace(
            EMPTY,
            categories=one_category(ValueTarget(value="a", minimum=2)),
            minimum_size=3,
        )
        answer = added_to(request)
        assert (answer.added, answer.after.shortfall, answer.status) == ((), 5, Proof.OPTIMAL)
        size, kind = answer.relaxations
        assert (size.category, size.asked, size.reached) == (None, 3, 0)
        assert {size.obstacle, kind.obstacle} == {Obstacle.TOO_FEW_CANDIDATES}

    def test_places_that_are_lacking_are_the_obstacle(self) -> None:
        request = replace(
            EMPTY,
            members=people(*"b"),
            candidates=people(*"aaa", called="q"),
            categories=one_category(ValueTarget(value="a", minimum=3), ValueTarget(value="b")),
            maximum_size=3,
        )
        (only,) = added_to(request).relaxations
        assert (only.asked, only.reached, only.obstacle) == (3, 2, Obstacle.NO_ROOM)

    def test_members_who_are_too_many_are_the_obstacle(self) -> None:
        request = replace(
            EMPTY,
            members=people(*"aaa"),
            categories=one_category(ValueTarget(value="a", maximum=1)),
            maximum_size=2,
        )
        answer = added_to(request)
        assert answer.bound == answer.after.shortfall == 3
        size, kind = answer.relaxations
        assert (size.limit, size.asked, size.reached) == (Limit.MAXIMUM, 2, 3)
        assert (kind.limit, kind.asked, kind.reached) == (Limit.MAXIMUM, 1, 3)
        assert {size.obstacle, kind.obstacle} == {Obstacle.TOO_MANY_MEMBERS}

    def test_a_maximum_is_not_passed_to_fill_a_minimum_of_the_same_weight(self) -> None:
        candidate = Person(person="q", attributes={"c": "a", "d": "x"})
        categories = (
            *one_category(ValueTarget(value="a", maximum=0)),
            Category(category="d", values=(ValueTarget(value="x", minimum=1),)),
        )
        request = replace(EMPTY, candidates=(candidate,), categories=categories)
        answer = added_to(request)
        assert answer.added == ()
        assert [of.limit for of in answer.relaxations] == [Limit.MINIMUM]
        assert answer.relaxations[0].obstacle == Obstacle.OTHER_TARGETS

    def test_gaps_are_spread_rather_than_left_to_one_kind(self) -> None:
        request = replace(
            EMPTY,
            candidates=people(*"aaabbb"),
            categories=one_category(
                ValueTarget(value="a", minimum=3), ValueTarget(value="b", minimum=3)
            ),
            maximum_size=4,
        )
        assert [of.have for of in added_to(request).after.values] == [2, 2]

    def test_a_search_cut_short_says_that_it_proves_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fabrique.methods.coverage.joining.EFFORT", 0.0)
        answer = added_to(EXAMPLE)
        assert answer.status == Proof.FEASIBLE
        assert answer.bound <= answer.after.shortfall


class TestSwaps:
    def test_no_swap_is_proposed_where_none_helps(self) -> None:
        request = replace(
            EMPTY, members=people(*"a"), categories=one_category(ValueTarget(value="a"))
        )
        answer = swapped_in(request)
        assert (answer.removed, answer.added, answer.after.shortfall) == (None, None, 0)

    def test_an_empty_group_has_nobody_to_replace(self) -> None:
        request = replace(
            EMPTY,
            candidates=people(*"a"),
            categories=one_category(ValueTarget(value="a", minimum=1)),
        )
        assert swapped_in(request).removed is None


class TestDraws:
    def test_targets_that_no_panel_meets_leave_nothing_to_draw(self) -> None:
        answer = drawn_from(without(EXAMPLE, "D"))
        assert (answer.status, answer.drawn, answer.panels) == (Proof.INFEASIBLE, None, ())
        assert not any(chance.possible for chance in answer.chances)

    def test_a_group_above_its_size_has_no_panel(self) -> None:
        request = replace(EMPTY, members=people(*"aa"), maximum_size=1)
        request = replace(request, categories=one_category(ValueTarget(value="a")))
        assert drawn_from(request).status == Proof.INFEASIBLE

    def test_a_full_group_draws_nobody(self) -> None:
        request = replace(
            EMPTY,
            members=people(*"aa"),
            candidates=people(*"a", called="q"),
            categories=one_category(ValueTarget(value="a")),
            maximum_size=2,
        )
        answer = drawn_from(request)
        assert (answer.drawn, answer.minimum_probability) == ((), None)
        assert [chance.possible for chance in answer.chances] == [False]

    def test_one_candidate_for_one_place_is_certain(self) -> None:
        request = replace(EMPTY, candidates=people(*"a"), maximum_size=1)
        request = replace(request, categories=one_category(ValueTarget(value="a")))
        answer = drawn_from(request)
        assert (answer.drawn, answer.minimum_probability) == (("p0",), 1.0)

    def test_nobody_at_all_draws_nobody(self) -> None:
        answer = drawn_from(EMPTY)
        assert (answer.drawn, answer.chances) == ((), ())

    def test_people_alike_have_equal_chances_where_only_the_size_counts(self) -> None:
        request = replace(EMPTY, candidates=people(*"a" * 7), maximum_size=3)
        request = replace(request, categories=one_category(ValueTarget(value="a")))
        answer = drawn_from(request)
        assert answer.minimum_probability == pytest.approx(3 / 7)
        assert [chance.probability for chance in answer.chances] == pytest.approx([3 / 7] * 7)

    def test_people_who_exclude_one_another_share_one_seat(self) -> None:
        answer = drawn_from(THREE_IN_TURN)
        assert answer.status == Proof.OPTIMAL
        assert answer.minimum_probability == pytest.approx(1 / 3)
        assert answer.bound == pytest.approx(1 / 3)

    def test_a_lottery_cut_short_gives_its_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(draw, "EXACT_SEARCHES", 0)
        answer = drawn_from(THREE_IN_TURN)
        assert answer.status == Proof.FEASIBLE
        assert answer.bound == pytest.approx(1 / 2)

    def test_a_search_cut_short_without_a_panel_says_that_it_does_not_know(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fabrique.methods.coverage.joining.EFFORT", 0.0)
        answer = drawn_from(EXAMPLE)
        assert (answer.status, answer.drawn, answer.bound) == (Proof.UNKNOWN, None, None)


def _three_in_turn() -> CoverageRequest:
    """Two seats: z, and one of three whom targets set against one another two by two.

    Cut in halves, the three would fit: the relaxation promises ½, no lottery gives more than ⅓.
    """
    held = {"p": "ab", "q": "bc", "r": "ca", "z": ""}
    return replace(
        EMPTY,
        candidates=tuple(
            Person(person=name, attributes=dict.fromkeys(of, "yes")) for name, of in held.items()
        ),
        categories=tuple(
            Category(category=of, values=(ValueTarget(value="yes", maximum=1),)) for of in "abc"
        ),
        minimum_size=2,
        maximum_size=2,
    )


THREE_IN_TURN = _three_in_turn()


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"members": people("a"), "candidates": people("a")}, "duplicate_person"),
            ({"members": people("a", of="d")}, "unknown_category"),
            ({"members": people("z")}, "unknown_value"),
            ({"categories": one_category() * 2}, "duplicate_category"),
            ({"categories": one_category(*[ValueTarget(value="a")] * 2)}, "duplicate_value"),
            (
                {"categories": one_category(ValueTarget(value="a", minimum=2, maximum=1))},
                "minimum_over_maximum",
            ),
            (
                {"categories": one_category(ValueTarget(value="a", maximum=0), minimum_each=1)},
                "minimum_over_maximum",
            ),
            (
                {
                    "categories": one_category(
                        ValueTarget(value="a", minimum_share=0.5, maximum_share=0.4)
                    )
                },
                "minimum_over_maximum",
            ),
            ({"minimum_size": 6}, "size_minimum_over_maximum"),
            ({"minimum_size": -1}, "parameter_out_of_range"),
            ({"maximum_size": 1001}, "parameter_out_of_range"),
            ({"maximum_size": 0}, "parameter_out_of_range"),
            ({"seed": -1}, "parameter_out_of_range"),
            ({"categories": one_category(minimum_each=-1)}, "parameter_out_of_range"),
            (
                {"categories": one_category(ValueTarget(value="a", minimum_share=1.5))},
                "parameter_out_of_range",
            ),
            (
                {"categories": one_category(ValueTarget(value="a", maximum=-1))},
                "parameter_out_of_range",
            ),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        request = replace(EMPTY, categories=one_category(ValueTarget(value="a")))
        with pytest.raises(MethodError) as refusal:
            assess_coverage(replace(request, **change))  # type: ignore[arg-type]
        assert refusal.value.code == code

    def test_a_refusal_names_the_person_and_the_value(self) -> None:
        request = replace(EMPTY, categories=one_category(ValueTarget(value="a")))
        with pytest.raises(MethodError) as refusal:
            assess_coverage(replace(request, candidates=people("z")))
        assert refusal.value.params == {"person": "p0", "category": "c", "value": "z"}


# ── Beside every possible answer ─────────────────────────────────────────────────────────────

TARGETS = st.builds(
    lambda minimum, more, share: (minimum, None if more is None else minimum + more, share),
    st.integers(0, 2),
    st.none() | st.integers(0, 2),
    st.sampled_from([(0.0, 1.0)] * 3 + [(0.25, 1.0), (0.0, 0.5), (0.3333, 0.6)]),
)


@st.composite
def requests(draws: st.DrawFn) -> CoverageRequest:
    kinds = {"c": "ab", "d": "xyz"}
    categories = tuple(
        Category(
            category=category,
            values=tuple(
                ValueTarget(
                    value=value,
                    minimum=minimum,
                    maximum=maximum,
                    minimum_share=share[0],
                    maximum_share=share[1],
                )
                for value in values
                for minimum, maximum, share in [draws(TARGETS)]
            ),
        )
        for category, values in kinds.items()
    )
    attributes = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in kinds.items()}
    )
    members = draws(st.lists(attributes, max_size=3))
    candidates = draws(st.lists(attributes, max_size=6))
    minimum_size = draws(st.integers(0, 4))
    return CoverageRequest(
        members=tuple(Person(person=f"m{i}", attributes=of) for i, of in enumerate(members)),
        candidates=tuple(Person(person=f"c{i}", attributes=of) for i, of in enumerate(candidates)),
        categories=categories,
        minimum_size=minimum_size,
        maximum_size=max(1, minimum_size + draws(st.integers(0, 3))),
        seed=draws(st.integers(0, 9)),
    )


def shortfall(request: CoverageRequest, group: Sequence[Person]) -> int:
    """Counted again, in another way than the program's."""
    size = len(group)
    missed = max(0, request.minimum_size - size) + max(0, size - request.maximum_size)
    for category in request.categories:
        for of in category.values:
            have = sum(one.attributes.get(category.category) == of.value for one in group)
            low = max(of.minimum, category.minimum_each, math.ceil(of.minimum_share * size - 1e-9))
            high = math.floor(of.maximum_share * size + 1e-9)
            high = high if of.maximum is None else min(high, of.maximum)
            missed += max(0, low - have) + max(0, have - high)
    return missed


def choices(request: CoverageRequest) -> Iterator[tuple[Person, ...]]:
    places = max(0, request.maximum_size - len(request.members))
    for many in range(min(places, len(request.candidates)) + 1):
        yield from combinations(request.candidates, many)


def complete_panels(request: CoverageRequest) -> list[tuple[Person, ...]]:
    """Every panel of the largest size that meets every target."""
    panels = [
        chosen for chosen in choices(request) if not shortfall(request, request.members + chosen)
    ]
    largest = max((len(panel) for panel in panels), default=0)
    return [panel for panel in panels if len(panel) == largest]


def fairest_by_listing(panels: Sequence[tuple[Person, ...]]) -> float | None:
    """The maximin of the lottery on every panel there is."""
    held = sorted({one.person for panel in panels for one in panel})
    if not held:
        return None
    solver = pywraplp.Solver.CreateSolver("GLOP")
    parts = [solver.NumVar(0, 1, "") for _ in panels]
    least = solver.NumVar(0, 1, "")
    solver.Add(solver.Sum(parts) == 1)
    for name in held:
        holding = [
            part
            for part, panel in zip(parts, panels, strict=True)
            if any(one.person == name for one in panel)
        ]
        solver.Add(solver.Sum(holding) >= least)
    solver.Maximize(least)
    solver.Solve()
    value: float = least.solution_value()
    return value


class TestBesideEveryPossibleAnswer:
    @settings(max_examples=60, deadline=None)
    @given(requests())
    def test_no_other_addition_has_a_smaller_shortfall(self, request: CoverageRequest) -> None:
        answer = added_to(request)
        best = min(shortfall(request, request.members + chosen) for chosen in choices(request))
        assert (answer.after.shortfall, answer.bound, answer.status) == (best, best, Proof.OPTIMAL)
        by_name = {one.person: one for one in request.candidates}
        group = (*request.members, *(by_name[name] for name in answer.added))
        assert shortfall(request, group) == best

    @settings(max_examples=60, deadline=None)
    @given(requests())
    def test_the_relaxations_are_worth_the_shortfall(self, request: CoverageRequest) -> None:
        answer = added_to(request)
        moves = [abs(of.asked - of.reached) for of in answer.relaxations]
        assert sum(moves) == answer.after.shortfall
        assert all(moves)

    @settings(max_examples=60, deadline=None)
    @given(requests())
    def test_no_other_swap_helps_more(self, request: CoverageRequest) -> None:
        answer = swapped_in(request)
        members = request.members
        best = min(
            (
                shortfall(request, (*members[:at], *members[at + 1 :], candidate))
                for at in range(len(members))
                for candidate in request.candidates
            ),
            default=math.inf,
        )
        now = shortfall(request, members)
        assert answer.after.shortfall == min(now, best)
        assert (answer.removed is None) == (best >= now)

    @settings(max_examples=80, deadline=None)
    @given(requests())
    def test_no_other_lottery_is_fairer(self, request: CoverageRequest) -> None:
        answer = drawn_from(request)
        panels = complete_panels(request)
        if not panels:
            assert answer.status == Proof.INFEASIBLE
            return
        assert answer.status == Proof.OPTIMAL
        held = {one.person for panel in panels for one in panel}
        assert {of.person for of in answer.chances if of.possible} == held
        best = fairest_by_listing(panels)
        assert answer.minimum_probability == (None if best is None else pytest.approx(best))
        assert answer.bound == (None if best is None else pytest.approx(best))

    @settings(max_examples=60, deadline=None)
    @given(requests())
    def test_every_panel_of_the_lottery_meets_every_target(self, request: CoverageRequest) -> None:
        answer = drawn_from(request)
        by_name = {one.person: one for one in request.candidates}
        for panel in answer.panels:
            group = (*request.members, *(by_name[name] for name in panel.people))
            assert shortfall(request, group) == 0
        if answer.panels:
            assert sum(panel.probability for panel in answer.panels) == pytest.approx(1)
            assert answer.drawn in {panel.people for panel in answer.panels}
        for chance in answer.chances:
            held = sum(of.probability for of in answer.panels if chance.person in of.people)
            assert chance.probability == pytest.approx(held)

    @settings(max_examples=40, deadline=None)
    @given(requests(), st.integers(1, 4))
    def test_a_target_more_never_lowers_the_shortfall(
        self, request: CoverageRequest, more: int
    ) -> None:
        impossible = Category(category="e", values=(ValueTarget(value="v", minimum=more),))
        harder = replace(request, categories=(*request.categories, impossible))
        assert added_to(harder).after.shortfall == added_to(request).after.shortfall + more

    @settings(max_examples=20, deadline=None)
    @given(requests())
    def test_the_same_request_gives_the_same_answer(self, request: CoverageRequest) -> None:
        everything = replace(request, wanted=tuple(Part))
        assert assess_coverage(everything) == assess_coverage(everything)


def made_up(
    *, seed: int, size: int = 9, pool: int = 40, kinds: Sequence[int] = (2, 3, 3)
) -> CoverageRequest:
    """`size` of `pool`, in categories of so many `kinds` that volunteers fit badly."""
    lot = Random(seed)
    candidates = tuple(
        Person(
            person=f"p{at}",
            attributes={
                f"c{category}": f"v{lot.choices(range(many), weights=range(many + 1, 1, -1))[0]}"
                for category, many in enumerate(kinds)
            },
        )
        for at in range(pool)
    )
    categories = tuple(
        Category(
            category=f"c{category}",
            values=tuple(
                ValueTarget(value=f"v{value}", minimum=size // many, maximum=size // many + 1)
                for value in range(many)
            ),
        )
        for category, many in enumerate(kinds)
    )
    return CoverageRequest(
        members=(),
        candidates=candidates,
        categories=categories,
        minimum_size=size,
        maximum_size=size,
    )


def assert_fair(request: CoverageRequest, answer: Draw) -> None:
    """Every panel meets every target; the chances are theirs, and the smallest is the bound."""
    assert answer.status == Proof.OPTIMAL
    assert answer.minimum_probability == pytest.approx(answer.bound, abs=1e-6)
    by_name = {one.person: one for one in request.candidates}
    chances = dict.fromkeys(by_name, 0.0)
    for panel in answer.panels:
        assert shortfall(request, [by_name[name] for name in panel.people]) == 0
        for name in panel.people:
            chances[name] += panel.probability
    assert sum(panel.probability for panel in answer.panels) == pytest.approx(1)
    assert len({panel.people for panel in answer.panels}) == len(answer.panels)
    assert answer.drawn in {panel.people for panel in answer.panels}
    assert {of.person: of.probability for of in answer.chances} == pytest.approx(chances)
    assert min(chances.values()) == pytest.approx(answer.minimum_probability)


class TestLargerDraws:
    @pytest.mark.parametrize("seed", range(3))
    def test_the_bound_is_reached_where_volunteers_fit_badly(self, seed: int) -> None:
        request = made_up(seed=seed)
        assert_fair(request, drawn_from(request))

    def test_fifty_of_a_thousand_are_drawn_as_fairly_as_can_be(self) -> None:
        request = made_up(seed=1, size=50, pool=1000, kinds=(2, 4, 4, 3, 5, 6))
        answer = drawn_from(request)
        assert_fair(request, answer)
        assert answer == drawn_from(request)

    def test_people_alike_have_the_same_chance(self) -> None:
        request = made_up(seed=1, size=12, pool=300)
        answer = drawn_from(request)
        assert_fair(request, answer)
        alike: dict[tuple[str, ...], list[float]] = {}
        for one, chance in zip(request.candidates, answer.chances, strict=True):
            alike.setdefault(tuple(one.attributes.values()), []).append(chance.probability)
        assert len(alike) <= 2 * 3 * 3
        for likely in alike.values():
            assert likely == pytest.approx([likely[0]] * len(likely), abs=1e-6)

    def test_a_kind_that_has_no_seat_is_told_apart(self) -> None:
        request = made_up(seed=1, size=12, pool=60)
        first, *others = request.categories
        none = replace(first, values=(first.values[0], ValueTarget(value="v1", maximum=0)))
        all_seats = replace(none.values[0], minimum=0, maximum=None)
        none = replace(none, values=(all_seats, none.values[1]))
        answer = drawn_from(replace(request, categories=(none, *others)))
        assert answer.status == Proof.OPTIMAL
        possible = {of.person: of.possible for of in answer.chances}
        for one in request.candidates:
            assert possible[one.person] == (one.attributes["c0"] == "v0")

    @pytest.mark.shared_data
    @pytest.mark.skipif(not PEOPLE_FILE.is_file(), reason=f"needs {PEOPLE_FILE.name}")
    def test_the_shared_panel_of_22_of_150_reaches_one_in_eleven(self) -> None:
        request = shared_panel()
        answer = drawn_from(request)
        assert_fair(request, answer)
        assert answer.minimum_probability == pytest.approx(1 / 11)
        assert added_to(request).after.shortfall == 0


def shared_panel() -> CoverageRequest:
    with PEOPLE_FILE.with_name("sortition_fixture_categories.csv").open(newline="") as lines:
        quotas = list(csv.DictReader(lines))
    names = list(dict.fromkeys(row["category"] for row in quotas))
    with PEOPLE_FILE.open(newline="") as lines:
        candidates = tuple(
            Person(person=row["nationbuilder_id"], attributes={name: row[name] for name in names})
            for row in csv.DictReader(lines)
        )
    categories = tuple(
        Category(
            category=name,
            values=tuple(
                ValueTarget(value=row["name"], minimum=int(row["min"]), maximum=int(row["max"]))
                for row in quotas
                if row["category"] == name
            ),
        )
        for name in names
    )
    return CoverageRequest(
        members=(), candidates=candidates, categories=categories, minimum_size=22, maximum_size=22
    )

"""Roles of the authority, today and wished: described, never put in an order."""

from dataclasses import replace
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.errors import MethodError
from fabrique.methods.positioning import (
    Position,
    PositioningRequest,
    RoleDistribution,
    StakePositioning,
    Weakness,
    compare_roles,
)

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/positioning.in.json"
EXAMPLE = TypeAdapter(PositioningRequest).validate_json(EXAMPLE_FILE.read_bytes())
ROLES = ("animer", "financer", "planifier")


def by_stake(request: PositioningRequest) -> dict[str, StakePositioning]:
    return {stake.stake: stake for stake in compare_roles(request).stakes}


def today(*roles: str) -> RoleDistribution:
    positions = tuple(
        Position(voter=f"v{number}", stake="a", today=role) for number, role in enumerate(roles)
    )
    request = PositioningRequest(stakes=("a",), roles=ROLES, positions=positions)
    return by_stake(request)["a"].today


class TestTheWorkedExample:
    """Every expected number below was computed by hand; see docs/methods/positioning.md."""

    def test_two_roles_that_are_equal_both_lead(self) -> None:
        food = by_stake(EXAMPLE)["alimentation"].today
        assert (food.leading, food.leading_share) == (("planifier", "animer"), 0.5)
        assert food.agreement == pytest.approx(0.5)

    def test_agreement_looks_at_all_the_roles(self) -> None:
        food = by_stake(EXAMPLE)["alimentation"].wished
        entropy = (4 * log(7 / 4) + 2 * log(7 / 2) + log(7)) / 7
        assert food.agreement == pytest.approx(1 - entropy / log(4))
        assert food.leading_share == pytest.approx(4 / 7)

    def test_the_shift_is_that_of_the_people_who_gave_both(self) -> None:
        food = by_stake(EXAMPLE)["alimentation"]
        assert (food.both, food.today.n, food.wished.n) == (7, 8, 7)
        assert food.shift == ((0, 0, 0, 0), (0, 1, 0, 2), (0, 0, 2, 2), (0, 0, 0, 0))
        assert food.change_share == pytest.approx(4 / 7)

    def test_two_people_who_agree_are_still_two_people(self) -> None:
        energy = by_stake(EXAMPLE)["énergie"]
        assert (energy.today.agreement, energy.change_share) == (1, 1)
        assert energy.today.weak == energy.shift_weak == Weakness.TOO_FEW_VOTERS


class TestAgreement:
    def test_every_role_as_often_is_no_agreement(self) -> None:
        assert today(*ROLES, *ROLES).agreement == pytest.approx(0)

    def test_the_same_leading_share_may_hide_two_camps(self) -> None:
        camps = today("animer", "animer", "financer", "financer")
        loners = today("animer", "animer", "financer", "planifier")
        assert camps.leading_share == loners.leading_share == 0.5
        assert camps.agreement is not None
        assert loners.agreement is not None
        assert camps.agreement > loners.agreement


class TestWeakInput:
    def test_no_stake_gives_nothing_to_compare(self) -> None:
        request = PositioningRequest(stakes=(), roles=ROLES, positions=())
        assert compare_roles(request).stakes == ()

    def test_a_stake_nobody_answered_says_so(self) -> None:
        request = PositioningRequest(stakes=("a",), roles=ROLES, positions=())
        stake = by_stake(request)["a"]
        assert (stake.today.weak, stake.shift_weak) == (Weakness.NO_POSITION,) * 2
        assert (stake.today.leading, stake.today.agreement, stake.change_share) == ((), None, None)

    def test_when_everyone_abstains_nobody_is_counted(self) -> None:
        silent = tuple(Position(voter=f"v{i}", stake="énergie") for i in range(9))
        answer = compare_roles(replace(EXAMPLE, positions=silent))
        assert answer.voters == 0
        assert all(stake.today.weak == Weakness.NO_POSITION for stake in answer.stakes)

    def test_people_who_gave_one_side_only_do_not_shift(self) -> None:
        one_side = tuple(Position(voter=f"v{i}", stake="énergie", today="animer") for i in range(9))
        stake = by_stake(replace(EXAMPLE, positions=one_side))["énergie"]
        assert (stake.today.weak, stake.both, stake.shift_weak) == (None, 0, Weakness.NO_POSITION)


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"stakes": ("a", "a")}, "duplicate_stake"),
            ({"stakes": ("b",)}, "unknown_stake"),
            ({"roles": (*ROLES, "animer")}, "duplicate_role"),
            ({"roles": ("animer",)}, "too_few_roles"),
            ({"roles": ("planifier", "financer")}, "unknown_role"),
            ({"positions": (Position(voter="v", stake="a", wished="x"),)}, "unknown_role"),
            ({"positions": (Position(voter="v", stake="a"),) * 2}, "duplicate_judgement"),
            ({"minimum_voters": 0}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        request = PositioningRequest(
            stakes=("a",), roles=ROLES, positions=(Position(voter="v", stake="a", today="animer"),)
        )
        with pytest.raises(MethodError) as refusal:
            compare_roles(replace(request, **change))  # type: ignore[arg-type]
        assert refusal.value.code == code


ROLE = st.none() | st.sampled_from(ROLES)
POSITIONS = st.dictionaries(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("ab")), st.tuples(ROLE, ROLE)
).map(
    lambda given: tuple(
        Position(voter=voter, stake=stake, today=now, wished=later)
        for (voter, stake), (now, later) in given.items()
    )
)


class TestProperties:
    @given(POSITIONS, st.randoms())
    def test_the_order_of_voters_never_matters(self, positions, random) -> None:  # type: ignore[no-untyped-def]
        request = PositioningRequest(stakes=("a", "b"), roles=ROLES, positions=positions)
        shuffled = tuple(random.sample(positions, len(positions)))
        assert compare_roles(replace(request, positions=shuffled)) == compare_roles(request)

    @given(POSITIONS)
    def test_the_order_of_roles_only_moves_the_columns(
        self, positions: tuple[Position, ...]
    ) -> None:
        request = PositioningRequest(stakes=("a", "b"), roles=ROLES, positions=positions)
        turned = by_stake(replace(request, roles=ROLES[::-1]))
        for name, stake in by_stake(request).items():
            assert turned[name].today.counts == stake.today.counts[::-1]
            assert turned[name].today.agreement == pytest.approx(stake.today.agreement)
            assert turned[name].change_share == stake.change_share

    @given(POSITIONS)
    def test_margins_and_bounds_hold(self, positions: tuple[Position, ...]) -> None:
        request = PositioningRequest(stakes=("a", "b"), roles=ROLES, positions=positions)
        for stake in compare_roles(request).stakes:
            assert sum(map(sum, stake.shift)) == stake.both <= min(stake.today.n, stake.wished.n)
            for side in (stake.today, stake.wished):
                assert sum(side.counts) == side.n
                assert side.agreement is None or 0 <= side.agreement <= 1
                assert side.leading_share is None or 1 / 3 <= side.leading_share <= 1

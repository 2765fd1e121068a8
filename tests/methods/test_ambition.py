"""Ambition voted in two rounds: described, ranked and levelled when that can be done."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.ambition import (
    AmbitionItem,
    AmbitionRequest,
    ItemAmbition,
    Judgement,
    NoLevel,
    Unranked,
    weigh_ambition,
)
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/ambition.in.json"
EXAMPLE = TypeAdapter(AmbitionRequest).validate_json(EXAMPLE_FILE.read_bytes())


def by_item(request: AmbitionRequest) -> dict[str, ItemAmbition]:
    return {item.item: item for item in weigh_ambition(request).items}


def vote(*levels: int, item: str = "a", number: int = 1) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(voter=f"v{voter}", item=item, round=number, ambition=level)
        for voter, level in enumerate(levels)
    )


def one_item(*judgements: Judgement, has_lead: bool = True) -> AmbitionRequest:
    items = (AmbitionItem(item="a", has_lead=has_lead),)
    return AmbitionRequest(items=items, judgements=judgements, seed=1)


class TestTheWorkedExample:
    """Every expected number below was computed by hand; see docs/methods/ambition.md."""

    def test_two_camps_are_told_from_a_shared_view(self) -> None:
        first, second = by_item(EXAMPLE)["vélo"].rounds
        assert first.ambition.polarisation == pytest.approx(47 / 60)
        assert second.ambition.polarisation == pytest.approx(4 / 15)

    def test_the_shift_is_that_of_the_people_who_voted_twice(self) -> None:
        bike, canteen = by_item(EXAMPLE)["vélo"], by_item(EXAMPLE)["cantine"]
        assert (bike.ambition_shift.voters, bike.ambition_shift.mean) == (5, 0.8)
        assert (canteen.ambition_shift.voters, canteen.ambition_shift.mean) == (4, 1)
        assert (bike.capacity_shift.raised, bike.capacity_shift.unchanged) == (1, 3)

    def test_the_right_level_needs_more_than_half_and_a_lead(self) -> None:
        found = by_item(EXAMPLE)
        assert (found["vélo"].right_level, found["vélo"].level_support) == (4, 4)
        assert (found["cantine"].right_level, found["cantine"].level_support) == (3, 5)
        assert (found["foncier"].right_level, found["foncier"].no_level) == (None, NoLevel.NO_LEAD)
        assert found["eau"].no_level == NoLevel.TOO_FEW_VOTERS

    def test_the_ranking_goes_by_median_then_mean_of_the_last_round(self) -> None:
        answer = weigh_ambition(EXAMPLE)
        assert (answer.ranking, answer.deciding_round) == (("foncier", "vélo", "cantine"), 2)

    def test_the_first_round_can_decide_instead(self) -> None:
        first = weigh_ambition(replace(EXAMPLE, deciding_round=1, minimum_voters=4))
        assert first.ranking == ("vélo", "cantine")  # both medians are 3, and so are both means
        assert [item.rank for item in first.items] == [1, 1, None, None]

    def test_the_bootstrap_agrees_with_every_possible_resample(self) -> None:
        scores = {"vélo": (4, 5, 4, 2, 4), "cantine": (5, 5, 3, 3, 3), "foncier": (5, 5, 5, 1, 4)}
        stays = dict.fromkeys(scores, 0)
        for drawn in product(range(5), repeat=5):
            strength = {
                item: (median(by[i] for i in drawn), mean(by[i] for i in drawn))
                for item, by in scores.items()
            }
            for item in scores:
                stays[item] += strength[item] == max(strength.values())
        found = by_item(replace(EXAMPLE, resamples=20_000))
        for item, count in stays.items():
            assert found[item].top_k_share == pytest.approx(count / 5**5, abs=0.015)


class TestTheRightLevel:
    @pytest.mark.parametrize(
        ("levels", "expected"),
        [
            ((5, 5, 5, 1, 1), 5),
            ((5, 5, 1, 1, 1), 1),
            ((5, 5, 5, 1, 1, 1), 1),  # half is not more than half
            ((1, 2, 3, 4, 5), 3),
            ((2, 2, 3, 3), 2),
        ],
    )
    def test_is_the_highest_that_more_than_half_reach(
        self, levels: tuple[int, ...], expected: int
    ) -> None:
        request = replace(one_item(*vote(*levels)), minimum_voters=1)
        assert by_item(request)["a"].right_level == expected


class TestWeakInput:
    def test_no_item_gives_an_empty_vote(self) -> None:
        assert weigh_ambition(AmbitionRequest(items=(), judgements=(), seed=1)).items == ()

    def test_an_item_nobody_judged_says_so(self) -> None:
        item = by_item(one_item())["a"]
        assert (item.unranked, item.no_level) == (Unranked.NO_JUDGEMENT, NoLevel.NO_JUDGEMENT)
        assert item.rounds[0].ambition.polarisation is item.ambition_shift.mean is None

    def test_when_everyone_abstains_nobody_is_counted(self) -> None:
        silent = tuple(Judgement(voter=f"v{i}", item="a", round=2) for i in range(9))
        answer = weigh_ambition(one_item(*silent))
        assert (answer.voters, answer.deciding_round) == ((0, 0), 1)
        assert answer.items[0].unranked == Unranked.NO_JUDGEMENT

    def test_four_voters_are_described_and_neither_ranked_nor_levelled(self) -> None:
        item = by_item(one_item(*vote(4, 4, 4, 4)))["a"]
        assert item.rounds[0].ambition.median == 4
        assert (item.unranked, item.no_level) == (Unranked.TOO_FEW_VOTERS, NoLevel.TOO_FEW_VOTERS)
        assert by_item(one_item(*vote(4, 4, 4, 4, 4)))["a"].right_level == 4

    def test_capacity_alone_describes_and_does_not_rank(self) -> None:
        able = tuple(Judgement(voter=f"v{i}", item="a", round=1, capacity=5) for i in range(9))
        item = by_item(one_item(*able))["a"]
        assert (item.rounds[0].capacity.n, item.unranked) == (9, Unranked.NO_JUDGEMENT)


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"items": (AmbitionItem(item="a"), AmbitionItem(item="a"))}, "duplicate_item"),
            ({"items": ()}, "unknown_item"),
            ({"judgements": vote(6)}, "level_out_of_range"),
            ({"judgements": vote(0)}, "level_out_of_range"),
            ({"judgements": vote(3) * 2}, "duplicate_judgement"),
            ({"judgements": vote(3, number=3)}, "parameter_out_of_range"),
            ({"deciding_round": 3}, "parameter_out_of_range"),
            ({"deciding_round": 0}, "parameter_out_of_range"),
            ({"top_k": 0}, "parameter_out_of_range"),
            ({"seed": -1}, "parameter_out_of_range"),
            ({"resamples": 100_001}, "parameter_out_of_range"),
            ({"minimum_voters": 0}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        with pytest.raises(MethodError) as refusal:
            weigh_ambition(replace(one_item(*vote(3)), **change))  # type: ignore[arg-type]
        assert refusal.value.code == code

    def test_one_person_may_judge_in_both_rounds(self) -> None:
        assert weigh_ambition(one_item(*vote(3), *vote(4, number=2))).voters == (1, 1)


MARK = st.none() | st.integers(1, 5)
JUDGEMENTS = st.dictionaries(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("abc"), st.sampled_from((1, 2))),
    st.tuples(MARK, MARK),
).map(
    lambda given: tuple(
        Judgement(voter=voter, item=item, round=number, ambition=ambition, capacity=capacity)
        for (voter, item, number), (ambition, capacity) in given.items()
    )
)
ITEMS = tuple(AmbitionItem(item=item, has_lead=item != "c") for item in "abc")


class TestProperties:
    @settings(max_examples=50, deadline=None)
    @given(JUDGEMENTS, st.randoms())
    def test_the_order_of_voters_never_matters(self, judgements, random) -> None:  # type: ignore[no-untyped-def]
        request = AmbitionRequest(
            items=ITEMS, judgements=judgements, seed=3, resamples=50, minimum_voters=1, top_k=1
        )
        shuffled = tuple(random.sample(judgements, len(judgements)))
        assert weigh_ambition(replace(request, judgements=shuffled)) == weigh_ambition(request)

    @settings(max_examples=50, deadline=None)
    @given(JUDGEMENTS)
    def test_values_stay_on_their_scales_and_every_silence_has_its_reason(
        self, judgements: tuple[Judgement, ...]
    ) -> None:
        request = AmbitionRequest(
            items=ITEMS, judgements=judgements, seed=3, resamples=50, minimum_voters=2, top_k=1
        )
        answer = weigh_ambition(request)
        for item in answer.items:
            for number in item.rounds:
                for scale in (number.ambition, number.capacity):
                    assert scale.n == sum(scale.counts)
                    assert scale.polarisation is None or -1e-9 <= scale.polarisation <= 1 + 1e-9
            assert (item.rank is None) == (item.unranked is not None)
            assert (item.right_level is None) == (item.no_level is not None)
            if item.right_level is not None:
                decided = item.rounds[answer.deciding_round - 1].ambition
                assert item.level_support is not None
                assert 2 * item.level_support > decided.n
                assert 2 * sum(decided.counts[item.right_level :]) <= decided.n

    @given(st.integers(1, 5), st.integers(5, 12))
    def test_a_unanimous_room_has_its_level_and_no_camps(self, level: int, people: int) -> None:
        item = by_item(one_item(*vote(*[level] * people)))["a"]
        assert (item.right_level, item.level_support) == (level, people)
        assert item.rounds[0].ambition.polarisation == 0

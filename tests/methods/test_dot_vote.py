"""Dots counted and ranked, and how far the first place depends on who was there."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.dot_vote import Dots, DotVoteRequest, ItemDots, Unranked, count_dots
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/dot_vote.in.json"
EXAMPLE = TypeAdapter(DotVoteRequest).validate_json(EXAMPLE_FILE.read_bytes())


def by_item(request: DotVoteRequest) -> dict[str, ItemDots]:
    return {item.item: item for item in count_dots(request).items}


class TestTheWorkedExample:
    """Every expected number below was computed by hand; see docs/methods/dot_vote.md."""

    def test_dots_and_people_are_counted_apart(self) -> None:
        found = by_item(EXAMPLE)
        assert (found["vélo"].dots, found["vélo"].voters, found["vélo"].voter_share) == (6, 3, 0.6)
        assert (found["cantine"].dots, found["cantine"].voters) == (5, 4)
        assert (found["foncier"].dots, found["foncier"].voter_share) == (0, 0)

    def test_the_bootstrap_agrees_with_every_possible_resample(self) -> None:
        placed = {"vélo": (2, 3, 0, 1, 0), "cantine": (1, 0, 2, 1, 1), "eau": (0, 0, 1, 1, 0)}
        stays = dict.fromkeys(placed, 0)
        for drawn in product(range(5), repeat=5):
            strength = {
                item: (sum(by[i] for i in drawn), sum(by[i] > 0 for i in drawn))
                for item, by in placed.items()
            }
            for item in placed:
                stays[item] += strength[item] == max(strength.values())
        found = by_item(replace(EXAMPLE, resamples=20_000))
        for item, count in stays.items():
            assert found[item].top_k_share == pytest.approx(count / 5**5, abs=0.015)

    def test_equal_dots_are_parted_by_the_number_of_people(self) -> None:
        votes = (
            Dots(voter="u", item="a", dots=2),
            Dots(voter="v", item="b"),
            Dots(voter="w", item="b"),
        )
        request = replace(EXAMPLE, items=("a", "b"), votes=votes, minimum_voters=1)
        assert count_dots(request).ranking == ("b", "a")


class TestWeakInput:
    def test_no_item_and_no_vote_is_no_vote(self) -> None:
        answer = count_dots(DotVoteRequest(items=(), votes=(), budget=3, seed=1))
        assert (answer.items, answer.ranking, answer.unranked) == ((), (), Unranked.NO_VOTE)

    def test_four_people_are_counted_and_not_ranked(self) -> None:
        few = replace(EXAMPLE, votes=tuple(vote for vote in EXAMPLE.votes if vote.voter != "v5"))
        answer = count_dots(few)
        assert (answer.voters, answer.unranked) == (4, Unranked.TOO_FEW_VOTERS)
        assert answer.ranking == ()
        assert [item.rank for item in answer.items] == [None] * 4
        assert answer.items[0].dots == 6

    def test_someone_who_keeps_all_their_dots_did_not_vote(self) -> None:
        silent = tuple(Dots(voter=f"v{i}", item="vélo", dots=0) for i in range(9))
        answer = count_dots(replace(EXAMPLE, votes=silent))
        assert (answer.voters, answer.unranked) == (0, Unranked.NO_VOTE)
        assert answer.items[0].voter_share is None

    def test_robustness_is_left_out_where_every_item_would_stay(self) -> None:
        assert by_item(replace(EXAMPLE, top_k=4))["vélo"].top_k_share is None


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"items": ("a", "a")}, "duplicate_item"),
            ({"items": ("b",)}, "unknown_item"),
            ({"votes": (Dots(voter="v", item="a", dots=4),)}, "over_budget"),
            ({"votes": (Dots(voter="v", item="a", dots=2),) * 2}, "over_budget"),
            ({"votes": (Dots(voter="v", item="a", dots=-1),)}, "parameter_out_of_range"),
            ({"budget": 0}, "parameter_out_of_range"),
            ({"top_k": 0}, "parameter_out_of_range"),
            ({"seed": -1}, "parameter_out_of_range"),
            ({"resamples": 0}, "parameter_out_of_range"),
            ({"minimum_voters": 0}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        request = DotVoteRequest(items=("a",), votes=(Dots(voter="v", item="a"),), budget=3, seed=1)
        with pytest.raises(MethodError) as refusal:
            count_dots(replace(request, **change))  # type: ignore[arg-type]
        assert refusal.value.code == code

    def test_a_refusal_says_how_many_were_placed(self) -> None:
        votes = tuple(Dots(voter="v", item="vélo", dots=2) for _ in range(2))
        with pytest.raises(MethodError) as refusal:
            count_dots(replace(EXAMPLE, votes=votes))
        assert refusal.value.params == {"voter": "v", "placed": 4, "budget": 3}


VOTES = st.lists(
    st.builds(
        Dots,
        voter=st.sampled_from("uvwxyz"),
        item=st.sampled_from("abc"),
        dots=st.integers(0, 2),
    ),
    max_size=12,
).map(tuple)


class TestProperties:
    @settings(max_examples=50, deadline=None)
    @given(VOTES, st.randoms())
    def test_the_order_of_votes_never_matters(self, votes, random) -> None:  # type: ignore[no-untyped-def]
        request = DotVoteRequest(
            items=tuple("abc"), votes=votes, budget=24, seed=3, resamples=50, minimum_voters=1,
            top_k=1,
        )  # fmt: skip
        shuffled = tuple(random.sample(votes, len(votes)))
        assert count_dots(replace(request, votes=shuffled)) == count_dots(request)

    @settings(max_examples=50, deadline=None)
    @given(VOTES)
    def test_no_dot_is_lost(self, votes: tuple[Dots, ...]) -> None:
        request = DotVoteRequest(
            items=tuple("abc"), votes=votes, budget=24, seed=3, resamples=50, minimum_voters=1,
            top_k=1,
        )  # fmt: skip
        answer = count_dots(request)
        assert sum(item.dots for item in answer.items) == answer.dots
        assert all(item.voters <= item.dots for item in answer.items)
        assert all(item.voters <= answer.voters for item in answer.items)
        assert sorted(answer.ranking) == ([] if answer.unranked else list("abc"))
        for item in answer.items:
            assert item.top_k_share is None or 0 <= item.top_k_share <= 1

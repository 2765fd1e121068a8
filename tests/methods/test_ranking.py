"""Ranks that equals share, and first places that hold or not when other people come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.methods.quantiles import quartiles
from fabrique.methods.ranking import shared_ranks, top_k_shares_by_median, top_k_shares_by_total


def test_equal_items_share_the_best_rank_and_the_next_one_waits() -> None:
    strengths = {"a": (3.0, 1.0), "b": (4.0, 1.0), "c": (4.0, 1.0), "d": (3.0, 2.0)}
    assert shared_ranks(strengths) == {"b": 1, "c": 1, "d": 3, "a": 4}


def test_a_quartile_is_a_value_someone_gave_or_the_middle_of_two() -> None:
    assert quartiles([4, 1, 3, 2]) == (1.5, 2.5, 3.5)
    assert quartiles([5, 1, 2]) == (1, 2, 5)
    assert quartiles([7]) == (7, 7, 7)
    assert quartiles([]) == (None, None, None)


def test_a_lead_that_everybody_gives_survives_every_resample() -> None:
    marks = {"a": dict.fromkeys("uvw", 5), "b": dict.fromkeys("uvw", 1)}
    shares = top_k_shares_by_median(marks, values=range(1, 6), top_k=1, resamples=200, seed=1)
    assert shares == {"a": 1, "b": 0}


def test_a_lead_of_one_person_in_two_is_gone_once_in_four() -> None:
    dots = {"a": {"u": 3}, "b": {"v": 1}}
    shares = top_k_shares_by_total(dots, top_k=1, resamples=20_000, seed=1)
    assert shares["a"] == pytest.approx(3 / 4, abs=0.015)  # all but v twice
    assert shares["b"] == pytest.approx(1 / 4, abs=0.015)


def test_where_every_item_would_stay_every_share_is_whole() -> None:
    assert top_k_shares_by_total({"a": {}, "b": {}}, top_k=2, resamples=5, seed=1) == {
        "a": 1,
        "b": 1,
    }


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.dictionaries(st.sampled_from("uvwx"), st.integers(1, 5), min_size=1),
        min_size=1,
    ),
    st.integers(1, 3),
)
def test_at_least_k_items_stay_in_every_draw_someone_is_heard_in(
    marks: dict[str, dict[str, int]], top_k: int
) -> None:
    full = {item: {voter: given.get(voter, 3) for voter in "uvwx"} for item, given in marks.items()}
    shares = top_k_shares_by_median(full, values=range(1, 6), top_k=top_k, resamples=40, seed=2)
    assert sum(shares.values()) >= min(top_k, len(full)) - 1e-9

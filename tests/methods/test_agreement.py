"""Van der Eijk's agreement, on histograms one can peel by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.methods.agreement import agreement


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 7, 0), 1),
        ((5, 5, 5, 5), 0),
        ((6, 0, 0, 6), -1),
        ((3, 3, 0, 0), 2 / 3),
        ((1, 0, 1, 0), -1 / 6),
    ],
)
def test_known_histograms(counts: tuple[int, ...], expected: float) -> None:
    assert agreement(counts) == pytest.approx(expected)


def test_nobody_agrees_on_nothing() -> None:
    assert agreement((0, 0, 0, 0)) is None


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any))
def test_is_bounded_and_reads_the_same_backwards(counts: list[int]) -> None:
    value = agreement(counts)
    assert value is not None
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    assert agreement(counts[::-1]) == pytest.approx(value)

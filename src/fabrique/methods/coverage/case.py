"""The request as numbers: who is of which kind, and the targets at any size of the group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.coverage.contracts import (
    CoverageRequest,
    Person,
    Standing,
    ValueCoverage,
)

Numbers = NDArray[np.int64]
"""Whole numbers: one per kind, or one row per person and one column per kind."""

WHOLE = 10_000
"""Shares are counted in ten-thousandths, so that rounding is exact."""
NO_LIMIT = 1_000_000
"""More people than any group holds."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """People as rows of 0 and 1 over the kinds (every value of every category, in order)."""

    kinds: tuple[tuple[str, str], ...]
    minimum: Numbers
    maximum: Numbers
    minimum_share: Numbers
    maximum_share: Numbers
    members: Numbers
    candidates: Numbers
    minimum_size: int
    maximum_size: int

    @property
    def counts(self) -> Numbers:
        """Members of each kind."""
        total: Numbers = self.members.sum(axis=0)
        return total

    @property
    def places(self) -> int:
        """How many may still join."""
        return max(0, self.maximum_size - len(self.members))

    def limits(self, size: int) -> tuple[Numbers, Numbers]:
        """Fewest and most people of each kind in a group of `size`."""
        low = np.maximum(self.minimum, -(-self.minimum_share * size // WHOLE))
        high = np.minimum(self.maximum, self.maximum_share * size // WHOLE)
        return low, high

    def standing(self, counts: Numbers, size: int) -> Standing:
        """Where a group of `size` stands, with `counts` people of each kind."""
        low, high = (limit.tolist() for limit in self.limits(size))
        values = tuple(
            ValueCoverage(
                category=category,
                value=value,
                have=have,
                minimum=low[at],
                maximum=high[at],
                gap=max(0, low[at] - have),
                excess=max(0, have - high[at]),
            )
            for at, ((category, value), have) in enumerate(
                zip(self.kinds, counts.tolist(), strict=True)
            )
        )
        size_gap = max(0, self.minimum_size - size)
        size_excess = max(0, size - self.maximum_size)
        return Standing(
            size=size,
            size_gap=size_gap,
            size_excess=size_excess,
            values=values,
            shortfall=size_gap + size_excess + sum(of.gap + of.excess for of in values),
        )


def penalties(counts: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """By how many people each count is outside its limits; any leading shape."""
    outside: Numbers = np.maximum(0, low - counts) + np.maximum(0, counts - high)
    return outside


def case_of(request: CoverageRequest) -> Case:
    """Number a request that has been checked."""
    kinds = [(category, target) for category in request.categories for target in category.values]
    column = {(category.category, target.value): at for at, (category, target) in enumerate(kinds)}
    return Case(
        kinds=tuple(column),
        minimum=_numbers([max(target.minimum, each.minimum_each) for each, target in kinds]),
        maximum=_numbers(
            [NO_LIMIT if target.maximum is None else target.maximum for _, target in kinds]
        ),
        minimum_share=_numbers([round(target.minimum_share * WHOLE) for _, target in kinds]),
        maximum_share=_numbers([round(target.maximum_share * WHOLE) for _, target in kinds]),
        members=_rows(request.members, column),
        candidates=_rows(request.candidates, column),
        minimum_size=request.minimum_size,
        maximum_size=request.maximum_size,
    )


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def _rows(people: Sequence[Person], column: dict[tuple[str, str], int]) -> Numbers:
    rows = np.zeros((len(people), len(column)), dtype=np.int64)
    for at, person in enumerate(people):
        for kind in person.attributes.items():
            rows[at, column[kind]] = 1
    return rows

"""A query without an order promises none: here its rows really come in another one.

Databases mostly give rows back as they were written, which hides a missing ``order_by`` until
the day it shows. Rows of unordered, unsliced queries are put in an order that is never theirs.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import query

ITERABLES = (
    query.ModelIterable,
    query.ValuesIterable,
    query.ValuesListIterable,
    query.NamedValuesListIterable,
    query.FlatValuesListIterable,
)


def disturb_unordered_queries(monkeypatch: pytest.MonkeyPatch, seed: str) -> None:
    """Until the test ends; the same test disturbs the same way."""
    dice = random.Random(seed)
    for iterable in ITERABLES:
        if "__iter__" in vars(iterable):
            monkeypatch.setattr(iterable, "__iter__", _disturbed(iterable.__iter__, dice))


def _disturbed(
    original: Callable[[Any], Iterator[Any]], dice: random.Random
) -> Callable[[Any], Iterator[Any]]:
    def iterate(self: Any) -> Iterator[Any]:
        queryset = self.queryset
        if queryset.ordered or queryset.query.is_sliced:
            return original(self)
        rows = list(original(self))
        order = list(range(len(rows)))
        while len(rows) > 1 and order == sorted(order):
            dice.shuffle(order)
        return iter([rows[position] for position in order])

    return iterate

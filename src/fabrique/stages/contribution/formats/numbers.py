"""How figures are written on screens and in the note: « 2,5 », « 3 (2–4) »."""

from typing import Protocol

from django.utils.formats import number_format


class Spread(Protocol):
    """A median with its quartiles; nothing when nobody answered."""

    @property
    def median(self) -> float | None: ...
    @property
    def lower_quartile(self) -> float | None: ...
    @property
    def upper_quartile(self) -> float | None: ...


def score(value: float | None) -> str:
    """A median or a quartile, without idle decimals."""
    if value is None:
        return "–"
    return number_format(f"{round(value, 2):g}")


def spread(summary: Spread | None) -> str:
    """The median, then the middle half of the answers."""
    if summary is None or summary.median is None:
        return "–"
    low, high = score(summary.lower_quartile), score(summary.upper_quartile)
    return f"{score(summary.median)} ({low if low == high else f'{low}–{high}'})"


def whole(value: object, at_least: int, at_most: int, *, otherwise: int) -> int:
    """A setting as a whole number kept between two bounds; ``otherwise`` when it is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return otherwise
    return min(max(value, at_least), at_most)

"""What each lead carries, half-year by half-year, as planned."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from fabrique.methods.roadmap.contracts import Action, Load

FIRST_MONTHS = 6
"""January to June make the first half."""


def load_by_lead(actions: Iterable[Action]) -> tuple[Load, ...]:
    """By half-year, then lead; without a lead last."""
    held: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
    for action in actions:
        for half in _halves(action):
            held[half, action.lead is None, action.lead or ""].append(action.key)
    return tuple(
        Load(lead=None if nobody else lead, half_year=_name(half), actions=tuple(held[place]))
        for place in sorted(held)
        for half, nobody, lead in [place]
    )


def _halves(action: Action) -> range:
    known = [day for day in (action.start, action.end) if day is not None]
    if not known:
        return range(0)
    return range(_half(known[0]), _half(known[-1]) + 1)


def _half(day: date) -> int:
    """Half-years counted one after the other."""
    return 2 * day.year + (day.month > FIRST_MONTHS)


def _name(half: int) -> str:
    year, second = divmod(half, 2)
    return f"{year}-S{second + 1}"

"""The few nouns components are given: frozen, free of any domain, made by the pages' views."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class NavItem:
    """A place one can go to: in a breadcrumb, tabs, navigation or a step of a wizard."""

    label: str
    href: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Station:
    """A stop on the picture of the year.

    ``scale`` is "national" or "local"; ``key`` groups the stations of one step (launch,
    immersion, 1 to 4); ``state`` is "done", "next" or "planned"; ``when`` is words to show.
    """

    scale: str
    key: str
    mark: str
    title: str
    state: str = "planned"
    when: str = ""
    href: str = ""
    detail: str = ""


def nav_items(items: Iterable[Any]) -> list[NavItem]:
    """Accept ``NavItem`` or ``(label, href)`` pairs, as templates and views find handy."""
    return [item if isinstance(item, NavItem) else NavItem(*item) for item in items]


@dataclass(frozen=True)
class CalendarRow:
    """A line of the picture of a calendar: what is planned when, and the days it has.

    ``periods`` are (first day, last day); ``days`` are (day, state), "done", "told" or "fixed".
    """

    label: str
    step: str
    scale: str
    periods: Sequence[tuple[date, date]]
    days: Sequence[tuple[date, str]] = ()


@dataclass(frozen=True)
class CalendarBand:
    """Days closed across the picture; ``kind`` is "closed", "avoided" or "vote"."""

    first: date
    last: date
    kind: str
    label: str = ""

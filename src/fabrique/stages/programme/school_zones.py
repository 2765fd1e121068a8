"""The school zone of each department, and the days off of a territory.

Zones: the académies of each zone have not changed since the 2015-2016 school year (arrêté of
16 April 2015 fixing the school calendar, Journal officiel of 17 April 2015), nor has the list of
departments of each académie. Corsica and the overseas territories are in no zone: each has a
calendar of its own, which nothing here knows.

Dates come from the ``holidays`` library, which computes those of the zones from rules that follow
the official calendars published since 2017-2018; for a year the ministry has not published yet
they are a forecast, to be checked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import holidays
from holidays.constants import SCHOOL

from fabrique.stages.programme.enums import ClosedKind
from fabrique.stages.programme.models import Site

FIRST_SCHOOL_YEAR = 2018
#: Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers.
_ZONE_A = (
    "25 39 70 90 24 33 40 47 64 03 15 43 63 21 58 71 89 "
    "07 26 38 73 74 19 23 87 01 42 69 16 17 79 86"
)
#: Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie (Caen and Rouen),
#: Orléans-Tours, Reims, Rennes, Strasbourg.
_ZONE_B = (
    "04 05 13 84 02 60 80 59 62 54 55 57 88 44 49 53 72 85 06 83 14 50 61 27 76 "
    "18 28 36 37 41 45 08 10 51 52 22 29 35 56 67 68"
)
#: Créteil, Montpellier, Paris, Toulouse, Versailles.
_ZONE_C = "77 93 94 11 30 34 48 66 75 09 12 31 32 46 65 81 82 78 91 92 95"
ZONES: Mapping[str, str] = {
    department: zone
    for zone, departments in (("A", _ZONE_A), ("B", _ZONE_B), ("C", _ZONE_C))
    for department in departments.split()
}
#: Where the law adds public holidays to those of the whole country.
_OWN_PUBLIC_HOLIDAYS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "976": "976",
}


@dataclass(frozen=True)
class DaysOff:
    """A period nobody meets in: everywhere, or in one territory (``site``)."""

    kind: ClosedKind
    label: str
    first: date
    last: date
    site: Site | None = None

    @property
    def is_strict(self) -> bool:
        """School holidays are avoided where they can be."""
        return self.kind != ClosedKind.SCHOOL_HOLIDAYS


def zone_of(department_code: str) -> str | None:
    """« A », « B » or « C »; nothing for Corsica and overseas."""
    return ZONES.get(department_code)


def sites_without_a_zone(sites: Iterable[Site]) -> list[Site]:
    return [site for site in sites if zone_of(site.territory.department_code) is None]


def days_off(sites: Sequence[Site], *, first: date, last: date) -> list[DaysOff]:
    """Public holidays, then school holidays, between two days; sites with their territory.

    What all territories share is said once, without a site.
    """
    return [
        *_public_holidays(sites, first, last),
        *_school_holidays(sites, first, last),
    ]


def _public_holidays(sites: Sequence[Site], first: date, last: date) -> Iterator[DaysOff]:
    common = _named_days(first, last)
    for day, name in sorted(common.items()):
        yield DaysOff(ClosedKind.PUBLIC_HOLIDAY, name, day, day)
    for site in sites:
        subdivision = _OWN_PUBLIC_HOLIDAYS.get(site.territory.department_code)
        if subdivision is None:
            continue
        for day, name in sorted(_named_days(first, last, subdivision).items()):
            if day not in common:
                yield DaysOff(ClosedKind.PUBLIC_HOLIDAY, name, day, day, site)


def _school_holidays(sites: Sequence[Site], first: date, last: date) -> Iterator[DaysOff]:
    zones = {site.pk: zone_of(site.territory.department_code) for site in sites}
    periods = {
        zone: _periods(_named_days(first, last, f"Zone {zone}", category=SCHOOL))
        for zone in sorted({zone for zone in zones.values() if zone})
    }
    holders: dict[tuple[str, date, date], list[Site]] = defaultdict(list)
    for site in sites:
        for period in periods.get(zones[site.pk] or "", ()):
            holders[period].append(site)
    for (name, start, end), of in sorted(holders.items(), key=lambda each: each[0][1:]):
        if len(of) == len(sites):
            yield DaysOff(ClosedKind.SCHOOL_HOLIDAYS, name, start, end)
            continue
        for site in of:
            label = f"{name} (zone {zones[site.pk]})"
            yield DaysOff(ClosedKind.SCHOOL_HOLIDAYS, label, start, end, site)


def _named_days(
    first: date, last: date, subdivision: str | None = None, *, category: str = "public"
) -> dict[date, str]:
    years = range(first.year, last.year + 1)
    if category == SCHOOL:
        years = range(max(first.year, FIRST_SCHOOL_YEAR), last.year + 1)
    if not years:
        return {}
    found = holidays.country_holidays(
        "FR", subdiv=subdivision, years=years, categories=(category,), language="fr"
    )
    return {day: name for day, name in found.items() if first <= day <= last}


def _periods(days: Mapping[date, str]) -> list[tuple[str, date, date]]:
    """Days that follow one another under one name."""
    found: list[tuple[str, date, date]] = []
    for day, name in sorted(days.items()):
        if found and found[-1][0] == name and found[-1][2] + timedelta(days=1) == day:
            found[-1] = (name, found[-1][1], day)
        else:
            found.append((name, day, day))
    return found

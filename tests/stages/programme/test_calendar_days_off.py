"""Public and school holidays by zone, against the calendars published for known years."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from fabrique.stages.programme.enums import ClosedKind
from fabrique.stages.programme.school_zones import (
    ZONES,
    days_off,
    sites_without_a_zone,
    zone_of,
)

#: Of the mainland; Normandie took the departments of Caen and Rouen on 1 January 2020.
ACADEMIES = {
    "Aix-Marseille": "04 05 13 84",
    "Amiens": "02 60 80",
    "Besançon": "25 39 70 90",
    "Bordeaux": "24 33 40 47 64",
    "Clermont-Ferrand": "03 15 43 63",
    "Créteil": "77 93 94",
    "Dijon": "21 58 71 89",
    "Grenoble": "07 26 38 73 74",
    "Lille": "59 62",
    "Limoges": "19 23 87",
    "Lyon": "01 42 69",
    "Montpellier": "11 30 34 48 66",
    "Nancy-Metz": "54 55 57 88",
    "Nantes": "44 49 53 72 85",
    "Nice": "06 83",
    "Normandie": "14 27 50 61 76",
    "Orléans-Tours": "18 28 36 37 41 45",
    "Paris": "75",
    "Poitiers": "16 17 79 86",
    "Reims": "08 10 51 52",
    "Rennes": "22 29 35 56",
    "Strasbourg": "67 68",
    "Toulouse": "09 12 31 32 46 65 81 82",
    "Versailles": "78 91 92 95",
}
#: As the arrêté of 16 April 2015 groups the académies.
ACADEMIES_OF = {
    "A": "Besançon Bordeaux Clermont-Ferrand Dijon Grenoble Limoges Lyon Poitiers",
    "B": "Aix-Marseille Amiens Lille Nancy-Metz Nantes Nice Normandie Orléans-Tours Reims Rennes "
    "Strasbourg",
    "C": "Créteil Montpellier Paris Toulouse Versailles",
}


def a_site(department: str) -> Any:
    return SimpleNamespace(
        pk=department, territory=SimpleNamespace(department_code=department, name=department)
    )


def found(*departments: str, year: int = 2020) -> dict[tuple[str, str | None], Any]:
    sites = [a_site(one) for one in departments]
    periods = days_off(sites, first=date(year, 1, 1), last=date(year, 12, 31))
    return {
        (one.label, one.site.pk if one.site else None): (one.first, one.last) for one in periods
    }


def test_every_department_of_the_mainland_has_one_zone() -> None:
    mainland = {f"{number:02d}" for number in range(1, 96)} - {"20"}
    assert set(ZONES) == mainland
    assert [zone_of(one) for one in ("01", "60", "56", "88", "75")] == ["A", "B", "B", "B", "C"]


def test_each_department_has_the_zone_of_its_academie() -> None:
    zone_of_academie = {
        academie: zone for zone, academies in ACADEMIES_OF.items() for academie in academies.split()
    }
    assert set(zone_of_academie) == set(ACADEMIES)
    through_academies = [
        (department, zone_of_academie[academie])
        for academie, departments in ACADEMIES.items()
        for department in departments.split()
    ]
    assert sorted(through_academies) == sorted(ZONES.items())


@pytest.mark.parametrize("department", ["2A", "2B", "20", "971", "972", "973", "974", "976"])
def test_corsica_and_overseas_have_none(department: str) -> None:
    assert sites_without_a_zone([a_site(department), a_site("60")])[0].pk == department
    assert not [key for key in found(department) if key[0].startswith("Vacances")]


def test_zones_of_2020_are_those_the_ministry_published() -> None:
    """Calendar of 2019-2020: winter 22 February to 9 March in A, 15 February to 2 March in B."""
    dates = found("01", "60", "75")
    assert dates["Vacances d'hiver (zone A)", "01"] == (date(2020, 2, 22), date(2020, 3, 8))
    assert dates["Vacances d'hiver (zone B)", "60"] == (date(2020, 2, 15), date(2020, 3, 1))
    assert dates["Vacances d'hiver (zone C)", "75"] == (date(2020, 2, 8), date(2020, 2, 23))
    assert dates["Vacances de la Toussaint", None] == (date(2020, 10, 17), date(2020, 11, 1))


def test_alsace_and_moselle_add_theirs() -> None:
    dates = found("67", "60")
    assert dates["Vendredi saint", "67"] == (date(2020, 4, 10), date(2020, 4, 10))
    assert ("Vendredi saint", "60") not in dates
    assert ("Lundi de Pâques", None) in dates


def test_school_holidays_are_avoided_and_public_ones_kept() -> None:
    periods = days_off([a_site("60")], first=date(2020, 1, 1), last=date(2020, 12, 31))
    assert {one.is_strict for one in periods if one.kind == ClosedKind.PUBLIC_HOLIDAY} == {True}
    assert {one.is_strict for one in periods if one.kind == ClosedKind.SCHOOL_HOLIDAYS} == {False}

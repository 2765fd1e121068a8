"""Finding a territory, however one types it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fabrique.territory.errors import UnknownTerritory
from fabrique.territory.queries import among, by_codes, search

pytestmark = pytest.mark.usefixtures("excerpt")


def names(text: str, limit: int = 12) -> list[str]:
    return [territory.name for territory in search(text, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("saint-dié", "Saint-Dié-des-Vosges"),
        ("st die", "Saint-Dié-des-Vosges"),
        ("SAINT DIE DES VOSGES", "Saint-Dié-des-Vosges"),
        ("vosges", "Saint-Dié-des-Vosges"),
        ("beauvais", "Beauvais"),
        ("beauvaisis", "CA du Beauvaisis"),
        ("communauté d’agglomération du beauvaisis", "CA du Beauvaisis"),
        ("bourg bresse", "Bourg-en-Bresse"),
        ("bassin bourg", "CA du Bassin de Bourg-en-Bresse"),
        ("l'hay", "L'Haÿ-les-Roses"),
        ("oeui", "Œuilly"),
        ("56121", "Lorient"),
        ("2a004", "Ajaccio"),
        ("200 067 999", "CA du Beauvaisis"),
    ],
)
def test_what_one_looks_for_comes_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_the_exact_name_precedes_more_populous_ones() -> None:
    assert names("paris") == ["Paris", "Métropole du Grand Paris"]


def test_the_middle_of_a_name_is_found_last() -> None:
    assert set(names("orien")) == {"Lorient", "CA Lorient Agglomération"}
    assert names("die")[0] == "Saint-Dié-des-Vosges"


def test_homonyms_come_by_population() -> None:
    assert [t.department_code for t in search("saint denis")] == ["974", "93"]


def test_halfway_through_saint_nothing_is_lost() -> None:
    for typed in ("s", "sa", "sai", "sain", "saint", "saint-", "saint-d"):
        assert "Saint-Dié-des-Vosges" in names(typed), typed


def test_st_is_saint_and_the_start_of_strasbourg() -> None:
    assert {"Strasbourg", "Saint-Étienne"} <= set(names("st"))


def test_the_start_of_a_code_gives_its_department() -> None:
    assert names("56") == ["Lorient", "Ploemeur"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", "\x00", "zzzz", "99999"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert search(typed) == []


@pytest.mark.parametrize(
    "typed", ["e" * 5000, "saint " * 500, "\x00paris", "'; DROP TABLE --", "\\"]
)
def test_hostile_text_is_only_text(typed: str) -> None:
    search(typed)
    assert names("lorient")[0] == "Lorient"


def test_one_query_and_no_more_than_asked() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(search("e", limit=3)) == 3
    assert len(queries) == 1


def test_codes_are_answered_in_the_order_given() -> None:
    assert [t.code for t in by_codes(["88413", " 200 067 999", "2a004"])] == [
        "88413",
        "200067999",
        "2A004",
    ]


@pytest.mark.parametrize(
    ("code", "suggested"),
    [
        ("56112", ["56121", "56162"]),  # two digits swapped, or one changed
        ("200067998", ["200067999"]),  # one digit changed
        ("75101", ["75056"]),  # an arrondissement
        ("01340", ["01015"]),  # a commune that merged
        ("56999", ["56121", "56162"]),  # nothing near: the same department
        ("Lorient", ["56121", "200042174"]),  # a name for a code
        ("33063", []),
    ],
)
def test_an_unknown_code_is_refused_with_what_was_probably_meant(
    code: str, suggested: list[str]
) -> None:
    with pytest.raises(UnknownTerritory) as caught:
        by_codes(["56162", code])
    assert caught.value.code == code.upper()
    assert [t.code for t in caught.value.suggestions] == suggested


def test_codes_kept_aside_pass_over_unknown_and_repeated_ones() -> None:
    assert [t.code for t in among(["56121", "nope", "56121", "88413"])] == ["56121", "88413"]

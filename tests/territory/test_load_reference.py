"""Loading the official code: whole or not at all, and as often as one likes."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fabrique.territory.actions import load_reference
from fabrique.territory.enums import Kind
from fabrique.territory.errors import SourceMissing, SourceUnreadable
from fabrique.territory.models import Territory
from fabrique.territory.queries import by_codes, search
from tests.territory.excerpt import COMMUNES, EPCIS, write_excerpt

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    kinds = Territory.objects.filter(is_current=True).values_list("kind", flat=True)
    return {kind: list(kinds).count(kind) for kind in Kind.values}


def test_only_todays_communes_are_loaded(source: Path) -> None:
    loaded = load_reference(source)
    assert counts() == {"commune": len(COMMUNES), "epci": len(EPCIS)}
    assert (loaded.communes, loaded.epcis, loaded.retired) == (len(COMMUNES), len(EPCIS), 0)
    assert Territory.objects.get(code="01015").name == "Arboys en Bugey"
    assert not Territory.objects.filter(code="75101").exists()


def test_a_commune_knows_its_intercommunality(excerpt: None) -> None:
    lorient = Territory.objects.get(code="56121")
    assert str(lorient.epci) == "CA Lorient Agglomération"
    assert lorient.type_label == "commune"
    assert Territory.objects.get(code="22016").epci is None


def test_an_intercommunality_sits_where_most_of_its_inhabitants_live(excerpt: None) -> None:
    greater_paris = Territory.objects.get(code="200054781")
    assert greater_paris.department_name == "Paris"
    assert (greater_paris.commune_count, greater_paris.type_label) == (2, "métropole")


def test_an_unpublished_population_is_not_zero(excerpt: None) -> None:
    assert Territory.objects.get(code="98901").population is None


def test_loading_again_writes_nothing(source: Path) -> None:
    load_reference(source)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = load_reference(source)
    assert again.written == 0
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert Territory.objects.count() == len(COMMUNES) + len(EPCIS)


def test_a_name_that_changed_is_corrected(source: Path) -> None:
    load_reference(source)
    Territory.objects.filter(code="56121").update(name="L'Orient")
    assert load_reference(source).written == 1
    assert Territory.objects.get(code="56121").name == "Lorient"


def test_a_territory_abolished_by_a_new_vintage_is_kept_but_no_longer_offered(
    source: Path, tmp_path: Path
) -> None:
    load_reference(source)
    loaded = load_reference(write_excerpt(tmp_path / "next", without=("200042174",)))
    assert loaded.retired == 1
    assert not Territory.objects.get(code="200042174").is_current
    assert Territory.objects.get(code="56121").epci is None
    assert [found.name for found in search("lorient")] == ["Lorient"]


def test_a_territory_that_comes_back_is_offered_again(source: Path, tmp_path: Path) -> None:
    load_reference(write_excerpt(tmp_path / "before"))
    load_reference(write_excerpt(tmp_path / "next", without=("200042174",)))
    load_reference(source)
    assert len(search("lorient")) == 2


def test_a_missing_file_is_named(source: Path) -> None:
    (source / "epci.json").unlink()
    with pytest.raises(SourceMissing) as caught:
        load_reference(source)
    assert caught.value.path == source / "epci.json"
    assert not Territory.objects.exists()


@pytest.mark.parametrize("spoil", ["cut", "empty", "another shape", "a member nobody knows"])
def test_a_damaged_file_leaves_what_was_there(source: Path, spoil: str) -> None:
    load_reference(source)
    path = source / "epci.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    entries[0]["membres"][0]["code"] = "99999"
    path.write_text(
        {
            "cut": path.read_text(encoding="utf-8")[:-20],
            "empty": "[]",
            "another shape": '{"code": "200067999"}',
            "a member nobody knows": json.dumps(entries),
        }[spoil],
        encoding="utf-8",
    )
    with pytest.raises(SourceUnreadable) as caught:
        load_reference(source)
    assert caught.value.path == path
    assert counts() == {"commune": len(COMMUNES), "epci": len(EPCIS)}


def test_the_command_says_what_was_loaded_and_under_which_licence(source: Path) -> None:
    out = StringIO()
    call_command("load_territories", "--from", str(source), stdout=out)
    assert "16 communes et 4 intercommunalités" in out.getvalue()
    assert "Licence Ouverte" in out.getvalue()


def test_the_command_says_what_to_do_without_the_data(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="npm ci"):
        call_command("load_territories", "--from", str(tmp_path))


def test_the_command_warns_of_another_vintage(source: Path) -> None:
    (source.parent / "package.json").write_text('{"version": "5.3.0"}', encoding="utf-8")
    err = StringIO()
    call_command("load_territories", "--from", str(source), stdout=StringIO(), stderr=err)
    assert "5.3.0" in err.getvalue()
    assert "2026" in err.getvalue()


@pytest.mark.skipif(
    not Path(settings.TERRITORY_SOURCE).is_dir(),
    reason="needs the npm package: run « npm ci » in frontend",
)
def test_the_whole_of_france_is_there() -> None:
    load_reference(Path(settings.TERRITORY_SOURCE))
    assert counts() == {"commune": 34_969, "epci": 1_255}
    beauvais, bourg, lorient, saint_die = by_codes(["200067999", "200071751", "56121", "88413"])
    assert (beauvais.population, beauvais.commune_count) == (103_404, 53)
    assert (bourg.population, bourg.commune_count) == (135_794, 74)
    assert (lorient.population, saint_die.population) == (58_329, 19_251)
    assert saint_die == search("st die")[0]
    assert search("bourg bresse")[0].code == "01053"

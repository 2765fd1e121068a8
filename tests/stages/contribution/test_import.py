"""Contributions of a real workshop: brought in whole or not at all, and only once."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fabrique.kit.sheets import write_sheet
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.enums import Identity
from tests.stages.seminar.prepared import a_seminar

pytestmark = pytest.mark.django_db

COLUMNS = ["Texte", "Auteur", "Format", "Date"]
ROWS = [
    ["Le réseau d'eau vieillit", "Référente technique", "vulnerabilities", "17/09/2020"],
    ["Une régie agricole", "Élu", "Actions réalisées", "2020-09-17"],
    ["Que chacun ose parler", "", "", ""],
]


@pytest.fixture
def meeting() -> Meeting:
    return a_seminar()


def run(file: Path, *options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("seminar", "import-contributions", str(file), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(file: Path, *options: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("seminar", "import-contributions", str(file), *options, stdout=out, stderr=err)
    return f"{err.getvalue()}{error.value}"


def a_file(tmp_path: Path, rows: list[list[str]], *, format: str = "csv", columns=COLUMNS) -> Path:
    path = tmp_path / f"atelier.{format}"
    path.write_bytes(write_sheet(columns, rows, format=format))
    return path


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_each_line_goes_to_the_workshop_it_names(
    meeting: Meeting, tmp_path: Path, format: str
) -> None:
    said, _err = run(a_file(tmp_path, ROWS, format=format), "--meeting", str(meeting.pk))
    assert "3 contributions importées, 0 déjà présente" in said
    water = Contribution.objects.get(text=ROWS[0][0])
    assert (water.workshop.format, water.source) == ("vulnerabilities", Source.IMPORT)
    assert (water.author_label, str(water.said_on_date)) == ("Référente technique", "2020-09-17")
    assert Contribution.objects.get(text=ROWS[1][0]).workshop.format == "past_actions"
    assert Contribution.objects.get(text=ROWS[2][0]).workshop.format == "expectations"


def test_the_same_sheet_twice_gives_each_contribution_once(
    meeting: Meeting, tmp_path: Path
) -> None:
    run(a_file(tmp_path, ROWS))
    said, _err = run(a_file(tmp_path, [ROWS[2], ["Nouvelle", "", "", ""], *ROWS[:2]]))
    assert "1 contribution importée, 3 déjà présentes" in said
    assert Contribution.objects.count() == 4


def test_two_people_may_have_said_the_same_words(meeting: Meeting, tmp_path: Path) -> None:
    run(a_file(tmp_path, [ROWS[2], ROWS[2]]))
    assert Contribution.objects.count() == 2


def test_one_faulty_line_and_nothing_is_written(meeting: Meeting, tmp_path: Path) -> None:
    faulty = [
        *ROWS,
        ["", "Élu", "", ""],
        ["x" * 2001, "", "", ""],
        ["Texte", "", "bidule", ""],
        ["Texte", "", "crossing", ""],
        ["Texte", "", "", "le 3 mars"],
    ]
    said = refused(a_file(tmp_path, faulty))
    assert "Ligne 5 : le texte est vide" in said
    assert "Ligne 6 : Votre texte compte 2001 caractères" in said
    assert "Ligne 7 : le format « bidule » n'existe pas. Au choix : " in said
    assert "Ligne 8 : l'atelier « Croisement » ne recueille pas" in said
    assert "Ligne 9 : « le 3 mars » n'est pas une date" in said
    assert Contribution.objects.count() == 0
    assert Workshop.objects.count() == 0


def test_columns_named_after_a_format_s_fields_are_read(meeting: Meeting, tmp_path: Path) -> None:
    rows = [["Une régie", "past_actions", "alimentation et agriculture", "Jeunes; Associations"]]
    columns = ["text", "format", "Secteur", "reached"]
    run(a_file(tmp_path, rows, columns=columns))
    assert Contribution.objects.get().payload == {
        "sector": "Alimentation et agriculture",
        "reached": ["Jeunes", "Associations"],
    }


def test_a_missing_column_is_said_with_those_found(meeting: Meeting, tmp_path: Path) -> None:
    said = refused(a_file(tmp_path, [["a", "b"]], columns=["Colonne A", "Colonne B"]))
    assert "Il manque la colonne « texte »" in said
    assert "« Colonne A », « Colonne B »" in said


def test_a_wrong_encoding_is_said(meeting: Meeting, tmp_path: Path) -> None:
    file = tmp_path / "atelier.csv"
    file.write_bytes(bytes(range(256)) * 20)
    assert "encodage inconnu" in refused(file)


def test_in_an_anonymous_room_authors_are_left_out(meeting: Meeting, tmp_path: Path) -> None:
    prepare_room(meeting, identity=Identity.ANONYMOUS)
    said, _err = run(a_file(tmp_path, ROWS))
    assert "les auteurs n'ont pas été gardés" in said
    assert set(Contribution.objects.values_list("author_label", flat=True)) == {""}


def test_a_format_for_the_lines_that_name_none(meeting: Meeting, tmp_path: Path) -> None:
    run(a_file(tmp_path, [["Une idée", "", "", ""]]), "--format", "actions realisees")
    assert Contribution.objects.get().workshop.format == "past_actions"


def test_a_format_the_run_sheet_lacks_gets_its_workshop(tmp_path: Path) -> None:
    meeting = a_seminar(key="local-2")
    run(a_file(tmp_path, [ROWS[0]]), "--meeting", str(meeting.pk))
    workshop = Workshop.objects.get(meeting=meeting, format="vulnerabilities")
    assert workshop.sequence is None
    assert workshop.contributions.count() == 1


def test_without_a_programme_it_says_how_to_open_one(tmp_path: Path) -> None:
    assert "fabrique programme create" in refused(a_file(tmp_path, ROWS))


@pytest.mark.parametrize("option", ["--meeting", "--programme"])
def test_an_unknown_seminar_or_programme_is_said(
    meeting: Meeting, tmp_path: Path, option: str
) -> None:
    assert "Auc" in refused(a_file(tmp_path, ROWS), option, "inconnu")


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    assert "ne peut pas être lu" in refused(tmp_path / "absent.csv")


def test_the_list_gives_identifiers(meeting: Meeting) -> None:
    out = io.StringIO()
    call_command("seminar", "list", "--json", stdout=out)
    assert [line["id"] for line in json.loads(out.getvalue())] == [str(meeting.pk)]

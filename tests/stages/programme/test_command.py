"""« fabrique programme » on a server without pages."""

import json
from pathlib import Path

import pytest

from fabrique.config.cli import main
from fabrique.stages.programme.models import Programme
from tests.stages.programme.plain_words import plain
from tests.stages.programme.small_blueprint import SMALL

# A command closes its connections when it ends: no transaction of the test may be open.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("territories"),
]

CREATE = [
    "fabrique", "programme", "create", "--title", "Essai", "--question", "Que peut-on ?",
    "--horizon", "2030", "--midterm", "2026", "--start", "2020-01-23", "--lead", "d@exemple.fr",
]  # fmt: skip


def run(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code


def test_a_programme_is_opened_and_named(capsys, tmp_path: Path) -> None:
    file = tmp_path / "ronde.toml"
    file.write_text(SMALL)
    code = run(
        *CREATE, "--end", "2020-08-01", "--blueprint", str(file), "--territory", "56121:l'eau"
    )
    programme = Programme.objects.get()
    assert code == 0
    assert capsys.readouterr().out == f"essai\t{programme.pk}\n"
    assert programme.sites.get().theme == "l'eau"
    assert programme.team.get().user.email == "d@exemple.fr"


def test_programmes_are_listed_as_json(capsys) -> None:
    territories = [f"--territory={code}" for code in ("56121", "88413", "75056", "200067999")]
    run(*CREATE, "--end", "2021-01-31", *territories)
    capsys.readouterr()
    assert run("fabrique", "programme", "list", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["slug"], row["starts_on"]) == ("essai", "2020-01-23")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--end", "2019-01-31"], "doit venir après le début"),
        (["--end", "31/01/2021"], "« 31/01/2021 » n'est pas une date"),
        (["--end", "2021-01-31", "--territory", "99999"], "Aucun territoire n'a le code 99999."),
        (["--end", "2021-01-31", "--territory", "56121"], "il en faut au moins 4"),
        (
            ["--end", "2021-01-31", "--territory", "56121", "--territory", "56121"],
            "Lorient (56121) est indiqué deux fois",
        ),
        (["--end", "2021-01-31", "--blueprint", "zob"], "« zob » n'existe pas"),
        (["--end", "2021-01-31", "--lead", "personne"], "n'est pas une adresse électronique"),
        (["--end", "2021-01-31", "--horizon", "demain"], "« demain » n'est pas une année"),
    ],
)
def test_bad_input_is_one_line_code_one_and_nothing_written(
    arguments: list[str], said: str, capsys
) -> None:
    assert run(*CREATE, *arguments) == 1
    printed = capsys.readouterr().err
    assert said in plain(printed)
    assert printed.count("\n") == 1
    assert not Programme.objects.exists()

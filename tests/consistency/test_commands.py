"""A command explains itself in French, and its errors are one sentence."""

import io
import sys

import pytest
from django.core.management import get_commands, load_command_class

from fabrique.config.cli import main, overview

OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("fabrique."))
ENGLISH = {"the", "of", "and", "load", "build", "serve", "for", "with", "from", "this"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_says_what_it_does_in_french(name: str) -> None:
    help_text = load_command_class(get_commands()[name], name).help
    assert help_text, f"{name} has no help"
    words = {word.strip(".,:()").lower() for word in help_text.split()}
    assert not words & ENGLISH, f"« {help_text} » is not French"


def test_the_overview_names_every_command() -> None:
    listed = overview()
    assert all(f"  {name} " in listed for name in OURS)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and error output of a command line."""
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        with pytest.raises(SystemExit) as stopped:
            main(["fabrique", *arguments])
        return int(stopped.value.code or 0), sys.stderr.getvalue()
    finally:
        sys.stderr = kept


def test_a_mistyped_option_is_told_in_french() -> None:
    code, said = run("serve", "--port", "huit")
    assert code == 2
    assert "fabrique serve : --port : valeur refusée : 'huit'" in said


@pytest.mark.django_db(transaction=True)  # a command closes its connections when it ends
def test_a_refusal_is_one_sentence_and_code_1() -> None:
    code, said = run("serve", "--host", "192.0.2.1")
    assert code == 1
    assert said.startswith("fabrique serve : le port 8000 de 192.0.2.1 est déjà pris")
    assert said.count("\n") == 1

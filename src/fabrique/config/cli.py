"""The ``fabrique`` command: Django's own, with our commands first and errors one reads.

``fabrique programme create …`` is the management command ``programme``; alone, ``fabrique``
lists what it can do. An error of ours is one French sentence on the error output, and code 1.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.management import (
    BaseCommand,
    ManagementUtility,
    get_commands,
    load_command_class,
)
from django.core.management.base import CommandError, SystemCheckError
from django.db import connections

# What argparse says, by its own English words, which it passes through a replaceable function.
ARGPARSE_IN_FRENCH = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "affiche cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l'un de ces arguments : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "not allowed with argument %s": "ne va pas avec %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid %(type)s value: %(value)r": "valeur refusée : %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "choix inconnu : %(value)r (au choix : %(choices)s)"
    ),
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
}


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    setattr(argparse, "_", lambda words: ARGPARSE_IN_FRENCH.get(words, words))  # noqa: B010
    arguments = list(sys.argv if argv is None else argv)
    arguments[0] = "fabrique"
    django.setup()
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")  # send-notices is the module send_notices
    if len(arguments) < 2 or arguments[1] in ("-h", "--help", "help", "aide"):
        sys.stdout.write(overview())
    elif arguments[1] in _own_command_names():
        sys.exit(_run_own(_load(arguments[1]), arguments))
    else:
        ManagementUtility(arguments).execute()


def overview() -> str:
    """Our commands and their first line of help, one a line."""
    lines = [(name, _first_line(_load(name))) for name in _own_command_names()]
    width = max((len(name) for name, _ in lines), default=0)
    listing = "".join(f"  {name:<{width}}  {help_line}\n" for name, help_line in lines)
    return (
        "fabrique COMMANDE [OPTIONS]\n\n"
        f"{listing}\n"
        "« fabrique COMMANDE --help » détaille une commande.\n"
        "FABRIQUE_HOME désigne le dossier de la base de données et des fichiers.\n"
    )


def _run_own(command: BaseCommand, arguments: list[str]) -> int:
    """As ``BaseCommand.run_from_argv``, except for the wording of errors."""
    vars(command)["_called_from_command_line"] = True
    parser = command.create_parser(arguments[0], arguments[1])
    options = vars(parser.parse_args(arguments[2:]))
    positional = options.pop("args", ())
    try:
        command.execute(*positional, **options)
    except SystemCheckError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except CommandError as error:
        if options.get("traceback"):
            raise
        sys.stderr.write(f"fabrique {arguments[1]} : {' '.join(str(error).split())}\n")
        return error.returncode
    except KeyboardInterrupt:
        return 130
    finally:
        connections.close_all()
    return 0


def _own_command_names() -> list[str]:
    return sorted(
        name
        for name, application in get_commands().items()
        if isinstance(application, str) and application.startswith("fabrique.")
    )


def _load(name: str) -> BaseCommand:
    application = get_commands()[name]
    if isinstance(application, BaseCommand):
        return application
    return load_command_class(application, name)


def _first_line(command: BaseCommand) -> str:
    return str(command.help).strip().partition("\n")[0]


if __name__ == "__main__":
    main()

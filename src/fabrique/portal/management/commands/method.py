"""Runs a method on a plain file: a calculation of the site, without the site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fabrique.portal.method_files import METHODS, BadFile, VerbOnFiles, schema_text


class Command(BaseCommand):
    help = "Applique une méthode de calcul à un fichier JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="MÉTHODE", choices=sorted(METHODS), help=_names())
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--in", dest="source", type=Path, help="fichier de la demande")
        wanted.add_argument(
            "--check",
            dest="checked",
            type=Path,
            metavar="RÉSULTAT",
            help="fichier d'un résultat à vérifier",
        )
        wanted.add_argument(
            "--schema", action="store_true", help="affiche le schéma JSON des deux fichiers"
        )
        parser.add_argument(
            "--out", dest="target", type=Path, help="fichier du résultat (sinon, à l'écran)"
        )

    def handle(
        self,
        *args: Any,
        name: str,
        source: Path | None,
        checked: Path | None,
        target: Path | None,
        schema: bool,
        **options: Any,
    ) -> None:
        if source is not None:
            answer = _answer(METHODS[name], source)
        elif checked is not None:
            answer = _answer(_check_of(name), checked)
        else:
            answer = schema_text(name).encode()
        if target is None:
            self.stdout.write(answer.decode(), ending="")
        else:
            _write(target, answer)


def _names() -> str:
    return ", ".join(sorted(METHODS))


def _check_of(name: str) -> VerbOnFiles[Any, Any]:
    check = METHODS[name].check
    if check is None:
        raise CommandError(_("La méthode %(name)s n'a rien à vérifier.") % {"name": name})
    return check


def _answer(verb: VerbOnFiles[Any, Any], source: Path) -> bytes:
    try:
        return verb.run(source.read_bytes())
    except OSError as error:
        raise CommandError(
            _("Fichier illisible : %(path)s. Vérifiez son nom et ses droits.") % {"path": source}
        ) from error
    except BadFile as error:
        raise CommandError(f"{source} : {error}.") from error


def _write(target: Path, answer: bytes) -> None:
    try:
        target.write_bytes(answer)
    except OSError as error:
        raise CommandError(
            _("Écriture impossible : %(path)s. Vérifiez que le dossier existe.") % {"path": target}
        ) from error

"""Fills the reference of communes and intercommunalities, at set-up and at each new vintage."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fabrique.territory.actions import Loaded, load_reference
from fabrique.territory.errors import SourceMissing, SourceUnreadable
from fabrique.territory.reference import REFERENCE


class Command(BaseCommand):
    help = "Charge les communes et intercommunalités de France ; relancée, ne change rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=Path(settings.TERRITORY_SOURCE),
            metavar="DIR",
            help=f"dossier « data » de {REFERENCE.package}",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            loaded = load_reference(folder)
        except SourceMissing as error:
            raise CommandError(
                _(
                    "Fichier introuvable : %(path)s. Installez d'abord les paquets de "
                    "l'interface (« npm ci » dans frontend), ou indiquez le dossier des "
                    "données avec --from."
                )
                % {"path": error.path}
            ) from error
        except SourceUnreadable as error:
            raise CommandError(
                _(
                    "Fichier illisible : %(path)s (%(detail)s). Rien n'a été modifié. "
                    "Réinstallez le paquet %(package)s, puis recommencez."
                )
                % {"path": error.path, "detail": error.detail, "package": REFERENCE.package}
            ) from error
        self._say(loaded)

    def _say(self, loaded: Loaded) -> None:
        self.stdout.write(
            _("%(communes)d communes et %(epcis)d intercommunalités (%(source)s, %(licence)s).")
            % {
                "communes": loaded.communes,
                "epcis": loaded.epcis,
                "source": REFERENCE.source,
                "licence": REFERENCE.licence,
            }
        )
        if loaded.retired:
            self.stdout.write(
                _("%(count)d territoires n'existent plus : ils ne sont plus proposés.")
                % {"count": loaded.retired}
            )
        if loaded.package_version not in (None, REFERENCE.package_version):
            self.stderr.write(
                _(
                    "Attention : ces données sont de la version %(found)s du paquet, et les pages "
                    "annoncent le millésime %(vintage)d (version %(expected)s)."
                )
                % {
                    "found": loaded.package_version,
                    "vintage": REFERENCE.vintage,
                    "expected": REFERENCE.package_version,
                }
            )

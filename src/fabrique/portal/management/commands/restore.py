"""Brings a saved instance back where there is none."""

import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fabrique.portal.instance_archive import NotEmpty, UnreadableArchive, restore


class Command(BaseCommand):
    help = "Rétablit une instance sauvegardée, là où il n'y en a pas encore."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="fichier fait par « fabrique backup »")

    def handle(self, *args: Any, archive: Path, **options: Any) -> None:
        try:
            restore(archive, settings.FABRIQUE_HOME)
        except NotEmpty:
            raise CommandError(
                f"{settings.FABRIQUE_HOME} ou sa base contient déjà une instance. Donnez un autre "
                "dossier par FABRIQUE_HOME, et une base vide par DATABASE_URL."
            ) from None
        except UnreadableArchive:
            raise CommandError(
                f"{archive} n'est pas une sauvegarde, ou vient de l'autre base de données "
                "(SQLite, PostgreSQL)."
            ) from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"{archive} n'a pas pu être rétabli ({error}).") from error
        self.stdout.write(f"Instance rétablie : {settings.FABRIQUE_HOME}")

"""Puts the whole instance in one file, while it is being used."""

import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fabrique.portal.instance_archive import back_up


class Command(BaseCommand):
    help = "Sauvegarde l'instance dans un fichier : base, documents et clé de signature."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="fichier à écrire (.tar.gz)")

    def handle(self, *args: Any, archive: Path, **options: Any) -> None:
        try:
            back_up(settings.FABRIQUE_HOME, archive.resolve())
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"la sauvegarde n'a pas pu être faite ({error}).") from error
        self.stdout.write(f"Sauvegarde : {archive}")

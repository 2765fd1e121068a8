"""Builds the demonstration: the reference programme in progress, then played to its last day."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from fabrique.portal.demonstration.programmes import (
    IN_PROGRESS,
    PLAYED,
    demonstration,
    play_year,
)
from fabrique.stages.programme.queries import all_programmes
from fabrique.territory.actions import load_reference
from fabrique.territory.errors import SourceMissing
from fabrique.territory.models import Territory


class Command(BaseCommand):
    help = (
        "Construit la démonstration : la démarche en cours, jouée jusqu'à un premier séminaire "
        "local, puis la même, jouée jusqu'à son terme."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="ne rien faire si une démarche existe déjà, hors démonstration",
        )
        parser.add_argument(
            "--in-progress", action="store_true", help="seulement la démarche en cours"
        )

    def handle(self, *args: Any, if_empty: bool, in_progress: bool, **options: Any) -> None:
        wanted = [IN_PROGRESS] if in_progress else [IN_PROGRESS, PLAYED]
        missing = [calendar for calendar in wanted if demonstration(calendar) is None]
        if not missing:
            self.stdout.write("La démonstration est déjà là : rien n'a été changé.")
            return
        if if_empty and all_programmes().filter(is_demonstration=False).exists():
            return
        _ensure_territories()
        with translation.override(settings.LANGUAGE_CODE):
            for calendar in missing:
                self._play(calendar)
        self.stdout.write("Servir le site et savoir où cliquer : fabrique serve")

    def _play(self, calendar: str) -> None:
        notes = play_year(calendar)
        programme = demonstration(calendar)
        self.stdout.write(f"Démonstration prête : {programme}")
        if len(notes) == 1:
            self.stdout.write(f"Note figée du premier séminaire : {notes[0].pk}")
        else:
            self.stdout.write(f"Notes figées : {len(notes)}")


def _ensure_territories() -> None:
    if Territory.objects.exists():
        return
    try:
        load_reference(settings.TERRITORY_SOURCE)
    except SourceMissing as error:
        raise CommandError(
            "les communes et intercommunalités ne sont pas chargées."
            " Lancez d'abord : fabrique load_territories --from DOSSIER"
        ) from error

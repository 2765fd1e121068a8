"""Builds the demonstration: the reference programme, played up to a first local seminar."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from fabrique.portal.demonstration.seminar import make_ready, play_seminar
from fabrique.portal.demonstration.year import lay_out_year
from fabrique.stages.programme.queries import all_programmes
from fabrique.territory.actions import load_reference
from fabrique.territory.errors import SourceMissing
from fabrique.territory.models import Territory

LIVE_SITE = "200071751"


class Command(BaseCommand):
    help = "Construit la démarche de démonstration, jouée jusqu'à un premier séminaire local."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="ne rien faire si une démarche existe déjà"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if all_programmes().filter(is_demonstration=True).exists():
            self.stdout.write("La démonstration est déjà là : rien n'a été changé.")
            return
        if if_empty and all_programmes().exists():
            return
        _ensure_territories()
        with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
            programme = lay_out_year()
            note = play_seminar(programme, "lorient-1")
            make_ready(programme, "local-1", LIVE_SITE)
        self.stdout.write(
            f"Démonstration prête : {programme.title}\n"
            f"Note figée du premier séminaire : {note.pk}\n"
            "Servir le site et savoir où cliquer : fabrique serve"
        )


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

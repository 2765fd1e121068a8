"""Makes an instance ready to be served: one command, run again after each update."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Met l'instance à jour : tables, territoires et, sur demande, démonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo",
            action="store_true",
            help="construit la démonstration, ou ce qui en manque, si rien d'autre n'existe encore",
        )

    def handle(self, *args: Any, demo: bool, verbosity: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_territories", verbosity=verbosity, stdout=self.stdout)
        if demo:
            call_command("demo", "--if-empty", verbosity=verbosity, stdout=self.stdout)

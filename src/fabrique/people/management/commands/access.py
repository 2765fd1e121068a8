"""``fabrique access``: the sign-in link of an account, for whoever runs the server."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from fabrique.people.actions import account_of
from fabrique.people.queries import account_with_email
from fabrique.people.sign_in_links import sign_in_link


class Command(BaseCommand):
    help = "Donne le lien de connexion d'un compte, sans passer par la messagerie."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="ADRESSE")
        parser.add_argument(
            "--create", action="store_true", help="ouvre le compte s'il n'existe pas"
        )

    def handle(self, *args: Any, email: str, create: bool, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(
                _("« %(email)s » n'est pas une adresse électronique.") % {"email": email}
            ) from error
        user = account_of(email) if create else account_with_email(email)
        if user is None:
            raise CommandError(
                _("Aucun compte à l'adresse %(email)s. Ajoutez --create pour l'ouvrir.")
                % {"email": email}
            )
        self.stdout.write(sign_in_link(user))

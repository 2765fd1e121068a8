"""``fabrique programme``: open a programme from the command line, list those there are."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from fabrique.stages.programme.actions import PartnerEntry, TeamEntry, create_programme
from fabrique.stages.programme.blueprint import (
    DEFAULT_BLUEPRINT,
    available_blueprints,
    load_blueprint,
)
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.queries import all_programmes
from fabrique.stages.programme.wording.refusals import say
from fabrique.territory.errors import UnknownTerritory


def day(text: str) -> date:
    """A date as in 2020-01-23."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("« %(text)s » n'est pas une date. Écrivez-la sous la forme 2020-01-23.")
            % {"text": text}
        ) from None


def year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise CommandError(
            _("« %(text)s » n'est pas une année. Écrivez-la en quatre chiffres : 2030.")
            % {"text": text}
        )
    return int(text)


def address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CommandError(
            _("« %(text)s » n'est pas une adresse électronique.") % {"text": text}
        ) from None
    return text


def code_and_theme(text: str) -> tuple[str, str]:
    """« 56121:logistique urbaine » : a code and, after the colon, the narrowed theme."""
    code, _colon, theme = text.partition(":")
    return code.strip(), theme.strip()


class Command(BaseCommand):
    help = "Ouvre une démarche (create) ou liste les démarches (list)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="create | list")
        create = verbs.add_parser("create", help="ouvre une démarche et dispose toute son année")
        listing = verbs.add_parser("list", help="liste les démarches")
        listing.add_argument("--json", action="store_true", help="une liste JSON")
        keys = ", ".join(blueprint.key for blueprint in available_blueprints())
        create.add_argument(
            "--blueprint",
            default=DEFAULT_BLUEPRINT,
            metavar="CLÉ|FICHIER",
            help=f"modèle de démarche ({keys}) ou fichier TOML",
        )
        create.add_argument("--title", required=True, metavar="TITRE")
        create.add_argument("--question", required=True)
        create.add_argument("--horizon", required=True, metavar="ANNÉE")
        create.add_argument("--midterm", required=True, metavar="ANNÉE")
        create.add_argument("--start", required=True, metavar="AAAA-MM-JJ")
        create.add_argument("--end", required=True, metavar="AAAA-MM-JJ")
        create.add_argument(
            "--territory",
            type=code_and_theme,
            action="append",
            default=[],
            metavar="CODE[:THÈME]",
            help="code Insee ou Siren, une fois par territoire",
        )
        create.add_argument(
            "--lead",
            action="append",
            required=True,
            metavar="ADRESSE",
            help="adresse d'un directeur ou d'une directrice de projet",
        )
        create.add_argument("--partner", action="append", default=[], metavar="NOM")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "create":
            self._create(options)
        else:
            self._list(as_json=options["json"])

    def _create(self, options: dict[str, Any]) -> None:
        try:
            programme = create_programme(
                blueprint=load_blueprint(options["blueprint"]),
                title=_written(options["title"], "--title"),
                question=_written(options["question"], "--question"),
                horizon_year=year(options["horizon"]),
                midterm_year=year(options["midterm"]),
                starts_on=day(options["start"]),
                ends_on=day(options["end"]),
                territories=options["territory"],
                team=[
                    TeamEntry(email=address(email), role=TeamRole.DIRECTOR, site_codes=())
                    for email in options["lead"]
                ],
                partners=[PartnerEntry(name=name) for name in options["partner"]],
                actor=options["lead"][0],
            )
        except (ProgrammeError, UnknownTerritory) as error:
            raise CommandError(say(error)) from error
        self.stdout.write(f"{programme.slug}\t{programme.pk}")

    def _list(self, *, as_json: bool) -> None:
        programmes = all_programmes()
        if as_json:
            rows = [
                {
                    "id": str(programme.pk),
                    "slug": programme.slug,
                    "title": programme.title,
                    "starts_on": programme.starts_on.isoformat(),
                    "ends_on": programme.ends_on.isoformat(),
                }
                for programme in programmes
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        for programme in [] if as_json else programmes:
            self.stdout.write(f"{programme.slug}\t{programme.pk}\t{programme.title}")


def _written(text: str, option: str) -> str:
    if not text.strip():
        raise CommandError(_("%(option)s est vide : écrivez-le.") % {"option": option})
    return text

"""``fabrique seminar``: list seminars, and bring in the contributions of a real workshop."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.sheets import SheetError, read_sheet
from fabrique.kit.sheets.wording import say, say_missing
from fabrique.stages.contribution.actions.imports import (
    Imported,
    ImportRefused,
    format_names,
    import_contributions,
    takes_contributions,
)
from fabrique.stages.contribution.imports import (
    MissingColumn,
    Problem,
    is_header,
    key_among,
    read_lines,
)
from fabrique.stages.contribution.wording.refusals import say as say_refusal
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.programme.queries import all_programmes
from fabrique.stages.seminar.queries import every_meeting, seminar_at_hand

ACTOR = "Import"
MOST_PROBLEMS_SAID = 20


class Command(BaseCommand):
    help = "Liste les séminaires (list) ou importe des contributions (import-contributions)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(
            dest="verb", required=True, metavar="list | import-contributions"
        )
        listing = verbs.add_parser("list", help="liste les réunions, leur date et leur état")
        listing.add_argument("--programme", metavar="ADRESSE", help="l'une des démarches seulement")
        listing.add_argument("--json", action="store_true", help="une liste JSON")
        importing = verbs.add_parser(
            "import-contributions",
            help="importe un tableau de contributions (XLSX, ODS, CSV ou JSON)",
            description=(
                "Importe les contributions d'un atelier réel : un tableau XLSX, ODS, CSV ou JSON "
                "dont les colonnes sont texte et, si on le souhaite, auteur, format et date. "
                "Tout est importé, ou rien ; importer de nouveau le même tableau n'ajoute que "
                "ses lignes nouvelles. Sans --meeting, les contributions vont au prochain "
                "séminaire dont la date est fixée, à défaut au prochain prévu ; sans "
                "--programme, c'est la démarche ouverte en dernier. Sans colonne format, elles "
                "vont au premier atelier du déroulé, ou à celui que nomme --format."
            ),
        )
        importing.add_argument("file", type=Path, metavar="FICHIER")
        importing.add_argument("--meeting", metavar="ID", help="le séminaire (voir « list »)")
        importing.add_argument("--programme", metavar="ADRESSE", help="la démarche (son adresse)")
        importing.add_argument(
            "--format", metavar="FORMAT", default="", help="le format des lignes qui n'en ont pas"
        )

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "list":
            self._list(slug=options["programme"], as_json=options["json"])
        else:
            self._import(options)

    def _list(self, *, slug: str | None, as_json: bool) -> None:
        meetings = every_meeting()
        if slug:
            meetings = meetings.filter(programme=_programme(slug))
        described = [_described(meeting) for meeting in meetings]
        if as_json:
            self.stdout.write(json.dumps(described, ensure_ascii=False, indent=2))
            return
        for line in described:
            fields = (line["id"], line["date"] or "-", line["state_label"], line["title"])
            place = [line["territory"]] if line["territory"] else []
            self.stdout.write("\t".join([*fields, *place]))

    def _import(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        try:
            read = read_lines(read_sheet(_content(file), is_header=is_header))
        except SheetError as error:
            raise CommandError(f"{file.name} : {say(error)}") from error
        except MissingColumn as error:
            raise CommandError(f"{file.name} : {say_missing(['texte'], error.found)}") from error
        if not read.lines:
            raise CommandError(
                _("%(file)s ne contient aucune ligne sous les noms de colonnes.")
                % {"file": file.name}
            )
        meeting = _meeting(options["meeting"], options["programme"])
        try:
            done = import_contributions(
                meeting,
                read.lines,
                actor=ACTOR,
                format=_format(options["format"]),
                problems=read.problems,
            )
        except ImportRefused as refusal:
            for said in _most_problems(refusal.problems):
                self.stderr.write(said)
            raise CommandError(
                _("Rien n'a été importé. Corrigez les lignes signalées, puis recommencez.")
            ) from refusal
        self._tell(meeting, done)

    def _tell(self, meeting: Meeting, done: Imported) -> None:
        self.stdout.write(
            ngettext(
                "%(created)d contribution importée",
                "%(created)d contributions importées",
                done.created,
            )
            % {"created": done.created}
            + ", "
            + ngettext("%(already)d déjà présente", "%(already)d déjà présentes", done.already)
            % {"already": done.already}
            + "."
        )
        self.stdout.write(
            _("Séminaire : %(meeting)s (%(id)s)") % {"meeting": meeting, "id": meeting.pk}
        )
        for title, count in done.counts.items():
            self.stdout.write(
                _("Atelier « %(title)s » : %(count)d") % {"title": title, "count": count}
            )
        if done.is_anonymous:
            self.stdout.write(
                _("Personne n'est nommé dans cette salle : les auteurs n'ont pas été gardés.")
            )


def _described(meeting: Meeting) -> dict[str, Any]:
    day = timezone.localdate(meeting.starts_at).isoformat() if meeting.starts_at else ""
    return {
        "id": str(meeting.pk),
        "programme": meeting.programme.slug,
        "key": meeting.key,
        "kind": meeting.kind,
        "title": meeting.title,
        "territory": meeting.site.territory.name if meeting.site else "",
        "state": meeting.state,
        "state_label": str(meeting.get_state_display()),
        "date": day,
        "window": [meeting.window_start_date.isoformat(), meeting.window_end_date.isoformat()],
    }


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s ne peut pas être lu : vérifiez son chemin et ses droits.") % {"file": file}
        ) from error


def _programme(slug: str | None) -> Programme:
    """The one of that address, else the one opened last."""
    programmes = all_programmes()
    if slug:
        found = programmes.filter(slug=slug).first()
        if found is None:
            known = ", ".join(programmes.values_list("slug", flat=True)) or _("aucune")
            raise CommandError(
                _("Aucune démarche n'a l'adresse « %(slug)s ». Démarches ouvertes : %(known)s.")
                % {"slug": slug, "known": known}
            )
        return found
    last = programmes.order_by("-created_at", "-pk").first()
    if last is None:
        raise CommandError(
            _(
                "Aucune démarche n'est ouverte. Ouvrez-en une avec « fabrique programme create », "
                "ou essayez la démonstration avec « fabrique demo »."
            )
        )
    return last


def _meeting(identifier: str | None, slug: str | None) -> Meeting:
    if not identifier:
        programme = _programme(slug)
        at_hand = seminar_at_hand(programme)
        if at_hand is None:
            raise CommandError(
                _("La démarche « %(slug)s » n'a pas de séminaire.") % {"slug": programme.slug}
            )
        return at_hand
    meetings = every_meeting()
    if slug:
        meetings = meetings.filter(programme=_programme(slug))
    try:
        found = meetings.filter(pk=UUID(identifier)).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(
            _("Aucun séminaire n'a l'identifiant « %(id)s ». « fabrique seminar list » les donne.")
            % {"id": identifier}
        )
    return found


def _format(typed: str) -> str:
    if not typed:
        return ""
    key = key_among(typed, format_names())
    if key is None or not takes_contributions(key):
        raise CommandError(
            _("Le format « %(typed)s » ne convient pas. Au choix : %(known)s.")
            % {"typed": typed, "known": _known_formats()}
        )
    return key


def _known_formats() -> str:
    return ", ".join(
        name for name, key in format_names() if name == key and takes_contributions(key)
    )


def _most_problems(problems: Sequence[Problem]) -> list[str]:
    said = [_say_problem(problem) for problem in problems[:MOST_PROBLEMS_SAID]]
    if rest := len(problems) - len(said):
        said.append(
            ngettext("Et %(rest)d autre ligne.", "Et %(rest)d autres lignes.", rest)
            % {"rest": rest}
        )
    return said


def _say_problem(problem: Problem) -> str:
    what = _PROBLEMS[problem.code](problem.params)
    return _("Ligne %(line)d : %(what)s") % {"line": problem.line, "what": what}


_PROBLEMS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "bad_date": lambda p: (
        _("« %(typed)s » n'est pas une date. Écrivez-la sous la forme 2020-09-17 ou 17/09/2020.")
        % p
    ),
    "unknown_format": lambda p: (
        _("le format « %(typed)s » n'existe pas. Au choix : %(known)s.")
        % {**p, "known": _known_formats()}
    ),
    "no_contributions": lambda p: (
        _("l'atelier « %(format)s » ne recueille pas de contributions. Choisissez un autre format.")
        % p
    ),
    "author_too_long": lambda p: _("l'auteur est trop long : %(limit)d caractères au plus.") % p,
    "refused": lambda p: say_refusal(p["refusal"]),
    "invalid": lambda p: (
        p["said"] if p["text"] else _("le texte est vide. Écrivez-le, ou supprimez la ligne.")
    ),
}

"""Notes from the command line: draft, list, freeze, and write them to files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from fabrique.document.tree import Document
from fabrique.stages.deliverable.actions import draft_note, freeze
from fabrique.stages.deliverable.analyses.composition import compose
from fabrique.stages.deliverable.analyses.served import served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.errors import DeliverableError
from fabrique.stages.deliverable.exports import rendered
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.deliverable.queries import (
    every_note,
    last_version,
    meeting_with_id,
    version_numbered,
)
from fabrique.stages.deliverable.wording import sentence

ACTOR = "fabrique note"


class Command(BaseCommand):
    help = "Lister, rédiger, figer et exporter les notes de séminaire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(
            dest="verb", required=True, metavar="list|draft|freeze|export"
        )
        listing = verbs.add_parser("list", help="les notes : identifiant, séminaire, état")
        listing.add_argument("--json", action="store_true", help="en JSON, pour un programme")
        draft = verbs.add_parser("draft", help="rédiger le projet de note d'un séminaire")
        draft.add_argument("meeting", metavar="SÉMINAIRE", help="identifiant du séminaire")
        frozen = verbs.add_parser("freeze", help="figer une note et fabriquer ses fichiers")
        frozen.add_argument("note", metavar="NOTE", help="identifiant de la note")
        export = verbs.add_parser("export", help="écrire une note dans un fichier")
        export.add_argument("note", metavar="NOTE", help="identifiant de la note")
        export.add_argument("--format", choices=ExportFormat.values, default=ExportFormat.PDF)
        export.add_argument("--out", type=Path, required=True, metavar="FICHIER")
        export.add_argument(
            "--version-number", type=int, metavar="N", help="une version figée (la dernière sinon)"
        )

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"_{verb}")(**options)
        except DeliverableError as error:
            raise CommandError(sentence(error)) from error

    def _list(self, *, json: bool, **options: Any) -> None:
        notes = [_described(note) for note in every_note()]
        if json:
            self.stdout.write(_as_json(notes))
            return
        for note in notes:
            self.stdout.write(f"{note['identifier']}  {note['state_label']:<14}  {note['seminar']}")
        if not notes:
            self.stdout.write(_("Aucune note. « fabrique note draft SÉMINAIRE » en rédige une."))

    def _draft(self, *, meeting: str, **options: Any) -> None:
        found = meeting_with_id(_uuid(meeting))
        if found is None:
            raise CommandError(_("Aucun séminaire n'a l'identifiant %(id)s.") % {"id": meeting})
        self.stdout.write(str(draft_note(found, actor=ACTOR).pk))

    def _freeze(self, *, note: str, **options: Any) -> None:
        version = freeze(_note(note).pk, actor=ACTOR)
        self.stdout.write(
            _("Version %(number)d figée, empreinte %(sha256)s.")
            % {"number": version.number, "sha256": version.sha256}
        )

    def _export(
        self, *, note: str, format: str, out: Path, version_number: int | None, **options: Any
    ) -> None:
        document = _document(_note(note), version_number)
        content = rendered(document, format)
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _(
                    "Impossible d'écrire %(path)s : "
                    "vérifiez que le dossier existe et vous est ouvert."
                )
                % {"path": out}
            ) from error
        self.stdout.write(
            _("%(path)s : %(title)s, %(size)d octets.")
            % {"path": out, "title": document.identifier, "size": len(content)}
        )


def _described(note: Deliverable) -> dict[str, Any]:
    version = last_version(note)
    assert note.meeting is not None
    return {
        "identifier": str(note.pk),
        "seminar": str(note.meeting),
        "seminar_identifier": str(note.meeting.pk),
        "programme": note.programme.title,
        "territory": note.meeting.site.territory.name if note.meeting.site else "",
        "title": note.title,
        "state": note.state,
        "state_label": str(note.get_state_display()),
        "version": version.number if version else None,
        "sha256": version.sha256 if version else None,
    }


def _document(note: Deliverable, number: int | None) -> Document:
    """The version asked, the last one, or the draft with its mark."""
    if number is not None:
        version = version_numbered(note, number)
        if version is None:
            raise CommandError(_("Cette note n'a pas de version %(number)d.") % {"number": number})
        return served(version).document
    last = last_version(note)
    return served(last).document if last else compose(note, issued_on=timezone.localdate())


def _note(identifier: str) -> Deliverable:
    found = every_note().filter(pk=_uuid(identifier)).first()
    if found is None:
        raise CommandError(
            _("Aucune note n'a l'identifiant %(id)s. « fabrique note list » les donne toutes.")
            % {"id": identifier}
        )
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(
            _("« %(text)s » n'est pas un identifiant : « fabrique note list » les donne.")
            % {"text": text}
        ) from None


def _as_json(notes: list[dict[str, Any]]) -> str:
    return json.dumps(notes, ensure_ascii=False, indent=2)

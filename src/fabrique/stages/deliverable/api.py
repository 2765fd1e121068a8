"""Notes as JSON: listed, read with what each passage rests on, and downloaded.

An account reads by its session, a participant by the key of their personal link (``?link=``).
What the reader may not see answers 404, as what does not exist.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from ninja import Router, Schema

from fabrique.document.codec import from_json, to_json
from fabrique.document.tree import Document
from fabrique.kit.api import Refusal
from fabrique.stages.deliverable.actions import render_export
from fabrique.stages.deliverable.analyses.served import served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.exports import CONTENT_TYPES, file_name
from fabrique.stages.deliverable.models import Deliverable, Version
from fabrique.stages.deliverable.passages import citations_of
from fabrique.stages.deliverable.queries import (
    last_versions_visible_to,
    notes_visible_to,
    sources_visible_to,
)
from fabrique.stages.deliverable.reading import Reader, reader_of, version_for
from fabrique.stages.deliverable.references import references_of

router = Router(tags=["notes"])
_A_FILE = {
    "description": "The file",
    "content": {
        kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES.values()
    },
}


class NoteOut(Schema):
    identifier: UUID
    seminar: str
    territory: str
    title: str
    state: str
    version: int | None
    frozen_at: datetime | None
    sha256: str


class SaidOut(Schema):
    id: UUID
    text: str
    author: str
    source: str
    cards: list[str]


class SourceOut(Schema):
    ref: str
    card: str
    released_by: str
    contributions: list[SaidOut]


class VersionOut(Schema):
    identifier: UUID
    version: int
    issued_on: date
    sha256: str
    withdrawn: int
    tree: dict[str, Any]
    sources: list[SourceOut]


@router.get(
    "/notes",
    response={200: list[NoteOut], 404: Refusal, 422: Refusal},
    summary="Notes one may read",
)
def list_notes(request: HttpRequest, link: str = "") -> list[dict[str, Any]]:
    """Drafts are listed for the team only; participants see what is frozen."""
    reader = reader_of(request, link)
    frozen = {one.deliverable_id: one for one in last_versions_visible_to(reader.viewer)}
    notes = notes_visible_to(reader.viewer).order_by("created_at", "id")
    return [_described(note, frozen.get(note.pk)) for note in notes]


@router.get(
    "/notes/{note_id}/versions/{number}",
    response={200: VersionOut, 404: Refusal, 422: Refusal},
    summary="A frozen note, with sources",
)
def read_note(request: HttpRequest, note_id: UUID, number: int, link: str = "") -> dict[str, Any]:
    """The tree of blocks as it was frozen, and all that was said under its citations.

    What was taken back since says so in its place, ``withdrawn`` times; ``sha256`` remains the
    digest of what was frozen.
    """
    reader = reader_of(request, link)
    version = version_for(reader, note_id, number)
    shown = served(version)
    return {
        "identifier": note_id,
        "version": version.number,
        "issued_on": shown.document.issued_on,
        "sha256": version.sha256,
        "withdrawn": shown.withdrawn,
        "tree": to_json(shown.document),
        "sources": _sources(reader, version, shown.document),
    }


@router.get(
    "/notes/{note_id}/versions/{number}/{format}",
    response={404: Refusal, 422: Refusal},
    summary="A file of a frozen note",
    openapi_extra={"responses": {200: _A_FILE}},
)
def download_note(
    request: HttpRequest, note_id: UUID, number: int, format: str, link: str = ""
) -> FileResponse:
    """``format`` is pdf, docx, odt or html."""
    if format not in ExportFormat.values:
        raise Http404
    version = version_for(reader_of(request, link), note_id, number)
    return FileResponse(
        render_export(version.pk, format=format).file.open("rb"),
        as_attachment=True,
        filename=file_name(from_json(version.tree), format),
        content_type=CONTENT_TYPES[format],
    )


def _described(note: Deliverable, version: Version | None) -> dict[str, Any]:
    meeting = note.meeting
    assert meeting is not None
    return {
        "identifier": note.pk,
        "seminar": str(meeting),
        "territory": meeting.site.territory.name if meeting.site else "",
        "title": note.title,
        "state": note.state,
        "version": version.number if version else None,
        "frozen_at": version.frozen_at if version else None,
        "sha256": version.sha256 if version else "",
    }


def _sources(reader: Reader, version: Version, document: Document) -> list[dict[str, Any]]:
    cited = [
        citation
        for section in document.sections
        for block in section.blocks
        for citation in citations_of(block)
    ]
    return [
        {
            "ref": str(source.reference),
            "card": source.title,
            "released_by": source.released_by,
            "contributions": [
                {
                    "id": line.contribution.pk,
                    "text": line.contribution.text,
                    "author": line.author,
                    "source": line.contribution.source,
                    "cards": [card.title for card in line.path],
                }
                for line in source.lines
            ],
        }
        for source in sources_visible_to(reader.viewer, references_of(cited), version.deliverable)
    ]

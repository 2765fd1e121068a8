"""What a passage rests on: the cards it cites, and all that was said in them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.document.tree import Block as TreeBlock
from fabrique.document.tree import Bullets, Document, Item
from fabrique.stages.deliverable.analyses.differences import passages_by_key
from fabrique.stages.deliverable.analyses.served import drafted, served
from fabrique.stages.deliverable.models import Block
from fabrique.stages.deliverable.passages import citations_of, words_of
from fabrique.stages.deliverable.queries import sources_visible_to
from fabrique.stages.deliverable.reading import (
    Reader,
    block_for,
    private,
    reader_of,
    version_for,
)
from fabrique.stages.deliverable.references import references_of


@never_cache
@require_GET
def sources(request: HttpRequest, block_id: UUID, link_key: str = "") -> HttpResponse:
    """Of a frozen version with ``?version=``, of the draft otherwise (for the team alone)."""
    reader = reader_of(request, link_key)
    row = block_for(reader, block_id)
    passage = _passage(reader, row, request.GET.get("version", ""))
    words = words_of(passage)
    in_place = request.headers.get("HX-Request") == "true"
    context = {
        "in_place": in_place,
        "row": row,
        "meeting": row.deliverable.meeting,
        "words": words,
        "title": getattr(passage, "title", "") or getattr(passage, "caption", ""),
        "sources": sources_visible_to(
            reader.viewer, references_of(citations_of(passage)), row.deliverable
        ),
        "reader": reader,
        "back": _back(reader, row, request.GET.get("version", "")),
    }
    template = "deliverable/_sources.html" if in_place else "deliverable/sources.html"
    return private(render(request, template, context), reader)


def _passage(reader: Reader, row: Block, number: str) -> TreeBlock:
    if not number:
        if reader.participant is not None:
            raise Http404
        (shown,) = drafted(row.deliverable, [row])
        return shown.tree
    if not (number.isascii() and number.isdigit()):
        raise Http404
    version = version_for(reader, row.deliverable_id, int(number))
    return _frozen(served(version).document, str(row.pk))


def _frozen(document: Document, key: str) -> TreeBlock:
    found = passages_by_key(document).get(key)
    if found is None:
        raise Http404
    return Bullets((found,)) if isinstance(found, Item) else found


def _back(reader: Reader, row: Block, number: str) -> str:
    if not number:
        return ""
    return reader.addresses.version(version_for(reader, row.deliverable_id, int(number)))

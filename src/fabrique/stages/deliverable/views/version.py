"""Reading a frozen note: from any sentence, one click shows what it rests on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.document.html import render_html
from fabrique.stages.deliverable.actions import says
from fabrique.stages.deliverable.analyses.differences import differences
from fabrique.stages.deliverable.analyses.served import Served, served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.models import Version
from fabrique.stages.deliverable.queries import has_moved_on, notes_edited_by, version_before
from fabrique.stages.deliverable.reading import Reader, private, reader_of, version_for


@never_cache
@require_GET
def version(
    request: HttpRequest, deliverable_id: UUID, number: int, link_key: str = ""
) -> HttpResponse:
    reader = reader_of(request, link_key)
    found = version_for(reader, deliverable_id, number)
    shown = served(found)
    document = shown.document
    before = version_before(found)
    html = render_html(
        document, passage_link=lambda block: reader.addresses.sources(block, found), level=1
    )
    files = _files(reader, found, shown)
    context = {
        "version": found,
        "document": document,
        "html": mark_safe(html),
        "files": files,
        "is_ready": len(files) == len(ExportFormat.values),
        "withdrawn": shown.withdrawn,
        "has_moved_on": has_moved_on(found),
        "before": before,
        "changes": differences(served(before).document, document) if before else None,
        "reader": reader,
        "may_write": notes_edited_by(reader.viewer).filter(pk=found.deliverable_id).exists(),
    }
    return private(render(request, "deliverable/version.html", context), reader)


def _files(reader: Reader, version: Version, shown: Served) -> list[tuple[str, str, int]]:
    """Label, address and size of the files that are ready."""
    return [
        (
            ExportFormat(export.format).label,
            reader.addresses.export(version, export.format),
            export.file.size,
        )
        for export in version.exports.all()
        if says(export, shown)
    ]

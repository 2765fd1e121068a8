"""The files of a note: those of a frozen version, and the draft's, which say that it is one."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fabrique.document.codec import from_json
from fabrique.stages.deliverable.actions import ask_for_exports, render_export
from fabrique.stages.deliverable.addresses import Addresses
from fabrique.stages.deliverable.analyses.composition import compose
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.exports import CONTENT_TYPES, file_name, rendered
from fabrique.stages.deliverable.queries import note_of
from fabrique.stages.deliverable.reading import (
    meeting_for,
    note_to_write,
    reader_of,
    version_for,
)


@never_cache
@require_GET
def export(
    request: HttpRequest, deliverable_id: UUID, number: int, format: str, link_key: str = ""
) -> HttpResponseBase:
    """The file as it was made; made now when the worker has not come to it yet."""
    _check(format)
    version = version_for(reader_of(request, link_key), deliverable_id, number)
    file = render_export(version.pk, format=format).file
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=file_name(from_json(version.tree), format),
        content_type=CONTENT_TYPES[format],
    )


@require_POST
def make(request: HttpRequest, deliverable_id: UUID, number: int) -> HttpResponse:
    """Ask again for the files of a version, when some could not be made."""
    note = note_to_write(request, deliverable_id)
    version = version_for(reader_of(request), note.pk, number)
    ask_for_exports(version.pk)
    return redirect(Addresses().version(version))


@never_cache
@require_GET
def preview(request: HttpRequest, meeting_id: UUID, format: str) -> HttpResponse:
    _check(format)
    note = note_of(meeting_for(request, meeting_id))
    if note is None:
        raise Http404
    document = compose(note, issued_on=timezone.localdate())
    return HttpResponse(
        rendered(document, format),
        content_type=CONTENT_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{file_name(document, format)}"'},
    )


def _check(format: str) -> None:
    if format not in ExportFormat.values:
        raise Http404

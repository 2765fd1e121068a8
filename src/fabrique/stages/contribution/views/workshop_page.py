"""The page of one workshop, for the formats that have one: read at leisure, outside the console."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme import year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of


@never_cache
@require_safe
@with_facilitated_meeting
def workshop_page(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    workshop, format = workshop_of(request, meeting, workshop_id)
    if not format.has_page:
        raise Http404
    viewer = account_viewer(request.user)
    context = page_context(meeting, workshop, format) | format.context(workshop, viewer, "page")
    return render(request, f"formats/{format.key}/page.html", context)


def workshop_of(
    request: HttpRequest, meeting: Meeting, workshop_id: UUID
) -> tuple[Workshop, Format]:
    here = queries.workshops_visible_to(account_viewer(request.user), meeting)
    workshop = get_object_or_404(here, pk=workshop_id)
    workshop.meeting = meeting
    return workshop, get_format(workshop.format)


def page_context(meeting: Meeting, workshop: Workshop, format: Format) -> dict[str, Any]:
    """What every page of a workshop says: where one is, and the way back to the console."""
    console = reverse("contribution:console", args=[meeting.pk])
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, blueprint_of(meeting.programme)),
        "workshop": workshop,
        "format": format,
        "files": format.files(workshop),
        "console_url": f"{console}?atelier={workshop.pk}",
        "import_url": reverse("contribution:cards-import", args=[meeting.pk, workshop.pk])
        if format.brought_files
        else "",
    }

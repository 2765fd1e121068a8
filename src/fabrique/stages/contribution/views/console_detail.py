"""What opens over the board of the console: a page of its own, or only its fragment."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme.models import Meeting


def workshop_of(request: HttpRequest, meeting: Meeting, workshop_id: UUID | str) -> Workshop:
    """The workshop of this seminar, or nothing there."""
    here = queries.workshops_visible_to(account_viewer(request.user), meeting)
    workshop = get_object_or_404(here, pk=workshop_id)
    workshop.meeting = meeting
    return workshop


def detail_page(
    request: HttpRequest, name: str, workshop: Workshop, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """The template of that name, whole or as the fragment a script asks for."""
    page = reverse("contribution:console", args=[workshop.meeting_id])
    shared = {
        "refusal": "",
        "meeting": workshop.meeting,
        "workshop": workshop,
        "move_url": reverse("contribution:move", args=[workshop.meeting_id]),
        "back_url": f"{page}?atelier={workshop.pk}",
    }
    fragment = request.headers.get("X-Fragment") == "1"
    template = f"contribution/_{name}.html" if fragment else f"contribution/{name}.html"
    response = render(request, template, shared | context, status=status)
    response["Vary"] = "X-Fragment"
    return response

"""The note being written: as it will look, passage by passage, each at hand to be changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.editor import Editor, open_editor
from fabrique.stages.deliverable.errors import DeliverableError
from fabrique.stages.deliverable.queries import note_of
from fabrique.stages.deliverable.reading import (
    actor_of,
    facilitates,
    meeting_for,
    meeting_to_write,
)
from fabrique.stages.deliverable.wording import sentence


@never_cache
@require_GET
def note(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """``?passage=`` opens one passage for editing, ``?chercher=`` looks for what it may cite."""
    meeting = meeting_for(request, meeting_id)
    found = note_of(meeting)
    if found is None:
        context: dict[str, Any] = {"meeting": meeting, "may_write": facilitates(request, meeting)}
        return render(request, "deliverable/no_note.html", context)
    editor = open_editor(
        found,
        may_write=facilitates(request, meeting),
        opened=request.GET.get("passage", ""),
        looking_for=request.GET.get("chercher"),
    )
    return note_page(request, editor)


@require_POST
def draft(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Draft the note, or take up what the session has that is new."""
    meeting = meeting_to_write(request, meeting_id)
    try:
        draft_note(meeting, actor=actor_of(request))
    except DeliverableError as error:
        messages.error(request, sentence(error))
    return redirect("deliverable:note", meeting_id=meeting.pk)


def note_page(request: HttpRequest, editor: Editor, status: int = 200) -> HttpResponse:
    return render(request, "deliverable/note.html", {"editor": editor}, status=status)

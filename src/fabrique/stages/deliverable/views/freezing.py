"""Freezing: what will happen is said first, then done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.deliverable.actions import freeze, reopen
from fabrique.stages.deliverable.addresses import Addresses
from fabrique.stages.deliverable.editor import open_editor
from fabrique.stages.deliverable.errors import DeliverableError
from fabrique.stages.deliverable.queries import present_at
from fabrique.stages.deliverable.reading import actor_of, note_to_write
from fabrique.stages.deliverable.wording import sentence


@never_cache
@require_http_methods(["GET", "POST"])
def freeze_note(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    deliverable = note_to_write(request, deliverable_id)
    if request.method == "GET":
        editor = open_editor(deliverable, may_write=True)
        context = {
            "editor": editor,
            "number": editor.version.number + 1 if editor.version else 1,
            "people": len(present_at(editor.meeting)),
        }
        return render(request, "deliverable/freeze.html", context)
    try:
        version = freeze(deliverable.pk, actor=actor_of(request))
    except DeliverableError as error:
        messages.error(request, sentence(error))
        return redirect("deliverable:note", meeting_id=deliverable.meeting_id)
    messages.success(request, _("La version %(number)d est figée.") % {"number": version.number})
    return redirect(Addresses().version(version))


@require_POST
def reopen_note(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    deliverable = note_to_write(request, deliverable_id)
    reopen(deliverable.pk, actor=actor_of(request))
    return redirect(reverse("deliverable:note", kwargs={"meeting_id": deliverable.meeting_id}))

"""The run sheet: its hours, what the method would advise, and each line to change or move."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.blueprint import fill
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.access import with_meeting
from fabrique.stages.seminar.actions import run_sheet as verbs
from fabrique.stages.seminar.errors import RoomError
from fabrique.stages.seminar.forms.run_sheet import SequenceForm
from fabrique.stages.seminar.models import Sequence
from fabrique.stages.seminar.queries import sequences_of
from fabrique.stages.seminar.running_order import RunningOrder
from fabrique.stages.seminar.wording.refusals import say


@require_safe
@with_meeting
def run_sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    order = RunningOrder(meeting, verbs.ensure_run_sheet(meeting))
    context = _context(meeting) | {
        "order": order,
        "may_change": request.user.has_perm("programme.facilitate", meeting),
    }
    return render(request, "seminar/run_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = _form(request, meeting, {})
    if request.method == "POST" and form.is_valid():
        added = verbs.add_sequence(meeting, actor=str(request.user), **_values(form, meeting))
        messages.success(request, _("La séquence est ajoutée à la fin du déroulé."))
        return _onward(form, meeting, added)
    context = _context(meeting) | {"form": form, "sequence": None}
    return render(request, "seminar/sequence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def change(request: HttpRequest, meeting: Meeting, sequence_id: UUID) -> HttpResponse:
    sequence = get_object_or_404(sequences_of(meeting), pk=sequence_id)
    form = _form(request, meeting, {name: getattr(sequence, name) for name in verbs.FIELDS})
    if request.method == "POST" and form.is_valid():
        changed = verbs.change_sequence(
            sequence.pk, actor=str(request.user), **_values(form, meeting)
        )
        messages.success(request, _("La séquence est enregistrée."))
        return _onward(form, meeting, changed)
    context = _context(meeting) | {"form": form, "sequence": sequence}
    return render(request, "seminar/sequence.html", context)


@require_POST
@with_facilitated_meeting
def move(request: HttpRequest, meeting: Meeting, sequence_id: UUID) -> HttpResponse:
    """``place`` counts from 1, as dragged or as the arrows say."""
    sequence = get_object_or_404(sequences_of(meeting), pk=sequence_id)
    typed = request.POST.get("place", "")
    if typed.lstrip("-").isdecimal():
        verbs.move_sequence(sequence.pk, place=int(typed[:6]), actor=str(request.user))
    return redirect(f"{reverse('seminar:run-sheet', args=[meeting.pk])}#sequence-{sequence.pk}")


@require_POST
@with_facilitated_meeting
def remove(request: HttpRequest, meeting: Meeting, sequence_id: UUID) -> HttpResponse:
    sequence = get_object_or_404(sequences_of(meeting), pk=sequence_id)
    try:
        verbs.remove_sequence(sequence.pk, actor=str(request.user))
    except RoomError as refusal:
        messages.error(request, say(refusal))
    else:
        said = {"title": sequence.title}
        messages.success(request, _("« %(title)s » est retirée du déroulé.") % said)
    return redirect("seminar:run-sheet", meeting.pk)


def _form(request: HttpRequest, meeting: Meeting, initial: dict[str, Any]) -> SequenceForm:
    blueprint = queries.blueprint_of(meeting.programme)
    data = request.POST if request.method == "POST" else None
    return SequenceForm(
        data, blueprint=blueprint, is_local=meeting.site_id is not None, initial=initial
    )


def _values(form: SequenceForm, meeting: Meeting) -> dict[str, Any]:
    """What was typed; a prompt left empty is the one of the format, in this programme's words."""
    values = form.values
    plan = queries.blueprint_of(meeting.programme).formats.get(values["format"])
    if plan is not None and not values["prompt"]:
        known = queries.placeholder_values(meeting.programme, meeting.site)
        values["prompt"] = fill(plan.prompt, known)
    return values


def _onward(form: SequenceForm, meeting: Meeting, sequence: Sequence) -> HttpResponse:
    """Back to the run sheet; when a format just chosen has lists, to those lists first."""
    was_shown = any(f"list-{name}" in form.data for name in form.lists)
    if form.lists and not was_shown:
        here = reverse("seminar:sequence", args=[meeting.pk, sequence.pk])
        return redirect(f"{here}#reglages")
    return redirect(f"{reverse('seminar:run-sheet', args=[meeting.pk])}#sequence-{sequence.pk}")


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
    }

"""Fixing, moving or withdrawing the date of a meeting; saying it was held, or cancelling it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import refuse_unless, with_facilitated_meeting
from fabrique.stages.programme.actions import meetings as verbs
from fabrique.stages.programme.forms.meetings import ScheduleForm
from fabrique.stages.programme.lifecycle import IllegalMove
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries.polls import poll_of
from fabrique.stages.programme.wording.refusals import say

MOVES: dict[str, tuple[Callable[..., Meeting], Any]] = {
    "hold": (verbs.hold_meeting, gettext_lazy("La réunion est marquée comme tenue.")),
    "cancel": (verbs.cancel_meeting, gettext_lazy("La réunion est annulée.")),
    "unschedule": (verbs.unschedule_meeting, gettext_lazy("La date est retirée.")),
    "plan-again": (verbs.plan_meeting_again, gettext_lazy("La réunion est de nouveau à fixer.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def schedule(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    blueprint = queries.blueprint_of(meeting.programme)
    minutes = blueprint.meeting(meeting.key).minutes
    form = ScheduleForm(
        request.POST or None, initial=ScheduleForm.initial_of(meeting, minutes=minutes)
    )
    if request.method == "POST" and form.is_valid() and _scheduled(request, meeting, form):
        return redirect("seminar:detail", meeting.pk)
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, blueprint),
        "window": year.window_words(meeting),
        "form": form,
        "minutes": minutes,
        "poll": poll_of(meeting),
    }
    return render(request, "programme/meeting_schedule.html", context)


@require_POST
@with_facilitated_meeting
def move(request: HttpRequest, meeting: Meeting, move: str) -> HttpResponse:
    refuse_unless(move in MOVES)
    verb, done = MOVES[move]
    try:
        verb(meeting.pk, actor=str(request.user))
    except IllegalMove as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, str(done))
    return redirect("programme:meeting-schedule", meeting.pk)


def _scheduled(request: HttpRequest, meeting: Meeting, form: ScheduleForm) -> bool:
    try:
        dated = verbs.schedule_meeting(
            meeting.pk,
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            place=form.cleaned_data["place"],
            actor=str(request.user),
        )
    except IllegalMove as refusal:
        form.add_error(None, say(refusal))
        return False
    day = timezone.localdate(dated.starts_at)
    if meeting.is_in_window(day):
        messages.success(request, _("La date est fixée."))
    else:
        messages.warning(
            request,
            _("La date est fixée, en dehors de la période prévue (%(window)s).")
            % {"window": year.window_words(meeting)},
        )
    return True

"""When people could come to a meeting: asked, read, asked again, and a day chosen."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.actions import polls as verbs
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.availability import ChosenDayForm, PollForm
from fabrique.stages.programme.forms.meetings import ScheduleForm
from fabrique.stages.programme.lifecycle import IllegalMove
from fabrique.stages.programme.models import Meeting, PollOption
from fabrique.stages.programme.queries.polls import (
    closed_days,
    days_worth_proposing,
    options_of,
    poll_of,
    working_days,
)
from fabrique.stages.programme.wording.availability import say_asked, say_reminded
from fabrique.stages.programme.wording.refusals import say

TIME_TO_ANSWER = timedelta(days=10)


@require_safe
@with_facilitated_meeting
def results(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    poll = poll_of(meeting)
    if poll is None:
        return render(request, "programme/poll_none.html", _context(meeting))
    context = _context(meeting) | {
        "poll": poll,
        "results": results_of(meeting, poll),
        "chosen": year.moment_words(meeting),
    }
    return render(request, "programme/poll.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def ask(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    poll = poll_of(meeting)
    today = timezone.localdate()
    days = working_days(meeting)
    initial = PollForm.initial_of(
        working_days=days,
        suggested=days_worth_proposing(meeting, today=today),
        poll=poll,
        options=options_of(poll) if poll else [],
        hours=_usual_hours(meeting),
        answer_by=today + TIME_TO_ANSWER,
    )
    form = PollForm(
        request.POST or None,
        working_days=days,
        initial=initial,
        other_days=initial.get("other_days", 3),
    )
    if request.method == "POST" and form.is_valid() and _asked(request, meeting, form):
        return redirect("programme:poll", meeting.pk)
    context = _context(meeting) | {
        "poll": poll,
        "form": form,
        "closed": {day.isoformat(): why for day, why in closed_days(meeting).items()},
    }
    return render(request, "programme/poll_ask.html", context)


@require_POST
@with_facilitated_meeting
def remind(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if poll_of(meeting) is None:
        raise Http404
    try:
        done = verbs.remind_silent(meeting.pk, actor=str(request.user))
    except ProgrammeError as refusal:
        messages.error(request, say(refusal))
    else:
        show = messages.success if done.reminded else messages.info
        show(request, say_reminded(done))
    return redirect("programme:poll", meeting.pk)


@require_POST
@with_facilitated_meeting
def close(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    verbs.close_poll(meeting.pk, actor=str(request.user))
    messages.success(request, _("Les réponses ne sont plus recueillies."))
    return redirect("programme:poll", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def choose(request: HttpRequest, meeting: Meeting, option_id: UUID) -> HttpResponse:
    poll = poll_of(meeting)
    found = results_of(meeting, poll) if poll else None
    day = found.day(option_id) if found else None
    if found is None or day is None:
        raise Http404
    form = ChosenDayForm(
        request.POST or None, option=day.option, initial=_hours_of(day.option, meeting)
    )
    if request.method == "POST" and form.is_valid() and _chosen(request, form):
        return redirect("seminar:detail", meeting.pk)
    context = _context(meeting) | {
        "day": day,
        "form": form,
    }
    return render(request, "programme/poll_choose.html", context)


def _asked(request: HttpRequest, meeting: Meeting, form: PollForm) -> bool:
    try:
        asked = verbs.open_poll(
            meeting.pk,
            days=form.proposed,
            message=form.cleaned_data["message"],
            answer_by_date=form.cleaned_data["answer_by_date"],
            actor=str(request.user),
        )
    except ProgrammeError as refusal:
        form.add_error(None, say(refusal))
        return False
    messages.success(request, say_asked(asked))
    return True


def _chosen(request: HttpRequest, form: ChosenDayForm) -> bool:
    try:
        verbs.choose_option(
            form.option.pk,
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            place=form.cleaned_data["place"],
            actor=str(request.user),
        )
    except (ProgrammeError, IllegalMove) as refusal:
        form.add_error(None, say(refusal))
        return False
    messages.success(
        request,
        _("La date est fixée : %(day)s. Les réponses ne sont plus recueillies.")
        % {"day": year.weekday_words(form.option.date)},
    )
    return True


def _usual_hours(meeting: Meeting) -> tuple[time, time]:
    minutes = queries.blueprint_of(meeting.programme).meeting(meeting.key).minutes
    usual = ScheduleForm.initial_of(meeting, minutes=minutes)
    return usual["start"], usual["end"]


def _hours_of(option: PollOption, meeting: Meeting) -> dict[str, Any]:
    start, end = _usual_hours(meeting)
    hours = {"start": option.starts_at or start, "end": option.ends_at or end}
    return hours | {"place": meeting.place}


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "window": year.window_words(meeting),
    }

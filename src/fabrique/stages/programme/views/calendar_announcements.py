"""Before anything is sent: the dates people know beside those they would be told."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import calendar_page, queries
from fabrique.stages.programme.access import (
    refuse_unless,
    with_facilitated_meeting,
    with_programme,
)
from fabrique.stages.programme.actions.announcements import announce_dates
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.proposals import ask_again, lose_date
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.calendar import AnnounceForm, LostDateForm
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.programme.queries.expected import expected_at
from fabrique.stages.programme.queries.planning import day_of, told_day, untold
from fabrique.stages.programme.wording.calendar import long_day, meeting_name
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def announce(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    seen = queries.meetings_facilitated_by(account_viewer(request.user))
    meetings = untold(list(seen.filter(programme=programme)))
    form = AnnounceForm(request.POST or None, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        try:
            told = announce_dates(programme, form.ids, actor=str(request.user))
        except ProgrammeError as refusal:
            messages.info(request, say(refusal))
        else:
            messages.success(request, _told(told))
        return redirect("programme:calendar", programme.slug)
    found = calendar_page.changes(meetings, expected_at(meetings))
    boxed = [(change, form.box(change.meeting)) for change in found]
    context = {
        "programme": programme,
        "form": form,
        "moved": [(change, box) for change, box in boxed if not change.is_new],
        "new": [(change, box) for change, box in boxed if change.is_new],
    }
    return render(request, "programme/calendar/announce.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def lost_date(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    day = day_of(meeting)
    if day is None:
        messages.info(request, _("Cette réunion n'a pas de date : changez sa période."))
        return redirect("programme:calendar", meeting.programme.slug)
    if request.method == "POST":
        make_contacts(meeting.programme_id)
    expected = expected_at([meeting])[meeting.pk]
    form = LostDateForm(request.POST or None, expected=expected, day=day)
    if request.method == "POST" and form.is_valid():
        actor = str(request.user)
        try:
            lose_date(meeting.pk, actor=actor, **form.details)
            batch = ask_again(meeting.programme, actor=actor)
        except ProgrammeError as refusal:
            messages.error(request, say(refusal))
            return redirect("programme:calendar", meeting.programme.slug)
        return redirect("programme:proposals", meeting.programme.slug, batch)
    context = {
        "programme": meeting.programme,
        "meeting": meeting,
        "name": meeting_name(meeting),
        "day": long_day(day),
        "is_told": told_day(meeting) == day,
        "form": form,
    }
    return render(request, "programme/calendar/lost_date.html", context)


def _told(told: Sequence[Meeting]) -> str:
    """Nobody is written to about a day that is over: said rather than promised."""
    count = len(told)
    now = timezone.now()
    if all(one.ends_at is not None and one.ends_at < now for one in told):
        said = ngettext(
            "%(count)d date est annoncée. Elle est passée : aucun message ne partira.",
            "%(count)d dates sont annoncées. Elles sont passées : aucun message ne partira.",
            count,
        )
    else:
        said = ngettext(
            "%(count)d date est annoncée : les messages partiront avec le prochain envoi.",
            "%(count)d dates sont annoncées : les messages partiront avec le prochain envoi.",
            count,
        )
    return said % {"count": count}

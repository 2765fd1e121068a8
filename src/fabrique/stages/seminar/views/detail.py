"""The page of a meeting, from which everything about it is one click away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.access import with_meeting
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.guest_list import guest_list
from fabrique.stages.seminar.overview import overview, when_and_where
from fabrique.stages.seminar.queries import room_of
from fabrique.stages.seminar.wording.invitations import say_substitute


@require_safe
@with_meeting
def detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    blueprint = queries.blueprint_of(meeting.programme)
    guests = guest_list(meeting)
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, blueprint),
        "when": when_and_where(meeting),
        "purposes": [line for line in meeting.purpose.splitlines() if line.strip()],
        "movements": overview(
            account_viewer(request.user),
            meeting,
            blueprint,
            sequences=ensure_run_sheet(meeting),
            room=room_of(meeting),
            guests=guests,
            may_change=request.user.has_perm("programme.facilitate", meeting),
        ),
        "excused": [(line.name, say_substitute(line.reply)) for line in guests.excused],
    }
    return render(request, "seminar/detail.html", context)

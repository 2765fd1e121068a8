"""What to print before a seminar: each sheet, or all of them at once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.print_sheets import PrintFile, archive, print_files
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet


@require_safe
@with_facilitated_meeting
def print_kit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "files": _files(request, meeting),
    }
    return render(request, "contribution/print_kit.html", context)


@require_safe
@with_facilitated_meeting
def print_file(request: HttpRequest, meeting: Meeting, key: str) -> HttpResponse:
    found = next((file for file in _files(request, meeting) if file.key == key), None)
    if found is None:
        raise Http404
    return _sent(found.pdf(), "application/pdf", found.filename, inline=True)


@require_safe
@with_facilitated_meeting
def print_everything(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    content = archive(_files(request, meeting))
    place = meeting.site.territory.name if meeting.site else meeting.key
    return _sent(content, "application/zip", f"impression-{slugify(place)}.zip", inline=False)


def _files(request: HttpRequest, meeting: Meeting) -> list[PrintFile]:
    return print_files(
        account_viewer(request.user),
        meeting,
        prepare_room(meeting),
        ensure_run_sheet(meeting),
        lay_out_workshops(meeting),
    )


def _sent(content: bytes, media_type: str, filename: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{filename}"'
    return response

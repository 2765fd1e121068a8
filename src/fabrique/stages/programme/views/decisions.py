"""The log of decisions of a whole programme: to read, to print, to take away as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fabrique.kit.sheets import MEDIA_TYPES, write_sheet
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import with_programme
from fabrique.stages.programme.committee import LogLine, log_lines
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries.committee import decisions_visible_to


@require_safe
@with_programme
def decisions(request: HttpRequest, programme: Programme) -> HttpResponse:
    """``?reunion=`` keeps the decisions of one meeting."""
    lines = _log(request, programme)
    meetings = {line.point.meeting_id: line.point.meeting for line in lines}
    chosen = request.GET.get("reunion", "")
    context = {
        "programme": programme,
        "total": len(lines),
        "chosen": chosen,
        "meetings": [(str(key), meeting) for key, meeting in meetings.items()],
        "lines": [line for line in lines if chosen in ("", str(line.point.meeting_id))],
        "formats": list(MEDIA_TYPES),
    }
    return render(request, "programme/decisions.html", context)


@require_safe
@with_programme
def decisions_file(request: HttpRequest, programme: Programme, format: str) -> HttpResponse:
    if format not in MEDIA_TYPES:
        raise Http404
    chosen = request.GET.get("reunion", "")
    lines = [
        line for line in _log(request, programme) if chosen in ("", str(line.point.meeting_id))
    ]
    content = decisions_as_sheet(lines, format=format)
    response = HttpResponse(content, content_type=MEDIA_TYPES[format])
    name = f"releve-de-decisions-{programme.slug}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def decisions_as_sheet(lines: list[LogLine], *, format: str) -> bytes:
    columns = (
        _("Date"),
        _("Réunion"),
        _("Territoire"),
        _("Point"),
        _("Décision"),
        _("Décidé par"),
        _("Suites"),
        _("État"),
    )
    rows = [
        (
            line.day,
            line.point.meeting.title,
            line.place,
            line.point.title,
            line.words,
            line.decision.decided_by,
            line.decision.follow_up,
            line.state,
        )
        for line in lines
    ]
    return write_sheet(columns, rows, format=format, title=_("Relevé de décisions"))


def _log(request: HttpRequest, programme: Programme) -> list[LogLine]:
    seen = decisions_visible_to(account_viewer(request.user))
    return log_lines(seen.filter(point__meeting__programme=programme))

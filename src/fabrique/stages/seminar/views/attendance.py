"""Who is there: the roll one ticks, and the code of the attendance sheet one scans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import refuse_unless, with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.access import with_meeting
from fabrique.stages.seminar.actions.attendance import mark_present, record_attendance
from fabrique.stages.seminar.analyses.roll import Roll, roll_of
from fabrique.stages.seminar.enums import AttendanceSource, AttendanceState
from fabrique.stages.seminar.forms.attendance import AttendanceForm
from fabrique.stages.seminar.queries import people_at
from fabrique.stages.seminar.wording.attendance import roll_words


@require_http_methods(["GET", "HEAD", "POST"])
@with_meeting
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    may_change = request.user.has_perm("programme.facilitate", meeting)
    roll = _roll(request, meeting)
    form = AttendanceForm(request.POST if request.method == "POST" else None, roll=roll)
    if request.method == "POST":
        refuse_unless(may_change)
        if form.is_valid():
            _record(request, meeting, form)
            return redirect("seminar:attendance", meeting.pk)
    context = _context(meeting, roll) | {"form": form, "may_change": may_change}
    return render(request, "seminar/attendance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def scan(request: HttpRequest, meeting: Meeting, member_id: UUID) -> HttpResponse:
    """What the code beside a name on the attendance sheet leads to. Looking writes nothing."""
    people = people_at(account_viewer(request.user), meeting)
    member = get_object_or_404(people, pk=member_id)
    if request.method == "POST":
        mark_present(meeting, member, actor=str(request.user))
        return redirect("seminar:scan", meeting.pk, member.pk)
    roll = _roll(request, meeting)
    here = next(one for one in roll.presences if one.member.pk == member.pk)
    context = _context(meeting, roll) | {"member": member, "presence": here}
    return render(request, "seminar/scan.html", context)


@require_safe
@with_meeting
def former_group(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Where a meeting's group used to be: it belongs to its territory."""
    slug = meeting.programme.slug
    if meeting.site is None:
        return redirect("seminar:attendance", meeting.pk)
    return redirect("programme:group", slug, meeting.site.territory_id)


def _record(request: HttpRequest, meeting: Meeting, form: AttendanceForm) -> None:
    rest = request.POST.get("rest") == AttendanceState.ABSENT
    count = record_attendance(
        meeting,
        marks=form.marks,
        source=AttendanceSource(form.cleaned_data["source"] or AttendanceSource.TICK),
        absent_ids=[one.member.pk for one in form.roll.presences] if rest else (),
        actor=str(request.user),
    )
    if not count:
        messages.info(request, _("Rien n'a changé."))
        return
    words = ngettext("%(count)d présence notée.", "%(count)d présences notées.", count)
    messages.success(request, words % {"count": count})


def _roll(request: HttpRequest, meeting: Meeting) -> Roll:
    quorum = queries.blueprint_of(meeting.programme).group.quorum
    return roll_of(account_viewer(request.user), meeting, quorum=quorum)


def _context(meeting: Meeting, roll: Roll) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "roll": roll,
        "roll_words": roll_words(roll),
    }

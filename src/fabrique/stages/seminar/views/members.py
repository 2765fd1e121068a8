"""The working group of a meeting: who is in it, added, changed, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.kit.sheets import plain_name
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.actions.members import add_member, change_member, remove_member
from fabrique.stages.programme.errors import MemberTwice
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.programme.wording import say
from fabrique.stages.seminar.access import with_meeting
from fabrique.stages.seminar.forms import MemberForm
from fabrique.stages.seminar.queries import members_of_meeting_visible_to


@require_safe
@with_meeting
def members(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    viewer = account_viewer(request.user)
    seen = members_of_meeting_visible_to(viewer, meeting)
    found = sorted(seen, key=lambda member: plain_name(member.name))
    context = _context(meeting) | {
        "members": found,
        "count": len(found),
        "group": queries.blueprint_of(meeting.programme).group,
        "may_change": request.user.has_perm("programme.facilitate", meeting),
    }
    return render(request, "seminar/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, meeting, form):
        return redirect("seminar:members", meeting.pk)
    return render(
        request, "seminar/member.html", _context(meeting) | {"form": form, "member": None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def change(request: HttpRequest, meeting: Meeting, member_id: UUID) -> HttpResponse:
    member = _member(request, meeting, member_id)
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid() and _changed(request, member, form):
        return redirect("seminar:members", meeting.pk)
    context = _context(meeting) | {"form": form, "member": member}
    return render(request, "seminar/member.html", context)


@require_POST
@with_facilitated_meeting
def remove(request: HttpRequest, meeting: Meeting, member_id: UUID) -> HttpResponse:
    member = _member(request, meeting, member_id)
    remove_member(member.pk, actor=str(request.user))
    messages.success(request, _("« %(name)s » n'est plus dans le groupe.") % {"name": member.name})
    return redirect("seminar:members", meeting.pk)


def _member(request: HttpRequest, meeting: Meeting, member_id: UUID) -> GroupMember:
    seen = members_of_meeting_visible_to(account_viewer(request.user), meeting)
    return get_object_or_404(seen, pk=member_id)


def _added(request: HttpRequest, meeting: Meeting, form: MemberForm) -> bool:
    try:
        add_member(
            meeting.programme, site=meeting.site, actor=str(request.user), **form.cleaned_data
        )
    except MemberTwice as refusal:
        form.add_error("name", say(refusal))
        return False
    messages.success(
        request, _("« %(name)s » est dans le groupe.") % {"name": form.cleaned_data["name"]}
    )
    return True


def _changed(request: HttpRequest, member: GroupMember, form: MemberForm) -> bool:
    try:
        change_member(member.pk, actor=str(request.user), **form.cleaned_data)
    except MemberTwice as refusal:
        form.add_error("name", say(refusal))
        return False
    messages.success(request, _("C'est enregistré."))
    return True


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
    }

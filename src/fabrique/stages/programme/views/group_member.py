"""Someone of a working group: added, changed, taken off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.programme import queries
from fabrique.stages.programme.actions.members import add_member, change_member, remove_member
from fabrique.stages.programme.enums import IN_GROUP
from fabrique.stages.programme.errors import (
    MemberEmailTwice,
    MemberTwice,
    ProgrammeError,
    StandsInForNobody,
)
from fabrique.stages.programme.group_access import (
    Group,
    with_facilitated_group,
    with_facilitated_member,
)
from fabrique.stages.programme.group_forms import MemberForm
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.programme.wording import say

_FIELD_OF: dict[type[ProgrammeError], str] = {
    MemberTwice: "name",
    MemberEmailTwice: "email",
    StandsInForNobody: "substitute_of",
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_group
def add(request: HttpRequest, group: Group) -> HttpResponse:
    form = MemberForm(request.POST or None, roster=queries.roster_of(group.programme, group.site))
    if request.method == "POST" and form.is_valid() and _added(request, group, form):
        return redirect(group.href)
    return _page(request, group, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_member
def change(request: HttpRequest, group: Group, member: GroupMember) -> HttpResponse:
    roster = queries.roster_of(group.programme, group.site).exclude(pk=member.pk)
    form = MemberForm(request.POST or None, instance=member, roster=roster)
    if request.method == "POST" and form.is_valid() and _changed(request, member, form):
        return redirect(group.href)
    return _page(request, group, form, member)


@require_POST
@with_facilitated_member
def remove(request: HttpRequest, group: Group, member: GroupMember) -> HttpResponse:
    remove_member(member.pk, actor=str(request.user))
    words = _("« %(name)s » n'est plus sur la liste du groupe.")
    messages.success(request, words % {"name": member.name})
    return redirect(group.href)


def _added(request: HttpRequest, group: Group, form: MemberForm) -> bool:
    try:
        member = add_member(
            group.programme, site=group.site, actor=str(request.user), **form.cleaned_data
        )
    except tuple(_FIELD_OF) as refusal:
        form.add_error(_FIELD_OF[type(refusal)], say(refusal))
        return False
    words = (
        _("« %(name)s » est dans le groupe.")
        if member.status in IN_GROUP
        else _("« %(name)s » est sur la liste, hors du groupe.")
    )
    messages.success(request, words % {"name": member.name})
    return True


def _changed(request: HttpRequest, member: GroupMember, form: MemberForm) -> bool:
    try:
        change_member(member.pk, actor=str(request.user), **form.cleaned_data)
    except tuple(_FIELD_OF) as refusal:
        form.add_error(_FIELD_OF[type(refusal)], say(refusal))
        return False
    messages.success(request, _("C'est enregistré."))
    return True


def _page(
    request: HttpRequest, group: Group, form: MemberForm, member: GroupMember | None
) -> HttpResponse:
    context = {
        "group": group,
        "programme": group.programme,
        "form": form,
        "member": member,
    }
    return render(request, "programme/group/member.html", context)

"""Someone of a working group: added, changed, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.actions.members import add_member, change_member, remove_member
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus
from fabrique.stages.programme.errors import (
    MemberEmailTwice,
    MemberTwice,
    ProfileGone,
    ProfileTaken,
    ProgrammeError,
    StandsInForNobody,
)
from fabrique.stages.programme.forms.group import MemberForm
from fabrique.stages.programme.group_access import (
    Group,
    with_facilitated_group,
    with_facilitated_member,
)
from fabrique.stages.programme.models import GroupMember, ProposedProfile
from fabrique.stages.programme.queries.committee import profiles_proposed_for, profiles_to_hand_over
from fabrique.stages.programme.wording.refusals import say

_FIELD_OF: dict[type[ProgrammeError], str] = {
    MemberTwice: "name",
    MemberEmailTwice: "email",
    StandsInForNobody: "substitute_of",
    ProfileTaken: "proposed_as",
    ProfileGone: "proposed_as",
}

#: What a profile says of whoever will be found for it.
PROFILE_FIELDS = ("institution", "institution_kind", "function_kind", "sector")


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_group
def add(request: HttpRequest, group: Group) -> HttpResponse:
    """``profil`` in the address is what an immersion day proposed: the name is left to type."""
    profile = _profile(request, group)
    if profile and request.method != "POST" and (said := _not_to_hand_over(profile)):
        messages.info(request, said)
        return redirect(group.href)
    form = MemberForm(
        request.POST or None,
        initial=_known_of(profile) if profile else {},
        roster=queries.roster_of(group.programme, group.site),
        profiles=[*([profile] if profile else []), *_waiting(request, group)],
    )
    if request.method == "POST" and form.is_valid() and _added(request, group, form):
        return redirect(group.href)
    return _page(request, group, form, None, profile)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_member
def change(request: HttpRequest, group: Group, member: GroupMember) -> HttpResponse:
    roster = queries.roster_of(group.programme, group.site).exclude(pk=member.pk)
    own = [member.proposed_as] if member.proposed_as else []
    form = MemberForm(
        request.POST or None,
        instance=member,
        roster=roster,
        profiles=[*own, *_waiting(request, group)],
    )
    if request.method == "POST" and form.is_valid() and _changed(request, member, form):
        return redirect(group.href)
    return _page(request, group, form, member, None)


@require_POST
@with_facilitated_member
def remove(request: HttpRequest, group: Group, member: GroupMember) -> HttpResponse:
    remove_member(member.pk, actor=str(request.user))
    words = _("« %(name)s » n'est plus sur la liste du groupe.")
    messages.success(request, words % {"name": member.name})
    return redirect(group.href)


def _profile(request: HttpRequest, group: Group) -> ProposedProfile | None:
    """What is to be handed over; 404 when it was never proposed here."""
    if group.site is None or "profil" not in request.GET:
        return None
    proposed = profiles_proposed_for(account_viewer(request.user), group.site)
    try:
        key = UUID(request.GET["profil"])
    except ValueError as unknown:
        raise Http404 from unknown
    return get_object_or_404(proposed, pk=key)


def _not_to_hand_over(profile: ProposedProfile) -> str:
    """Why it cannot be, in words: the page was opened long ago, or by two people."""
    taken: GroupMember | None = getattr(profile, "member", None)
    if taken is not None:
        return say(ProfileTaken(name=taken.name))
    return say(ProfileGone()) if profile.removed_at is not None else ""


def _known_of(profile: ProposedProfile) -> dict[str, Any]:
    """Everything but the name: a profile is a role until someone is found for it."""
    return {
        "status": MemberStatus.CANDIDATE,
        "proposed_as": profile,
        **{name: getattr(profile, name) for name in PROFILE_FIELDS},
    }


def _waiting(request: HttpRequest, group: Group) -> list[ProposedProfile]:
    """The profiles nobody was found for yet."""
    if group.site is None:
        return []
    return list(profiles_to_hand_over(account_viewer(request.user), group.site))


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
    request: HttpRequest,
    group: Group,
    form: MemberForm,
    member: GroupMember | None,
    profile: ProposedProfile | None,
) -> HttpResponse:
    context = {
        "group": group,
        "programme": group.programme,
        "form": form,
        "member": member,
        "profile": profile,
    }
    return render(request, "programme/group/member.html", context)

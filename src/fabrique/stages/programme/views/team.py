"""Someone of the team: given a place, changed, taken off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.kit.drafts import draft_written
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.team import (
    add_team_member,
    change_team_member,
    remove_team_member,
)
from fabrique.stages.programme.errors import InTheTeamAlready, NobodyLeads
from fabrique.stages.programme.forms.team import Appointer, PlaceForm
from fabrique.stages.programme.models import Programme, TeamMember
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def add(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    form = _form(request, programme, None)
    if form.is_valid() and (member := _added(request, programme, form)):
        draft_written(request, f"equipe-{programme.pk}")
        words = _(
            "%(who)s est dans l'équipe, et peut se connecter dès maintenant avec l'adresse "
            "%(email)s. Prévenez cette personne : Fabrique ne lui a rien envoyé."
        )
        messages.success(request, words % {"who": member.user, "email": member.user.email})
        return redirect("programme:settings", programme.slug)
    return _page(request, programme, form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def change(request: HttpRequest, programme: Programme, place_id: int) -> HttpResponse:
    member = _changeable(request, programme, place_id)
    form = _form(request, programme, member)
    if form.is_valid() and _changed(request, member, form):
        draft_written(request, f"equipe-{member.pk}")
        messages.success(request, _("C'est enregistré."))
        return redirect(_team_or_home(request, programme))
    return _page(request, programme, form)


@require_POST
@with_programme
def remove(request: HttpRequest, programme: Programme, place_id: int) -> HttpResponse:
    member = _changeable(request, programme, place_id)
    try:
        remove_team_member(member.pk, actor=str(request.user))
    except NobodyLeads as refusal:
        messages.error(request, say(refusal))
        return redirect("programme:team-member", programme.slug, member.pk)
    keeps_another = bool(queries.roles_of(member.user, programme))
    words = (
        _("%(who)s n'a plus ce rôle, et garde son autre place dans l'équipe.")
        if keeps_another
        else _("%(who)s n'est plus dans l'équipe et ne voit plus rien de la démarche.")
    )
    messages.success(request, words % {"who": member.user})
    return redirect(_team_or_home(request, programme))


def _changeable(request: HttpRequest, programme: Programme, place_id: int) -> TeamMember:
    refuse_unless(request.user.has_perm("programme.change", programme))
    team = queries.in_place().filter(programme=programme).select_related("user", "programme")
    member = get_object_or_404(team.prefetch_related("sites"), pk=place_id)
    leads = member.role in queries.LEADING_ROLES
    refuse_unless(not leads or request.user.has_perm("programme.appoint", programme))
    return member


def _form(request: HttpRequest, programme: Programme, member: TeamMember | None) -> PlaceForm:
    viewer = account_viewer(request.user)
    return PlaceForm(
        request.POST if request.method == "POST" else None,
        territories=[site.territory for site in programme.sites.select_related("territory")],
        appointer=Appointer(
            email=request.user.get_username(),
            may_appoint=request.user.has_perm("programme.appoint", programme),
            may_appoint_oneself=request.user.has_perm("programme.appoint_oneself", programme),
        ),
        member=member,
        may_rename=member is None or queries.may_rename(viewer, member.user),
    )


def _added(request: HttpRequest, programme: Programme, form: PlaceForm) -> TeamMember | None:
    try:
        return add_team_member(programme, form.entry, actor=str(request.user))
    except InTheTeamAlready as refusal:
        form.add_error("email", say(refusal))
        return None


def _changed(request: HttpRequest, member: TeamMember, form: PlaceForm) -> bool:
    try:
        change_team_member(member.pk, form.entry, actor=str(request.user))
    except InTheTeamAlready as refusal:
        form.add_error("email", say(refusal))
        return False
    except NobodyLeads as refusal:
        form.add_error("role", say(refusal))
        return False
    return True


def _page(request: HttpRequest, programme: Programme, form: PlaceForm) -> HttpResponse:
    context = {"programme": programme, "form": form, "member": form.member}
    status = 422 if form.is_bound else 200
    return render(request, "programme/settings/team_member.html", context, status=status)


def _team_or_home(request: HttpRequest, programme: Programme) -> str:
    """Whoever took their own place back no longer sees the page they came from."""
    if request.user.has_perm("programme.change", programme):
        return reverse("programme:settings", args=[programme.slug])
    sees = request.user.has_perm("programme.view", programme)
    return reverse("programme:detail", args=[programme.slug]) if sees else reverse("home")

"""« Réglages de la démarche »: what its facilitators may change of it during the year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.drafts import draft_written
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.presentation import change_partners, reword_programme
from fabrique.stages.programme.forms.presentation import PartnersForm, WordingForm
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.wording.settings import said

#: The latest changes told; the journal keeps them all.
CHANGES_SHOWN = 20


@require_safe
@with_programme
def settings(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    may_appoint = request.user.has_perm("programme.appoint", programme)
    sites = list(programme.sites.select_related("territory"))
    context = {
        "programme": programme,
        "team": [
            (member, may_appoint or member.role not in queries.LEADING_ROLES)
            for member in queries.team_of(programme)
        ],
        "may_appoint": may_appoint,
        "partners": list(programme.partners.all()),
        "sites": sites,
        "changes": [
            (line, said(line, sites))
            for line in queries.changes_of_settings(programme)[:CHANGES_SHOWN]
        ],
    }
    return render(request, "programme/settings/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def wording(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    known = {"title": programme.title, "question": programme.question}
    form = WordingForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        reword_programme(programme, actor=str(request.user), **form.cleaned_data)
        draft_written(request, f"question-{programme.pk}")
        messages.success(request, _("Le titre et la question sont enregistrés."))
        return redirect("programme:settings", programme.slug)
    context = {"programme": programme, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "programme/settings/wording.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def partners(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    known = {"partners": PartnersForm.written(programme.partners.all())}
    form = PartnersForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        change_partners(programme, form.cleaned_data["partners"], actor=str(request.user))
        draft_written(request, f"partenaires-{programme.pk}")
        messages.success(request, _("Les partenaires sont enregistrés."))
        return redirect("programme:settings", programme.slug)
    context = {"programme": programme, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "programme/settings/partners.html", context, status=status)

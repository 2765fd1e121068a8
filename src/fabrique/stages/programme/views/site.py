"""A territory's own page: its theme, its meetings, its group, the documents it will leave with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.sites import narrow_theme
from fabrique.stages.programme.documents import expected_documents
from fabrique.stages.programme.forms.meetings import ThemeForm
from fabrique.stages.programme.models import Programme


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def site(request: HttpRequest, programme: Programme, code: str) -> HttpResponse:
    viewer = account_viewer(request.user)
    seen = queries.sites_visible_to(viewer).filter(programme=programme)
    place = get_object_or_404(seen, territory_id=code)
    may_change = request.user.has_perm("programme.change", programme)
    form = ThemeForm(request.POST or None, initial={"theme": place.theme})
    if request.method == "POST":
        refuse_unless(may_change)
        if form.is_valid():
            narrow_theme(place.pk, theme=form.cleaned_data["theme"], actor=str(request.user))
            messages.success(request, _("Le thème est enregistré."))
            return redirect("programme:site", slug=programme.slug, code=code)
    blueprint = queries.blueprint_of(programme)
    meetings = list(queries.meetings_visible_to(viewer).filter(site=place))
    context = {
        "programme": programme,
        "blueprint": blueprint,
        "site": place,
        "form": form,
        "may_change": may_change,
        "lines": [year.line_of(meeting, blueprint) for meeting in meetings],
        "next_step": year.next_step(blueprint, meetings),
        "group_size": queries.members_visible_to(viewer).filter(site=place).count(),
        "documents": expected_documents(viewer, programme, site=place),
        "team": queries.team_of(programme, site=place),
    }
    return render(request, "programme/site.html", context)

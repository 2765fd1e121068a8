"""A council's evenings closed at once: how it meets is typed, the days are shown, then kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.constraints import add_councils
from fabrique.stages.programme.forms.councils import CouncilForm, EveningsForm
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries.planning import council_days_of, last_planned_day


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def councils(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    viewer = account_viewer(request.user)
    sites = list(queries.sites_visible_to(viewer).filter(programme=programme))
    seen = queries.meetings_facilitated_by(viewer)
    last = last_planned_day(seen.filter(programme=programme), programme)
    form = CouncilForm(
        request.POST or None,
        initial=CouncilForm.initial_of(first=programme.starts_on, last=last),
        sites=sites,
    )
    context = {"programme": programme, "form": form}
    if request.method == "POST" and form.is_valid():
        known = council_days_of(viewer, form.site_chosen)
        new = [day for day in form.days if day not in known]
        evenings = EveningsForm(request.POST, days=new)
        wants_to_close = "fermer" in request.POST
        if wants_to_close and evenings.is_valid():
            count = add_councils(
                programme,
                site=form.site_chosen,
                label=form.cleaned_data["label"],
                days=evenings.days,
                actor=str(request.user),
            )
            messages.success(request, _closed(count))
            return redirect("programme:calendar", programme.slug)
        context |= {
            "evenings": evenings,
            "count": len(new),
            "known": len(form.days) - len(new),
            "has_changed": wants_to_close and not evenings.is_bound,
        }
    return render(request, "programme/calendar/councils.html", context)


def _closed(count: int) -> str:
    return ngettext(
        "%(count)d soir de conseil est fermé.",
        "%(count)d soirs de conseil sont fermés.",
        count,
    ) % {"count": count}

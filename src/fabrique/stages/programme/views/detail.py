"""A programme's home: the year as a picture, what comes next, the territories, what is owed."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_programme
from fabrique.stages.programme.documents import expected_documents
from fabrique.stages.programme.models import Programme


@require_safe
@with_programme
def detail(request: HttpRequest, programme: Programme) -> HttpResponse:
    viewer = account_viewer(request.user)
    blueprint = queries.blueprint_of(programme)
    meetings = list(queries.meetings_visible_to(viewer).filter(programme=programme))
    sites = list(queries.sites_visible_to(viewer).filter(programme=programme))
    home = reverse("programme:detail", args=[programme.slug])
    hrefs = {step.key: f"{home}#territoires" for step in blueprint.steps}
    documents = expected_documents(viewer, programme)
    period = year.period_words(programme.starts_on, programme.ends_on)
    context = {
        "programme": programme,
        "eyebrow": f"{blueprint.title}, {period}",
        "stations": year.stations(blueprint, meetings, hrefs=hrefs),
        "sites": sites,
        "partners": list(programme.partners.all()),
        "next_step": year.next_step(blueprint, meetings),
        "rows": year.site_rows(blueprint, sites, meetings),
        "local_plans": [
            (plan, year.step_key(blueprint, plan.step))
            for plan in blueprint.meetings
            if plan.is_local
        ],
        "national_lines": [year.line_of(m, blueprint) for m in meetings if m.site_id is None],
        "held": year.held_count(meetings),
        "total": len(meetings),
        "final_documents": [document for document in documents if not document.is_a_note],
        "notes": [document for document in documents if document.is_a_note and document.is_done],
        "notes_done": sum(document.is_done for document in documents if document.is_a_note),
        "notes_total": sum(document.is_a_note for document in documents),
        "criteria": [
            (label, list(group))
            for label, group in groupby(
                queries.criteria_of(programme), key=lambda criterion: criterion.get_kind_display()
            )
        ],
        "team": queries.team_of(programme),
        "may_change": request.user.has_perm("programme.change", programme),
    }
    return render(request, "programme/detail.html", context)

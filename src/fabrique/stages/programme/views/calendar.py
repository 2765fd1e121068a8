"""The calendar of a series: what dates depend on, as a picture and in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import calendar_page, queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.analyses.comparison import batches
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries.planning import (
    first_free_day,
    planning_of,
    proposals_visible_to,
)
from fabrique.stages.programme.school_zones import sites_without_a_zone


@require_safe
@with_programme
def calendar(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    viewer = account_viewer(request.user)
    planning = planning_of(programme)
    sites = list(queries.sites_visible_to(viewer).filter(programme=programme))
    today = first_free_day(planning.meetings, programme)
    context = {
        "programme": programme,
        "steps": calendar_page.by_step(planning),
        "rows": calendar_page.picture(planning),
        "bands": calendar_page.bands(planning),
        "closed": calendar_page.closed_lines(planning.closed_periods),
        "rules": calendar_page.rules(planning),
        "quorum": planning.blueprint.group.quorum,
        "warnings": calendar_page.warnings(planning, today=today),
        "without_zone": sites_without_a_zone(sites),
        "batches": batches(proposals_visible_to(viewer).filter(programme=programme)[:40]),
    }
    return render(request, "programme/calendar/calendar.html", context)

"""The roadmap of a territory, readable all year: what is planned, what holds, files to take."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fabrique.kit.sheets import MEDIA_TYPES
from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.reach import resolved
from fabrique.stages.contribution.formats.roadmap import FORMAT
from fabrique.stages.contribution.formats.roadmap.agenda import write_agenda
from fabrique.stages.contribution.formats.roadmap.analysis import Plan, plan_of
from fabrique.stages.contribution.formats.roadmap.note import chart
from fabrique.stages.contribution.formats.roadmap.panel import panel_of, row_of
from fabrique.stages.contribution.formats.roadmap.sheets import write_plan
from fabrique.stages.contribution.formats.rows import kept_cards
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme import queries as programme_queries
from fabrique.stages.programme.models import Site
from fabrique.stages.synthesis.access import with_site

AGENDA = "ics"
AGENDA_TYPE = "text/calendar; charset=utf-8"


@require_safe
@with_site
def roadmap(request: HttpRequest, site: Site) -> HttpResponse:
    workshop = _plan_of(request, site)
    facilitated = programme_queries.meetings_facilitated_by(account_viewer(request.user))
    meeting = meeting_of_plan(facilitated.filter(site=site), workshop)
    context: dict[str, Any] = {
        "programme": site.programme,
        "site": site,
        "plan": None,
        "lead": site.theme,
        "import_url": reverse("synthesis:roadmap-import", args=[meeting.pk]) if meeting else "",
    }
    if workshop is not None and (plan := plan_of(workshop)).cards:
        context |= _described(workshop, plan)
    return render(request, "synthesis/roadmap.html", context)


@require_safe
@with_site
def roadmap_file(request: HttpRequest, site: Site, format: str) -> HttpResponse:
    """The whole plan as a sheet, or as a calendar; without any action, the columns to fill."""
    workshop = _plan_of(request, site)
    if format not in (*MEDIA_TYPES, AGENDA):
        raise Http404
    content, media_type = (
        (_agenda(workshop, site), AGENDA_TYPE)
        if format == AGENDA
        else (plan_as_sheet(workshop, format=format), MEDIA_TYPES[format])
    )
    response = HttpResponse(content, content_type=media_type)
    name = f"feuille-de-route-{slugify(site.territory.name)}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def plan_as_sheet(workshop: Workshop | None, *, format: str) -> bytes:
    """Every action of the workshop; the names of columns alone where there is none."""
    if workshop is None:
        return write_plan([], {}, format=format)
    plan = plan_of(workshop)
    named = [
        one
        for card in plan.cards
        for field in FORMAT.references
        for one in card.payload.get(field, ())
    ]
    earlier = {
        card_id: one.title
        for card_id, one in resolved(workshop, named).items()
        if not one.is_withdrawn
    }
    return write_plan(plan.cards, earlier, format=format)


def plan_shown(workshops: list[Workshop]) -> Workshop | None:
    """The last one that holds actions, else the last one."""
    filled = [one for one in workshops if kept_cards(one).exists()]
    return next(reversed(filled or workshops), None)


def meeting_of_plan(meetings: Any, workshop: Workshop | None) -> Any:
    """Where a plan is brought in: the meeting it was made in, else the territory's last seminar."""
    if workshop is not None:
        return meetings.filter(pk=workshop.meeting_id).first()
    return meetings.order_by("position").last()


def _plan_of(request: HttpRequest, site: Site) -> Workshop | None:
    viewer = account_viewer(request.user)
    return plan_shown(queries.workshops_of_site(viewer, site, FORMAT.key))


def _agenda(workshop: Workshop | None, site: Site) -> bytes:
    title = _("Feuille de route, %(site)s") % {"site": site.territory.name}
    cards = plan_of(workshop).cards if workshop else []
    return write_agenda(cards, title=title, written_at=timezone.now())


def _described(workshop: Workshop, plan: Plan) -> dict[str, Any]:
    dated, panel = plan.in_time, panel_of(plan)
    return {
        "plan": plan,
        "panel": panel,
        "lead": panel.summary,
        "timeline": drawn([chart(workshop, dated)]) if dated else "",
        "lines": [row_of(card) for card in plan.cards],
        "formats": [format.upper() for format in MEDIA_TYPES],
    }

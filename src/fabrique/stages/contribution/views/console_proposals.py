"""Groups the machine proposes among what is to sort: to take, to amend or to leave."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.analyses.grouping import groups_to_propose
from fabrique.stages.contribution.formats.local_words import details_of
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def proposals(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    viewer = account_viewer(request.user)
    workshops = queries.workshops_visible_to(viewer, meeting)
    workshop = get_object_or_404(workshops, pk=workshop_id)
    said = queries.contributions_visible_to(viewer, workshop).filter(set_aside_at=None)
    cards = queries.cards_visible_to(viewer, workshop)
    placed = {one.contribution_id for card in cards for one in queries.placed_in(card)}
    to_sort = [one for one in said if one.pk not in placed]
    format = get_format(workshop.format)
    page = reverse("contribution:console", args=[meeting.pk])
    context = {
        "meeting": meeting,
        "workshop": workshop,
        "count": len(to_sort),
        "groups": [
            (group, [(one, details_of(format, one.payload)) for one in group.contributions])
            for group in groups_to_propose(to_sort)
        ],
        "move_url": reverse("contribution:move", args=[meeting.pk]),
        "back_url": f"{page}?atelier={workshop.pk}",
    }
    fragment = request.headers.get("X-Fragment") == "1"
    name = "_console_proposals" if fragment else "console_proposals"
    response = render(request, f"contribution/{name}.html", context)
    response["Vary"] = "X-Fragment"
    return response

"""One contribution on the console: where it goes, its own words, and why it is set aside."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions.transcriptions import KEYED_IN
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.formats.local_words import details_of
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.forms import OtherCardForm, PaperCardForm, ReasonForm
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def contribution(request: HttpRequest, meeting: Meeting, contribution_id: UUID) -> HttpResponse:
    return contribution_page(request, meeting, contribution_id)


def contribution_page(
    request: HttpRequest,
    meeting: Meeting,
    contribution_id: UUID,
    *,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """The contribution; ``refused`` brings back what was typed and what to do about it."""
    viewer = account_viewer(request.user)
    here = queries.contributions_visible_to(viewer).filter(workshop__meeting=meeting)
    said = get_object_or_404(here, pk=contribution_id)
    workshop = said.workshop
    format = get_format(workshop.format)
    cards = list(queries.cards_visible_to(viewer, workshop).filter(state=CardState.KEPT))
    typed = refused.get("typed", {})
    bound = typed if typed.get("move") == "correct" else None
    page = reverse("contribution:console", args=[meeting.pk])
    context = {
        "refusal": "",
        "meeting": meeting,
        "said": said,
        "workshop": workshop,
        "details": details_of(format, said.payload),
        "fate": queries.fates([said])[said.pk],
        "cards": cards,
        "place_form": OtherCardForm(cards=cards, name="place"),
        "reason_form": ReasonForm(typed if typed.get("move") == "set_contribution_aside" else None),
        "is_keyed_in": said.source in KEYED_IN,
        "form": format.contribution_form(
            workshop, bound, initial={**said.payload, "text": said.text}
        ),
        "paper_form": PaperCardForm(bound, initial={"paper_code": said.paper_code}),
        "move_url": reverse("contribution:move", args=[meeting.pk]),
        "back_url": f"{page}?atelier={workshop.pk}#said-{said.pk}",
    }
    fragment = request.headers.get("X-Fragment") == "1"
    name = "_console_contribution" if fragment else "console_contribution"
    response = render(request, f"contribution/{name}.html", context | refused, status=status)
    response["Vary"] = "X-Fragment"
    return response

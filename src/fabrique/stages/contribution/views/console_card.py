"""One card on the console: reword it, join it to another, split it, move it, set it aside."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.forms import OtherCardForm, ReasonForm
from fabrique.stages.contribution.models import Card
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def card(request: HttpRequest, meeting: Meeting, card_id: UUID) -> HttpResponse:
    return card_page(request, meeting, card_id)


def card_page(
    request: HttpRequest, meeting: Meeting, card_id: UUID, *, status: int = 200, **refused: Any
) -> HttpResponse:
    """The card; ``refused`` brings back what was typed (``typed``) and what to do about it."""
    viewer = account_viewer(request.user)
    here = queries.cards_visible_to(viewer).filter(workshop__meeting=meeting)
    card = get_object_or_404(here, pk=card_id)
    all_cards = list(queries.cards_visible_to(viewer, card.workshop))
    others = [one for one in all_cards if one.state == CardState.KEPT and one.pk != card.pk]
    joined = [one for one in all_cards if one.merged_into_id == card.pk]
    typed = refused.get("typed", {})
    initial = {**card.payload, "title": card.title, "text": card.text}
    bound = typed if typed.get("move") == "edit_card" else None
    context = {
        "refusal": "",
        "meeting": meeting,
        "card": card,
        "workshop": card.workshop,
        "form": get_format(card.workshop.format).card_form(
            card.workshop, bound, initial=initial, card=card, auto_id="card-%s"
        ),
        "said": [one.contribution for one in queries.placed_in(card)],
        "joined": joined,
        "others": others,
        "merge_form": OtherCardForm(cards=others, name="merge"),
        "order_form": OtherCardForm(cards=others, name="before"),
        "reason_form": ReasonForm(typed if typed.get("move") == "set_card_aside" else None),
        "move_url": reverse("contribution:move", args=[meeting.pk]),
        "back_url": _back(meeting, card),
    }
    fragment = request.headers.get("X-Fragment") == "1"
    template = "contribution/_console_card.html" if fragment else "contribution/console_card.html"
    response = render(request, template, context | refused, status=status)
    response["Vary"] = "X-Fragment"
    return response


def _back(meeting: Meeting, card: Card) -> str:
    page = reverse("contribution:console", args=[meeting.pk])
    return f"{page}?atelier={card.workshop_id}#card-{card.pk}"

"""Raised hands, counted in the room and keyed in card by card: a count, never a vote."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.stages.contribution.formats.hands import hands_of
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.forms import HandsForm
from fabrique.stages.contribution.views.console_detail import detail_page, workshop_of
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def hands(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    return hands_page(request, meeting, workshop_id)


def hands_page(
    request: HttpRequest,
    meeting: Meeting,
    workshop_id: UUID,
    *,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """The card asked for (``?carte=``), else the first not counted yet, among all of them."""
    workshop = workshop_of(request, meeting, workshop_id)
    format = get_format(workshop.format)
    counted = hands_of(format, workshop, every_card=True)
    typed = refused.get("typed")
    asked = typed.get("card", "") if typed else request.GET.get("carte", "")
    current = next((one for one in counted if str(one.card.pk) == asked), None)
    current = current or next((one for one in counted if not one.total), None)
    current = current or next(iter(counted), None)
    criteria = format.criteria_of(workshop)
    given = current.given if current else {}
    context = {
        "counted": counted,
        "current": current,
        "form": HandsForm(typed, criteria=criteria, given=given) if current else None,
    }
    return detail_page(request, "console_hands", workshop, context | refused, status=status)

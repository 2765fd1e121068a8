"""A card the facilitator writes whole, without waiting for a contribution."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.views.console_detail import detail_page, workshop_of
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def new_card(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    return new_card_page(request, meeting, workshop_id)


def new_card_page(
    request: HttpRequest,
    meeting: Meeting,
    workshop_id: UUID,
    *,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """The whole form of a card of this format, empty or as it was typed."""
    workshop = workshop_of(request, meeting, workshop_id)
    form = get_format(workshop.format).card_form(
        workshop, refused.get("typed"), auto_id="new-card-%s"
    )
    return detail_page(
        request, "console_new_card", workshop, {"form": form} | refused, status=status
    )

"""Cards of earlier seminars, to tick and take over as cards of a workshop."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.stages.contribution import queries
from fabrique.stages.contribution.earlier import by_seminar
from fabrique.stages.contribution.views.console_detail import detail_page, workshop_of
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting


@never_cache
@require_GET
@with_facilitated_meeting
def take_over(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    return take_over_page(request, meeting, workshop_id)


def take_over_page(
    request: HttpRequest,
    meeting: Meeting,
    workshop_id: UUID,
    *,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """The cards not taken yet; ``refused`` brings back what was ticked and what to do."""
    workshop = workshop_of(request, meeting, workshop_id)
    typed = refused.get("typed")
    context = {
        "seminars": by_seminar(queries.cards_to_take_over(workshop)),
        "ticked": frozenset(typed.getlist("earlier")) if typed else frozenset(),
    }
    return detail_page(request, "console_take_over", workshop, context | refused, status=status)

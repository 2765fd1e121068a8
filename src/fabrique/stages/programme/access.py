"""Loading what a page is about, for someone who may see it: otherwise, 404 as for the unknown."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.models import Meeting, Programme

ProgrammeView = Callable[..., HttpResponse]


def with_programme(view: ProgrammeView) -> ProgrammeView:
    """``view(request, programme, …)`` for its team, from the address's ``slug``."""

    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        seen = queries.programmes_visible_to(account_viewer(request.user))
        programme: Programme = get_object_or_404(seen, slug=slug)
        return view(request, programme, **kwargs)

    return loaded


def with_meeting(view: ProgrammeView) -> ProgrammeView:
    """``view(request, meeting, …)`` for the team of its programme or of its territory.

    Preparing and holding it is for facilitators: ``with_facilitated_meeting``.
    """

    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, meeting_id: UUID, **kwargs: Any) -> HttpResponse:
        seen = queries.meetings_visible_to(account_viewer(request.user))
        meeting: Meeting = get_object_or_404(seen, pk=meeting_id)
        return view(request, meeting, **kwargs)

    return loaded


def with_facilitated_meeting(view: ProgrammeView) -> ProgrammeView:
    """``view(request, meeting, …)`` for those who may fix its date, from ``meeting_id``."""

    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, meeting_id: UUID, **kwargs: Any) -> HttpResponse:
        seen = queries.meetings_facilitated_by(account_viewer(request.user))
        meeting: Meeting = get_object_or_404(seen, pk=meeting_id)
        return view(request, meeting, **kwargs)

    return loaded


def refuse_unless(allowed: bool) -> None:
    """Forbidden looks like unknown."""
    if not allowed:
        raise Http404

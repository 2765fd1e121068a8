"""Loading the meeting a page is about, for someone who may see it: otherwise, 404."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import ProgrammeView
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import meetings_visible_to


def with_meeting(view: ProgrammeView) -> ProgrammeView:
    """``view(request, meeting, …)`` for the team of its programme or of its territory.

    Preparing and holding it is for facilitators: ``programme.access.with_facilitated_meeting``.
    """

    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, meeting_id: UUID, **kwargs: Any) -> HttpResponse:
        seen = meetings_visible_to(account_viewer(request.user))
        meeting: Meeting = get_object_or_404(seen, pk=meeting_id)
        return view(request, meeting, **kwargs)

    return loaded

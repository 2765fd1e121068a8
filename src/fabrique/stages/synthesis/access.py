"""Loading the territory a page is about, for someone who may see it: otherwise, 404."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import ProgrammeView, with_programme
from fabrique.stages.programme.models import Programme, Site
from fabrique.stages.programme.queries import sites_visible_to


def with_site(view: ProgrammeView) -> ProgrammeView:
    """``view(request, site, …)`` for those who follow it, from ``slug`` and ``code``."""

    @wraps(view)
    def loaded(
        request: HttpRequest, programme: Programme, code: str, **kwargs: Any
    ) -> HttpResponse:
        seen = sites_visible_to(account_viewer(request.user)).filter(programme=programme)
        site: Site = get_object_or_404(seen, territory_id=code)
        return view(request, site, **kwargs)

    return with_programme(loaded)

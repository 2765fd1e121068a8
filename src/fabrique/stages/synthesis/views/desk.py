"""The release desk of a territory: its cards seminar by seminar, and what it let others see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.released import (
    cards_to_release_visible_to,
    release_log_visible_to,
)
from fabrique.stages.programme.models import Site
from fabrique.stages.synthesis.access import with_site
from fabrique.stages.synthesis.desk import desk_of


@never_cache
@require_safe
@with_site
def desk(request: HttpRequest, site: Site) -> HttpResponse:
    """``?format=`` keeps the cards of one format."""
    viewer = account_viewer(request.user)
    chosen = request.GET.get("format", "")
    context = {
        "site": site,
        "programme": site.programme,
        "desk": desk_of(
            cards_to_release_visible_to(viewer, site),
            release_log_visible_to(viewer, site),
            format=chosen,
        ),
        "chosen": chosen,
        "may_release": request.user.has_perm("synthesis.release", site),
    }
    return render(request, "synthesis/desk.html", context)

"""What the territories of a programme let all of it see: cards, without whoever said them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.released import released_cards_visible_to
from fabrique.stages.programme.access import with_programme
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries import sites_visible_to


@never_cache
@require_safe
@with_programme
def released(request: HttpRequest, programme: Programme) -> HttpResponse:
    """``?format=`` keeps the cards of one format."""
    viewer = account_viewer(request.user)
    cards = released_cards_visible_to(viewer, programme)
    chosen = request.GET.get("format", "")
    context = {
        "programme": programme,
        "formats": list({card.format: card.format_title for card in cards}.items()),
        "chosen": chosen,
        "total": len(cards),
        "cards": [card for card in cards if chosen in ("", card.format)],
        "own_sites": list(sites_visible_to(viewer).filter(programme=programme)),
    }
    return render(request, "synthesis/released.html", context)

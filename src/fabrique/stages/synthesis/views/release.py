"""Releasing: others' view is shown first, word for word, then the territory confirms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.enums import ReleaseLevel
from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.models import Card
from fabrique.stages.contribution.release_errors import NothingToRelease
from fabrique.stages.contribution.released import (
    cards_to_release_visible_to,
    preview_of,
    release_log_visible_to,
)
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.models import Site
from fabrique.stages.synthesis.access import with_site
from fabrique.stages.synthesis.forms import LevelForm
from fabrique.stages.synthesis.wording import say


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_site
def release(request: HttpRequest, site: Site) -> HttpResponse:
    """GET shows the cards of ``?carte=`` (or those left of ``?seminaire=``) as others would see
    them; POST releases them."""
    refuse_unless(request.user.has_perm("synthesis.release", site))
    posted = request.method == "POST"
    form = LevelForm(request.POST if posted else None)
    if posted and form.is_valid():
        return _write(request, site, ReleaseLevel(form.cleaned_data["niveau"]))
    picked, already = _picked(request, site)
    if not picked:
        message = _("Ces cartes sont déjà versées.") if already else say(NothingToRelease())
        messages.warning(request, message)
        return _back(site)
    context = _context(site) | {
        "cards": [preview_of(card) for card in picked],
        "already": already,
        "form": form,
    }
    return render(request, "synthesis/release.html", context, status=422 if posted else 200)


def _write(request: HttpRequest, site: Site, level: ReleaseLevel) -> HttpResponse:
    try:
        cards = _identifiers(request.POST.getlist("carte"))
        made = release_cards(site.pk, card_ids=cards, level=level, actor=str(request.user))
    except ContributionError as refusal:
        messages.error(request, say(refusal))
        return _back(site)
    words = ngettext("%(count)d carte versée.", "%(count)d cartes versées.", len(made))
    done = words % {"count": len(made)} if made else _("Ces cartes sont déjà versées.")
    messages.success(request, done)
    return _back(site)


def _picked(request: HttpRequest, site: Site) -> tuple[list[Card], int]:
    """What is asked that is not released yet, and how many of the others already are."""
    viewer = account_viewer(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    wanted = set(_identifiers(asked.getlist("carte")))
    meetings = set(_identifiers(asked.getlist("seminaire")))
    cards = [
        card
        for card in cards_to_release_visible_to(viewer, site)
        if card.pk in wanted or card.workshop.meeting_id in meetings
    ]
    standing = release_log_visible_to(viewer, site).filter(withdrawn_at=None)
    released = {one.card_id for one in standing}
    fresh = [card for card in cards if card.pk not in released]
    return fresh, len(cards) - len(fresh)


def _identifiers(words: list[str]) -> list[UUID]:
    """Those that are identifiers; the others name nothing."""
    found = []
    for word in words:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


def _context(site: Site) -> dict[str, Any]:
    return {"site": site, "programme": site.programme}


def _back(site: Site) -> HttpResponse:
    return redirect("synthesis:desk", slug=site.programme.slug, code=site.territory_id)

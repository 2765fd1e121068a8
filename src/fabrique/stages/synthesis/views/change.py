"""Going back on a release: taking the card back, or showing it as it stands now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.actions.releases import release_again, withdraw_release
from fabrique.stages.contribution.enums import ReleaseLevel
from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.models import Release
from fabrique.stages.contribution.release_errors import AlreadyWithdrawn
from fabrique.stages.contribution.released import (
    as_released,
    preview_of,
    release_log_visible_to,
)
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.models import Site
from fabrique.stages.synthesis.access import with_site
from fabrique.stages.synthesis.desk import title_of
from fabrique.stages.synthesis.forms import LevelForm, WithdrawalForm
from fabrique.stages.synthesis.wording import say


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_site
def withdraw(request: HttpRequest, site: Site, release_id: UUID) -> HttpResponse:
    """GET says what will follow and asks why; POST takes the card back."""
    release = _release(request, site, release_id)
    if release.withdrawn_at is not None:
        return _said_already(request, site, release)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_release(release.pk, reason=form.cleaned_data["motif"], actor=str(request.user))
        except ContributionError as refusal:
            messages.error(request, say(refusal))
        else:
            messages.success(request, _("La carte est retirée. Les autres ne la voient plus."))
        return _back(site)
    context = _context(site, release) | {"form": form}
    return render(request, "synthesis/withdraw.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_site
def again(request: HttpRequest, site: Site, release_id: UUID) -> HttpResponse:
    """GET shows what others see beside what they would see; POST puts one in the other's place."""
    release = _release(request, site, release_id)
    if release.withdrawn_at is not None:
        return _said_already(request, site, release)
    posted = request.method == "POST"
    form = LevelForm(request.POST if posted else None, initial={"niveau": release.level})
    if form.is_valid():
        try:
            level = ReleaseLevel(form.cleaned_data["niveau"])
            release_again(release.pk, level=level, actor=str(request.user))
        except ContributionError as refusal:
            messages.error(request, say(refusal))
        else:
            messages.success(request, _("La carte est versée telle qu'elle est aujourd'hui."))
        return _back(site)
    context = _context(site, release) | {"after": preview_of(release.card), "form": form}
    return render(request, "synthesis/again.html", context, status=422 if posted else 200)


def _release(request: HttpRequest, site: Site, release_id: UUID) -> Release:
    refuse_unless(request.user.has_perm("synthesis.release", site))
    log = release_log_visible_to(account_viewer(request.user), site)
    found: Release = get_object_or_404(log, pk=release_id)
    return found


def _context(site: Site, release: Release) -> dict[str, object]:
    return {
        "site": site,
        "programme": site.programme,
        "release": release,
        "card": as_released(release),
    }


def _said_already(request: HttpRequest, site: Site, release: Release) -> HttpResponse:
    messages.warning(request, say(AlreadyWithdrawn(cards=[title_of(release)])))
    return _back(site)


def _back(site: Site) -> HttpResponse:
    return redirect("synthesis:desk", slug=site.programme.slug, code=site.territory_id)

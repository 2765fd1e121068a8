"""Calendars one subscribes to: the file agendas fetch, and the page that gives its address."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.calendar_file import MEDIA_TYPE, digest_of
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.feeds import feed_address, feed_behind
from fabrique.stages.programme.link_access import kept_to_oneself
from fabrique.stages.programme.models import Programme, Site
from fabrique.stages.programme.queries.feeds import feed_with_key, feeds_visible_to


@dataclass(frozen=True)
class FeedLine:
    """A calendar on the page; ``code`` of its territory, empty for the whole programme."""

    title: str
    code: str
    address: str

    @property
    def subscription(self) -> str:
        """What opens the agenda of the device itself."""
        return f"webcal://{self.address.split('://', 1)[-1]}"


@require_safe
def feed(request: HttpRequest, feed_key: str) -> HttpResponse:
    """The secret address is the key; agendas come back with what they have."""
    key = feed_with_key(feed_key)
    if key is None:
        raise Http404
    found = feed_behind(key)
    tag, changed = digest_of(found.content), int(found.changed_at.timestamp())
    response = HttpResponse(found.content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    known = get_conditional_response(request, etag=tag, last_modified=changed, response=response)
    return kept_to_oneself(known or response)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def feeds(request: HttpRequest, programme: Programme) -> HttpResponse:
    viewer = account_viewer(request.user)
    may_change = request.user.has_perm("programme.change", programme)
    sites = list(queries.sites_visible_to(viewer).filter(programme=programme))
    if request.method == "POST":
        refuse_unless(may_change)
        _renew(request, programme)
        return redirect("programme:feeds", slug=programme.slug)
    found = feeds_visible_to(viewer, programme)
    places: list[Site | None] = [None, *sites] if may_change else [*sites]
    lines = []
    for site in places:
        key = found.get(site.pk if site else None)
        lines.append(
            FeedLine(
                title=site.territory.name if site else _("Toute la démarche"),
                code=site.territory_id if site else "",
                address=feed_address(key) if key else "",
            )
        )
    context = {"programme": programme, "lines": lines, "may_change": may_change}
    return kept_to_oneself(render(request, "programme/feeds.html", context))


def _renew(request: HttpRequest, programme: Programme) -> None:
    code, site = request.POST.get("code", ""), None
    if code:
        site = get_object_or_404(programme.sites, territory_id=code)
    new_feed_address(programme, site=site, actor=str(request.user))
    messages.success(request, _("L'adresse est prête : copiez-la dans votre agenda."))

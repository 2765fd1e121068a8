"""The questions asked of calendars one subscribes to: which address is whose, what changed when."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.models import AuditLine, Contact, FeedKey, Programme
from fabrique.stages.programme.queries.announced import (
    programmes_facilitated_by,
    sites_visible_to,
)


def feed_with_key(key: str) -> FeedKey | None:
    """What a secret address opens, as long as it was not changed for another."""
    feeds = FeedKey.objects.filter(revoked_at__isnull=True).select_related(
        "programme", "site__territory", "contact__member", "contact__team_member__user"
    )
    return feeds.filter(key=key, contact__team_member__left_at__isnull=True).first()


def feeds_visible_to(viewer: Viewer, programme: Programme) -> dict[UUID | None, FeedKey]:
    """The addresses in force, by territory; the whole programme's under None.

    The programme's own shows every territory: it is for those who see them all.
    """
    sites = sites_visible_to(viewer).filter(programme=programme).order_by().values("pk")
    live = FeedKey.objects.filter(
        programme=programme, contact__isnull=True, revoked_at__isnull=True
    )
    found = {feed.site_id: feed for feed in live.filter(site__in=sites)}
    if programmes_facilitated_by(viewer).filter(pk=programme.pk).exists():
        found |= {feed.site_id: feed for feed in live.filter(site__isnull=True)}
    return found


def feed_of_contact(contact: Contact) -> FeedKey | None:
    return FeedKey.objects.filter(contact=contact, revoked_at__isnull=True).first()


def last_changes(programme: Programme) -> Mapping[str, datetime]:
    """When each thing of a programme last changed, by its identifier; the whole of it under ""."""
    lines = AuditLine.objects.filter(programme=programme).order_by()
    found = dict(lines.values_list("subject").annotate(at=Max("at")))
    return found | {"": max(found.values(), default=programme.created_at)}

"""The secret addresses of calendars: made when first asked for, changed for another."""

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.models import Contact, FeedKey, Programme, Site


@transaction.atomic
def new_feed_address(
    programme: Programme,
    *,
    site: Site | None = None,
    contact: Contact | None = None,
    actor: str,
) -> FeedKey:
    """A new address; agendas that follow the former one find nothing there any more."""
    now = timezone.now()
    Programme.objects.select_for_update().get(pk=programme.pk)
    live = FeedKey.objects.filter(programme=programme, revoked_at__isnull=True)
    live.filter(site=site, contact=contact).update(revoked_at=now)
    feed = FeedKey.objects.create(programme=programme, site=site, contact=contact)
    subject = (site or contact or programme).pk
    record(programme, verb="new-feed-address", actor=actor, subject=subject)
    return feed

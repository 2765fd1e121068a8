"""Wanting mails no more, and wanting them again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.models import Contact


@transaction.atomic
def unsubscribe(contacts: Iterable[Contact]) -> None:
    """No mail any more, of any kind; saying it twice changes nothing."""
    for contact in contacts:
        if contact.unsubscribed_at is None:
            _set(contact, is_subscribed=False)


@transaction.atomic
def resubscribe(contacts: Iterable[Contact]) -> None:
    """Mails again; what waited meanwhile leaves with the next one."""
    for contact in contacts:
        if contact.unsubscribed_at is not None:
            _set(contact, is_subscribed=True)


def _set(contact: Contact, *, is_subscribed: bool) -> None:
    contact.unsubscribed_at = None if is_subscribed else timezone.now()
    contact.save(update_fields=["unsubscribed_at"])
    verb = "resubscribe" if is_subscribed else "unsubscribe"
    record(contact.programme, verb=verb, actor=str(contact), subject=contact.pk)

"""The end of a poll, however it comes: a date chosen, or nothing to ask any more."""

from uuid import UUID

from django.utils import timezone

from fabrique.stages.programme.enums import NoticeKind
from fabrique.stages.programme.models import Notice, Poll

ASKING = (NoticeKind.DATE_POLL, NoticeKind.POLL_REMINDER)


def end_poll(meeting_id: UUID) -> bool:
    """Close the poll of a meeting if one is open; what was still to be asked no longer leaves.

    To be called within the transaction that ends it. Says whether one was open.
    """
    ended = Poll.objects.filter(meeting=meeting_id, closed_at__isnull=True, opened_at__isnull=False)
    if not ended.update(closed_at=timezone.now()):
        return False
    Notice.objects.filter(meeting=meeting_id, kind__in=ASKING, sent_at__isnull=True).delete()
    return True

"""What leaves: mails, one a day at most to an address, and the secret addresses of calendars."""

from django.db import models
from django.db.models import Q

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.models.announced import Programme, Site
from fabrique.stages.programme.models.correspondence import Contact, new_link_key


class Mail(models.Model):
    """That a mail leaves for an address on a day; kept for a month.

    The address itself is not kept: ``digest`` is enough to count. ``rank`` is 0 for the mail of
    the day, more for those that could not wait; its being unique keeps two senders from writing
    to the same person. ``failure`` says why it has not left yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    day = models.DateField()
    rank = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["day", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "day", "rank"], name="mail_once_a_day"),
        ]


class FeedKey(models.Model):
    """The secret address of a calendar: a programme's, one of its territories', or someone's.

    A new address is a new row: the former one opens nothing any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="feed_keys")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="feed_keys")
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="feed_keys"
    )
    key = models.CharField(max_length=43, unique=True, default=new_link_key, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=True) | Q(contact__isnull=True),
                name="feed_of_a_territory_or_of_someone",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(site__isnull=True, contact__isnull=True, revoked_at__isnull=True),
                name="feed_once_a_programme",
            ),
            models.UniqueConstraint(
                fields=["site"],
                condition=Q(site__isnull=False, revoked_at__isnull=True),
                name="feed_once_a_territory",
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(contact__isnull=False, revoked_at__isnull=True),
                name="feed_once_a_person",
            ),
        ]

"""What a programme holds of someone, for the copy they take of it by their personal link."""

from django.db.models import QuerySet

from fabrique.stages.programme.models import Contact, Notice, PollAnswer


def told_to(contact: Contact) -> QuerySet[Notice]:
    """What they were told and are to be told, in the order it came."""
    return Notice.objects.filter(contact=contact).select_related("meeting__site__territory")


def days_answered_by(contact: Contact) -> QuerySet[PollAnswer]:
    """What they last answered of each day, even of one that is no longer proposed."""
    given = PollAnswer.objects.filter(contact=contact)
    return given.select_related("option__poll__meeting__site__territory").order_by(
        "option__date", "option__starts_at", "pk"
    )

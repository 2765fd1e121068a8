"""Making sure that everyone a programme may write to has their own link."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.models import Contact, GroupMember
from fabrique.stages.programme.queries.expected import contact_if_any, people_of_the_calendar


@transaction.atomic
def make_contacts(programme_id: UUID) -> int:
    """A contact for everyone who has none, one a person; says how many were made."""
    people = people_of_the_calendar(programme_id)
    missing = [person for person in people if contact_if_any(person) is None]
    made: Iterable[Contact] = (
        Contact(programme_id=programme_id, member=person)
        if isinstance(person, GroupMember)
        else Contact(programme_id=programme_id, team_member=person)
        for person in missing
    )
    Contact.objects.bulk_create(made, ignore_conflicts=True)
    return len(missing)

"""A seminar and those it expects, with the addresses their mails go to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.models import Contact, GroupMember, Meeting
from tests.stages.seminar.prepared import a_seminar

_numbers = count(1)


def in_days(days: int, hour: int = 14) -> datetime:
    """So many days from today, at an hour of Paris."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@dataclass
class Guests:
    meeting: Meeting
    contacts: list[Contact]

    def refresh(self) -> "Guests":
        self.meeting.refresh_from_db()
        for contact in self.contacts:
            contact.refresh_from_db()
        return self


def a_guest(meeting: Meeting, email: str | None = None, **details: object) -> GroupMember:
    number = next(_numbers)
    values = {
        "name": f"Membre {number}",
        "institution": f"Institution {number}",
        "email": f"membre-{number}@exemple.fr" if email is None else email,
    }
    return GroupMember.objects.create(
        programme=meeting.programme, site=meeting.site, **(values | details)
    )


def a_seminar_with_guests(size: int = 3, *, days: int = 30) -> Guests:
    """Dated so many days from now, from 14:00 to 17:00; nobody is told of it yet."""
    meeting = a_seminar()
    meeting.starts_at, meeting.ends_at = in_days(days), in_days(days, 17)
    meeting.state = MeetingState.SCHEDULED
    meeting.save()
    members = [a_guest(meeting) for _ in range(size)]
    make_contacts(meeting.programme_id)
    return Guests(meeting, [member.contact for member in members])


def contact_of_member(member: GroupMember) -> Contact:
    make_contacts(member.programme_id)
    return Contact.objects.get(member=member)

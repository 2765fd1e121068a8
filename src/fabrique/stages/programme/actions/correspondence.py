"""The verbs of what is told to people: whom, and what waits to leave."""

from django.db import transaction

from fabrique.stages.programme.enums import NoticeKind
from fabrique.stages.programme.models import Contact, GroupMember, Meeting, Notice, TeamMember


def contact_of(person: GroupMember | TeamMember) -> Contact:
    """The contact of a member or of someone of the team, made the first time."""
    role = "member" if isinstance(person, GroupMember) else "team_member"
    made, _created = Contact.objects.get_or_create(
        **{role: person}, defaults={"programme_id": person.programme_id}
    )
    return made


@transaction.atomic
def notify(
    contact: Contact, kind: NoticeKind, *, meeting: Meeting | None = None, **params: object
) -> Notice:
    """Let a contact know; the same thing still waiting is told once, as it stands now."""
    waiting = Notice.objects.filter(
        contact=contact, kind=kind, meeting=meeting, sent_at__isnull=True
    )
    notice = waiting.select_for_update(of=("self",)).first() or Notice(
        contact=contact, kind=kind, meeting=meeting
    )
    notice.params = params
    notice.save()
    return notice

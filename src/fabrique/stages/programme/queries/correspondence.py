"""The questions asked of correspondence: what waits, what left, what someone was last told.

A contact's link is its own key: whoever holds it reads that contact's pages, of one programme.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.announcements import DATE_KINDS, Pair, Told
from fabrique.stages.programme.models import Contact, Mail, Meeting, Notice, Programme
from fabrique.stages.programme.queries.announced import (
    FACILITATING_ROLES,
    facilitated_ids,
    in_place,
)

_PEOPLE = ("member__site__territory", "team_member__user", "programme")
#: Someone who left the group or the team is not written to any more.
STILL_THERE = Q(member__left_at__isnull=True, member__isnull=False) | Q(
    team_member__left_at__isnull=True, team_member__user__is_active=True
)


def contacts_with_keys(keys: Iterable[str]) -> QuerySet[Contact]:
    """Whose personal links these are."""
    return Contact.objects.filter(link_key__in=list(keys)).select_related(*_PEOPLE)


def contact_with_link(link_key: str) -> Contact | None:
    """Who a personal link belongs to."""
    return contacts_with_keys([link_key]).first()


def agendas_to_read(today: date, *, before: datetime) -> QuerySet[Contact]:
    """Who gave the address of an agenda last read before then, the longest ago first."""
    still_on = Contact.objects.filter(STILL_THERE, programme__ends_on__gte=today)
    due = still_on.exclude(calendar_url="").filter(calendar_read_at__lt=before)
    return due.select_related(*_PEOPLE).order_by("calendar_read_at", "pk")


def notices_facilitated_by(viewer: Viewer) -> QuerySet[Notice]:
    """What the programmes someone facilitates have told and have to tell."""
    if viewer.user_id is None:
        return Notice.objects.none()
    return _with_people(Notice.objects.filter(contact__programme_id__in=facilitated_ids(viewer)))


def sent_of(viewer: Viewer, programme: Programme) -> QuerySet[Notice]:
    """What left, the latest first."""
    seen = notices_facilitated_by(viewer).filter(contact__programme=programme)
    return seen.filter(sent_at__isnull=False).order_by("-sent_at", "pk")


def waiting_of(viewer: Viewer, programme: Programme) -> QuerySet[Notice]:
    """What is to leave, in the order it came."""
    seen = notices_facilitated_by(viewer).filter(contact__programme=programme)
    return seen.filter(sent_at__isnull=True)


def waiting_notices(contact_ids: Collection[UUID]) -> list[Notice]:
    """All that these contacts wait for, for those who send."""
    waiting = Notice.objects.filter(sent_at__isnull=True, contact__in=contact_ids)
    return list(_with_people(waiting))


def contacts_waiting() -> dict[str, list[Contact]]:
    """Everyone something waits for and who takes mail, by address, whatever the programme."""
    waiting = Notice.objects.filter(sent_at__isnull=True).order_by().values("contact")
    found = Contact.objects.filter(STILL_THERE, pk__in=waiting, unsubscribed_at__isnull=True)
    by_address: dict[str, list[Contact]] = defaultdict(list)
    for contact in found.select_related(*_PEOPLE):
        if address := address_of(contact):
            by_address[address].append(contact)
    return dict(by_address)


def address_of(contact: Contact) -> str:
    """Where a contact reads its mail: two of the same address read it together."""
    return contact.email.strip().lower()


def last_told(
    contact_ids: Collection[UUID] | None = None, *, meetings: Collection[UUID] | None = None
) -> dict[Pair, Told]:
    """What contacts were last told of meetings' dates; one query."""
    notices = Notice.objects.filter(sent_at__isnull=False, kind__in=DATE_KINDS)
    if contact_ids is not None:
        notices = notices.filter(contact__in=contact_ids)
    if meetings is not None:
        notices = notices.filter(meeting__in=meetings)
    return {
        (notice.contact_id, notice.meeting_id): Told.of(notice)
        for notice in notices.order_by("sent_at", "created_at", "pk")
        if notice.meeting_id is not None
    }


def answer_to(programme_ids: Collection[UUID]) -> list[str]:
    """Who answers for these programmes' mails: their officers, else whoever facilitates."""
    team = (
        in_place()
        .filter(programme__in=programme_ids, role__in=FACILITATING_ROLES, user__is_active=True)
        .select_related("user")
    )
    by_role: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    for member in team:
        by_role[member.programme_id, member.role].append(member.user.email)
    found = []
    for programme_id in programme_ids:
        roles = [by_role[programme_id, role] for role in reversed(FACILITATING_ROLES)]
        found += next(filter(None, roles), [])
    return list(dict.fromkeys(found))


def digest_of_address(address: str) -> str:
    """What stands for an address where only counting matters."""
    return salted_hmac("fabrique.programme.mail", address, algorithm="sha256").hexdigest()


def mails_of_the_day(addresses: Collection[str], day: date) -> dict[str, list[Mail]]:
    """What left or tried to leave today, by address."""
    digests = {digest_of_address(address): address for address in addresses}
    found: dict[str, list[Mail]] = defaultdict(list)
    for mail in Mail.objects.filter(digest__in=digests, day=day):
        found[digests[mail.digest]].append(mail)
    return found


def meetings_of(programme_id: UUID) -> QuerySet[Meeting]:
    """Every meeting of a programme the caller may already see."""
    return Meeting.objects.filter(programme=programme_id).select_related(
        "programme", "site__territory"
    )


def _with_people(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    people = [f"contact__{path}" for path in _PEOPLE]
    return notices.select_related(
        *people, "meeting__programme", "meeting__site__territory", "meeting__poll"
    )

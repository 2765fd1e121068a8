"""The verbs of invitations: tell a meeting's date to those it expects, take their answers."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.actions.sending import Sendings
from fabrique.stages.programme.announcements import DATE_KINDS
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.mail_tasks import ask_to_send
from fabrique.stages.programme.models import Contact, Meeting, Notice
from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.errors import InvitationClosed, NobodyToTell, SubstituteNeeded
from fabrique.stages.seminar.guest_list import GuestList, guest_list
from fabrique.stages.seminar.models import Reply


@dataclass(frozen=True)
class Announcement:
    """``sendings`` is None while a worker has the mails in hand."""

    told: int
    sendings: Sendings | None


def announce(meeting_id: UUID, *, actor: str) -> Announcement:
    """Tell the meeting's date, its change or its being given up to those who do not know it.

    Their mail leaves now, with all that waits for them; who got one today already has it
    tomorrow, unless it cannot wait. Announcing twice tells nothing twice. Raises ``NobodyToTell``.
    """
    contact_ids = _tell(meeting_id, actor)
    return Announcement(len(contact_ids), ask_to_send(contact_ids, actor=actor))


@transaction.atomic
def _tell(meeting_id: UUID, actor: str) -> list[UUID]:
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("programme", "site__territory")
        .get(pk=meeting_id)
    )
    make_contacts(meeting.programme_id)
    guests = guest_list(meeting)
    if not guests.to_write_to and not guests.to_call:
        raise NobodyToTell()
    told = _notices(meeting, guests)
    is_dated = meeting.state == MeetingState.SCHEDULED
    meeting.announced_at = timezone.now() if is_dated else None
    meeting.announced_starts_at = meeting.starts_at if is_dated else None
    meeting.save(update_fields=["announced_at", "announced_starts_at"])
    detail = {"kind": guests.kind or "", "count": len(told)}
    record(meeting.programme, verb="announce", actor=actor, subject=meeting.pk, detail=detail)
    return told


def _notices(meeting: Meeting, guests: GuestList) -> list[UUID]:
    told = []
    for line in guests.to_write_to:
        assert line.contact is not None
        assert line.to_tell is not None
        _forget_other_notices(meeting, line.contact, line.to_tell)
        notify(line.contact, line.to_tell, meeting=meeting)
        told.append(line.contact.pk)
    return told


def _forget_other_notices(meeting: Meeting, contact: Contact, kind: NoticeKind) -> None:
    """What waited to be told of the same date is told by this one."""
    waiting = Notice.objects.filter(meeting=meeting, contact=contact, sent_at__isnull=True)
    waiting.filter(kind__in=DATE_KINDS).exclude(kind=kind).delete()


@transaction.atomic
def reply(
    meeting_id: UUID,
    contact: Contact,
    *,
    coming: Coming,
    substitute: str = "",
    substitute_role: str = "",
    noted_by: str = "",
) -> Reply:
    """Say whether someone comes, or who comes instead; the last answer holds.

    ``noted_by`` names who of the team noted it for them. Raises ``InvitationClosed``,
    ``SubstituteNeeded``.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(
        pk=meeting_id, programme=contact.programme_id
    )
    if meeting.state != MeetingState.SCHEDULED or meeting.starts_at is None:
        raise InvitationClosed(state=meeting.state)
    if meeting.ends_at is not None and meeting.ends_at < timezone.now():
        raise InvitationClosed(state=MeetingState.HELD)
    is_replaced = coming == Coming.REPLACED
    if is_replaced and not substitute.strip():
        raise SubstituteNeeded()
    given, _is_new = Reply.objects.update_or_create(
        meeting=meeting,
        contact=contact,
        defaults={
            "coming": coming,
            "substitute": substitute.strip() if is_replaced else "",
            "substitute_role": substitute_role.strip() if is_replaced else "",
            "starts_at": meeting.starts_at,
            "replied_at": timezone.now(),
            "noted_by": noted_by,
        },
    )
    record(
        meeting.programme,
        verb="reply",
        actor=noted_by or str(contact),
        subject=meeting.pk,
        detail={"contact": str(contact.pk), "coming": coming},
    )
    return given

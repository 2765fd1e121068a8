"""Inviting someone into a working group by a letter of their own, and what they answer."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.correspondence import contact_of, notify
from fabrique.stages.programme.actions.members import invite_members
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus, NoticeKind
from fabrique.stages.programme.errors import NobodyToInvite, NotInvited
from fabrique.stages.programme.models import Contact, GroupMember, Programme, Site
from fabrique.stages.programme.queries.group import to_be_invited


@transaction.atomic
def write_invitations(
    programme: Programme, *, site: Site | None, member_ids: Iterable[UUID], on: date, actor: str
) -> list[Contact]:
    """Invite these people, each by a letter that leaves with the next mails; gives their contacts.

    Candidates are of the group from now on; whoever had their letter is not written to again.
    Raises ``NobodyToInvite``.
    """
    asked = set(member_ids)
    chosen = [one for one in to_be_invited(programme, site) if one.pk in asked]
    if not chosen:
        raise NobodyToInvite
    new = [one.pk for one in chosen if one.status == MemberStatus.CANDIDATE]
    if new:
        invite_members(programme, site=site, member_ids=new, on=on, actor=actor)
    contacts = [contact_of(member) for member in chosen]
    for contact in contacts:
        notify(contact, NoticeKind.GROUP_INVITATION)
        record(programme, verb="write-invitation", actor=actor, subject=contact.member_id or "")
    return contacts


@transaction.atomic
def answer_invitation(member_id: UUID, *, accepts: bool, actor: str) -> GroupMember:
    """Take the answer of someone invited; one may still withdraw later. Raises ``NotInvited``."""
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    if member.left_at is not None or member.status not in IN_GROUP:
        raise NotInvited(name=member.name)
    former, member.status = (
        member.status,
        MemberStatus.ACCEPTED if accepts else MemberStatus.DECLINED,
    )
    if former != member.status:
        member.save(update_fields=["status"])
        moved = {"status": [former, member.status]}
        record(
            member.programme, verb="answer-invitation", actor=actor, subject=member.pk, detail=moved
        )
    return member

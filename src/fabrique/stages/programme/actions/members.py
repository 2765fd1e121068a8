"""The verbs of a working group: who is invited in person, changed, taken off."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.enums import MemberStatus
from fabrique.stages.programme.errors import (
    MemberEmailTwice,
    MemberTwice,
    NobodyToInvite,
    ProfileGone,
    ProfileTaken,
    StandsInForNobody,
)
from fabrique.stages.programme.models import GroupMember, Programme, ProposedProfile, Site

FIELDS = (
    "name",
    "email",
    "institution",
    "institution_kind",
    "function_kind",
    "sector",
    "gender",
    "is_referent",
    "status",
    "invited_on",
    "substitute_of",
)


@transaction.atomic
def add_member(
    programme: Programme,
    *,
    site: Site | None,
    actor: str,
    name: str,
    profile_id: UUID | None = None,
    **details: Any,
) -> GroupMember:
    """Add someone to a site's group, or to the national scale without a site.

    Someone who had left comes back as they were. With ``profile_id``, they are whom an immersion
    day of that site had proposed by role: one person a profile. Raises ``MemberTwice``,
    ``MemberEmailTwice``, ``StandsInForNobody``, ``ProfileTaken``, ``ProfileGone``.
    """
    profile = None if profile_id is None else _hold_profile(profile_id, site)
    same = GroupMember.objects.filter(
        programme=programme, site=site, name=name, institution=details.get("institution", "")
    )
    member = same.select_for_update(of=("self",)).first()
    if member is not None and member.left_at is None:
        raise MemberTwice(name=name, institution=member.institution)
    if member is None:
        member = GroupMember(programme=programme, site=site, name=name)
    member.left_at = None
    member.proposed_as = profile
    _write(member, details)
    came = {"profile": str(profile.pk), "words": str(profile)} if profile else {}
    record(programme, verb="add-member", actor=actor, subject=member.pk, detail=came)
    return member


@transaction.atomic
def change_member(member_id: UUID, *, actor: str, **details: Any) -> GroupMember:
    """Change what is known of a member. Raises as ``add_member`` does."""
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    name = details.get("name", member.name)
    institution = details.get("institution", member.institution)
    group = GroupMember.objects.filter(programme=member.programme_id, site=member.site_id)
    if group.exclude(pk=member.pk).filter(name=name, institution=institution).exists():
        raise MemberTwice(name=name, institution=institution)
    former = member.status
    _write(member, details)
    moved = {"status": [former, member.status]} if former != member.status else {}
    record(member.programme, verb="change-member", actor=actor, subject=member.pk, detail=moved)
    return member


@transaction.atomic
def invite_members(
    programme: Programme, *, site: Site | None, member_ids: Iterable[UUID], on: date, actor: str
) -> list[GroupMember]:
    """Invite candidates in person: from now on they are of the group. Raises ``NobodyToInvite``."""
    asked = GroupMember.objects.select_for_update(of=("self",)).filter(
        programme=programme,
        site=site,
        pk__in=list(member_ids),
        status=MemberStatus.CANDIDATE,
        left_at__isnull=True,
    )
    invited = list(asked)
    if not invited:
        raise NobodyToInvite
    for member in invited:
        member.status, member.invited_on = MemberStatus.INVITED, on
        member.save(update_fields=["status", "invited_on"])
        record(programme, verb="invite-member", actor=actor, subject=member.pk)
    return invited


@transaction.atomic
def remove_member(member_id: UUID, *, actor: str) -> GroupMember:
    """Take someone off the group; what they said stays, and adding them again brings them back.

    The profile they were found for can be handed over again.
    """
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    if member.left_at is None:
        member.left_at = timezone.now()
        member.proposed_as = None
        member.save(update_fields=["left_at", "proposed_as"])
        record(member.programme, verb="remove-member", actor=actor, subject=member.pk)
    return member


def _hold_profile(profile_id: UUID, site: Site | None) -> ProposedProfile:
    profiles = ProposedProfile.objects.select_for_update(of=("self",))
    profile = profiles.filter(pk=profile_id, meeting__site=site, removed_at=None).first()
    if profile is None or site is None:
        raise ProfileGone
    if taken := GroupMember.objects.filter(proposed_as=profile).first():
        raise ProfileTaken(name=taken.name)
    return profile


def _write(member: GroupMember, details: dict[str, Any]) -> None:
    unknown = set(details) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a member: {sorted(unknown)}")
    for name, value in details.items():
        setattr(member, name, value)
    _check_email(member)
    _check_substitute(member)
    member.save()


def _check_email(member: GroupMember) -> None:
    """One person, one address, in a group: others of it may not have the same."""
    if not member.email:
        return
    others = GroupMember.objects.filter(
        programme=member.programme_id, site=member.site_id, left_at__isnull=True
    ).exclude(pk=member.pk)
    if twin := others.filter(email__iexact=member.email).first():
        raise MemberEmailTwice(email=member.email, name=twin.name)


def _check_substitute(member: GroupMember) -> None:
    replaced = member.substitute_of
    if replaced is None:
        return
    same_group = (replaced.programme_id, replaced.site_id) == (member.programme_id, member.site_id)
    if not same_group or replaced.pk == member.pk:
        raise StandsInForNobody(name=member.name)

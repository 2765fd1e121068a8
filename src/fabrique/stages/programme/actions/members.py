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
    "proposed_as",
)


@transaction.atomic
def add_member(
    programme: Programme, *, site: Site | None, actor: str, name: str, **details: Any
) -> GroupMember:
    """Add someone to a site's group, or to the national scale without a site.

    Someone who had left comes back as they were. ``proposed_as`` is what an immersion day had
    proposed for this group: one person a profile. Raises ``MemberTwice``, ``MemberEmailTwice``,
    ``StandsInForNobody``, ``ProfileTaken``, ``ProfileGone``.
    """
    same = GroupMember.objects.filter(
        programme=programme,
        site=site,
        name=name,
        institution=details.get("institution", ""),
        erased_at=None,
    )
    member = same.select_for_update(of=("self",)).first()
    if member is not None and member.left_at is None:
        raise MemberTwice(name=name, institution=member.institution)
    if member is None:
        member = GroupMember(programme=programme, site=site, name=name)
    member.left_at = None
    _write(member, details)
    record(programme, verb="add-member", actor=actor, subject=member.pk, detail=_origin(member))
    return member


@transaction.atomic
def change_member(member_id: UUID, *, actor: str, **details: Any) -> GroupMember:
    """Change what is known of a member. Raises as ``add_member`` does."""
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    name = details.get("name", member.name)
    institution = details.get("institution", member.institution)
    group = GroupMember.objects.filter(
        programme=member.programme_id, site=member.site_id, erased_at=None
    )
    if group.exclude(pk=member.pk).filter(name=name, institution=institution).exists():
        raise MemberTwice(name=name, institution=institution)
    former, origin = member.status, member.proposed_as_id
    _write(member, details)
    moved: dict[str, Any] = {} if former == member.status else {"status": [former, member.status]}
    if origin != member.proposed_as_id:
        moved |= _origin(member)
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


def _origin(member: GroupMember) -> dict[str, str]:
    """What an immersion day had proposed, for the audit: it is forgotten when they leave."""
    profile = member.proposed_as
    return {"profile": str(profile.pk), "words": str(profile)} if profile else {}


def _write(member: GroupMember, details: dict[str, Any]) -> None:
    unknown = set(details) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a member: {sorted(unknown)}")
    for name, value in details.items():
        setattr(member, name, value)
    _check_email(member)
    _check_substitute(member)
    if "proposed_as" in details:
        _check_profile(member)
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


def _check_profile(member: GroupMember) -> None:
    """One person a profile, of the same territory, still proposed when it is given."""
    if member.proposed_as_id is None:
        return
    profiles = ProposedProfile.objects.select_for_update(of=("self",))
    profile = profiles.filter(pk=member.proposed_as_id, meeting__site=member.site_id).first()
    taken = GroupMember.objects.filter(proposed_as=profile).first() if profile else None
    if taken is not None and taken.pk != member.pk:
        raise ProfileTaken(name=taken.name)
    if profile is None or member.site_id is None or (profile.removed_at and taken is None):
        raise ProfileGone

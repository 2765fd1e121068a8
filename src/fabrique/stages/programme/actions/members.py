"""The verbs of a working group: who is invited in person, changed, taken off."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.errors import MemberTwice
from fabrique.stages.programme.models import GroupMember, Programme, Site

FIELDS = (
    "name",
    "email",
    "institution",
    "institution_kind",
    "function_kind",
    "sector",
    "is_referent",
)


@transaction.atomic
def add_member(
    programme: Programme, *, site: Site | None, actor: str, name: str, **details: Any
) -> GroupMember:
    """Add someone to a site's group, or to the national scale without a site.

    Someone who had left comes back as they were. Raises ``MemberTwice``.
    """
    same = GroupMember.objects.filter(
        programme=programme, site=site, name=name, institution=details.get("institution", "")
    )
    member = same.select_for_update(of=("self",)).first()
    if member is not None and member.left_at is None:
        raise MemberTwice(name=name, institution=member.institution)
    if member is None:
        member = GroupMember(programme=programme, site=site, name=name)
    member.left_at = None
    _write(member, details)
    record(programme, verb="add-member", actor=actor, subject=member.pk)
    return member


@transaction.atomic
def change_member(member_id: UUID, *, actor: str, **details: Any) -> GroupMember:
    """Change what is known of a member. Raises ``MemberTwice``."""
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    name = details.get("name", member.name)
    institution = details.get("institution", member.institution)
    group = GroupMember.objects.filter(programme=member.programme_id, site=member.site_id)
    if group.exclude(pk=member.pk).filter(name=name, institution=institution).exists():
        raise MemberTwice(name=name, institution=institution)
    _write(member, details)
    record(member.programme, verb="change-member", actor=actor, subject=member.pk)
    return member


@transaction.atomic
def remove_member(member_id: UUID, *, actor: str) -> GroupMember:
    """Take someone off the group; what they said stays, and adding them again brings them back."""
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    if member.left_at is None:
        member.left_at = timezone.now()
        member.save(update_fields=["left_at"])
        record(member.programme, verb="remove-member", actor=actor, subject=member.pk)
    return member


def _write(member: GroupMember, details: dict[str, Any]) -> None:
    unknown = set(details) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a member: {sorted(unknown)}")
    for name, value in details.items():
        setattr(member, name, value)
    member.save()

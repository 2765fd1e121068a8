"""Bringing a whole group in at once: everyone of the sheet, or no one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from fabrique.kit.sheets import plain_name
from fabrique.stages.programme.actions.members import add_member, change_member
from fabrique.stages.programme.enums import MemberStatus
from fabrique.stages.programme.member_sheets import MemberLine, changes, key_of
from fabrique.stages.programme.models import GroupMember, Programme, Site


@dataclass(frozen=True)
class ImportedGroup:
    added: int
    changed: int
    same: int


@transaction.atomic
def import_members(
    programme: Programme,
    *,
    site: Site | None,
    lines: Iterable[MemberLine],
    status: str = MemberStatus.INVITED,
    actor: str,
) -> ImportedGroup:
    """Add those who are not on the group's roster, complete those who are.

    Importing the same sheet again changes nothing; someone who had left comes back. ``status`` is
    the place of new people whose line says none.
    """
    group = GroupMember.objects.filter(programme=programme, site=site, erased_at=None)
    known = {key_of(one.name, one.institution): one for one in group.order_by("left_at", "pk")}
    lines = list(lines)
    added = 0
    changed: set[tuple[str, str]] = set()
    for line in lines:
        member = known.get(line.key)
        if member is None or member.left_at is not None:
            # Who comes back does so under the name already known, whatever its capitals.
            details = line.details
            if member is not None:
                details = changes(line, member) | {"institution": member.institution}
            details["status"] = line.status or status
            name = member.name if member else line.name
            known[line.key] = add_member(programme, site=site, actor=actor, name=name, **details)
            added += 1
        elif new := changes(line, member):
            change_member(member.pk, actor=actor, **new)
            changed.add(line.key)
    by_name = {plain_name(one.name): one for one in known.values()}
    for line in lines:
        member, replaced = known[line.key], by_name.get(plain_name(line.substitute_of))
        if replaced is not None and member.substitute_of_id != replaced.pk:
            change_member(member.pk, actor=actor, substitute_of=replaced)
            changed.add(line.key)
    old = len(changed)
    return ImportedGroup(added, old, len(lines) - added - old)

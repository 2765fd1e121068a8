"""Bringing a whole group in at once: everyone of the sheet, or no one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from fabrique.stages.programme.actions.members import add_member, change_member
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.seminar.member_sheets import MemberLine, changes, key_of


@dataclass(frozen=True)
class ImportedGroup:
    added: int
    changed: int
    same: int


@transaction.atomic
def import_members(meeting: Meeting, lines: Iterable[MemberLine], *, actor: str) -> ImportedGroup:
    """Add those who are not in the meeting's group, complete those who are.

    Importing the same sheet again changes nothing; someone who had left comes back.
    """
    group = GroupMember.objects.filter(programme=meeting.programme_id, site=meeting.site_id)
    known = {key_of(one.name, one.institution): one for one in group.order_by("left_at")}
    added = changed = same = 0
    for line in lines:
        member = known.get(line.key)
        if member is None or member.left_at is not None:
            # Who comes back does so under the name already known, whatever its capitals.
            details = line.details
            if member is not None:
                details = changes(line, member) | {"institution": member.institution}
            name = member.name if member else line.name
            add_member(meeting.programme, site=meeting.site, actor=actor, name=name, **details)
            added += 1
        elif new := changes(line, member):
            change_member(member.pk, actor=actor, **new)
            changed += 1
        else:
            same += 1
    return ImportedGroup(added, changed, same)

"""Erasing someone of a group: what the programme itself holds of them."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import AuditLine, Contact, GroupMember


class LogLine(Protocol):
    """A line of the audit, or of a room's journal."""

    actor: Any
    detail: Any

    def save(self, *, update_fields: list[str]) -> None: ...


#: What is blanked; their place and the day of their invitation hold presences together.
BLANKED = ("email", "institution", "institution_kind", "function_kind", "sector", "gender")


def forget_member(
    member: GroupMember, who: Forgotten, *, actor: str, detail: Mapping[str, Any]
) -> None:
    """Their name, facts, links, mails and days; to be called inside ``erase_person``.

    Their contact goes with all it holds: waiting mails, answers, days off, secret calendar.
    """
    contacts = Contact.objects.filter(member=member)
    tied = {str(member.pk), *(str(pk) for pk in contacts.values_list("pk", flat=True))}
    contacts.delete()
    member.name = who.instead
    for name in BLANKED:
        setattr(member, name, "")
    member.is_referent = False
    member.substitute_of = member.proposed_as = None
    member.erased_at = timezone.now()
    member.left_at = member.left_at or member.erased_at
    member.save()
    _forget_in_audit(member, who, tied)
    record(
        member.programme, verb="erase-person", actor=actor, subject=member.pk, detail=dict(detail)
    )


def _forget_in_audit(member: GroupMember, who: Forgotten, tied_to: Collection[str]) -> None:
    """The lines and their verbs stay. JSON is read row by row: databases write it differently."""
    for line in AuditLine.objects.filter(programme=member.programme_id).iterator():
        tied = line.subject in tied_to or line.detail.get("contact") in tied_to
        forget_in_line(line, who, tied=tied)


def forget_in_line(line: LogLine, who: Forgotten, *, tied: bool) -> None:
    """The line of a log without their name and address; ``tied`` when it is about them."""
    actor, detail = who.signed(line.actor, tied=tied), who.out_of(line.detail, tied=tied)
    if (actor, detail) != (line.actor, line.detail):
        line.actor, line.detail = actor, detail
        line.save(update_fields=["actor", "detail"])

"""Erasing someone of a group, at their request: one action, through every stage up to here."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.models import Contribution, Placement
from fabrique.stages.contribution.queries import held_of, said_under_the_name
from fabrique.stages.programme.actions.erasure import forget_member
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.seminar.actions.erasure import forget_at_seminars


@transaction.atomic
def erase_person(member_id: UUID, *, actor: str) -> GroupMember:
    """Take out all that names them; their words stay, under the words that name nobody.

    Twice changes nothing. What others wrote of them in their own words, and frozen documents,
    stay as they are: no program can tell a name from a word of the language.
    """
    member = (
        GroupMember.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=member_id)
    )
    if member.erased_at is not None:
        return member
    who, held = Forgotten.of(member), held_of(member)
    said_ids = list(said_under_the_name(member, who).values_list("pk", flat=True))
    _forget_what_was_said(member, who, said_ids)
    forget_at_seminars(member, who, said_ids=said_ids)
    forget_member(member, who, actor=actor, detail=asdict(held))
    return member


def _forget_what_was_said(member: GroupMember, who: Forgotten, said_ids: list[UUID]) -> None:
    Contribution.objects.filter(pk__in=said_ids).update(author_label=who.instead)
    placed = Placement.objects.filter(
        contribution__workshop__meeting__programme=member.programme_id,
        placed_by__iexact=who.name,
    )
    own = placed if who.has_own_name else placed.filter(contribution__in=said_ids)
    own.update(placed_by=who.instead)

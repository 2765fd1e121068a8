"""The verbs of the team: who joins it, whose place changes, who leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from fabrique.people.actions import account_of, rename_account
from fabrique.people.models import User
from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.errors import (
    InTheTeamAlready,
    NobodyLeads,
    TerritoryNotInProgramme,
)
from fabrique.stages.programme.models import Contact, GroupMember, Programme, Site, TeamMember
from fabrique.stages.programme.queries import LEADING_ROLES, in_a_group, in_place


@dataclass(frozen=True, kw_only=True)
class TeamEntry:
    """Someone of the team; ``site_codes`` are the territories they answer for."""

    email: str
    role: TeamRole
    label: str = ""
    site_codes: Sequence[str] = ()


def seat_team(programme: Programme, team: Iterable[TeamEntry]) -> None:
    """The team a programme opens with; the same person and role twice is one place."""
    for entry in team:
        sites = _sites_of(programme, entry)
        user = account_of(entry.email, label=entry.label)
        member, _is_new = TeamMember.objects.get_or_create(
            programme=programme, user=user, role=entry.role
        )
        member.sites.add(*sites)


@transaction.atomic
def add_team_member(programme: Programme, entry: TeamEntry, *, actor: str) -> TeamMember:
    """Give someone a place; they sign in with their address, by an account made if there is none.

    Who had left this place comes back to it. Raises ``InTheTeamAlready``.
    """
    _hold(programme)
    member = _seated(programme, entry)
    record(
        programme,
        verb="add-team-member",
        actor=actor,
        subject=str(member.pk),
        detail=_facts(member),
    )
    return member


@transaction.atomic
def change_team_member(member_id: int, entry: TeamEntry, *, actor: str) -> TeamMember:
    """Give someone's place another role, other territories, another function, another address.

    Another address is another account: the former one leaves, and what was asked of it and answered
    by it stays its own. Raises ``InTheTeamAlready``, ``NobodyLeads``.
    """
    member = _member(member_id)
    before = _facts(member)
    is_same_account = member.user.email == entry.email.strip().lower()
    if is_same_account and member.user.label != entry.label:
        rename_account(member.user, label=entry.label)
    if is_same_account and member.role == entry.role:
        after = member
        after.sites.set(_sites_of(member.programme, entry))
    else:
        after = _seated(member.programme, entry)
        _leave(member)
    if before != _facts(after):
        record(
            member.programme,
            verb="change-team-member",
            actor=actor,
            subject=str(after.pk),
            detail={"before": before, "after": _facts(after)},
        )
    return after


@transaction.atomic
def remove_team_member(member_id: int, *, actor: str) -> TeamMember:
    """Take someone's place back: they see nothing of the programme any more.

    What they did stays. Raises ``NobodyLeads``.
    """
    member = _member(member_id)
    if member.left_at is None:
        _leave(member)
        record(
            member.programme,
            verb="remove-team-member",
            actor=actor,
            subject=str(member.pk),
            detail=_facts(member),
        )
    return member


def _member(member_id: int) -> TeamMember:
    member = TeamMember.objects.select_related("programme", "user").get(pk=member_id)
    _hold(member.programme)
    member.refresh_from_db(fields=["left_at", "role"])
    return member


def _hold(programme: Programme) -> None:
    """One change of the team at a time: two people leaving at once leave someone."""
    Programme.objects.select_for_update().get(pk=programme.pk)


def _seated(programme: Programme, entry: TeamEntry) -> TeamMember:
    sites = _sites_of(programme, entry)
    user = account_of(entry.email, label=entry.label)
    member, is_new = TeamMember.objects.get_or_create(
        programme=programme, user=user, role=entry.role
    )
    if not is_new and member.left_at is None:
        raise InTheTeamAlready(who=str(user), role=entry.role)
    member.left_at = None
    member.save(update_fields=["left_at"])
    member.sites.set(sites)
    return member


def _leave(member: TeamMember) -> None:
    member.left_at = timezone.now()
    member.save(update_fields=["left_at"])
    leading = in_place().filter(
        programme=member.programme_id, role__in=LEADING_ROLES, user__is_active=True
    )
    if member.role in LEADING_ROLES and not leading.exists():
        raise NobodyLeads(who=str(member.user))
    _hand_contact_over(member)


def _hand_contact_over(member: TeamMember) -> None:
    """Who is still there under another role, or in a group, keeps their personal link."""
    contact = Contact.objects.filter(team_member=member).first()
    if contact is None:
        return
    kept = _other_places(member.programme, member.user)
    heir = next((row for row in kept if not hasattr(row, "contact")), None)
    if heir is not None:
        contact.team_member = heir if isinstance(heir, TeamMember) else None
        contact.member = heir if isinstance(heir, GroupMember) else None
        contact.save(update_fields=["team_member", "member"])


def _other_places(programme: Programme, user: User) -> list[TeamMember | GroupMember]:
    team = in_place().filter(programme=programme, user=user).select_related("contact")
    groups = GroupMember.objects.filter(
        in_a_group(), programme=programme, email__iexact=user.email
    ).select_related("contact")
    return [*team, *groups]


def _sites_of(programme: Programme, entry: TeamEntry) -> list[Site]:
    by_code = {site.territory_id: site for site in programme.sites.all()}
    for code in entry.site_codes:
        if code not in by_code:
            raise TerritoryNotInProgramme(code=code, email=entry.email)
    return [by_code[code] for code in entry.site_codes]


def _facts(member: TeamMember) -> dict[str, Any]:
    """What the journal keeps of someone's place."""
    return {
        "who": str(member.user),
        "email": member.user.email,
        "role": str(member.role),
        "sites": [str(site) for site in member.sites.select_related("territory")],
    }

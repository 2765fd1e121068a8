"""Lays out a year of the demonstration: programme, groups, dates held and fixed."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from fabrique.portal.demonstration.files import read
from fabrique.stages.programme.actions import PartnerEntry, TeamEntry, create_programme
from fabrique.stages.programme.actions.meetings import hold_meeting, schedule_meeting
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import IN_GROUP, InstitutionKind, MemberStatus
from fabrique.stages.programme.models import Meeting, Programme, Site

ACTOR = "Démonstration"
NATIONAL = "national"


def lay_out_year(calendar: dict[str, Any]) -> Programme:
    """The programme with its four territories, their groups, and the dates of a calendar."""
    plan = read("programme")
    programme = create_programme(
        blueprint=load_blueprint(plan["blueprint"]),
        title=calendar["title"],
        question=plan["question"],
        horizon_year=plan["horizon_year"],
        midterm_year=plan["midterm_year"],
        starts_on=calendar["starts_on"],
        ends_on=calendar["ends_on"],
        territories=[(site["code"], site["theme"]) for site in plan["sites"]],
        team=[_team_entry(member) for member in plan["team"]],
        partners=[PartnerEntry(**partner) for partner in plan["partners"]],
        is_demonstration=True,
        actor=ACTOR,
    )
    _gather_groups(programme)
    for meeting in calendar["meetings"]:
        _date(programme, meeting)
    return programme


def meeting_of(programme: Programme, key: str, site_code: str = "") -> Meeting:
    """The meeting of that key, at that site or at the national scale."""
    meetings = programme.meetings.select_related("programme", "site__territory")
    return meetings.get(key=key, site__territory=site_code or None)


def _team_entry(member: dict[str, Any]) -> TeamEntry:
    return TeamEntry(
        email=member["email"],
        label=member["label"],
        role=member["role"],
        site_codes=member.get("sites", []),
    )


def _gather_groups(programme: Programme) -> None:
    groups = read("groups")
    for site in programme.sites.select_related("territory"):
        group = groups[site.territory.code]
        _gather(programme, site, group, group["members"])
        _gather(programme, site, group, group.get("candidates", []), status=MemberStatus.CANDIDATE)
    _gather(programme, None, groups[NATIONAL], groups[NATIONAL]["members"])


def _gather(
    programme: Programme,
    site: Site | None,
    group: dict[str, Any],
    members: list[dict[str, Any]],
    *,
    status: MemberStatus = MemberStatus.ACCEPTED,
) -> None:
    for member in members:
        add_member(
            programme,
            site=site,
            name=member["name"],
            email=_address_of(member, group),
            institution=member["institution"],
            institution_kind=member["kind"],
            function_kind=member["function"],
            sector=member["sector"],
            gender=member.get("gender", ""),
            status=status,
            invited_on=programme.starts_on if status in IN_GROUP else None,
            is_referent=member.get("referent", False),
            actor=ACTOR,
        )


def _address_of(member: dict[str, Any], group: dict[str, Any]) -> str:
    """Of their function; nothing for residents, who are telephoned."""
    if member["kind"] == InstitutionKind.RESIDENT:
        return ""
    words = member["name"].replace("'", " ")
    return member.get("email") or f"{slugify(words)}@{group['mail']}"


def _date(programme: Programme, plan: dict[str, Any]) -> None:
    meeting = meeting_of(programme, plan["key"], plan.get("site", ""))
    schedule_meeting(
        meeting.pk,
        starts_at=_instant(plan["starts_at"]),
        ends_at=_instant(plan["ends_at"]),
        place=plan["place"],
        actor=ACTOR,
    )
    if plan.get("held"):
        hold_meeting(meeting.pk, actor=ACTOR)


def _instant(local: datetime) -> datetime:
    return timezone.make_aware(local)

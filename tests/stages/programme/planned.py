"""The reference programme with the people dates depend on."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from fabrique.stages.programme.actions import TeamEntry
from fabrique.stages.programme.actions.meetings import hold_meeting, schedule_meeting
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.enums import FunctionKind, TeamRole
from fabrique.stages.programme.models import Meeting, Programme
from tests.stages.programme.programmes import DECK_TERRITORIES, a_programme

PILOT, OFFICER = "pilote@exemple.fr", "chargee@exemple.fr"
NORTH, SOUTH = "directrice-nord@exemple.fr", "directeur-sud@exemple.fr"
TEAM = [
    TeamEntry(email=PILOT, role=TeamRole.PILOT, label="Pilote nationale"),
    TeamEntry(
        email=NORTH,
        role=TeamRole.DIRECTOR,
        label="Directrice de projet",
        site_codes=["200067999", "88413"],
    ),
    TeamEntry(
        email=SOUTH,
        role=TeamRole.DIRECTOR,
        label="Directeur de projet",
        site_codes=["200071751", "56121"],
    ),
    TeamEntry(email=OFFICER, role=TeamRole.OFFICER, label="Chargée d'études"),
]


def a_planned_programme(**changes: Any) -> Programme:
    """Four territories, each with an elected referent and two members of its group."""
    programme = a_programme(**({"team": TEAM} | changes))
    for site in programme.sites.select_related("territory"):
        for name, function, is_referent in (
            ("Élue référente", FunctionKind.ELECTED, True),
            ("Directeur de l'urbanisme", FunctionKind.STAFF, False),
            ("Présidente d'association", FunctionKind.ACTOR, False),
        ):
            add_member(
                programme,
                site=site,
                actor="",
                name=name,
                institution=site.territory.name,
                email=f"{name.split()[0].lower()}-{site.territory_id}@exemple.fr",
                function_kind=function,
                is_referent=is_referent,
            )
    return programme


def meeting(programme: Programme, key: str, code: str | None = None) -> Meeting:
    return programme.meetings.get(key=key, site__territory_id=code)


def locals_of(programme: Programme, key: str) -> list[Meeting]:
    return [meeting(programme, key, code) for code, _theme in DECK_TERRITORIES]


def fix(found: Meeting, day: date, *, hour: int = 14) -> Meeting:
    return schedule_meeting(
        found.pk,
        starts_at=timezone.make_aware(datetime.combine(day, time(hour))),
        ends_at=timezone.make_aware(datetime.combine(day, time(hour + 3))),
        actor="",
    )


def held(found: Meeting, day: date) -> Meeting:
    return hold_meeting(fix(found, day).pk, actor="")


def days_of(meetings: list[Meeting]) -> list[date]:
    for one in meetings:
        one.refresh_from_db()
    return [timezone.localdate(one.starts_at) for one in meetings]

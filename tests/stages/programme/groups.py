"""Working groups to test with: a territory of the reference programme, and people on its roster."""

from itertools import count
from typing import Any

from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.enums import MemberStatus
from fabrique.stages.programme.models import GroupMember, Programme, Site
from fabrique.stages.programme.queries import blueprint_of
from tests.stages.programme.programmes import a_programme

_numbers = count(1)
ACTOR = "Directrice de projet"


def a_territory(**plan: Any) -> Site:
    """Lorient in the reference programme; ``plan`` changes what its groups should look like."""
    programme = a_programme()
    if plan:
        wanted = {"min": 1, "max": 20, "targets": [], **plan}
        programme.blueprint["group"] = wanted
        programme.save(update_fields=["blueprint"])
        blueprint_of(programme)
    return programme.sites.get(territory_id="56121")


def someone(site: Site, name: str = "", **details: Any) -> GroupMember:
    return add_member(
        site.programme,
        site=site,
        actor=ACTOR,
        name=name or f"Membre {next(_numbers)}",
        **details,
    )


def a_candidate(site: Site, name: str = "", **details: Any) -> GroupMember:
    return someone(site, name, status=MemberStatus.CANDIDATE, **details)


def group_address(site: Site, page: str = "") -> str:
    return f"{home_of(site.programme)}territoires/{site.territory_id}/groupe/{page}"


def home_of(programme: Programme) -> str:
    return f"/demarches/{programme.slug}/"

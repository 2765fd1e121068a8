"""Lays out a year to be planned: four territories, their groups and the team, no date fixed yet.

Run on an instance as a process of its own:

    python -m tests.browser.planned_year ADDRESS    lays it out; a way in for the officer, as JSON
    python -m tests.browser.planned_year --a-night  a night passes: today's mails were yesterday's

The year starts next month, whenever the test is run: only what is ahead can be planned.
"""

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from fabrique.stages.programme.models import Programme

REFERENT, PLANNER, SHOPKEEPER = (
    "Élue référente",
    "Directeur de l'urbanisme",
    "Présidente des commerçants",
)
ADDRESSES = {REFERENT: "elue", PLANNER: "urbanisme", SHOPKEEPER: "commerces"}
LORIENT = "56121"


def address_of(name: str, code: str = LORIENT) -> str:
    """Of a member of a territory's group."""
    return f"{ADDRESSES[name]}-{code}@exemple.fr"


def main(asked: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    if asked == "--a-night":
        let_a_night_pass()
    else:
        lay_out(site=asked)


def lay_out(site: str) -> None:
    from fabrique.people.queries import account_with_email
    from fabrique.people.sign_in_links import sign_in_link
    from fabrique.territory.actions import load_reference
    from tests.stages.programme.planned import OFFICER
    from tests.territory.excerpt import write_excerpt

    with TemporaryDirectory() as folder:
        load_reference(write_excerpt(Path(folder)))
    programme = _programme()
    _groups(programme)
    officer = account_with_email(OFFICER)
    assert officer is not None
    local = programme.meetings.get(key="local-1", site__territory=LORIENT)
    laid_out = {
        "way_in": sign_in_link(officer, site=site),
        "programme": f"{site}/demarches/{programme.slug}/",
        "first_local": f"{site}/seminaires/{local.pk}/",
    }
    json.dump(laid_out, sys.stdout)


def let_a_night_pass() -> None:
    """Everyone may be written to again: one mail a day at most leaves to an address."""
    from fabrique.stages.programme.models import Mail

    for mail in Mail.objects.order_by("day"):
        Mail.objects.filter(pk=mail.pk).update(day=mail.day - timedelta(days=1))


def _programme() -> "Programme":
    from tests.stages.programme.planned import TEAM
    from tests.stages.programme.programmes import a_programme

    starts = (date.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    return a_programme(
        team=TEAM,
        starts_on=starts,
        ends_on=starts + timedelta(days=365),
        midterm_year=starts.year + 15,
        horizon_year=starts.year + 25,
    )


def _groups(programme: "Programme") -> None:
    from fabrique.stages.programme.actions.members import add_member
    from fabrique.stages.programme.enums import FunctionKind

    kinds = {
        REFERENT: FunctionKind.ELECTED,
        PLANNER: FunctionKind.STAFF,
        SHOPKEEPER: FunctionKind.ACTOR,
    }
    for site in programme.sites.select_related("territory"):
        for name, kind in kinds.items():
            add_member(
                programme,
                site=site,
                actor="",
                name=name,
                institution=site.territory.name,
                email=address_of(name, site.territory_id),
                function_kind=kind,
                is_referent=name == REFERENT,
            )


if __name__ == "__main__":
    main(*sys.argv[1:])

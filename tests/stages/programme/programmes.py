"""Programmes to test with, opened as the pages open them."""

from datetime import date
from typing import Any

from fabrique.people.models import User
from fabrique.stages.programme.actions import TeamEntry, create_programme
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Programme

DECK_TERRITORIES = [
    ("200067999", "développement économique"),
    ("200071751", "densification"),
    ("56121", "logistique urbaine"),
    ("88413", "mobilités douces"),
]
DIRECTOR = "directrice@exemple.fr"
REFERENT = "referente@exemple.fr"


def a_programme(**changes: Any) -> Programme:
    """The reference programme: its director, and Lorient's referent."""
    options: dict[str, Any] = {
        "blueprint": load_blueprint("fabrique-prospective"),
        "title": "Villes moyennes et transition écologique",
        "question": "Quelles mutations des modes de production et de consommation ?",
        "horizon_year": 2030,
        "midterm_year": 2026,
        "starts_on": date(2020, 1, 23),
        "ends_on": date(2021, 1, 31),
        "territories": DECK_TERRITORIES,
        "team": [
            TeamEntry(email=DIRECTOR, role=TeamRole.DIRECTOR, site_codes=["56121"]),
            TeamEntry(email=REFERENT, role=TeamRole.REFERENT, site_codes=["56121"]),
        ],
        "actor": "Directrice de projet",
    }
    return create_programme(**(options | changes))


def account(email: str) -> User:
    return User.objects.get(email=email)

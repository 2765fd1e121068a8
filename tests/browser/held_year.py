"""Lays out a year whose seminars are open, with what the earlier ones kept, and released.

Run on an instance as a process of its own: python -m tests.browser.held_year ADDRESS
Gives, as JSON, a way in for the team and, for each seminar, its screens and its voices: people of
the room whose phones are elsewhere, by the ticket that each of them holds.
"""

import json
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from fabrique.stages.contribution.models import Workshop
    from fabrique.stages.programme.models import Meeting, Programme

ACTOR = "Directrice de projet"
PILOT = "pilote@exemple.fr"
LORIENT, VOSGES, ISLAND = "56121", "88413", "22016"
HELD = ("local-2", "local-3", "local-4", "intersite-1", "intersite-2", "intersite-3", "intersite-4")
GROUPS = {
    LORIENT: ("Élue à l'urbanisme", "Directeur de l'aménagement"),
    VOSGES: ("Cheffe du service habitat", "Agent des espaces verts"),
    "": ("Cheffe de bureau", "Conseiller technique"),
}
VOICES = 4


def main(address: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    from fabrique.people.queries import account_with_email
    from fabrique.people.sign_in_links import sign_in_link

    year = Year.lay_out()
    year.keep_what_came_before()
    seminars = {key: year.open(key, address) for key in HELD}
    team = account_with_email(PILOT)
    assert team is not None
    json.dump({"way_in": sign_in_link(team, site=address), "seminars": seminars}, sys.stdout)


@dataclass
class Year:
    programme: "Programme"

    @classmethod
    def lay_out(cls) -> "Year":
        from fabrique.stages.programme.actions import TeamEntry, create_programme
        from fabrique.stages.programme.actions.members import add_member
        from fabrique.stages.programme.blueprint import load_blueprint
        from fabrique.stages.programme.enums import TeamRole
        from fabrique.territory.actions import load_reference
        from tests.territory.excerpt import write_excerpt

        with TemporaryDirectory() as folder:
            load_reference(write_excerpt(Path(folder)))
        programme = create_programme(
            blueprint=load_blueprint("fabrique-prospective"),
            title="Villes moyennes et sobriété foncière",
            question="Comment bâtir sans s'étaler ?",
            horizon_year=2050,
            midterm_year=2035,
            starts_on=date(2027, 1, 15),
            ends_on=date(2027, 12, 15),
            territories=[(code, "Thème local") for code in (LORIENT, VOSGES, ISLAND, "51410")],
            team=[TeamEntry(email=PILOT, role=TeamRole.PILOT, label=ACTOR)],
            actor=ACTOR,
        )
        for code, names in GROUPS.items():
            site = programme.sites.get(territory=code) if code else None
            for name in names:
                add_member(programme, site=site, name=name, actor=ACTOR)
        return cls(programme)

    def meeting(self, key: str, code: str = "") -> "Meeting":
        local = {"site__territory": code or LORIENT} if key.startswith("local") else {}
        meetings = self.programme.meetings.select_related("programme", "site__territory")
        return meetings.get(key=key, **local)

    def keep_what_came_before(self) -> None:
        """What territories kept, and shared: fears, actions, actors, a scheme on the bench."""
        for code, port in ((LORIENT, "Port submergé"), (VOSGES, "Vallée inondée")):
            self._keep("local-1", code, "vulnerabilities", {"title": port})
            self._keep(
                "local-1", code, "past_actions", {"title": f"Digue ({port.split()[0].lower()})"}
            )
        self._actor(ISLAND, "Recyclerie du port", "Association", "Local")
        self._actor(ISLAND, "Agence de l'eau Loire-Bretagne", "Établissement public", "National")
        self._actor(
            VOSGES, "Agence de l'eau, bassin Loire-Bretagne", "Établissement public", "National"
        )
        self._actor(VOSGES, "Agence nationale de l'habitat", "Établissement public", "National")
        self._keep(
            *("local-3", VOSGES, "workbench"),
            {"title": "Bail réel solidaire", "state_blocks": "Allonger la durée du bail\n"
             "Ouvrir le bail aux commerces"},
        )  # fmt: skip

    def _actor(self, code: str, name: str, kind: str, scale: str) -> None:
        self._keep("local-2", code, "actor_map", {"title": name, "type": kind, "scale": scale})

    def _keep(self, key: str, code: str, format: str, data: dict[str, Any]) -> None:
        from fabrique.stages.contribution.actions.cards import create_card
        from fabrique.stages.contribution.actions.releases import release_cards

        meeting = self.meeting(key, code)
        workshop = next(one for one in self._workshops(meeting) if one.format == format)
        card = create_card(workshop.pk, data=data, actor=ACTOR)
        release_cards(meeting.site_id, card_ids=[card.pk], actor=ACTOR)

    def _workshops(self, meeting: "Meeting") -> "list[Workshop]":
        from fabrique.stages.contribution.actions.workshops import lay_out_workshops
        from fabrique.stages.contribution.models import Workshop
        from fabrique.stages.seminar.actions.rooms import prepare_room
        from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet

        ensure_run_sheet(meeting)
        prepare_room(meeting)
        known = list(Workshop.objects.filter(meeting=meeting).order_by("position"))
        return known or lay_out_workshops(meeting)

    def open(self, key: str, address: str) -> dict[str, Any]:
        from fabrique.stages.seminar.actions.rooms import join_room, open_room
        from fabrique.stages.seminar.tickets import cookie_name, make_ticket

        meeting = self.meeting(key)
        self._workshops(meeting)
        room = open_room(meeting.room.pk, actor=ACTOR)
        voices = [join_room(room, label=f"Voix {number + 1}") for number in range(VOICES)]
        return {
            "join": f"{address}/r/{room.code}/",
            "send": f"{address}/salle/{room.code}/envoyer/",
            "console": f"{address}/seminaires/{meeting.pk}/console/",
            "wall": f"{address}/mur/{room.wall_key}/",
            "voices": [f"{cookie_name(room.pk)}={make_ticket(one)}" for one in voices],
        }


if __name__ == "__main__":
    main(*sys.argv[1:])

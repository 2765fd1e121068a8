"""The real propositions of a citizens' debate as a team meets them: a sheet someone hands over.

They are kept beside the project, not in it. FABRIQUE_SHARED_DATA names their folder elsewhere.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from fabrique.kit.sheets import write_sheet
from fabrique.stages.contribution.actions.workshops import open_workshop
from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import open_room, prepare_room
from fabrique.stages.seminar.models import Room
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import FACILITATOR, a_meeting, an_account

REPOSITORY = Path(__file__).resolve().parents[3]
NAME = "mel_grand_debat_propositions.json"
COLUMNS = ("Texte", "Format", "Date", "Thème")
DAY = "17/09/2020"
FORMAT = "expectations"


def file_of_propositions() -> Path:
    named = os.environ.get("FABRIQUE_SHARED_DATA", "")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data" / "contributions"
    return folder / NAME


def real_propositions() -> list[dict[str, Any]]:
    """The propositions, or none where they are not kept."""
    file = file_of_propositions()
    propositions: list[dict[str, Any]] = json.loads(file.read_text()) if file.is_file() else []
    return propositions


def sheet_of(propositions: Sequence[dict[str, Any]], kind: str) -> bytes:
    """What a team would hand over: a text a line, the workshop it answered, the day, the theme."""
    rows = [(one["text"], FORMAT, DAY, one["theme"]) for one in propositions]
    return write_sheet(COLUMNS, rows, format=kind, title="Contributions")


@dataclass
class Seminar:
    """A seminar without a word yet, and someone of its team signed in."""

    meeting: Meeting = field(init=False)
    room: Room = field(init=False)
    team: Client = field(init=False)

    def __post_init__(self) -> None:
        meeting = a_meeting(site=a_territory(), formats=(FORMAT,))
        Meeting.objects.filter(pk=meeting.pk).update(key="local-1")
        self.meeting = Meeting.objects.get(pk=meeting.pk)
        self.room = prepare_room(self.meeting)
        self.team = Client()
        account = an_account(self.meeting)
        self.team.force_login(account, backend="sesame.backends.ModelBackend")

    @property
    def workshop(self) -> Workshop:
        return Workshop.objects.get(meeting=self.meeting)

    @property
    def addresses(self) -> dict[str, str]:
        """Every page these words appear on."""
        return {
            "console": reverse("contribution:console", args=[self.meeting.pk]),
            "wall": reverse("contribution:wall", args=[self.room.wall_key]),
            "transcription": reverse("contribution:transcription", args=[self.meeting.pk]),
            "proposals": reverse(
                "contribution:console-proposals", args=[self.meeting.pk, self.workshop.pk]
            ),
            "API wall": f"/api/walls/{self.room.wall_key}",
        }

    def bring_in(self, file: Path) -> int:
        """``fabrique seminar import-contributions``; how many there are then."""
        call_command("seminar", "import-contributions", str(file), meeting=str(self.meeting.pk))
        return Contribution.objects.filter(workshop__meeting=self.meeting).count()

    def open(self) -> None:
        open_room(self.room.pk, actor=FACILITATOR)
        open_workshop(self.workshop.pk, actor=FACILITATOR)

    def act(self, move: str, **data: Any) -> None:
        """A gesture of the console, which must be taken."""
        address = reverse("contribution:move", args=[self.meeting.pk])
        answer = self.team.post(address, {"move": move, **data})
        assert answer.status_code == 302, answer.content.decode()

    def sort(self, propositions: Sequence[dict[str, Any]], *, aside: str) -> None:
        """A card a theme, by the console; one theme is set aside."""
        themes = sorted({one["theme"] for one in propositions})
        held = {one.text: one.pk for one in Contribution.objects.all()}
        for theme in themes:
            said: list[UUID] = [held[one["text"]] for one in propositions if one["theme"] == theme]
            if theme == aside:
                self.act("set_contribution_aside", contribution=said, reason="Autre sujet")
            else:
                self.act("create_card", contribution=said, title=theme)

    def proposed_groups(self) -> list[dict[str, list[str]]]:
        """The forms of the page of proposals, as a browser would post each one unchanged."""
        page = self.team.get(self.addresses["proposals"]).content.decode()
        forms = re.findall(r"<form method=\"post\".*?</form>", page, flags=re.DOTALL)
        found = []
        for form in forms:
            fields: dict[str, list[str]] = {}
            for tag in re.findall(r"<input[^>]*>", form):
                name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
                if name and name[1] != "csrfmiddlewaretoken":
                    fields.setdefault(name[1], []).append(unescape(value[1]) if value else "")
            if "contribution" in fields:
                found.append(fields)
        return found

    def cards(self) -> list[Card]:
        return list(Card.objects.filter(workshop=self.workshop))

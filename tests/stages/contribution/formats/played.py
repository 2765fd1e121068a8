"""A seminar as played by a room: things said, cards kept, judgements, ties, evaluations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from html import unescape
from typing import Any

from django.template.loader import select_template

from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import (
    change_phase,
    lay_out_workshops,
    open_workshop,
)
from fabrique.stages.contribution.enums import Source, WorkshopState
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Format, NotePart
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Placement, Workshop
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import open_room, prepare_room
from fabrique.stages.seminar.enums import Identity, SequenceKind
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.models import Sequence as Sequence_
from tests.stages.rooms import (
    FACILITATOR,
    Held,
    a_held_seminar,
    a_programme,
    a_site,
    someone,
)

FIVE = ("expectations", "vulnerabilities", "past_actions", "crossing", "hot_evaluation")


@dataclass
class Seminar:
    """A held seminar, its people, and short verbs to play it."""

    held: Held
    people: list[Participant]

    def workshop(self, format: str) -> Workshop:
        workshop = self.held.workshops[format]
        workshop.refresh_from_db()
        return workshop

    def format(self, key: str) -> Format:
        return get_format(key)

    def turn_to(self, format: str, phase: str = "") -> Workshop:
        if self.workshop(format).state != WorkshopState.OPEN:
            open_workshop(self.held.workshops[format].pk, actor=FACILITATOR)
        if phase:
            change_phase(self.held.workshops[format].pk, phase=phase, actor=FACILITATOR)
        return self.workshop(format)

    def say(
        self, format: str, data: Mapping[str, Any] | str, who: Participant | None = None
    ) -> Contribution:
        return contribute(
            id=new_id(),
            workshop_id=self.held.workshops[format].pk,
            data={"text": data} if isinstance(data, str) else data,
            source=Source.PHONE,
            participant=who or self.people[0],
            actor="",
        ).contribution

    def card(self, format: str, title: str, *said: Contribution, **fields: Any) -> Card:
        position = Card.objects.count()
        card = Card.objects.create(
            workshop=self.workshop(format), title=title, position=position, **fields
        )
        for contribution in said:
            Placement.objects.create(contribution=contribution, card=card)
        return card

    def judge(self, card: Card, who: Participant, marks: Sequence[int]) -> None:
        keys = ("exposure", "sensitivity", "adaptive_capacity")
        answer(
            workshop_id=self.workshop("vulnerabilities").pk,
            participant=who,
            data={"card": str(card.pk), **dict(zip(keys, marks, strict=False))},
        )

    def tie(self, vulnerability: Card, who: Participant, *actions: Card) -> None:
        """Tick these actions, or none of them."""
        ticked = {"action": [str(action.pk) for action in actions]} if actions else {"none": "on"}
        answer(
            workshop_id=self.workshop("crossing").pk,
            participant=who,
            data={"card": str(vulnerability.pk), **ticked},
        )

    def screen(self, format: str, screen: str, viewer: Viewer | None = None) -> str:
        """A fragment as it is rendered, without French typography."""
        workshop, own = self.workshop(format), get_format(format)
        viewer = viewer or Viewer()
        phase = own.phase(workshop.phase)
        form = own.contribution_form(workshop, initial=own.begins_with(workshop, viewer))
        shown = {
            "workshop": workshop,
            "format": own,
            "phase": phase,
            "is_collecting": "contribution" in phase.accepts,
            "present": len(self.people),
            "contributions": list(own.shown(rows.contributions_waiting(workshop))),
            "cards": [],
            "form": form,
            "send_url": "/envoyer",
            "page_url": "/salle/",
            "new_id": "",
            **own.context(workshop, viewer, screen),
        }
        return plain(select_template(own.template(screen)).render(shown))

    def note(self, format: str) -> Sequence[NotePart]:
        return get_format(format).note_parts(self.workshop(format))


def a_seminar(people: int = 6, *formats: str) -> Seminar:
    """A local seminar of these formats, the five first ones when none is named."""
    held = a_held_seminar(*(formats or FIVE))
    return Seminar(held, [someone(held.room) for _ in range(people)])


def a_national_seminar(*formats: str, sites: int = 4, people: int = 6) -> Seminar:
    """An inter-site seminar of a programme of as many territories, and people without a group."""
    programme = a_programme()
    for _ in range(sites):
        a_site(programme)
    meeting = Meeting.objects.create(
        programme=programme,
        kind=MeetingKind.INTERSITE_SEMINAR,
        key="intersite-1",
        step="1",
        number=1,
        title="Identifier ressources et angles morts",
        window_start_date=date(2020, 10, 1),
        window_end_date=date(2020, 10, 31),
    )
    for position, format in enumerate(formats):
        Sequence_.objects.create(
            meeting=meeting,
            position=position,
            title=f"Séquence {position + 1}",
            kind=SequenceKind.WORK,
            minutes=30,
            format=format,
        )
    room = prepare_room(meeting, identity=Identity.PSEUDONYM)
    workshops = {one.format: one for one in lay_out_workshops(meeting)}
    held = Held(meeting, open_room(room.pk, actor=FACILITATOR), workshops)
    return Seminar(held, [someone(held.room) for _ in range(people)])


def site_names(seminar: Seminar) -> list[str]:
    return [site.territory.name for site in seminar.held.meeting.programme.sites.all()]


def sections(parts: Sequence[NotePart]) -> list[str]:
    return [part.section for part in parts]


def words(parts: Sequence[NotePart], section: str) -> str:
    """All the words of a section, as they are typed, to look for a sentence in."""
    blocks = tuple(block for part in parts if part.section == section for block in part.blocks)
    return plain(" ".join(_strings(blocks)))


def plain(text: object) -> str:
    """A text as typed: no HTML entities, nor the spaces and apostrophes of French typography."""
    return unescape(str(text)).replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")


def _strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, tuple):
        return [text for child in node for text in _strings(child)]
    if is_dataclass(node):
        names = [field.name for field in fields(node) if field.name != "id"]
        return [text for name in names for text in _strings(getattr(node, name))]
    return []

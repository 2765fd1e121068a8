"""A seminar as played by a room: things said, cards kept, judgements, ties, evaluations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import change_phase, open_workshop
from fabrique.stages.contribution.enums import Source, WorkshopState
from fabrique.stages.contribution.formats.contract import Format, NotePart
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Placement, Workshop
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, someone

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

    def note(self, format: str) -> Sequence[NotePart]:
        return get_format(format).note_parts(self.workshop(format))


def a_seminar(people: int = 6) -> Seminar:
    held = a_held_seminar(*FIVE)
    return Seminar(held, [someone(held.room) for _ in range(people)])


def sections(parts: Sequence[NotePart]) -> list[str]:
    return [part.section for part in parts]


def words(parts: Sequence[NotePart], section: str) -> str:
    """All the words of a section, as they are typed, to look for a sentence in."""
    blocks = tuple(block for part in parts if part.section == section for block in part.blocks)
    return plain(" ".join(_strings(blocks)))


def plain(text: object) -> str:
    """A text without the spaces and apostrophes of French typography."""
    return str(text).replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")


def _strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, tuple):
        return [text for child in node for text in _strings(child)]
    if is_dataclass(node):
        names = [field.name for field in fields(node) if field.name != "id"]
        return [text for name in names for text in _strings(getattr(node, name))]
    return []

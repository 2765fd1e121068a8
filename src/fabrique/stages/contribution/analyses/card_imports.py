"""What bringing cards in would change: rows beside lines, nothing written.

An actor, an action, any card is the one of that name already on the board, accents and case aside;
one that was merged is the card it joined.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fabrique.kit.sheets import plain_name
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.card_files import CardLine, TieLine
from fabrique.stages.contribution.models import Card, Link, Workshop


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class CardFate:
    """What a line would do, and the card it is about when there is one."""

    line: CardLine
    fate: Fate
    card: Card | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """What the card's form is given: what the line says over what the card said."""
        if self.card is None:
            return self.line.data
        said = {**self.card.payload, "text": self.card.text}
        return {**said, **self.line.data, "title": self.card.title}


@dataclass(frozen=True)
class TieFate:
    line: TieLine
    fate: Fate


def card_fates(workshop: Workshop, lines: Iterable[CardLine]) -> list[CardFate]:
    there = named_cards(workshop)
    return [_card_fate(line, there.get(plain_name(line.title))) for line in lines]


def tie_fates(workshop: Workshop, lines: Sequence[TieLine]) -> list[TieFate]:
    """A tie is new when the room has not said it yet."""
    there = {name: card.pk for name, card in named_cards(workshop).items()}
    held = Link.objects.filter(workshop=workshop, participant=None, ended_at=None)
    drawn = set(held.values_list("source", "kind", "target"))

    def is_drawn(line: TieLine) -> bool:
        source, target = there.get(plain_name(line.source)), there.get(plain_name(line.target))
        return (source, line.kind, target) in drawn

    return [TieFate(line, Fate.SAME if is_drawn(line) else Fate.NEW) for line in lines]


def named_cards(workshop: Workshop) -> dict[str, Card]:
    """The cards that are there, by plain name, and by the names of those that joined them."""
    cards = {card.pk: card for card in rows.kept_cards(workshop)}
    merged = dict(
        Card.objects.filter(workshop=workshop, state=CardState.MERGED).values_list("pk", "title")
    )
    now = rows.where_cards_went(merged)
    names: dict[str, Card] = {
        plain_name(title): cards[now[key]]
        for key, title in sorted(merged.items(), key=lambda pair: str(pair[0]))
        if now[key] in cards
    }
    return names | {plain_name(card.title): card for card in reversed(list(cards.values()))}


def _card_fate(line: CardLine, card: Card | None) -> CardFate:
    if card is None:
        return CardFate(line, Fate.NEW)
    joined = plain_name(card.title) != plain_name(line.title)
    said = {**card.payload, "text": card.text}
    differs = any(said.get(name) != value for name, value in _words(line).items())
    return CardFate(line, Fate.CHANGED if differs and not joined else Fate.SAME, card)


def _words(line: CardLine) -> dict[str, Any]:
    return {name: value for name, value in line.data.items() if name != "title"}

"""The cards of the review, counted by effect and by sector.

These are counts of actions, not of people: they hold however few were in the room.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.models import Card, Workshop


@dataclass(frozen=True)
class Review:
    """Actions kept, with how many had each effect and belong to each sector."""

    cards: Sequence[Card]
    effects: Sequence[tuple[str, int]]
    sectors: Sequence[tuple[str, int]]


def review(workshop: Workshop) -> Review:
    cards = list(rows.kept_cards(workshop))
    return Review(cards=cards, effects=_counts(cards, "effect"), sectors=_counts(cards, "sector"))


def _counts(cards: Sequence[Card], name: str) -> Sequence[tuple[str, int]]:
    said = Counter(card.payload[name] for card in cards if card.payload.get(name))
    return said.most_common()

"""Hands raised in the room and counted by the team: shown apart, and never mixed with votes.

A raised hand is seen by everyone, so it is not the individual judgement that a phone gives. The
same floor holds for both: under five hands on a criterion, no figure leaves the console.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Criterion, Format
from fabrique.stages.contribution.models import Card, HandCount, Workshop


@dataclass(frozen=True, kw_only=True)
class CountedCriterion:
    """The hands raised for each value of a criterion, in the order of its scale."""

    criterion: Criterion
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def is_shown(self) -> bool:
        """Whether enough hands were raised for a figure to be shown."""
        return self.total >= rows.MINIMUM_PEOPLE

    @property
    def lines(self) -> list[tuple[str, int]]:
        """(words, hands), one a value of the scale."""
        return [(str(words), self.counts.get(value, 0)) for value, words in self._scale]

    @property
    def words(self) -> str:
        """« 1, faible : 3 · 2, moyenne : 4 »: what was raised, in one line."""
        return " · ".join(f"{words} : {count}" for words, count in self.lines if count)

    @property
    def _scale(self) -> list[tuple[int, object]]:
        return list(self.criterion.scale.items())


@dataclass(frozen=True, kw_only=True)
class CountedCard:
    """A card and the hands raised about it."""

    card: Card
    criteria: Sequence[CountedCriterion]
    instants: Sequence[datetime]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.criteria)

    @property
    def given(self) -> dict[tuple[str, int], int]:
        """What was keyed in, by criterion and value."""
        return {
            (one.criterion.key, value): count
            for one in self.criteria
            for value, count in one.counts.items()
        }

    @property
    def shown(self) -> list[CountedCriterion]:
        return [one for one in self.criteria if one.is_shown]


def hands_of(format: Format, workshop: Workshop, *, every_card: bool = False) -> list[CountedCard]:
    """The cards hands were counted for, or every card they may be, in order."""
    criteria = list(format.criteria_of(workshop))
    if not criteria:
        return []
    asked = format.cards_to_rate(workshop)
    found = list(
        HandCount.objects.filter(
            card__in=asked.order_by().values("pk"), criterion__in=[one.key for one in criteria]
        ).order_by("card_id", "criterion", "value")
    )
    if not (found or every_card):
        return []
    by_card: dict[UUID, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    instants: dict[UUID, list[datetime]] = defaultdict(list)
    for one in found:
        by_card[one.card_id][one.criterion][one.value] = one.count
        instants[one.card_id].append(one.counted_at)
    return [
        CountedCard(
            card=card,
            criteria=[
                CountedCriterion(criterion=one, counts=by_card[card.pk][one.key])
                for one in criteria
            ],
            instants=instants[card.pk],
        )
        for card in asked
        if every_card or card.pk in by_card
    ]


def hands_shown(format: Format, workshop: Workshop) -> list[CountedCard]:
    """The cards with a criterion on which enough hands were raised to say it."""
    return [one for one in hands_of(format, workshop) if one.shown]

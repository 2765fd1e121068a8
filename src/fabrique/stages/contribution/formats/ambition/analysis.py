"""Marks given in two rounds → levels, spread, shift, and how far the room would go.

Nothing is said of a card that fewer than five people judged, whatever the settings.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from fabrique.methods.ambition import (
    AmbitionItem,
    AmbitionRequest,
    AmbitionVote,
    ItemAmbition,
    Judgement,
    LevelSummary,
    RoundSummary,
    Shift,
    weigh_ambition,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.ambition.scales import ROUNDS, key_of
from fabrique.stages.contribution.models import Card, Workshop

DEFAULT_TOP = 3
KEYS = tuple(key_of(scale, number) for scale in ("ambition", "capacity") for number in ROUNDS)


@dataclass(frozen=True)
class Weighed:
    """A card and how far the room would take it."""

    card: Card
    item: ItemAmbition
    vote: AmbitionVote

    @property
    def deciding(self) -> RoundSummary:
        return self.item.rounds[self.vote.deciding_round - 1]

    @property
    def is_shown(self) -> bool:
        """Whether enough people judged it for any figure to be shown."""
        return self.ambition is not None

    @property
    def ambition(self) -> LevelSummary | None:
        return self.enough(self.deciding.ambition)

    @property
    def capacity(self) -> LevelSummary | None:
        return self.enough(self.deciding.capacity)

    @property
    def shift(self) -> Shift | None:
        """What changed, where enough people judged twice."""
        shift = self.item.ambition_shift
        return shift if shift.voters >= self.vote.minimum_voters else None

    @property
    def polarisation(self) -> float:
        """From 0, all alike, to 1, two halves at the two ends."""
        return (self.ambition.polarisation if self.ambition else None) or 0.0

    @property
    def robustness(self) -> int | None:
        """In how many resamples out of a hundred it stays among the first."""
        share = self.item.top_k_share
        return None if share is None else round(share * 100)

    def enough(self, summary: LevelSummary) -> LevelSummary | None:
        return summary if summary.n >= self.vote.minimum_voters else None


@dataclass(frozen=True)
class AmbitionResults:
    """Every card judged, the highest ambition first, then those not ranked."""

    cards: Sequence[Weighed]
    vote: AmbitionVote
    instants: Sequence[datetime]

    @property
    def voters(self) -> int:
        """People who judged in the round the figures rest on."""
        return self.vote.voters[self.vote.deciding_round - 1]

    @property
    def shown(self) -> list[Weighed]:
        return [one for one in self.cards if one.is_shown]

    @property
    def not_shown(self) -> list[Weighed]:
        return [one for one in self.cards if not one.is_shown]

    @property
    def most_divided(self) -> list[Weighed]:
        """Those shown, where the room is most divided first."""
        return sorted(self.shown, key=lambda one: -one.polarisation)


def weigh_workshop(
    workshop: Workshop,
    cards: Sequence[Card],
    *,
    deciding_round: int | None = None,
    marks: Sequence[rows.Judgement] | None = None,
) -> AmbitionResults:
    """What the room thinks; ``deciding_round`` to look at the first one alone.

    ``marks`` are those of the rounds looked at, where they were already read.
    """
    marks = rows.judgements_of(cards, KEYS) if marks is None else marks
    rounds = [deciding_round] if deciding_round == 1 else list(ROUNDS)
    kept = [mark for mark in marks if int(mark.criterion[-1]) in rounds]
    vote = _weighed(
        AmbitionRequest(
            items=tuple(
                AmbitionItem(item=str(card.pk), has_lead=bool(card.payload.get("lead")))
                for card in cards
            ),
            judgements=_judgements(kept),
            seed=workshop.pk.int % 2**32,
            top_k=_whole(workshop.settings.get("top"), 1, DEFAULT_TOP),
            minimum_voters=_whole(
                workshop.settings.get("minimum_voters"), rows.MINIMUM_PEOPLE, rows.MINIMUM_PEOPLE
            ),
        )
    )
    weighed = [Weighed(card, item, vote) for card, item in zip(cards, vote.items, strict=True)]
    decided = [mark for mark in kept if int(mark.criterion[-1]) == vote.deciding_round]
    return AmbitionResults(
        cards=sorted(weighed, key=lambda one: one.item.rank or len(weighed) + 1),
        vote=vote,
        instants=[mark.rated_at for mark in decided],
    )


@lru_cache(maxsize=32)
def _weighed(request: AmbitionRequest) -> AmbitionVote:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return weigh_ambition(request)


def _judgements(marks: Sequence[rows.Judgement]) -> tuple[Judgement, ...]:
    given: dict[tuple[UUID, UUID, int], dict[str, int]] = defaultdict(dict)
    for mark in marks:
        scale, _dash, number = mark.criterion.rpartition("_")
        given[mark.participant_id, mark.card_id, int(number)][scale] = mark.value
    return tuple(
        Judgement(
            voter=str(participant_id),
            item=str(card_id),
            round=number,
            ambition=said.get("ambition"),
            capacity=said.get("capacity"),
        )
        for (participant_id, card_id, number), said in given.items()
    )


def _whole(value: object, at_least: int, otherwise: int) -> int:
    return max(value, at_least) if isinstance(value, int) else otherwise

"""Marks given one by one → assessment: medians, spread, ranking with its robustness.

Nothing is said of a card that fewer than five people judged, whatever the settings.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from fabrique.methods.vulnerability import (
    ItemAssessment,
    Judgement,
    MarkSummary,
    VulnerabilityAssessment,
    VulnerabilityRequest,
    assess,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Criterion
from fabrique.stages.contribution.formats.rating import Judged
from fabrique.stages.contribution.formats.vulnerabilities.scales import CRITERIA
from fabrique.stages.contribution.models import Card, Workshop

CRITERION_KEYS = tuple(criterion.key for criterion in CRITERIA)
DEFAULT_TOP = 3


@dataclass(frozen=True)
class Assessed:
    """A card and what the room thinks of it."""

    card: Card
    item: ItemAssessment
    minimum: int

    @property
    def is_shown(self) -> bool:
        """Whether enough people judged it for any figure to be shown."""
        return self.item.gross.n >= self.minimum

    @property
    def capacity(self) -> MarkSummary | None:
        """The capacity to adapt, where enough people judged it too."""
        capacity = self.item.adaptive_capacity
        return capacity if capacity.n >= self.minimum else None

    @property
    def robustness(self) -> int | None:
        """In how many resamples out of a hundred it stays among the first."""
        share = self.item.top_k_share
        return None if share is None else round(share * 100)

    @property
    def judged(self) -> list[tuple[Criterion, MarkSummary]]:
        """Each criterion with its marks, those judged by enough people."""
        summaries = (self.item.exposure, self.item.sensitivity, self.item.adaptive_capacity)
        pairs = zip(CRITERIA, summaries, strict=True)
        return [(one, summary) for one, summary in pairs if summary.n >= self.minimum]


@dataclass(frozen=True)
class VulnerabilityResults:
    """Every card kept, the most worrying first, then those not ranked."""

    cards: tuple[Assessed, ...]
    assessment: VulnerabilityAssessment
    instants: tuple[datetime, ...]

    @property
    def voters(self) -> int:
        return self.assessment.voters

    @property
    def minimum(self) -> int:
        return self.assessment.minimum_voters

    @property
    def top(self) -> int:
        return self.assessment.top_k

    @property
    def shown(self) -> list[Assessed]:
        return [assessed for assessed in self.cards if assessed.is_shown]

    @property
    def not_shown(self) -> list[Assessed]:
        return [assessed for assessed in self.cards if not assessed.is_shown]


def assess_workshop(workshop: Workshop, judged: Judged | None = None) -> VulnerabilityResults:
    """What the room thinks, from what was already read of it, if it was."""
    cards = list(judged.cards if judged else rows.kept_cards(workshop))
    marks = list(judged.marks if judged else rows.judgements_of(cards, CRITERION_KEYS))
    assessment = _assess(_request(workshop, cards, marks))
    items = {item.item: item for item in assessment.items}
    assessed = [Assessed(card, items[str(card.pk)], assessment.minimum_voters) for card in cards]
    return VulnerabilityResults(
        cards=tuple(sorted(assessed, key=lambda one: one.item.rank or len(cards) + 1)),
        assessment=assessment,
        instants=tuple(mark.rated_at for mark in marks),
    )


@lru_cache(maxsize=32)
def _assess(request: VulnerabilityRequest) -> VulnerabilityAssessment:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return assess(request)


def _request(
    workshop: Workshop, cards: list[Card], marks: list[rows.Judgement]
) -> VulnerabilityRequest:
    settings = workshop.settings
    return VulnerabilityRequest(
        items=tuple(str(card.pk) for card in cards),
        judgements=tuple(_judgements(marks)),
        seed=workshop.pk.int % 2**32,
        top_k=_whole(settings.get("top"), at_least=1, otherwise=DEFAULT_TOP),
        minimum_voters=_whole(
            settings.get("minimum_voters"),
            at_least=rows.MINIMUM_PEOPLE,
            otherwise=rows.MINIMUM_PEOPLE,
        ),
    )


def _whole(value: object, *, at_least: int, otherwise: int) -> int:
    return max(value, at_least) if isinstance(value, int) else otherwise


def _judgements(marks: list[rows.Judgement]) -> list[Judgement]:
    by_person: dict[tuple[UUID, UUID], dict[str, int]] = defaultdict(dict)
    for mark in marks:
        by_person[mark.participant_id, mark.card_id][mark.criterion] = mark.value
    return [
        Judgement(
            voter=str(participant_id),
            item=str(card_id),
            exposure=given.get("exposure"),
            sensitivity=given.get("sensitivity"),
            adaptive_capacity=given.get("adaptive_capacity"),
        )
        for (participant_id, card_id), given in by_person.items()
    ]

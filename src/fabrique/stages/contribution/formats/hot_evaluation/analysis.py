"""The last evaluation of each person → how the answers spread, the words, what to improve."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.hot_evaluation.contribution import Questionnaire
from fabrique.stages.contribution.models import Contribution, Workshop


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How many gave each value to one question."""

    question: Text
    counts: Sequence[int]

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.people >= rows.MINIMUM_PEOPLE


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The room's evaluation; nothing of it is shown under five answers."""

    people: int
    scale: Sequence[Text]
    spreads: Sequence[Spread]
    words: Sequence[tuple[str, int]]
    kept: Sequence[Contribution]
    to_improve: Sequence[Contribution]
    instants: Sequence[datetime]

    @property
    def is_shown(self) -> bool:
        return self.people >= rows.MINIMUM_PEOPLE

    @property
    def shown(self) -> list[Spread]:
        return [spread for spread in self.spreads if spread.is_shown]


def summarise(workshop: Workshop, asked: Questionnaire) -> Evaluation:
    last = rows.last_contributions(workshop)
    words = Counter(
        contribution.payload["word"].lower() for contribution in last if _says(contribution, "word")
    )
    return Evaluation(
        people=len(last),
        scale=asked.scale,
        spreads=[
            Spread(question=question, counts=_counts(last, name, len(asked.scale)))
            for name, question in zip(asked.names(), asked.questions, strict=True)
        ],
        words=words.most_common(),
        kept=[contribution for contribution in last if _says(contribution, "keep")],
        to_improve=[contribution for contribution in last if _says(contribution, "improve")],
        instants=[contribution.created_at for contribution in last],
    )


def _says(contribution: Contribution, name: str) -> bool:
    return bool(contribution.payload.get(name))


def _counts(contributions: Sequence[Contribution], name: str, most: int) -> list[int]:
    given = Counter(contribution.payload.get(name) for contribution in contributions)
    return [given[value] for value in range(1, most + 1)]

"""What people chose, their last choice each: paper has no person and counts each time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.models import Contribution, Workshop


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The words as said, and how choices spread; nothing of the latter under five people."""

    said: Sequence[Contribution]
    choices: Sequence[Text]
    counts: Sequence[int]
    instants: Sequence[datetime]

    @property
    def people(self) -> int:
        """Those who chose an answer."""
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.people >= rows.MINIMUM_PEOPLE


def answers_to(workshop: Workshop, choices: Sequence[Text]) -> Answers:
    said = list(rows.contributions_said(workshop))
    offered = [str(choice) for choice in choices]
    last: dict[UUID, Contribution] = {}
    for contribution in said:
        if contribution.payload.get("choice") in offered:
            last[contribution.participant_id or contribution.pk] = contribution
    chosen = Counter(contribution.payload["choice"] for contribution in last.values())
    return Answers(
        said=said,
        choices=choices,
        counts=[chosen[choice] for choice in offered],
        instants=[contribution.created_at for contribution in last.values()],
    )

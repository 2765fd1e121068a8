"""The last reaction of each person to each initiative; nothing is counted under five people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.inspiration.reactions import REACTION_ALONE, REACTIONS
from fabrique.stages.contribution.models import Card, Contribution, Workshop


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A card of the gallery, how people react to it, and their reasons."""

    card: Card
    counts: Sequence[int]
    reasons: Sequence[Contribution]
    instants: Sequence[datetime]
    people: frozenset[UUID]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.answers >= rows.MINIMUM_PEOPLE

    @property
    def place(self) -> str:
        return str(self.card.payload.get("place", ""))

    @property
    def kept(self) -> str:
        """What the group decided to keep of it."""
        return str(self.card.payload.get("kept", ""))


def gallery_of(workshop: Workshop) -> list[Initiative]:
    said = rows.said_in_cards(workshop)
    return [_initiative(card, said.get(card.pk, [])) for card in rows.kept_cards(workshop)]


def not_reacted_to(workshop: Workshop, participant_id: UUID | None) -> Card | None:
    """The first initiative this person has said nothing of."""
    if participant_id is None:
        return None
    gallery = gallery_of(workshop)
    return next((one.card for one in gallery if participant_id not in one.people), None)


def people_in(gallery: Sequence[Initiative]) -> int:
    """How many reacted to the initiative that the most people reacted to."""
    return max((one.answers for one in gallery), default=0)


def _initiative(card: Card, said: Sequence[Contribution]) -> Initiative:
    last: dict[UUID, Contribution] = {}
    for one in said:
        if one.payload.get("reaction") in REACTIONS:
            last[one.participant_id or one.pk] = one
    counted = Counter(one.payload["reaction"] for one in last.values())
    return Initiative(
        card=card,
        counts=[counted[key] for key in REACTIONS],
        reasons=[
            one
            for one in said
            if one.payload.get("reaction") in REACTIONS and REACTION_ALONE not in one.payload
        ],
        instants=[one.created_at for one in last.values()],
        people=frozenset(last),
    )

"""Roles chosen one person at a time → how they spread today and as wished, stake by stake.

A role taken off the list since people answered counts no more.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from fabrique.methods.positioning import (
    Position,
    Positioning,
    PositioningRequest,
    RoleDistribution,
    StakePositioning,
    compare_roles,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.numbers import whole
from fabrique.stages.contribution.formats.positioning.roles import TODAY, WISHED
from fabrique.stages.contribution.formats.rating import Judged
from fabrique.stages.contribution.models import Card, Workshop


@dataclass(frozen=True, kw_only=True)
class Stake:
    """A card and where the room sees the authority on it."""

    card: Card
    found: StakePositioning
    roles: Sequence[str]

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered for today and for what they wish."""
        return self.found.today.weak is None and self.found.wished.weak is None

    @property
    def answers(self) -> int:
        return max(self.found.today.n, self.found.wished.n)

    @property
    def moves(self) -> bool:
        """Whether the role put first is another one tomorrow."""
        return self.found.today.leading != self.found.wished.leading

    def leading(self, among: RoleDistribution) -> list[str]:
        """The words of the role chosen most, or of those that are equal."""
        return [self.roles[int(place)] for place in among.leading]

    def chosen(self, among: RoleDistribution) -> list[tuple[str, int]]:
        """The roles chosen by anyone, most first, in words."""
        pairs = zip(self.roles, among.counts, strict=True)
        return sorted(((role, n) for role, n in pairs if n), key=lambda pair: -pair[1])


@dataclass(frozen=True, kw_only=True)
class PositioningResults:
    stakes: Sequence[Stake]
    positioning: Positioning
    roles: Sequence[str]
    instants: Sequence[datetime]

    @property
    def voters(self) -> int:
        return self.positioning.voters

    @property
    def minimum(self) -> int:
        return self.positioning.minimum_voters

    @property
    def shown(self) -> list[Stake]:
        return [one for one in self.stakes if one.is_shown]

    @property
    def not_shown(self) -> list[Stake]:
        return [one for one in self.stakes if not one.is_shown]


def position_workshop(
    workshop: Workshop, judged: Judged, roles: Sequence[Text]
) -> PositioningResults:
    words = [str(role) for role in roles]
    cards = list(judged.cards)
    positioning = _compare(
        PositioningRequest(
            stakes=tuple(str(card.pk) for card in cards),
            roles=tuple(map(str, range(len(words)))),
            positions=tuple(_positions(judged, len(words))),
            minimum_voters=max(
                whole(workshop.settings.get("minimum_voters"), 1, 1_000, otherwise=0),
                rows.MINIMUM_PEOPLE,
            ),
        )
    )
    return PositioningResults(
        stakes=[
            Stake(card=card, found=found, roles=words)
            for card, found in zip(cards, positioning.stakes, strict=True)
        ],
        positioning=positioning,
        roles=words,
        instants=[mark.rated_at for mark in judged.marks],
    )


@lru_cache(maxsize=32)
def _compare(request: PositioningRequest) -> Positioning:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return compare_roles(request)


def _positions(judged: Judged, roles: int) -> list[Position]:
    given: dict[tuple[UUID, UUID], dict[str, str]] = defaultdict(dict)
    for mark in judged.marks:
        if 1 <= mark.value <= roles:
            given[mark.participant_id, mark.card_id][mark.criterion] = str(mark.value - 1)
    return [
        Position(voter=str(person), stake=str(card), today=said.get(TODAY), wished=said.get(WISHED))
        for (person, card), said in given.items()
    ]

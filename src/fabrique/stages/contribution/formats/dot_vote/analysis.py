"""Dots placed one ballot at a time → a count, a ranking, and how robust it is.

A ballot that came to hold more than the budget (a card was brought back since, the budget was
lowered) is left out until its author sends it again; the results say so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from fabrique.methods.dot_vote import Dots, DotVote, DotVoteRequest, ItemDots, count_dots
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.numbers import whole
from fabrique.stages.contribution.formats.rating import Judged
from fabrique.stages.contribution.models import Card, Workshop

MOST_DOTS = 20
DEFAULT_BUDGET = 5
DEFAULT_TOP = 3


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A card and the dots it received."""

    card: Card
    item: ItemDots

    @property
    def robustness(self) -> int | None:
        """In how many resamples out of a hundred it stays among the first."""
        share = self.item.top_k_share
        return None if share is None else round(share * 100)


@dataclass(frozen=True, kw_only=True)
class DotResults:
    """Every card put to the vote, the most dots first; nothing is shown unless it is ranked."""

    cards: Sequence[Counted]
    vote: DotVote
    has_ballots_left_out: bool
    instants: Sequence[datetime]

    @property
    def voters(self) -> int:
        return self.vote.voters

    @property
    def is_shown(self) -> bool:
        return self.vote.unranked is None

    @property
    def first(self) -> list[Counted]:
        """Those the room puts first: dots, and a rank among the leading ones."""
        return [
            one
            for one in self.cards
            if one.item.dots and one.item.rank and one.item.rank <= self.vote.top_k
        ]


def budget_of(workshop: Workshop) -> int:
    """Dots each person may place in all."""
    return whole(workshop.settings.get("budget"), 1, MOST_DOTS, otherwise=DEFAULT_BUDGET)


def count_workshop(workshop: Workshop, judged: Judged) -> DotResults:
    cards, budget = list(judged.cards), budget_of(workshop)
    spent: Counter[UUID] = Counter()
    for mark in judged.marks:
        spent[mark.participant_id] += mark.value
    over = {person for person, dots in spent.items() if dots > budget}
    marks = [mark for mark in judged.marks if mark.value and mark.participant_id not in over]
    vote = _count(
        DotVoteRequest(
            items=tuple(str(card.pk) for card in cards),
            votes=tuple(
                Dots(voter=str(mark.participant_id), item=str(mark.card_id), dots=mark.value)
                for mark in marks
            ),
            budget=budget,
            seed=workshop.pk.int % 2**32,
            top_k=whole(workshop.settings.get("top"), 1, len(cards) or 1, otherwise=DEFAULT_TOP),
            minimum_voters=max(
                whole(workshop.settings.get("minimum_voters"), 1, 1_000, otherwise=0),
                rows.MINIMUM_PEOPLE,
            ),
        )
    )
    counted = [Counted(card=card, item=item) for card, item in zip(cards, vote.items, strict=True)]
    return DotResults(
        cards=sorted(counted, key=lambda one: one.item.rank or len(cards) + 1),
        vote=vote,
        has_ballots_left_out=bool(over),
        instants=[mark.rated_at for mark in marks],
    )


@lru_cache(maxsize=32)
def _count(request: DotVoteRequest) -> DotVote:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return count_dots(request)

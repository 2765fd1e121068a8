"""Which national actors to meet: one mark a person and an actor, alone, on a phone.

One round of a vote on a scale of five: median, quartiles, how divided, and how robust the first
places are. An actor that fewer than five people judged is not ranked, and the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from fabrique.methods.ambition import (
    AmbitionItem,
    AmbitionRequest,
    AmbitionVote,
    ItemAmbition,
    Judgement,
    LevelSummary,
    weigh_ambition,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Criterion
from fabrique.stages.contribution.formats.numbers import whole
from fabrique.stages.contribution.formats.rating import Judged
from fabrique.stages.contribution.models import Card, Workshop

MEET = Criterion(
    key="meet",
    label=_("À rencontrer"),
    question=_("Faut-il rencontrer cet acteur au prochain séminaire ?"),
    scale={
        1: _("Non"),
        2: _("Plutôt non"),
        3: _("Peut-être"),
        4: _("Plutôt oui"),
        5: _("Oui, en priorité"),
    },
)
DEFAULT_TOP = 3


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An actor and what the room said of meeting it."""

    card: Card
    item: ItemAmbition

    @property
    def marks(self) -> LevelSummary:
        return self.item.rounds[0].ambition

    @property
    def robustness(self) -> int | None:
        """In how many resamples out of a hundred it stays among the first."""
        share = self.item.top_k_share
        return None if share is None else round(share * 100)


@dataclass(frozen=True, kw_only=True)
class VoteResults:
    """Every national actor, the most wanted first, then those not ranked."""

    actors: Sequence[Wanted]
    vote: AmbitionVote
    instants: Sequence[datetime]

    @property
    def voters(self) -> int:
        return self.vote.voters[0]

    @property
    def shown(self) -> list[Wanted]:
        return [one for one in self.actors if one.item.rank is not None]

    @property
    def not_shown(self) -> list[Wanted]:
        return [one for one in self.actors if one.item.rank is None]

    @property
    def first(self) -> list[Wanted]:
        """Those to meet: among the first, and that half the voters at least lean towards."""
        return [
            one
            for one in self.shown
            if (one.item.rank or 0) <= self.vote.top_k and (one.marks.median or 0) > 3
        ]


def count_vote(workshop: Workshop, judged: Judged) -> VoteResults:
    cards = list(judged.cards)
    vote = _weigh(
        AmbitionRequest(
            items=tuple(AmbitionItem(item=str(card.pk)) for card in cards),
            judgements=tuple(
                Judgement(
                    voter=str(mark.participant_id),
                    item=str(mark.card_id),
                    round=1,
                    ambition=mark.value,
                )
                for mark in judged.marks
            ),
            seed=workshop.pk.int % 2**32,
            deciding_round=1,
            top_k=whole(workshop.settings.get("top"), 1, 50, otherwise=DEFAULT_TOP),
            minimum_voters=rows.MINIMUM_PEOPLE,
        )
    )
    items = {one.item: one for one in vote.items}
    wanted = [Wanted(card=card, item=items[str(card.pk)]) for card in cards]
    return VoteResults(
        actors=sorted(wanted, key=lambda one: one.item.rank or len(cards) + 1),
        vote=vote,
        instants=[mark.rated_at for mark in judged.marks],
    )


@lru_cache(maxsize=32)
def _weigh(request: AmbitionRequest) -> AmbitionVote:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return weigh_ambition(request)

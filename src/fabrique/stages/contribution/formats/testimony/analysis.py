"""What was kept of each testimony, by kind, and what blocked, by order."""

from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.testimony.kinds import BLOCKED, KINDS
from fabrique.stages.contribution.models import Card, Contribution, Workshop


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What listeners keep of one kind."""

    key: str
    label: Text
    said: Sequence[Contribution]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One testimony: a page of its own."""

    card: Card
    kept: Sequence[Kept]
    untyped: Sequence[Contribution]

    @property
    def guest(self) -> str:
        return str(self.card.payload.get("guest", ""))

    @property
    def said(self) -> list[Contribution]:
        return [one for kept in self.kept for one in kept.said] + list(self.untyped)

    @property
    def blocked(self) -> list[Contribution]:
        """What was said to block, of a known order."""
        return [
            one
            for kept in self.kept
            if kept.key == BLOCKED
            for one in kept.said
            if one.payload.get("block")
        ]


def heard_in(workshop: Workshop) -> list[Heard]:
    """Every testimony, in the order in which it was heard."""
    said = rows.said_in_cards(workshop)
    return [_heard(card, said.get(card.pk, [])) for card in rows.kept_cards(workshop)]


def spoken_of_last(testimonies: Sequence[Heard]) -> Heard | None:
    """The one that something was last said about; the first when nothing was said."""
    if not testimonies:
        return None
    last = max(
        testimonies,
        key=lambda one: max((said.number for said in one.said), default=-1),
    )
    return last if last.said else testimonies[0]


def _heard(card: Card, said: Sequence[Contribution]) -> Heard:
    return Heard(
        card=card,
        kept=[
            Kept(
                key=key,
                label=label,
                said=[one for one in said if one.payload.get("kind") == key],
            )
            for key, label in KINDS.items()
        ],
        untyped=[one for one in said if one.payload.get("kind") not in KINDS],
    )

"""Each scheme with what was said to block it, and the profile of blocks of the territory.

These are counts of things said, not of people; still, under five people who said any, they stay
on the console.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.workbench.lists import lines_of
from fabrique.stages.contribution.models import Card, Contribution, Workshop


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """What blocks a scheme, of one kind: as the room said it, and as the group keeps it."""

    kind: str
    said: Sequence[Contribution]
    is_kept: bool

    @property
    def last(self) -> Contribution:
        """What was said last; only asked where something was."""
        return self.said[-1]


@dataclass(frozen=True, kw_only=True)
class OnBench:
    """One scheme and what it comes up against, kind by kind in the order of the list."""

    card: Card
    blocked: Sequence[Blocked]
    unsorted: Sequence[Contribution]

    @property
    def decision(self) -> str:
        return str(self.card.payload.get("decision", ""))

    @property
    def variants(self) -> list[str]:
        return lines_of(self.card.payload.get("variants"))

    @property
    def state_blocks(self) -> list[str]:
        """What only the State can lift, as the group wrote it."""
        return lines_of(self.card.payload.get("state_blocks"))

    @property
    def state_only(self) -> list[Contribution]:
        """What the room said only the State can lift."""
        return [one for one in self.said if one.payload.get("state_only")]

    @property
    def said(self) -> list[Contribution]:
        return [*self.sorted_out, *self.unsorted]

    @property
    def sorted_out(self) -> list[Contribution]:
        """What was said of a known kind."""
        return [one for blocked in self.blocked for one in blocked.said]

    @property
    def full(self) -> list[Blocked]:
        """The kinds that something was said of, or that the group keeps."""
        return [one for one in self.blocked if one.said or one.is_kept]


@dataclass(frozen=True, kw_only=True)
class ProfileLine:
    """How many times a kind of block was said, scheme by scheme."""

    kind: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The schemes of a territory, and how what blocks them spreads over the kinds."""

    schemes: Sequence[OnBench]
    profile: Sequence[ProfileLine]

    @property
    def is_said(self) -> bool:
        """Whether anything was said of a kind."""
        return any(line.total for line in self.profile)

    @property
    def is_shown(self) -> bool:
        """Whether enough people said what blocks for a figure to leave the console."""
        sorted_out = (one for each in self.schemes for one in each.sorted_out)
        return rows.enough_people(sorted_out)

    @property
    def undecided(self) -> list[Card]:
        return [one.card for one in self.schemes if not one.decision]


def bench_of(workshop: Workshop, format: Format) -> Bench:
    said = rows.said_in_cards(workshop)
    listed = [str(kind) for kind in format.setting(workshop, "kinds")]
    cards = list(rows.kept_cards(workshop))
    others = sorted({_kind(one) for found in said.values() for one in found} - {"", *listed})
    kinds = [*listed, *others]
    schemes = [_on_bench(card, said.get(card.pk, []), kinds) for card in cards]
    return Bench(
        schemes=schemes,
        profile=[
            ProfileLine(kind=kind, counts=[len(one.blocked[place].said) for one in schemes])
            for place, kind in enumerate(kinds)
        ],
    )


def _on_bench(card: Card, said: Sequence[Contribution], kinds: Sequence[str]) -> OnBench:
    kept = card.payload.get("blocks", [])
    return OnBench(
        card=card,
        blocked=[
            Blocked(
                kind=kind,
                said=[one for one in said if _kind(one) == kind],
                is_kept=kind in kept,
            )
            for kind in kinds
        ],
        unsorted=[one for one in said if not _kind(one)],
    )


def _kind(one: Contribution) -> str:
    return str(one.payload.get("kind", ""))

"""Levers with the schemes and territories behind them, what was answered to them, by holder.

Support is a number of territories, never of people: a lever asked for by two schemes of one
territory has one territory behind it. A scheme that was withdrawn is said so and counts no more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.reach import Reachable, in_reach, resolved
from fabrique.stages.contribution.formats.workbench.likeness import (
    Likeness,
    Scheme,
    alike,
    words_of,
)
from fabrique.stages.contribution.models import Card, Contribution, Workshop

#: Pairs of schemes worth comparing aloud.
MOST_ALIKE = 6


@dataclass(frozen=True, kw_only=True)
class Lever:
    """A lever, the schemes it comes from, those withdrawn since, and the reactions to it."""

    card: Card
    schemes: Sequence[Reachable]
    withdrawn: Sequence[Reachable]
    reactions: Sequence[Contribution]

    @property
    def kind(self) -> str:
        return str(self.card.payload.get("kind", ""))

    @property
    def holder(self) -> str:
        return str(self.card.payload.get("holder", ""))

    @property
    def unlocks(self) -> str:
        return str(self.card.payload.get("unlocks", ""))

    @property
    def territories(self) -> list[str]:
        """Those behind it, each once, in the programme's order."""
        return list(dict.fromkeys(one.site_name for one in self.schemes if one.site_name))

    @property
    def support(self) -> int:
        return len(self.territories)

    @property
    def answered(self) -> list[Contribution]:
        """The reactions that say more than a proposal."""
        return [one for one in self.reactions if one.payload.get("reaction")]


@dataclass(frozen=True, kw_only=True)
class Held:
    """The levers one operator holds, the most supported first; no name when it is not said."""

    holder: str
    levers: Sequence[Lever]


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """In how many schemes of each territory a kind of block is kept."""

    kind: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Two schemes of different territories, and what they have in common."""

    first: Reachable
    second: Reachable
    likeness: Likeness


@dataclass(frozen=True, kw_only=True)
class Schemes:
    """The schemes territories released: what blocks them by territory, which look alike."""

    territories: Sequence[str]
    profile: Sequence[KindLine]
    alike: Sequence[Alike]
    count: int


def levers_of(workshop: Workshop) -> list[Lever]:
    """Every lever kept, the most supported first."""
    cards = list(rows.kept_cards(workshop))
    behind = rows.earlier_behind(workshop, ("schemes",))
    known = resolved(workshop, {one for found in behind.values() for one in found})
    said = rows.said_in_cards(workshop)
    levers = [
        Lever(
            card=card,
            schemes=[one for one in sources if not one.is_withdrawn],
            withdrawn=[one for one in sources if one.is_withdrawn],
            reactions=said.get(card.pk, []),
        )
        for card in cards
        for sources in [[known[one] for one in behind.get(card.pk, []) if one in known]]
    ]
    return sorted(levers, key=lambda one: -one.support)


def by_holder(levers: Sequence[Lever]) -> list[Held]:
    """The operator with most to answer first; levers that nobody is said to hold come last."""
    names = Counter(one.holder for one in levers)
    ordered = sorted(names, key=lambda name: (not name, -names[name], name))
    return [
        Held(holder=name, levers=[one for one in levers if one.holder == name]) for name in ordered
    ]


def schemes_behind(workshop: Workshop) -> Schemes:
    """What the schemes within reach have in common, territory by territory."""
    found = [one for one in in_reach(workshop, ["workbench"]) if one.site_name]
    territories = list(dict.fromkeys(one.site_name for one in found))
    kinds = Counter(kind for one in found for kind in one.payload.get("blocks", []))
    by_id = {str(one.card_id): one for one in found}
    pairs = alike([_scheme(one) for one in found])[:MOST_ALIKE]
    return Schemes(
        territories=territories,
        profile=[
            KindLine(
                kind=kind,
                counts=[
                    sum(
                        kind in one.payload.get("blocks", [])
                        for one in found
                        if one.site_name == territory
                    )
                    for territory in territories
                ],
            )
            for kind, _count in kinds.most_common()
        ],
        alike=[
            Alike(first=by_id[one.first], second=by_id[one.second], likeness=one) for one in pairs
        ],
        count=len(found),
    )


def _scheme(one: Reachable) -> Scheme:
    return Scheme(
        key=str(one.card_id),
        territory=one.site_name,
        kinds=frozenset(one.payload.get("blocks", [])),
        words=words_of([one.title, one.text, str(one.payload.get("aim", ""))]),
    )

"""Cards and what they hold → which territories say what, and what could meet what.

A card is counted in the quadrant where the group put it, for each territory that says it there:
those ticked on the card, those of what it holds, those of the cards merged into it. What is said
of the same card in another quadrant makes it contested.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fabrique.methods.swot import (
    Cross,
    GroupSupport,
    Item,
    Quadrant,
    Spread,
    Swot,
    SwotRequest,
    compare_swot,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.reach import Reachable, resolved
from fabrique.stages.contribution.formats.swot.contribution import speaks_for_several
from fabrique.stages.contribution.models import Card, Contribution, Workshop

#: Crosses of each kind put to the room: more would be a matrix nobody reads.
MOST_CROSSES = 3

Standing = tuple[Quadrant, str]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A card in its quadrant, who says it, and what it rests on."""

    card: Card
    quadrant: Quadrant
    support: GroupSupport | None
    evidence: Sequence[Reachable] = ()

    @property
    def spread(self) -> Spread | None:
        return self.support.spread if self.support else None

    @property
    def territories(self) -> Sequence[str]:
        return self.support.sites if self.support else ()


@dataclass(frozen=True, kw_only=True)
class Contested:
    """A card that some territories see in one quadrant, others in another."""

    card: Card
    sides: Sequence[tuple[Quadrant, Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Something inside that meets something outside: a question for the room."""

    cross: Cross
    inside: Card
    outside: Card


@dataclass(frozen=True, kw_only=True)
class SwotResults:
    statements: Sequence[Statement]
    unclassified: Sequence[Card]
    contested: Sequence[Contested]
    meetings: Sequence[Meeting]
    silences: Sequence[tuple[str, Sequence[Quadrant]]]
    territories: Sequence[str]

    @property
    def compares(self) -> bool:
        """Whether there are several territories to compare."""
        return len(self.territories) > 1

    def of(self, quadrant: Quadrant) -> list[Statement]:
        return [one for one in self.statements if one.quadrant is quadrant]


def compare_workshop(workshop: Workshop) -> SwotResults:
    cards = list(rows.kept_cards(workshop))
    territories = rows.territories_of(workshop)
    placed = [card for card in cards if card.payload.get("quadrant") in set(Quadrant)]
    standings = _standings(workshop, placed, territories)
    swot = compare_swot(
        SwotRequest(
            items=tuple(_items(placed, standings)),
            sites=tuple(territories),
            most_crosses=MOST_CROSSES,
        )
    )
    by_key = {str(card.pk): card for card in placed}
    return SwotResults(
        statements=_statements(workshop, placed, swot),
        unclassified=[card for card in cards if card not in placed],
        contested=[_contested(by_key[key], swot) for key in swot.contested],
        meetings=[
            Meeting(cross=cross, inside=by_key[cross.inside], outside=by_key[cross.outside])
            for cross in swot.crosses
        ],
        silences=_silences(swot),
        territories=territories,
    )


def _standings(
    workshop: Workshop, cards: Sequence[Card], territories: Sequence[str]
) -> Mapping[UUID, list[Standing]]:
    """For each card, each quadrant and territory in which it is said, once."""
    said, merged = rows.said_and_merged(workshop)
    local = territories[0] if territories and not speaks_for_several(workshop) else None
    found: dict[UUID, list[Standing]] = {}
    for card in cards:
        own = [card, *merged.get(card.pk, ())]
        standings = [
            *(standing for one in own for standing in _of_card(one, card)),
            *(standing for one in said.get(card.pk, ()) if (standing := _of_words(one))),
            *([(Quadrant(card.payload["quadrant"]), local)] if local else []),
        ]
        found[card.pk] = [one for one in dict.fromkeys(standings) if one[1] in territories]
    return found


def _of_card(card: Card, standing_in: Card) -> Iterator[Standing]:
    quadrant = Quadrant(standing_in.payload["quadrant"])
    for territory in card.payload.get("territories", []):
        yield quadrant, territory


def _of_words(contribution: Contribution) -> Standing | None:
    quadrant = contribution.payload.get("quadrant")
    if quadrant not in set(Quadrant):
        return None
    return Quadrant(quadrant), str(contribution.payload.get("territory", ""))


def _items(cards: Sequence[Card], standings: Mapping[UUID, list[Standing]]) -> Iterator[Item]:
    for card in cards:
        for quadrant, territory in standings[card.pk]:
            key = f"{card.pk}:{quadrant}:{territory}"
            yield Item(key=key, quadrant=quadrant, site=territory, group=str(card.pk))


def _statements(workshop: Workshop, cards: Sequence[Card], swot: Swot) -> list[Statement]:
    """By quadrant, most supported first; a card no territory says yet comes last."""
    groups = {(group.quadrant, group.group): group for group in swot.groups}
    reached = resolved(
        workshop, {one for card in cards for one in card.payload.get("evidence", [])}
    )
    statements = [
        Statement(
            card=card,
            quadrant=(quadrant := Quadrant(card.payload["quadrant"])),
            support=groups.get((quadrant, str(card.pk))),
            evidence=[reached[UUID(one)] for one in card.payload.get("evidence", [])],
        )
        for card in cards
    ]
    order = list(Quadrant)
    return sorted(
        statements,
        key=lambda one: (order.index(one.quadrant), -len(one.territories)),
    )


def _contested(card: Card, swot: Swot) -> Contested:
    sides = [(group.quadrant, group.sites) for group in swot.groups if group.group == str(card.pk)]
    return Contested(card=card, sides=sides)


def _silences(swot: Swot) -> list[tuple[str, Sequence[Quadrant]]]:
    """Territories and the quadrants in which they said nothing, where others did."""
    heard = {group.quadrant for group in swot.groups}
    by_site: dict[str, list[Quadrant]] = {}
    for spot in swot.blind_spots:
        if spot.quadrant in heard:
            by_site.setdefault(spot.site, []).append(spot.quadrant)
    return list(by_site.items())

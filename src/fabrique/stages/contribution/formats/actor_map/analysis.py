"""Actors kept and ties drawn → the network, and what it is worth.

Counts of actors and ties hold however few were in the room; how many people cited or drew shows
only from five. Nothing is ever concluded from a tie that nobody drew.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from fabrique.methods.actor_network import (
    Actor,
    ActorNetwork,
    ActorNetworkRequest,
    ActorPlace,
    map_actors,
)
from fabrique.methods.actor_network import Tie as NetworkTie
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.actor_map.tying import Kinds, one_way
from fabrique.stages.contribution.formats.contract import Tie
from fabrique.stages.contribution.models import Card, Link, Workshop


@dataclass(frozen=True, kw_only=True)
class MappedActor:
    """An actor, its place in the network, and how many people cited it."""

    card: Card
    place: ActorPlace
    cited_by: int

    def word(self, name: str) -> str:
        """What is said of its type, scale, means or profile."""
        return str(self.card.payload.get(name) or "")

    @property
    def type(self) -> str:
        return self.word("type")

    @property
    def scale(self) -> str:
        return self.word("scale")

    @property
    def profile(self) -> str:
        return self.word("profile")

    @property
    def rank(self) -> tuple[float, float, float]:
        """Those at the heart of the map first."""
        return (-self.place.degree, -self.place.betweenness, -self.cited_by)


@dataclass(frozen=True, kw_only=True)
class DrawnTie:
    """A tie as it stands: who drew it does not show, only how many and whether the room did."""

    source: Card
    target: Card
    kind: str
    people: int
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class ActorMapResults:
    """The whole map."""

    actors: Sequence[MappedActor]
    ties: Sequence[DrawnTie]
    network: ActorNetwork
    kinds: Kinds
    mutual: Sequence[str]
    people: int
    linkers: int

    @property
    def shows_people(self) -> bool:
        """Whether the numbers of people may be shown."""
        return self.people >= rows.MINIMUM_PEOPLE

    @cached_property
    def by_key(self) -> Mapping[str, MappedActor]:
        return {one.place.actor: one for one in self.actors}

    def named(self, keys: Sequence[str]) -> list[MappedActor]:
        return [self.by_key[key] for key in keys]

    @property
    def ranked(self) -> list[MappedActor]:
        """The most tied first; the order of the board between equals."""
        return sorted(self.actors, key=lambda one: one.rank)

    @property
    def most_tied(self) -> list[MappedActor]:
        """The actor tied to most others, or those that are equal."""
        most = max((one.place.degree for one in self.actors), default=0)
        return [one for one in self.actors if most and one.place.degree == most]

    @property
    def go_betweens(self) -> list[MappedActor]:
        """Those without whom the map falls apart, the most in between first."""
        found = self.named(self.network.articulation_actors)
        return sorted(found, key=lambda one: -one.place.betweenness)

    @property
    def groups(self) -> list[list[MappedActor]]:
        """Sets of two actors or more that ties hold together, the largest first."""
        return [self.named(piece) for piece in self.network.components if len(piece) > 1]

    @property
    def isolated(self) -> list[MappedActor]:
        return self.named(self.network.isolated_actors)

    @property
    def isolated_pioneers(self) -> list[MappedActor]:
        return self.named(self.network.isolated_pioneers)


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What the workshop's settings say that the computation needs."""

    types: Sequence[str]
    kinds: Kinds
    mutual: Sequence[str]
    pioneer: str


def map_workshop(
    workshop: Workshop, lists: Lists, *, sites: Mapping[UUID, Sequence[str]] | None = None
) -> ActorMapResults:
    """The map; ``sites`` are the territories each actor was cited in, where there are several."""
    cards = list(rows.kept_cards(workshop))
    behind, ties = rows.people_behind(workshop), list(rows.ties_drawn(workshop, lists.kinds))
    ends = {end for tie in ties for end in (tie.source_id, tie.target_id)}
    now = rows.where_cards_went(ends | {card_id for card_id, _person in behind})
    citers: dict[UUID, set[UUID]] = defaultdict(set)
    for card_id, person in behind:
        citers[now[card_id]].add(person)
    drawn, linkers = _drawn(ties, now, cards, lists)
    people = linkers.union(*(citers[card.pk] for card in cards))
    network = _map(_request(cards, citers, drawn, len(people), lists, sites or {}))
    places = {place.actor: place for place in network.actors}
    return ActorMapResults(
        actors=[
            MappedActor(card=card, place=places[str(card.pk)], cited_by=len(citers[card.pk]))
            for card in cards
        ],
        ties=drawn,
        network=network,
        kinds=lists.kinds,
        mutual=lists.mutual,
        people=len(people),
        linkers=len(linkers),
    )


def _drawn(
    ties: Sequence[Link], now: Mapping[UUID, UUID], cards: Sequence[Card], lists: Lists
) -> tuple[list[DrawnTie], set[UUID]]:
    """Ties between the actors that are there now, each once, and who drew some."""
    standing = {card.pk: card for card in cards}
    people: dict[tuple[UUID, str, UUID], set[UUID | None]] = defaultdict(set)
    for tie in ties:
        source, target = now[tie.source_id], now[tie.target_id]
        if source != target and source in standing and target in standing:
            kept = one_way(Tie(source_id=source, target_id=target, kind=tie.kind), lists.mutual)
            people[kept.source_id, kept.kind, kept.target_id].add(tie.participant_id)
    drawn = [
        DrawnTie(
            source=standing[source],
            target=standing[target],
            kind=kind,
            people=len(who - {None}),
            is_confirmed=None in who,
        )
        for (source, kind, target), who in people.items()
    ]
    linkers = {person for who in people.values() for person in who if person is not None}
    return drawn, linkers


def _request(
    cards: Sequence[Card],
    citers: Mapping[UUID, set[UUID]],
    drawn: Sequence[DrawnTie],
    people: int,
    lists: Lists,
    sites: Mapping[UUID, Sequence[str]],
) -> ActorNetworkRequest:
    return ActorNetworkRequest(
        actors=tuple(
            Actor(
                key=str(card.pk),
                family=card.payload.get("type") or None,
                profile=card.payload.get("profile") or None,
                sites=tuple(sites.get(card.pk, ())),
                cited_by=len(citers.get(card.pk, ())),
            )
            for card in cards
        ),
        ties=tuple(
            NetworkTie(source=str(tie.source.pk), target=str(tie.target.pk), kind=tie.kind)
            for tie in drawn
        ),
        informants=people,
        expected_families=tuple(dict.fromkeys(lists.types)),
        pioneer=lists.pioneer,
        minimum_informants=rows.MINIMUM_PEOPLE,
    )


@lru_cache(maxsize=32)
def _map(request: ActorNetworkRequest) -> ActorNetwork:
    """The same request gives the same answer: the wall and the console ask it many times."""
    return map_actors(request)

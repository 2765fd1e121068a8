"""From actors and ties to places in the map, its shape, and what to look at twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from fabrique.methods.actor_network.contracts import (
    Actor,
    ActorNetwork,
    ActorNetworkRequest,
    ActorPlace,
    Edge,
    FamilyPresence,
    Tie,
    Weakness,
)
from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated

STEPS = 2
"""How far « reach » looks."""
Ends = tuple[str, str]
"""Two linked actors, the first of the request first."""


def map_actors(request: ActorNetworkRequest) -> ActorNetwork:
    """Measure the place of each actor, and find what holds the map together.

    Raises MethodError with `parameter_out_of_range`, `duplicate_actor`, `duplicate_family`,
    `unknown_actor` or `self_link`.
    """
    _check(request)
    order = {actor.key: number for number, actor in enumerate(request.actors)}
    ties = _ties_by_ends(request.ties, order)
    graph = nx.Graph()
    graph.add_nodes_from(order)
    graph.add_edges_from(ties)
    components = _components(graph, order)
    bridges = {_ends(one, other, order) for one, other in nx.bridges(graph)}
    isolated = [actor for actor in request.actors if not graph.degree(actor.key)]
    families = tuple(_families(request))
    return ActorNetwork(
        actors=tuple(_places(request, graph, components)),
        edges=tuple(_edge(ends, drawn, bridges) for ends, drawn in ties.items()),
        components=components,
        bridges=tuple(ends for ends in ties if ends in bridges),
        articulation_actors=tuple(sorted(nx.articulation_points(graph), key=order.__getitem__)),
        isolated_actors=tuple(actor.key for actor in isolated),
        isolated_pioneers=tuple(
            actor.key for actor in isolated if actor.profile == request.pioneer
        ),
        shared_actors=_shared(request.actors),
        families=families,
        missing_families=tuple(
            family.family for family in families if family.expected and not family.actors
        ),
        informants=request.informants,
        minimum_informants=request.minimum_informants,
        minimum_cited_by=request.minimum_cited_by,
        weak=_weakness(request.informants, request.minimum_informants),
    )


def _check(request: ActorNetworkRequest) -> None:
    allowed = {
        "informants": request.informants >= 0,
        "minimum_informants": request.minimum_informants >= 1,
        "minimum_cited_by": request.minimum_cited_by >= 1,
        "cited_by": all((actor.cited_by or 0) >= 0 for actor in request.actors),
    }
    for parameter, fine in allowed.items():
        if not fine:
            raise MethodError("parameter_out_of_range", parameter=parameter)
    if (twice := first_repeated(actor.key for actor in request.actors)) is not None:
        raise MethodError("duplicate_actor", actor=twice)
    if (twice := first_repeated(request.expected_families)) is not None:
        raise MethodError("duplicate_family", family=twice)
    known = {actor.key for actor in request.actors}
    for tie in request.ties:
        for end in (tie.source, tie.target):
            if end not in known:
                raise MethodError("unknown_actor", actor=end)
        if tie.source == tie.target:
            raise MethodError("self_link", actor=tie.source)


def _ties_by_ends(ties: Iterable[Tie], order: Mapping[str, int]) -> dict[Ends, list[Tie]]:
    """The edges of the map, in the order of the actors, and the ties each one stands for."""
    by_ends: dict[Ends, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_ends[_ends(tie.source, tie.target, order)].append(tie)
    return {ends: by_ends[ends] for ends in sorted(by_ends, key=lambda two: _places_of(two, order))}


def _ends(one: str, other: str, order: Mapping[str, int]) -> Ends:
    return (one, other) if order[one] < order[other] else (other, one)


def _places_of(ends: Ends, order: Mapping[str, int]) -> tuple[int, int]:
    return order[ends[0]], order[ends[1]]


def _edge(ends: Ends, drawn: Sequence[Tie], bridges: set[Ends]) -> Edge:
    return Edge(
        first=ends[0],
        second=ends[1],
        kinds=tuple(sorted({tie.kind for tie in drawn if tie.kind is not None})),
        ties=len(drawn),
        bridge=ends in bridges,
    )


def _components(graph: Any, order: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    found = [tuple(sorted(held, key=order.__getitem__)) for held in nx.connected_components(graph)]
    return tuple(sorted(found, key=lambda held: (-len(held), order[held[0]])))


def _places(
    request: ActorNetworkRequest, graph: Any, components: Sequence[Sequence[str]]
) -> Iterable[ActorPlace]:
    closeness, betweenness = nx.closeness_centrality(graph), nx.betweenness_centrality(graph)
    number_of = {key: number for number, held in enumerate(components, 1) for key in held}
    others = len(request.actors) - 1
    for actor in request.actors:
        near = nx.single_source_shortest_path_length(graph, actor.key, cutoff=STEPS)
        degree, reached = graph.degree(actor.key), len(near) - 1
        reach = reached / others if others else 0.0
        yield ActorPlace(
            actor=actor.key,
            degree=degree,
            closeness=float(closeness[actor.key]),
            betweenness=float(betweenness[actor.key]),
            reached=reached,
            reach=reach,
            reach_efficiency=reach / degree if degree else None,
            component=number_of[actor.key],
            weak=None
            if actor.cited_by is None
            else _weakness(actor.cited_by, request.minimum_cited_by),
        )


def _families(request: ActorNetworkRequest) -> Iterable[FamilyPresence]:
    sites = list(dict.fromkeys(site for actor in request.actors for site in actor.sites))
    members: dict[str, list[Actor]] = {family: [] for family in request.expected_families}
    for actor in request.actors:
        if actor.family is not None:
            members.setdefault(actor.family, []).append(actor)
    for family, held in members.items():
        cited_in = {site for actor in held for site in actor.sites}
        yield FamilyPresence(
            family=family,
            expected=family in request.expected_families,
            actors=tuple(actor.key for actor in held),
            cited_in=tuple(site for site in sites if site in cited_in),
            not_cited_in=tuple(site for site in sites if site not in cited_in),
        )


def _shared(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Actors cited in two territories or more, the most widely cited first."""
    shared = [actor for actor in actors if len(set(actor.sites)) > 1]
    return tuple(actor.key for actor in sorted(shared, key=lambda actor: -len(set(actor.sites))))


def _weakness(people: int, minimum: int) -> Weakness | None:
    if not people:
        return Weakness.NO_INFORMANT
    return Weakness.TOO_FEW_INFORMANTS if people < minimum else None

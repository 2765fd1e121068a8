"""Actors and links: places measured, fragile links found, nothing concluded from an absent one."""

from collections import deque
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.actor_network import (
    Actor,
    ActorNetwork,
    ActorNetworkRequest,
    ActorPlace,
    Tie,
    Weakness,
    map_actors,
)
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/actor_network.in.json"
EXAMPLE = TypeAdapter(ActorNetworkRequest).validate_json(EXAMPLE_FILE.read_bytes())

Pairs = list[tuple[int, int]]


def drawn(actors: int, pairs: Pairs) -> ActorNetworkRequest:
    return ActorNetworkRequest(
        actors=tuple(Actor(key=str(number)) for number in range(actors)),
        ties=tuple(Tie(source=str(one), target=str(other)) for one, other in pairs),
        informants=10,
    )


def places(answer: ActorNetwork) -> dict[str, ActorPlace]:
    return {place.actor: place for place in answer.actors}


def graphs(most: int) -> st.SearchStrategy[tuple[int, Pairs]]:
    def with_ties(actors: int) -> st.SearchStrategy[tuple[int, Pairs]]:
        number = st.integers(0, actors - 1)
        pair = st.tuples(number, number).filter(lambda two: two[0] != two[1])
        pairs = st.lists(pair, max_size=2 * actors) if actors > 1 else st.just([])
        return st.tuples(st.just(actors), pairs)

    return st.integers(1, most).flatmap(with_ties)


class ByHand:
    """The same questions answered the slow way: every path walked, every removal tried."""

    def __init__(self, actors: int, pairs: Pairs) -> None:
        self.actors = range(actors)
        self.edges = {frozenset(pair) for pair in pairs}

    def distances(self, start: int, edges: set[frozenset[int]], gone: int = -1) -> dict[int, int]:
        found, waiting = {start: 0}, deque([start])
        while waiting:
            here = waiting.popleft()
            for there in self.actors:
                if {here, there} in edges and there not in found and there != gone:
                    found[there] = found[here] + 1
                    waiting.append(there)
        return found

    def pieces(self, edges: set[frozenset[int]], gone: int = -1) -> int:
        return len(
            {
                frozenset(self.distances(actor, edges, gone))
                for actor in self.actors
                if actor != gone
            }
        )

    def bridges(self) -> set[frozenset[int]]:
        whole = self.pieces(self.edges)
        return {edge for edge in self.edges if self.pieces(self.edges - {edge}) > whole}

    def articulations(self) -> set[int]:
        whole = self.pieces(self.edges)
        return {actor for actor in self.actors if self.pieces(self.edges, gone=actor) > whole}

    def shortest_paths(self, one: int, other: int) -> list[tuple[int, ...]]:
        waiting: list[tuple[int, ...]] = [(one,)]
        found: list[tuple[int, ...]] = []
        while waiting and not found:
            longer = [
                (*path, there)
                for path in waiting
                for there in self.actors
                if {path[-1], there} in self.edges and there not in path
            ]
            found = [path for path in longer if path[-1] == other]
            waiting = longer
        return found

    def betweenness(self, actor: int) -> float:
        others = [one for one in self.actors if one != actor]
        share = 0.0
        for one, other in combinations(others, 2):
            if paths := self.shortest_paths(one, other):
                share += sum(actor in path for path in paths) / len(paths)
        pairs = len(others) * (len(others) - 1) / 2
        return share / pairs if pairs else 0.0

    def closeness(self, actor: int) -> float:
        far = self.distances(actor, self.edges)
        held, others = len(far) - 1, len(self.actors) - 1
        return (held / others) * (held / sum(far.values())) if held else 0.0


class TestTheWorkedExample:
    """Every expected number below was computed by hand; see docs/methods/actor_network.md."""

    def test_closeness_holds_on_a_map_in_pieces(self) -> None:
        found = {key: place.closeness for key, place in places(map_actors(EXAMPLE)).items()}
        assert found["maraîchers"] == pytest.approx(1 / 2)
        assert found["ville"] == found["agglo"] == pytest.approx(3 / 8)
        assert found["amap"] == pytest.approx(3 / 10)
        assert found["banque"] == found["épicerie"] == pytest.approx(1 / 6)
        assert found["atelier"] == 0

    def test_two_of_fifteen_pairs_pass_by_the_growers(self) -> None:
        found = {key: place.betweenness for key, place in places(map_actors(EXAMPLE)).items()}
        assert found.pop("maraîchers") == pytest.approx(2 / 15)
        assert set(found.values()) == {0}

    def test_reach_by_link_favours_the_one_who_hangs_by_a_thread(self) -> None:
        found = places(map_actors(EXAMPLE))
        assert (found["amap"].reach, found["amap"].reach_efficiency) == (0.5, 0.5)
        assert (found["ville"].reach, found["ville"].reach_efficiency) == (0.5, 0.25)
        assert found["atelier"].reach_efficiency is None

    def test_ties_of_several_kinds_and_directions_are_one_edge(self) -> None:
        first = map_actors(EXAMPLE).edges[0]
        assert (first.first, first.second, first.ties) == ("ville", "agglo", 2)
        assert first.kinds == ("finance", "travaille avec")

    def test_the_fragile_links_and_the_lonely_pioneer_are_named(self) -> None:
        answer = map_actors(EXAMPLE)
        assert answer.bridges == (("maraîchers", "amap"), ("banque", "épicerie"))
        assert answer.articulation_actors == ("maraîchers",)
        assert answer.isolated_pioneers == answer.isolated_actors == ("atelier",)

    def test_an_expected_family_nobody_cited_is_to_look_for(self) -> None:
        answer = map_actors(EXAMPLE)
        assert answer.missing_families == ("État",)
        by_name = {family.family: family for family in answer.families}
        assert by_name["tiers-lieu"].not_cited_in == ("Lorient",)
        assert answer.shared_actors == ("ville",)


class TestWeakInput:
    def test_no_actor_gives_an_empty_map(self) -> None:
        answer = map_actors(ActorNetworkRequest(actors=(), ties=(), informants=0))
        assert (answer.actors, answer.components, answer.weak) == ((), (), Weakness.NO_INFORMANT)

    def test_one_actor_is_alone_and_that_is_all(self) -> None:
        answer = map_actors(drawn(1, []))
        (place,) = answer.actors
        assert (place.degree, place.closeness, place.betweenness, place.reach) == (0, 0, 0, 0)
        assert answer.isolated_actors == ("0",)

    def test_a_map_drawn_by_few_people_is_weak(self) -> None:
        assert map_actors(replace(EXAMPLE, informants=4)).weak == Weakness.TOO_FEW_INFORMANTS
        assert map_actors(replace(EXAMPLE, informants=5)).weak is None

    def test_an_actor_one_person_cited_is_weak_and_one_nobody_counted_is_not_judged(self) -> None:
        found = places(map_actors(EXAMPLE))
        assert found["atelier"].weak == Weakness.TOO_FEW_INFORMANTS
        assert found["banque"].weak is None
        nobody = replace(EXAMPLE, actors=(Actor(key="a", cited_by=0),), ties=())
        assert map_actors(nobody).actors[0].weak == Weakness.NO_INFORMANT

    def test_without_expected_families_none_is_missing(self) -> None:
        assert map_actors(replace(EXAMPLE, expected_families=())).missing_families == ()


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"actors": (Actor(key="a"), Actor(key="a"))}, "duplicate_actor"),
            ({"ties": (Tie(source="a", target="z"),)}, "unknown_actor"),
            ({"ties": (Tie(source="z", target="z"),)}, "unknown_actor"),
            ({"ties": (Tie(source="a", target="a"),)}, "self_link"),
            ({"expected_families": ("x", "x")}, "duplicate_family"),
            ({"informants": -1}, "parameter_out_of_range"),
            ({"minimum_informants": 0}, "parameter_out_of_range"),
            ({"minimum_cited_by": 0}, "parameter_out_of_range"),
            ({"actors": (Actor(key="a", cited_by=-1),)}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        request = ActorNetworkRequest(actors=(Actor(key="a"),), ties=(), informants=9)
        with pytest.raises(MethodError) as refusal:
            map_actors(replace(request, **change))  # type: ignore[arg-type]
        assert refusal.value.code == code


class TestBesideOthers:
    @settings(max_examples=60, deadline=None)
    @given(graphs(most=6))
    def test_small_maps_agree_with_every_path_walked_and_every_removal_tried(
        self, graph: tuple[int, Pairs]
    ) -> None:
        answer, slow = map_actors(drawn(*graph)), ByHand(*graph)
        for place in answer.actors:
            actor = int(place.actor)
            near = [far for far in slow.distances(actor, slow.edges).values() if 0 < far <= 2]
            assert place.reached == len(near)
            assert place.closeness == pytest.approx(slow.closeness(actor))
            assert place.betweenness == pytest.approx(slow.betweenness(actor))
        assert {frozenset(map(int, ends)) for ends in answer.bridges} == slow.bridges()
        assert set(map(int, answer.articulation_actors)) == slow.articulations()
        assert len(answer.components) == slow.pieces(slow.edges)

    @pytest.mark.parametrize("seed", range(6))
    def test_random_maps_agree_with_networkx(self, seed: int) -> None:
        graph = nx.gnm_random_graph(60, 20 * (seed + 1), seed=seed)
        answer = map_actors(drawn(60, list(graph.edges)))
        found = places(answer)
        near, between = nx.closeness_centrality(graph), nx.betweenness_centrality(graph)
        for actor in graph:
            place = found[str(actor)]
            assert place.degree == graph.degree[actor]
            assert place.closeness == pytest.approx(near[actor])
            assert place.betweenness == pytest.approx(between[actor])
            ego = nx.ego_graph(graph, actor, radius=2)
            assert place.reached == len(ego) - 1
        assert {frozenset(map(int, held)) for held in answer.components} == {
            frozenset(held) for held in nx.connected_components(graph)
        }
        assert {frozenset(map(int, ends)) for ends in answer.bridges} == {
            frozenset(ends) for ends in nx.bridges(graph)
        }
        assert set(map(int, answer.articulation_actors)) == set(nx.articulation_points(graph))


class TestProperties:
    @settings(max_examples=50, deadline=None)
    @given(graphs(most=8), st.randoms())
    def test_neither_the_order_nor_the_direction_of_ties_matters(self, graph, random) -> None:  # type: ignore[no-untyped-def]
        actors, pairs = graph
        turned = [pair if random.random() < 0.5 else pair[::-1] for pair in pairs]
        random.shuffle(turned)
        assert map_actors(drawn(actors, turned)) == map_actors(drawn(actors, pairs))

    @settings(max_examples=50, deadline=None)
    @given(graphs(most=8))
    def test_the_parts_make_the_whole(self, graph: tuple[int, Pairs]) -> None:
        answer = map_actors(drawn(*graph))
        assert sorted(key for held in answer.components for key in held) == sorted(places(answer))
        assert sum(place.degree for place in answer.actors) == 2 * len(answer.edges)
        assert answer.bridges == tuple(
            (edge.first, edge.second) for edge in answer.edges if edge.bridge
        )
        assert all(0 <= place.betweenness <= 1 for place in answer.actors)
        assert all(0 <= place.closeness <= 1 for place in answer.actors)
        assert all(place.degree <= place.reached for place in answer.actors)

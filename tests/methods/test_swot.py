"""A SWOT across territories: counted by territory, never by note; silence is not absence."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.errors import MethodError
from fabrique.methods.swot import (
    BlindSpot,
    Cross,
    CrossKind,
    GroupSupport,
    Item,
    Quadrant,
    Spread,
    SwotRequest,
    compare_swot,
)

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/swot.in.json"
EXAMPLE = TypeAdapter(SwotRequest).validate_json(EXAMPLE_FILE.read_bytes())
SITES = ("Lorient", "Bourg", "Beauvais")


def support(request: SwotRequest) -> dict[tuple[str, Quadrant], GroupSupport]:
    return {(group.group, group.quadrant): group for group in compare_swot(request).groups}


def crosses(request: SwotRequest, kind: CrossKind) -> list[Cross]:
    return [cross for cross in compare_swot(request).crosses if cross.kind is kind]


class TestTheWorkedExample:
    """Every expected number below was computed by hand; see docs/methods/swot.md."""

    def test_two_notes_of_one_territory_weigh_one(self) -> None:
        land = support(EXAMPLE)["terres", Quadrant.STRENGTH]
        assert (land.support, len(land.items)) == (2, 3)
        assert (land.sites, land.spread) == (("Lorient", "Bourg"), Spread.PARTLY_SHARED)

    def test_what_all_say_is_told_from_what_one_says(self) -> None:
        found = support(EXAMPLE)
        assert found["friches", Quadrant.WEAKNESS].spread == Spread.SHARED_BY_ALL
        price = found["prix", Quadrant.THREAT]
        assert (price.spread, price.heard) == (Spread.SPECIFIC, 1)

    def test_a_strength_here_may_be_a_weakness_there(self) -> None:
        assert compare_swot(EXAMPLE).contested == ("bénévoles",)

    def test_crosses_are_led_by_what_the_same_territories_say(self) -> None:
        first, second = crosses(EXAMPLE, CrossKind.STRENGTH_OPPORTUNITY)
        assert (first.inside, first.outside) == ("terres", "cantines")
        assert (first.joint_support, first.supports) == (2, 4)
        assert (second.inside, second.joint_support, second.supports) == ("bénévoles", 0, 3)

    def test_silences_are_listed(self) -> None:
        assert compare_swot(EXAMPLE).blind_spots == (
            BlindSpot(site="Lorient", quadrant=Quadrant.THREAT),
            BlindSpot(site="Beauvais", quadrant=Quadrant.OPPORTUNITY),
            BlindSpot(site="Beauvais", quadrant=Quadrant.THREAT),
        )


class TestCrosses:
    def test_only_the_best_of_each_kind_can_be_asked_for(self) -> None:
        best = compare_swot(replace(EXAMPLE, most_crosses=1)).crosses
        assert [cross.inside for cross in best] == ["terres", "terres", "friches", "friches"]
        assert compare_swot(replace(EXAMPLE, most_crosses=0)).crosses == ()

    def test_a_contested_group_never_meets_itself(self) -> None:
        items = (
            Item(key="i", quadrant=Quadrant.STRENGTH, site="Bourg", group="tourisme"),
            Item(key="j", quadrant=Quadrant.THREAT, site="Bourg", group="tourisme"),
        )
        assert compare_swot(SwotRequest(items=items, sites=SITES)).crosses == ()


class TestWeakInput:
    def test_nothing_said_is_four_silences_for_each_territory(self) -> None:
        answer = compare_swot(SwotRequest(items=(), sites=SITES))
        assert (answer.groups, answer.crosses, len(answer.blind_spots)) == ((), (), 12)

    def test_without_territories_there_is_nothing(self) -> None:
        answer = compare_swot(SwotRequest(items=(), sites=()))
        assert (answer.groups, answer.blind_spots) == ((), ())

    def test_one_territory_alone_shares_with_nobody(self) -> None:
        item = Item(key="i", quadrant=Quadrant.STRENGTH, site="Bourg")
        (group,) = compare_swot(SwotRequest(items=(item,), sites=("Bourg",))).groups
        assert (group.group, group.spread) == ("i", Spread.SPECIFIC)


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"sites": ("Bourg", "Bourg")}, "duplicate_site"),
            ({"sites": ("Lorient",)}, "unknown_site"),
            (
                {"items": (Item(key="i", quadrant=Quadrant.THREAT, site="Bourg"),) * 2},
                "duplicate_item",
            ),
            ({"most_crosses": -1}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        item = Item(key="i", quadrant=Quadrant.STRENGTH, site="Bourg")
        with pytest.raises(MethodError) as refusal:
            compare_swot(replace(SwotRequest(items=(item,), sites=("Bourg",)), **change))  # type: ignore[arg-type]
        assert refusal.value.code == code


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(Quadrant), st.sampled_from(SITES), st.none() | st.sampled_from("abc")
    ),
    max_size=14,
).map(
    lambda drawn: tuple(
        Item(key=f"i{number}", quadrant=quadrant, site=site, group=group)
        for number, (quadrant, site, group) in enumerate(drawn)
    )
)


class TestProperties:
    @given(ITEMS, st.randoms())
    def test_the_order_of_notes_moves_no_count(self, items, random) -> None:  # type: ignore[no-untyped-def]
        request = SwotRequest(items=items, sites=SITES)
        shuffled = replace(request, items=tuple(random.sample(items, len(items))))
        counts = {key: group.support for key, group in support(request).items()}
        assert {key: group.support for key, group in support(shuffled).items()} == counts
        assert compare_swot(shuffled).blind_spots == compare_swot(request).blind_spots

    @given(ITEMS)
    def test_every_note_stands_in_one_group_and_every_pair_in_one_cross(
        self, items: tuple[Item, ...]
    ) -> None:
        answer = compare_swot(SwotRequest(items=items, sites=SITES))
        placed = sorted(key for group in answer.groups for key in group.items)
        assert placed == sorted(item.key for item in items)
        for group in answer.groups:
            assert 1 <= group.support <= group.heard <= len(SITES)
        inside = [g for g in answer.groups if g.quadrant in (Quadrant.STRENGTH, Quadrant.WEAKNESS)]
        outside = [g for g in answer.groups if g not in inside]
        pairs = [(g.group, h.group) for g in inside for h in outside if g.group != h.group]
        assert sorted((cross.inside, cross.outside) for cross in answer.crosses) == sorted(pairs)
        for cross in answer.crosses:
            assert cross.joint_support == len(cross.sites) <= cross.supports / 2

    @given(ITEMS)
    def test_a_territory_is_silent_exactly_where_it_said_nothing(
        self, items: tuple[Item, ...]
    ) -> None:
        answer = compare_swot(SwotRequest(items=items, sites=SITES))
        said = {(item.site, item.quadrant) for item in items}
        silent = {(spot.site, spot.quadrant) for spot in answer.blind_spots}
        assert silent == {(site, q) for site in SITES for q in Quadrant} - said

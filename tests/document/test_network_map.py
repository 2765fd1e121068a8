"""A map of who is tied to whom: steady, legible, escaped, and the same in every rendering."""

import zipfile
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.document.codec import from_json, to_json
from fabrique.document.html import render_blocks
from fabrique.document.network_drawing import COLOURS, SHAPES, network_svg
from fabrique.document.network_layout import MARGIN, WIDTH, arranged
from fabrique.document.network_names import box_of, name_lines
from fabrique.document.pandoc import render_docx, render_odt
from fabrique.document.tree import (
    Document,
    NetworkMap,
    NetworkNode,
    NetworkTie,
    Section,
    TieKind,
)
from fabrique.document.typst import render_pdf

NAMES = ("Emmaüs", "Ville", "Région", "ADEME", "La Poste", "Seul")
TIES = ((0, 1), (1, 2), (2, 3), (1, 4))


def a_map(*names: str) -> NetworkMap:
    layout = arranged(names or NAMES, TIES, text_size=14)
    return NetworkMap(
        "Carte",
        "Six acteurs, quatre liens",
        tuple(
            NetworkNode(name, x, y, group=place % 3 - 1)
            for place, (name, (x, y)) in enumerate(zip(names or NAMES, layout.points, strict=True))
        ),
        tuple(NetworkTie(one, other, place % 3) for place, (one, other) in enumerate(TIES)),
        groups=("Association", "Collectivité"),
        kinds=(TieKind("travaille avec"), TieKind("finance", "arrow"), TieKind("bloque", "bar")),
        height=layout.height,
    )


def a_document() -> Document:
    section = Section("figures", "Chiffres", (a_map(),))
    return Document(
        title="Note",
        identifier="x",
        issued_on=date(2020, 9, 17),
        publisher="Agence",
        sections=(section,),
    )


graphs = st.integers(1, 24).flatmap(
    lambda count: st.tuples(
        st.just(tuple(f"Acteur numéro {place}" for place in range(count))),
        st.sets(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
                lambda ends: ends[0] < ends[1]
            ),
            max_size=40,
        ).map(lambda ties: tuple(sorted(ties))),
    )
)


@given(graphs)
@settings(max_examples=25, deadline=None)
def test_every_point_stands_on_the_map_at_a_place_of_its_own(graph) -> None:
    names, ties = graph
    layout = arranged(names, ties, text_size=12)
    assert len(set(layout.points)) == len(names)
    for x, y in layout.points:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= layout.height
    assert arranged.__wrapped__(names, ties, text_size=12) == layout


def test_names_of_a_small_map_do_not_overlap() -> None:
    layout = arranged(NAMES, TIES, text_size=14)
    boxes = [box_of(name, 14) for name in NAMES]
    for one, other in combinations(range(len(NAMES)), 2):
        (x1, y1), (x2, y2) = layout.points[one], layout.points[other]
        apart = abs(x1 - x2) >= (boxes[one].width + boxes[other].width) / 2 - 1
        first, second = (one, other) if y1 <= y2 else (other, one)
        below = layout.points[first][1] + boxes[first].below
        assert apart or below <= layout.points[second][1] - boxes[second].above + 1


def test_a_point_without_a_tie_stands_under_the_others() -> None:
    layout = arranged(NAMES, TIES, text_size=14)
    assert layout.points[5][1] == max(y for _x, y in layout.points)
    assert layout.points[5][0] >= MARGIN


def test_nothing_to_draw_is_an_empty_map() -> None:
    assert arranged((), (), text_size=14).points == ()


def test_a_colour_never_speaks_alone() -> None:
    assert len(SHAPES) == len(COLOURS)
    drawn = {shape((0, 0), 10) for shape in SHAPES}
    assert len(drawn) == len(SHAPES)
    svg = network_svg(a_map())
    assert "Association" in svg
    assert "stroke-dasharray" in svg


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "x" * 300, 'a" onload="b'])
def test_what_anyone_typed_stays_a_name(name: str) -> None:
    svg = network_svg(a_map(name, *NAMES[1:]))
    assert "<script" not in svg
    assert ' onload="b' not in svg
    assert len(name_lines(name)) <= 2


def test_it_keeps_through_storage() -> None:
    assert from_json(to_json(a_document())) == a_document()


def test_every_rendering_shows_it_and_says_what_it_shows() -> None:
    document = a_document()
    assert "Six acteurs, quatre liens" in render_blocks([a_map()])
    assert " style=" not in render_blocks([a_map()])
    assert render_pdf(document).startswith(b"%PDF")
    for content, name in (
        (render_docx(document), "word/document.xml"),
        (render_odt(document), "content.xml"),
    ):
        with zipfile.ZipFile(BytesIO(content)) as package:
            assert "Six acteurs, quatre liens" in package.read(name).decode()

"""One mark a person, and bars on a line of time: the same words in every rendering."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from fabrique.document import codec
from fabrique.document.charts import Span, abacus_svg, drawn, palette, span_of
from fabrique.document.renderings import (
    plain_text,
    render_docx,
    render_html,
    render_odt,
    render_pdf,
)
from fabrique.document.tree import (
    AbacusChart,
    DistributionBar,
    Document,
    PeriodBar,
    PeriodChart,
    Section,
)
from fabrique.document.wording import ENGLISH, FRENCH

PLAN = PeriodChart(
    "La feuille de route dans le temps",
    "Une barre va du début à la fin.",
    (
        PeriodBar("Légumerie", date(2021, 1, 1), date(2022, 6, 30)),
        PeriodBar("Navettes", date(2021, 7, 1), None),
        PeriodBar("Bilan", None, date(2023, 12, 31)),
        PeriodBar("Tarifs", None, None),
    ),
    subject="Action",
)
VOTE = AbacusChart(
    "Ambition",
    "Une marque par personne.",
    ("1", "2", "3", "4", "5"),
    (DistributionBar("Légumerie", (0, 1, 2, 3, 1)),),
    subject="Action",
)
DOCUMENT = Document(
    title="Feuille de route",
    identifier="lorient-4/v1",
    issued_on=date(2020, 12, 3),
    publisher="Fabrique",
    sections=(Section("figures", "Chiffres", (PLAN, VOTE)),),
)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_both_come_back_from_their_json():
    for block in (PLAN, VOTE):
        assert codec.block_from_json(codec.block_to_json(block)) == block


@pytest.mark.parametrize("words", ["hier", 3])
def test_a_day_that_is_none_is_refused(words):
    data = codec.block_to_json(PLAN)
    data["bars"][0]["start"] = words
    with pytest.raises(codec.MalformedTree):
        codec.block_from_json(data)


def test_a_line_of_time_covers_whole_years():
    span = span_of(PLAN.bars)
    assert span == Span(2021, 2023)
    assert span.place(date(2021, 1, 1)) == 0
    assert span.place(date(2023, 12, 31)) == 239
    assert list(span.ticks) == [2021, 2022, 2023]
    assert span_of([PeriodBar("Tarifs", None, None)]) is None


def test_each_period_is_read_beside_its_drawing():
    table = drawn(PLAN, accent="#1f5a6b", words=FRENCH)
    assert table.scale == ("2021", "2023")
    assert table.headings == ("Début", "Fin")
    assert [tuple(map(spaced, line.figures)) for line in table.lines] == [
        ("janv. 2021", "juin 2022"),
        ("juil. 2021", "–"),
        ("–", "déc. 2023"),
        ("–", "–"),
    ]
    assert spaced(table.lines[0].alternative) == "De janv. 2021 à juin 2022"
    assert spaced(table.lines[1].alternative) == "À partir de juil. 2021, sans date de fin"
    assert spaced(table.lines[2].alternative) == "Avant la fin de déc. 2023, sans date de début"
    assert table.lines[3].alternative == "Sans date"
    english = drawn(PLAN, accent="#1f5a6b", words=ENGLISH)
    assert spaced(english.lines[0].alternative) == "From Jan 2021 to Jun 2022"


def test_only_what_is_known_is_drawn():
    shapes = [
        re.findall(r"<(rect|path) class=.doc-chart-period", line.svg)
        for line in drawn(PLAN, accent="#1f5a6b", words=FRENCH).lines
    ]
    assert shapes == [["rect"], ["path"], ["path"], []]


def test_each_person_is_a_mark_whose_height_grows_with_the_level():
    svg = abacus_svg((0, 1, 2, 3, 1), palette("#1f5a6b", 5), alternative="…")
    marks = re.findall(r'doc-chart-level-(\d)".*?height="([\d.]+)"', svg)
    assert [level for level, _height in marks] == list("2334445")
    assert [float(height) for _level, height in marks] == [8.4, 12.6, 12.6, *[16.8] * 3, 21]


def test_marks_of_a_crowd_stay_within_the_drawing():
    svg = abacus_svg((50, 50, 50, 50, 50), palette("#1f5a6b", 5), alternative="…")
    places = [float(x) for x in re.findall(r'level-\d" x="([\d.]+)"', svg)]
    assert len(places) == 250
    assert max(places) < 240


def test_nobody_is_an_empty_drawing():
    assert "level" not in abacus_svg((0,) * 5, palette("#1f5a6b", 5), alternative="Personne")


def test_every_rendering_says_the_same_dates_and_counts():
    said = ("Légumerie", "janv. 2021", "déc. 2023", "Ambition")
    pdf = "\n".join(page.extract_text() for page in PdfReader(BytesIO(render_pdf(DOCUMENT))).pages)
    for text in (plain_text(DOCUMENT), render_html(DOCUMENT), pdf):
        assert all(words in re.sub(r"\s", " ", text) for words in said)
    assert render_docx(DOCUMENT)[:2] == render_odt(DOCUMENT)[:2] == b"PK"

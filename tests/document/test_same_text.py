"""Whatever the format, the same words in the same order: nothing lost, nothing added."""

import io
import json
import re
import subprocess
from html.parser import HTMLParser

import pypandoc
import pytest
from pypdf import PdfReader

from fabrique.document.preparation import prepared
from fabrique.document.renderings import (
    plain_text,
    render_docx,
    render_html,
    render_odt,
    render_pdf,
)
from fabrique.document.tree import (
    Bar,
    BarChart,
    Bullets,
    Callout,
    Card,
    Cards,
    Citation,
    Column,
    Document,
    Fact,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Quote,
    RangeBar,
    RangeChart,
    Row,
    Section,
    SlopeChart,
    SlopeLine,
    Table,
)
from tests.document.sample import NOTE

HOSTILE = (
    "<script>alert(1)</script>",
    "#let x = 1",
    "$x^2$ et $$y$$",
    "\\input{/etc/passwd}",
    "*gras* _souligné_ `code`",
    "@cle [lien](http://exemple.fr) ![i](x)",
    "=1+1",
    "</text:p><text:p>",
    "&amp; &lt; ]]> {{ x }} {% y %}",
    "- puce # titre > citation ~~~ ```",
    "%s %(name)s {0} \u202e FABRIQUE",
    "// commentaire /* bloc */ <etiquette>",
)


def words(text: str) -> list[str]:
    """Words only: bullets, dashes and spaces are each format's own business."""
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e]", "", text)
    return re.findall(r"\w+", text)


class _Reader(HTMLParser):
    """The text of a page as it is read, the drawings' own titles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._drawing = 0

    def handle_starttag(self, tag, attrs):
        self._drawing += tag == "svg"

    def handle_endtag(self, tag):
        self._drawing -= tag == "svg"

    def handle_data(self, data):
        if not self._drawing:
            self.said.append(data)


def words_of_html(document: Document) -> list[str]:
    reader = _Reader()
    reader.feed(render_html(document))
    reader.close()
    return words(" ".join(reader.said))


def words_of_pdf(document: Document) -> list[str]:
    pages = PdfReader(io.BytesIO(render_pdf(document))).pages
    title = words(prepared(document).document.title)
    return [
        word
        for place, page in enumerate(pages, start=1)
        for word in _without(
            [*title, "page", str(place), str(len(pages))], words(page.extract_text())
        )
    ]


def _without(footer: list[str], said: list[str]) -> list[str]:
    """The words of a page less those of its footer, which must be there."""
    for place in range(len(said) - len(footer), -1, -1):
        if said[place : place + len(footer)] == footer:
            return said[:place] + said[place + len(footer) :]
    raise AssertionError(f"no footer on this page: {footer}")


def _through_pandoc(content: bytes, kind: str) -> str:
    """What a reader of the file reads, alternative texts of drawings left out."""
    command = [pypandoc.get_pandoc_path(), "-f", kind, "-t", "json", "-"]
    made = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return " ".join(_said(json.loads(made)["blocks"]))


def _said(node):
    if isinstance(node, list):
        pieces, run = [], ""
        for child in node:
            if isinstance(child, dict) and child.get("t") == "Str":
                run += child["c"]
            else:
                if run:
                    pieces.append(run)
                run = ""
                pieces += _said(child)
        return [*pieces, run] if run else pieces
    if isinstance(node, dict) and node.get("t") not in {"Image", "RawInline", "RawBlock"}:
        content = node.get("c")
        if node.get("t") == "Code":
            return [content[1]]
        return _said(content) if isinstance(content, list | dict) else []
    return []


def words_of_docx(document: Document) -> list[str]:
    return words(_through_pandoc(render_docx(document), "docx"))


def words_of_odt(document: Document) -> list[str]:
    return words(_through_pandoc(render_odt(document), "odt"))


def hostile_document() -> Document:
    citations = tuple(Citation(f"card:{place}", text) for place, text in enumerate(HOSTILE))
    every = " ".join(HOSTILE)
    return Document(
        title=f"Titre {HOSTILE[0]} {HOSTILE[1]}",
        subtitle=every,
        eyebrow=every,
        mark="#1",
        notice=every,
        publisher=HOSTILE[3],
        identifier=HOSTILE[6],
        issued_on=NOTE.issued_on,
        facts=tuple(Fact(text, text) for text in HOSTILE),
        colophon=HOSTILE,
        sections=(
            Section(
                HOSTILE[0],
                every,
                lead=every,
                blocks=(
                    *(Paragraph(text, citations=citations[:2]) for text in HOSTILE),
                    Bullets(tuple(Item(text, citations=citations[2:5]) for text in HOSTILE)),
                    Quote(every, every, citations=citations),
                    Table(every, (Column(every), Column("n", "number")), (Row((every, "=1+1")),)),
                    RangeChart(every, every, (RangeBar(every, 2, 1, 3, 9),), note=every),
                    BarChart(every, every, (every,), (Bar(every, 3, (every,)),), measure=every),
                    SlopeChart(
                        every,
                        every,
                        (every, every),
                        (every, "autre"),
                        (every, "n"),
                        (SlopeLine(every, (2, 3), (4, 1), (every, "5")),),
                        wordy=1,
                    ),
                    KeyFigures((KeyFigure("=1+1", every, every),)),
                    Cards((Card(every, every, every),)),
                    Callout(every, (Paragraph(every),)),
                ),
            ),
        ),
    )


RENDERINGS = {
    "html": words_of_html,
    "pdf": words_of_pdf,
    "docx": words_of_docx,
    "odt": words_of_odt,
}


@pytest.mark.parametrize("kind", RENDERINGS)
def test_each_format_carries_the_words_of_the_note(kind):
    assert RENDERINGS[kind](NOTE) == words(plain_text(NOTE))


@pytest.mark.parametrize("kind", RENDERINGS)
def test_what_looks_like_markup_is_only_text(kind):
    document = hostile_document()
    assert RENDERINGS[kind](document) == words(plain_text(document))

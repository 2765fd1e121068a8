"""The tree as DOCX and ODT, by pandoc run as a process of its own, without shell, in its sandbox.

Pandoc is handed its own document tree as JSON, in which our text is text: there is no markup to
escape. What it gives back is put in order: the step's colours, the title in the footer, the
alternative text of each drawing, and a zip without a clock, so that bytes do not change.
"""

import base64
import datetime
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch
from html import escape
from typing import Any, Literal

import typst

from fabrique.document import fonts, tree
from fabrique.document.charts import Drawn, Line, drawn
from fabrique.document.failures import RenderingFailed
from fabrique.document.network_drawing import network_svg
from fabrique.document.office_fonts import embed_in_docx, embed_in_odt
from fabrique.document.office_package import packed, parts_of
from fabrique.document.office_styles import TONES
from fabrique.document.preparation import Prepared, PreparedDocument, prepared
from fabrique.document.reference_documents import FOLDER, PAGE, TITLE, pandoc_path
from fabrique.document.text import imprint, quoted
from fabrique.document.tree import Citation, Document

Node = dict[str, Any]
Format = Literal["docx", "odt"]

SECONDS_ALLOWED = 60
_FIRM = "\u00a0"


def render_docx(document: Document) -> bytes:
    """The document for Word, with real styles."""
    return _rendered(document, "docx", _finished_docx)


def render_odt(document: Document) -> bytes:
    """The document for LibreOffice, with real styles."""
    return _rendered(document, "odt", _finished_odt)


def _rendered(
    document: Document,
    kind: Format,
    finish: Callable[[dict[str, bytes], PreparedDocument], dict[str, bytes]],
) -> bytes:
    ready = prepared(document)
    made = _converted(_ast(ready), kind, document.issued_on)
    return packed(finish(parts_of(made), ready))


def _converted(ast: Node, kind: Format, issued_on: datetime.date) -> bytes:
    noon = datetime.datetime.combine(issued_on, datetime.time(12), tzinfo=datetime.UTC)
    command = [
        pandoc_path(),
        "--sandbox",
        "--from=json",
        f"--to={kind}",
        f"--reference-doc={FOLDER / f'reference.{kind}'}",
        "--output=-",
    ]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(ast).encode(),
            capture_output=True,
            check=True,
            timeout=SECONDS_ALLOWED,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))},
        )
    except subprocess.CalledProcessError as error:
        message = error.stderr.decode(errors="replace")
        raise RenderingFailed("pandoc_refused", {"format": kind, "message": message}) from error
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed("pandoc_too_slow", {"seconds": SECONDS_ALLOWED}) from error
    return done.stdout


# The tree in pandoc's words


def _ast(ready: PreparedDocument) -> Node:
    document = ready.document
    language = {"fr": "fr-FR", "en": "en-GB"}.get(document.lang[:2], document.lang)
    return {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"lang": {"t": "MetaString", "c": language}},
        "blocks": [
            *_masthead(ready),
            *(node for section in document.sections for node in _section(section, ready)),
            *_sources(ready),
            *_colophon(ready),
        ],
    }


def _text(text: str) -> list[Node]:
    """One node a word, as pandoc's own readers do; line ends become spaces."""
    nodes: list[Node] = []
    for place, word in enumerate(re.split(r"[ \n\t]+", text)):
        if place:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def _styled(style: str, inlines: Sequence[Node]) -> Node:
    paragraph = {"t": "Para", "c": list(inlines)}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [paragraph]]}


def _span(style: str, text: str) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", style]]], _text(text)]}


def _heading(rank: int, inlines: Sequence[Node]) -> Node:
    return {"t": "Header", "c": [rank, ["", [], []], list(inlines)]}


def _tab() -> Node:
    return {"t": "Str", "c": "\t"}


def _marked(text: str, citations: Sequence[Citation], ready: Prepared) -> list[Node]:
    pieces: list[Node] = []
    for piece, value in ready.marks(citations):
        words = _text(piece)
        if value is None:
            pieces += words
        else:
            pieces.append({"t": "Link", "c": [["", [], []], words, [f"#source-{value}", ""]]})
    inlines = _text(text)
    if pieces:
        inlines += [{"t": "Str", "c": _FIRM}, {"t": "Superscript", "c": pieces}]
    return inlines


def _masthead(ready: PreparedDocument) -> Iterator[Node]:
    document = ready.document
    if document.notice:
        yield _styled("Avertissement", _text(document.notice))
    above = [_span("Marque", f"{_FIRM}{document.mark}{_FIRM}")] if document.mark else []
    if document.eyebrow:
        above += [{"t": "Space"}, *_text(document.eyebrow)]
    if above:
        yield _styled("Surtitre", above)
    yield _styled("Title", _text(document.title))
    if document.subtitle:
        yield _styled("Subtitle", _text(document.subtitle))
    for fact in document.facts:
        yield _styled("Fait", [_span("FaitNom", fact.label), _tab(), *_text(fact.value)])


def _section(section: tree.Section, ready: Prepared) -> Iterator[Node]:
    yield _heading(1, _text(section.title))
    if section.lead:
        yield _styled("Chapeau", _text(section.lead))
    for block in section.blocks:
        yield from _nodes(block, ready, "Corps")


def _sources(ready: PreparedDocument) -> Iterator[Node]:
    if ready.sources:
        yield _heading(1, _text(ready.sources_title))
    for place, source in enumerate(ready.sources, start=1):
        anchor = {"t": "Span", "c": [[f"source-{place}", [], []], [_span("Numero", str(place))]]}
        yield _styled("Source", [anchor, _tab(), *_text(source.label)])


def _colophon(ready: PreparedDocument) -> Iterator[Node]:
    for place, line in enumerate((*ready.document.colophon, imprint(ready))):
        yield _styled("Colophon" if place else "ColophonPremier", _text(line))


@singledispatch
def _nodes(block: object, ready: Prepared, style: str) -> Iterator[Node]:
    raise TypeError(block)


@_nodes.register
def _(block: tree.Paragraph, ready: Prepared, style: str) -> Iterator[Node]:
    yield _styled(style, _marked(block.text, block.citations, ready))


@_nodes.register
def _(block: tree.Bullets, ready: Prepared, style: str) -> Iterator[Node]:
    shown = "Puce" if style == "Corps" else style
    items = [[_styled(shown, _marked(item.text, item.citations, ready))] for item in block.items]
    yield {"t": "BulletList", "c": items}


@_nodes.register
def _(block: tree.Quote, ready: Prepared, style: str) -> Iterator[Node]:
    said = quoted(block.text, ready)
    if block.attribution:
        yield _styled("Citation", _text(said))
        yield _styled("CitationAuteur", _marked(block.attribution, block.citations, ready))
    else:
        yield _styled("Citation", _marked(said, block.citations, ready))


@_nodes.register
def _(block: tree.Table, ready: Prepared, style: str) -> Iterator[Node]:
    numbers = [column.kind == "number" for column in block.columns]
    head = [
        _cell("TeteNombre" if number else "Tete", _text(column.label))
        for column, number in zip(block.columns, numbers, strict=True)
    ]
    rows = [_row(row, numbers, ready) for row in block.rows]
    weights = [{"wide": 2.0, "text": 1.2, "number": 0.7}[column.kind] for column in block.columns]
    yield _styled("Legende", _marked(block.caption, block.citations, ready))
    yield _table("Tableau", weights, head, rows)
    if block.note:
        yield _styled("Provenance", _text(block.note))


def _row(row: tree.Row, numbers: Sequence[bool], ready: Prepared) -> list[Node]:
    first, *others = [*row.cells, *([""] * len(numbers))][: len(numbers)]
    return [
        _cell("CelluleTitre", _marked(first, row.citations, ready)),
        *(
            _cell("CelluleNombre" if number else "Cellule", _text(cell))
            for cell, number in zip(others, numbers[1:], strict=True)
        ),
    ]


def _chart(block: tree.Chart, ready: Prepared, style: str) -> Iterator[Node]:
    table = drawn(block, accent=ready.shades.accent, words=ready.words)
    pictures = _pictures([line.svg for line in table.lines])
    yield _styled("Legende", _marked(block.title, block.citations, ready))
    if block.description:
        yield _styled("Explication", _text(block.description))
    rows = [
        _chart_row(line, table.kinds, picture, ready)
        for line, picture in zip(table.lines, pictures, strict=True)
    ]
    weights = [
        2.9,
        2.6,
        *(
            2.4 if kind == "text" else max(len(heading) / 10, 1.0)
            for kind, heading in zip(table.kinds, table.headings, strict=True)
        ),
    ]
    yield _table("Tableau", weights, _chart_head(table), rows)
    if block.note:
        yield _styled("Provenance", _text(block.note))


def _chart_head(table: Drawn) -> list[Node]:
    ends = [_text(end) for end in table.scale]
    scale = ends[0] if len(ends) == 1 else [*ends[0], {"t": "Str", "c": " → "}, *ends[1]]
    return [
        _cell("Tete", _text(table.subject)),
        _cell("Tete", scale),
        *(
            _cell("TeteNombre" if kind == "number" else "Tete", _text(heading))
            for kind, heading in zip(table.kinds, table.headings, strict=True)
        ),
    ]


def _chart_row(line: Line, kinds: Sequence[str], picture: bytes, ready: Prepared) -> list[Node]:
    address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    size = ["", [], [["width", "40mm"]]]
    image = {"t": "Image", "c": [size, _text(line.alternative), [address, ""]]}
    return [
        _cell("Cellule", _marked(line.bar.label, line.bar.citations, ready)),
        _cell("Cellule", [image]),
        *(
            _cell("CelluleNombre" if kind == "number" else "Cellule", _text(figure))
            for kind, figure in zip(kinds, line.figures, strict=True)
        ),
    ]


_nodes.register(tree.RangeChart, _chart)
_nodes.register(tree.DistributionChart, _chart)
_nodes.register(tree.BarChart, _chart)
_nodes.register(tree.SlopeChart, _chart)
_nodes.register(tree.AbacusChart, _chart)
_nodes.register(tree.PeriodChart, _chart)


@_nodes.register
def _(block: tree.NetworkMap, ready: Prepared, style: str) -> Iterator[Node]:
    (picture,) = _pictures([network_svg(block)], millimetres=160)
    address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    image = {
        "t": "Image",
        "c": [["", [], [["width", "160mm"]]], _text(block.description), [address, ""]],
    }
    yield _styled("Legende", _marked(block.title, block.citations, ready))
    yield _styled("Explication", _text(block.description))
    yield _styled(style, [image])
    if block.note:
        yield _styled("Provenance", _text(block.note))


@_nodes.register
def _(block: tree.KeyFigures, ready: Prepared, style: str) -> Iterator[Node]:
    for start in range(0, len(block.items), 4):
        figures = block.items[start : start + 4]
        cells = [
            _cell_of(
                _styled("Chiffre", _text(figure.value)),
                _styled("ChiffreLibelle", _marked(figure.label, figure.citations, ready)),
                _styled("ChiffreProvenance", _text(figure.provenance)),
            )
            for figure in figures
        ]
        yield _table("Chiffres", [1.0] * len(figures), [], [cells])


@_nodes.register
def _(block: tree.Cards, ready: Prepared, style: str) -> Iterator[Node]:
    for card in block.items:
        if card.tag:
            yield _styled("FicheEtiquette", _text(card.tag))
        if card.text:
            yield _styled("FicheTitre", _text(card.title))
            yield _styled("FicheTexte", _marked(card.text, card.citations, ready))
        else:
            yield _styled("FicheTitre", _marked(card.title, card.citations, ready))


@_nodes.register
def _(block: tree.Callout, ready: Prepared, style: str) -> Iterator[Node]:
    yield _heading(2, _marked(block.title, block.citations, ready))
    for child in block.blocks:
        yield from _nodes(child, ready, "Encadre")


def _cell(style: str, inlines: Sequence[Node]) -> Node:
    return _cell_of(_styled(style, inlines))


def _cell_of(*blocks: Node) -> Node:
    cell: Any = [["", [], []], {"t": "AlignDefault"}, 1, 1, list(blocks)]
    node: Node = cell
    return node


def _table(
    style: str, weights: Sequence[float], head: Sequence[Node], rows: Sequence[Sequence[Node]]
) -> Node:
    nothing = ["", [], []]
    total = sum(weights)
    widths = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": weight / total}] for weight in weights]
    return {
        "t": "Table",
        "c": [
            ["", [], [["custom-style", style]]],
            [None, []],
            widths,
            [nothing, [[nothing, list(head)]] if head else []],
            [[nothing, 0, [], [[nothing, list(row)] for row in rows]]],
            [nothing, []],
        ],
    }


def _pictures(drawings: Sequence[str], *, millimetres: int = 48) -> list[bytes]:
    """Each drawing as PNG, since not every word processor shows SVG."""
    if not drawings:
        return []
    made = typst.compile(
        str(FOLDER / "drawings.typ"),
        root=str(FOLDER),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({"drawings": list(drawings), "width": millimetres})},
        format="png",
        ppi=300.0,
    )
    return made if isinstance(made, list) else [made]


# What pandoc leaves to be put in order


def _finished_docx(parts: dict[str, bytes], ready: PreparedDocument) -> dict[str, bytes]:
    document = ready.document
    text = _coloured(parts["word/document.xml"].decode(), ready)
    parts["word/document.xml"] = re.sub(r'<pic:cNvPr descr="[^"]*"', "<pic:cNvPr", text).encode()
    parts["word/styles.xml"] = _coloured(parts["word/styles.xml"].decode(), ready).encode()
    for name in parts:
        if re.fullmatch(r"word/footer\d*\.xml", name):
            parts[name] = _titled(parts[name].decode(), ready).encode()
    stamp = f"{document.issued_on.isoformat()}T12:00:00Z"
    parts["docProps/core.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.publisher)}</dc:creator>"
        f"<dc:identifier>{escape(document.identifier)}</dc:identifier>"
        f"<dc:language>{escape(document.lang)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()
    embed_in_docx(parts)
    return parts


def _finished_odt(parts: dict[str, bytes], ready: PreparedDocument) -> dict[str, bytes]:
    document = ready.document
    parts["styles.xml"] = _titled(_coloured(parts["styles.xml"].decode(), ready), ready).encode()
    content = _described(parts["content.xml"].decode(), _alternatives(ready))
    parts["content.xml"] = _ruled(content, ready).encode()
    stamp = f"{document.issued_on.isoformat()}T12:00:00"
    parts["meta.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3">'
        f"<office:meta><dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.publisher)}</dc:creator>"
        f"<dc:language>{escape(document.lang)}</dc:language><dc:date>{stamp}</dc:date>"
        f"<meta:creation-date>{stamp}</meta:creation-date>"
        f"<meta:keyword>{escape(document.identifier)}</meta:keyword></office:meta>"
        "</office:document-meta>"
    ).encode()
    embed_in_odt(parts)
    return parts


def _coloured(xml: str, ready: Prepared) -> str:
    """The default accent's shades replaced by the document's."""
    for name in ("strong", "medium", "line", "soft"):
        theirs, ours = getattr(TONES, name), getattr(ready.shades, name)
        xml = xml.replace(theirs, ours).replace(f'"{theirs[1:]}"', f'"{ours[1:]}"')
    return xml


def _titled(xml: str, ready: PreparedDocument) -> str:
    return xml.replace(TITLE, escape(ready.document.title)).replace(PAGE, ready.words.page)


def _alternatives(ready: PreparedDocument) -> list[str]:
    """The alternative text of each drawing, in reading order."""
    return [
        alternative
        for block in tree.blocks_in(ready.document)
        for alternative in _alternatives_of(block, ready)
    ]


def _alternatives_of(block: tree.Block, ready: PreparedDocument) -> list[str]:
    if isinstance(block, tree.NetworkMap):
        return [block.description]
    if not isinstance(block, tree.Chart):
        return []
    table = drawn(block, accent=ready.shades.accent, words=ready.words)
    return [line.alternative for line in table.lines]


def _described(content: str, alternatives: Sequence[str]) -> str:
    waiting = iter(alternatives)
    return re.sub(
        r"(<draw:image [^>]*/>)(?!<svg:desc>)",
        lambda found: f"{found[1]}<svg:desc>{escape(next(waiting, ''))}</svg:desc>",
        content,
    )


def _ruled(content: str, ready: Prepared) -> str:
    """Pandoc's ODT tables have no lines: give them ours, the strong one under the headings."""
    content = re.sub(r"<table:table .*?</table:table>", _figures_apart, content, flags=re.DOTALL)
    padding = 'fo:padding-right="0.2cm" fo:border="none"'
    strong, hair = f"1pt solid {ready.shades.strong}", "0.5pt solid #d9dee1"
    cells = (
        ("TableHeaderRowCell", f'fo:border-bottom="{strong}" style:vertical-align="bottom"'),
        ("TableRowCell", f'fo:border-bottom="{hair}" style:vertical-align="middle"'),
        (_FIGURE_CELL, f'fo:border-top="{strong}" style:vertical-align="top"'),
    )
    for name, looks in cells:
        head = f'<style:style style:name="{name}" style:family="table-cell">'
        content = re.sub(rf"{head}.*?</style:style>", "", content, flags=re.DOTALL)
        made = f"{head}<style:table-cell-properties {padding} {looks}/></style:style>"
        content = content.replace(
            "</office:automatic-styles>", f"{made}</office:automatic-styles>", 1
        )
    content = content.replace(
        "<text:a ",
        '<text:a text:style-name="Internet_20_link" text:visited-style-name="Internet_20_link" ',
    )
    return _unbroken(content)


def _unbroken(content: str) -> str:
    """A short table stays whole on its page."""
    for name, rows in re.findall(
        r'<table:table table:name="(\w+)"(.*?)</table:table>', content, flags=re.DOTALL
    ):
        if rows.count("<table:table-row") <= _ROWS_KEPT_WHOLE:
            content = re.sub(
                rf'(style:name="{name}" style:family="table">\s*<style:table-properties)',
                r'\1 style:may-break-between-rows="false"',
                content,
            )
    return content


_ROWS_KEPT_WHOLE = 15


_FIGURE_CELL = "TableFigureCell"


def _figures_apart(found: re.Match[str]) -> str:
    table = found[0]
    if "<table:table-header-rows>" in table:
        return table
    return table.replace('"TableRowCell"', f'"{_FIGURE_CELL}"')

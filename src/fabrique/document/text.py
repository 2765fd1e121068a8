"""The words of a document in reading order: what every rendering must carry."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from fabrique.document import tree
from fabrique.document.charts import drawn
from fabrique.document.preparation import Prepared, PreparedDocument, prepared
from fabrique.document.tree import Citation, Document
from fabrique.document.wording import day


def plain_text(document: Document) -> str:
    """The whole document as lines of plain text, typography applied; cells part by tabs."""
    ready = prepared(document)
    return "\n".join(line for line in _document_lines(ready) if line.strip()) + "\n"


def imprint(ready: PreparedDocument) -> str:
    """The last line of every rendering: who, when, and which version."""
    document = ready.document
    parts = (document.publisher, day(document.issued_on, document.lang), document.identifier)
    return " · ".join(part for part in parts if part)


def quoted(text: str, ready: Prepared) -> str:
    """Words between the language's quotation marks, unless they already are."""
    if text.startswith(("«", "“")):
        return text
    return f"{ready.words.opening}{text}{ready.words.closing}"


def _document_lines(ready: PreparedDocument) -> Iterator[str]:
    document = ready.document
    yield document.notice
    yield " ".join(part for part in (document.mark, document.eyebrow) if part)
    yield document.title
    yield document.subtitle
    for fact in document.facts:
        yield f"{fact.label}\t{fact.value}"
    for section in document.sections:
        yield section.title
        yield section.lead
        for block in section.blocks:
            yield from _lines(block, ready)
    if ready.sources:
        yield ready.sources_title
    for place, source in enumerate(ready.sources, start=1):
        yield f"{place}\t{source.label}"
    yield from document.colophon
    yield imprint(ready)


def _marked(text: str, citations: Sequence[Citation], ready: Prepared) -> str:
    marks = ready.mark_text(citations)
    return f"{text} {marks}" if marks else text


@singledispatch
def _lines(block: object, ready: Prepared) -> Iterator[str]:
    raise TypeError(block)


@_lines.register
def _(block: tree.Paragraph, ready: Prepared) -> Iterator[str]:
    yield _marked(block.text, block.citations, ready)


@_lines.register
def _(block: tree.Bullets, ready: Prepared) -> Iterator[str]:
    for item in block.items:
        yield _marked(item.text, item.citations, ready)


@_lines.register
def _(block: tree.Quote, ready: Prepared) -> Iterator[str]:
    said = quoted(block.text, ready)
    if block.attribution:
        yield said
        yield _marked(block.attribution, block.citations, ready)
    else:
        yield _marked(said, block.citations, ready)


@_lines.register
def _(block: tree.Table, ready: Prepared) -> Iterator[str]:
    yield _marked(block.caption, block.citations, ready)
    yield "\t".join(column.label for column in block.columns)
    for row in block.rows:
        first, *others = row.cells or ("",)
        yield "\t".join((_marked(first, row.citations, ready), *others))
    yield block.note


def _chart_lines(block: tree.Chart, ready: Prepared) -> Iterator[str]:
    table = drawn(block, accent=ready.shades.accent, words=ready.words)
    yield _marked(block.title, block.citations, ready)
    yield block.description
    yield "\t".join((table.subject, *table.scale, *table.headings))
    for line in table.lines:
        yield "\t".join((_marked(line.bar.label, line.bar.citations, ready), *line.figures))
    yield block.note


_lines.register(tree.RangeChart, _chart_lines)
_lines.register(tree.DistributionChart, _chart_lines)
_lines.register(tree.BarChart, _chart_lines)
_lines.register(tree.SlopeChart, _chart_lines)
_lines.register(tree.AbacusChart, _chart_lines)
_lines.register(tree.PeriodChart, _chart_lines)


@_lines.register
def _(block: tree.NetworkMap, ready: Prepared) -> Iterator[str]:
    yield _marked(block.title, block.citations, ready)
    yield block.description
    yield block.note


@_lines.register
def _(block: tree.KeyFigures, ready: Prepared) -> Iterator[str]:
    for figure in block.items:
        yield figure.value
        yield _marked(figure.label, figure.citations, ready)
        yield figure.provenance


@_lines.register
def _(block: tree.Cards, ready: Prepared) -> Iterator[str]:
    for card in block.items:
        yield card.tag
        if card.text:
            yield card.title
            yield _marked(card.text, card.citations, ready)
        else:
            yield _marked(card.title, card.citations, ready)


@_lines.register
def _(block: tree.Callout, ready: Prepared) -> Iterator[str]:
    yield _marked(block.title, block.citations, ready)
    for child in block.blocks:
        yield from _lines(child, ready)

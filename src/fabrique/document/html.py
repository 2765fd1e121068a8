"""The tree as HTML: a safe fragment for a page, or a page of its own for an export.

Everything that comes from the tree is escaped; nothing carries a style, so that the fragment
stands under a strict content security policy. The look is `templates/document.css`, where every
class starts with `doc-`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from pathlib import Path
from typing import Protocol

from fabrique.document import tree
from fabrique.document.charts import Drawn, drawn
from fabrique.document.network_drawing import network_svg
from fabrique.document.preparation import (
    Prepared,
    PreparedDocument,
    prepared,
    prepared_blocks,
)
from fabrique.document.text import imprint, quoted
from fabrique.document.tree import Block, Citation, Document

STYLESHEET = Path(__file__).parent / "templates" / "document.css"

Link = Callable[[str], str | None]


class _Cited(Protocol):
    """What may be asked « says who? »."""

    @property
    def id(self) -> str: ...
    @property
    def citations(self) -> Sequence[Citation]: ...


@dataclass(frozen=True, slots=True)
class _Page:
    """What a block needs to know of the page it stands on."""

    ready: Prepared
    link: Link | None
    level: int
    lists_sources: bool
    passage_link: Link | None = None

    def heading(self, depth: int, text: str, name: str) -> str:
        rank = min(self.level + depth, 6)
        return f'<h{rank} class="{name}">{text}</h{rank}>'


def render_html(
    document: Document,
    *,
    link: Link | None = None,
    passage_link: Link | None = None,
    level: int = 1,
) -> str:
    """The document as one `<article>`.

    `link` gives the address of what a citation points at, or nothing; without an address the
    number leads to the list of sources at the end. `passage_link` gives, by the `id` of what is
    marked, the address of all it rests on, and comes first in the text. `level` is the rank of
    the title's heading.
    """
    ready = prepared(document)
    page = _Page(ready=ready, link=link, level=level, lists_sources=True, passage_link=passage_link)
    parts = [_masthead(ready, page)]
    parts += [_section(section, page) for section in ready.document.sections]
    parts += [_sources(ready, page), _colophon(ready)]
    return (
        f'<article class="doc" lang="{escape(document.lang)}" data-mark="{escape(document.mark)}">'
        f"{''.join(parts)}</article>"
    )


def render_blocks(
    blocks: Sequence[Block],
    *,
    lang: str = "fr",
    accent: str = "#1f5a6b",
    link: Link | None = None,
    level: int = 3,
) -> str:
    """Some blocks alone, as they will look in the note; their numbers lead only where `link` does.

    `level` is the rank given to the headings of callouts.
    """
    ready = prepared_blocks(blocks, lang=lang, accent=accent)
    page = _Page(ready=ready, link=link, level=level - 2, lists_sources=False)
    inside = "".join(_html(block, page) for block in ready.blocks)
    return f'<div class="doc doc-blocks" lang="{escape(lang)}">{inside}</div>'


def render_html_page(document: Document, *, link: Link | None = None) -> str:
    """A whole page in one file, its style within, readable without us and without network."""
    shades = prepared(document).shades
    accent = f":root{{--doc-accent:{shades.strong}}}"
    return (
        f'<!doctype html>\n<html lang="{escape(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f"<style>{accent}\n{STYLESHEET.read_text(encoding='utf-8')}</style>\n</head>\n"
        f'<body class="doc-page"><main>{render_html(document, link=link)}</main></body>\n</html>\n'
    )


def _masthead(ready: PreparedDocument, page: _Page) -> str:
    document = ready.document
    eyebrow = _mark(document.mark) + _span("doc-eyebrow-text", document.eyebrow)
    facts = "".join(
        f"<div><dt>{escape(fact.label)}</dt> <dd>{escape(fact.value)}</dd></div>"
        for fact in document.facts
    )
    return (
        '<header class="doc-masthead">'
        + _paragraph("doc-notice", document.notice)
        + (f'<p class="doc-eyebrow">{eyebrow}</p>' if eyebrow else "")
        + page.heading(0, escape(document.title), "doc-title")
        + _paragraph("doc-subtitle", document.subtitle)
        + (f'<dl class="doc-facts">{facts}</dl>' if facts else "")
        + "</header>"
    )


def _mark(mark: str) -> str:
    return f'<span class="doc-mark">{escape(mark)}</span> ' if mark else ""


def _section(section: tree.Section, page: _Page) -> str:
    anchor = f' id="doc-{escape(section.key)}"' if section.key else ""
    inside = "".join(_html(block, page) for block in section.blocks)
    return (
        f'<section class="doc-section"{anchor}>'
        + page.heading(1, escape(section.title), "doc-heading")
        + _paragraph("doc-lead", section.lead)
        + f"{inside}</section>"
    )


def _sources(ready: PreparedDocument, page: _Page) -> str:
    if not ready.sources:
        return ""
    entries = "".join(
        f'<li id="doc-source-{place}"><span class="doc-source-number">{place}</span> '
        f"{_linked(source, page)}</li>"
        for place, source in enumerate(ready.sources, start=1)
    )
    heading = page.heading(1, escape(ready.sources_title), "doc-heading doc-heading-sources")
    return f'<section class="doc-sources">{heading}<ol role="list">{entries}</ol></section>'


def _linked(source: Citation, page: _Page) -> str:
    address = page.link(source.ref) if page.link else None
    label = escape(source.label)
    return f'<a href="{escape(address)}">{label}</a>' if address else f"<span>{label}</span>"


def _colophon(ready: PreparedDocument) -> str:
    lines = (*ready.document.colophon, imprint(ready))
    return (
        '<footer class="doc-colophon">'
        + "".join(_paragraph("doc-colophon-line", line) for line in lines)
        + "</footer>"
    )


def _paragraph(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _span(name: str, text: str) -> str:
    return f'<span class="{name}">{escape(text)}</span>' if text else ""


def _anchor(block_id: str) -> str:
    return f' data-block="{escape(block_id)}"' if block_id else ""


def _marked(text: str, node: _Cited, page: _Page) -> str:
    return escape(text) + _numbers(node, page)


def _numbers(node: _Cited, page: _Page) -> str:
    pieces = [
        escape(text) if value is None else _number(value, text, node, page)
        for text, value in page.ready.marks(node.citations)
    ]
    return f' <sup class="doc-marks">{"".join(pieces)}</sup>' if pieces else ""


def _number(value: int, text: str, node: _Cited, page: _Page) -> str:
    source = page.ready.sources[value - 1]
    address = page.passage_link(node.id) if page.passage_link and node.id else None
    if address is None and page.link:
        address = page.link(source.ref)
    if address is None and page.lists_sources:
        address = f"#doc-source-{value}"
    if address is None:
        return f'<span title="{escape(source.label)}">{text}</span>'
    return f'<a href="{escape(address)}" title="{escape(source.label)}">{text}</a>'


@singledispatch
def _html(block: object, page: _Page) -> str:
    raise TypeError(block)


@_html.register
def _(block: tree.Paragraph, page: _Page) -> str:
    text = _marked(block.text, block, page)
    return f'<p class="doc-paragraph"{_anchor(block.id)}>{text}</p>'


@_html.register
def _(block: tree.Bullets, page: _Page) -> str:
    items = "".join(
        f"<li{_anchor(item.id)}>{_marked(item.text, item, page)}</li>" for item in block.items
    )
    return f'<ul class="doc-bullets"{_anchor(block.id)}>{items}</ul>'


@_html.register
def _(block: tree.Quote, page: _Page) -> str:
    said = escape(quoted(block.text, page.ready))
    marks = _numbers(block, page)
    if not block.attribution:
        return f'<blockquote class="doc-quote"{_anchor(block.id)}><p>{said}{marks}</p></blockquote>'
    return (
        f'<figure class="doc-quote"{_anchor(block.id)}><blockquote><p>{said}</p></blockquote>'
        f"<figcaption>{escape(block.attribution)}{marks}</figcaption></figure>"
    )


@_html.register
def _(block: tree.Table, page: _Page) -> str:
    kinds = [column.kind for column in block.columns]
    head = "".join(
        f'<th scope="col" role="columnheader" class="doc-{column.kind}">{escape(column.label)}</th>'
        for column in block.columns
    )
    rows = "".join(_row(row, block, kinds, page) for row in block.rows)
    return (
        f'<div class="doc-table"{_anchor(block.id)}><table role="table">'
        f"<caption>{_marked(block.caption, block, page)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>{_paragraph("doc-note", block.note)}</div>'
    )


def _row(row: tree.Row, table: tree.Table, kinds: Sequence[str], page: _Page) -> str:
    first, *others = row.cells or ("",)
    cells = "".join(
        f'<td role="cell" class="doc-{kind}" data-label="{escape(column.label)}">'
        f"{escape(cell)}</td>"
        for cell, kind, column in zip(others, kinds[1:], table.columns[1:], strict=False)
    )
    heading = _marked(first, row, page)
    return (
        f'<tr role="row"{_anchor(row.id)}><th scope="row" role="rowheader">{heading}</th>'
        f"{cells}</tr>"
    )


def _chart(block: tree.Chart, page: _Page) -> str:
    table = drawn(block, accent=page.ready.shades.accent, words=page.ready.words)
    rows = "".join(
        f'<tr role="row"{_anchor(line.bar.id)}>'
        f'<th scope="row" role="rowheader">{_marked(line.bar.label, line.bar, page)}</th>'
        f'<td role="cell" class="doc-drawn">{line.svg}</td>'
        + "".join(
            f'<td role="cell" class="doc-{kind}" data-label="{escape(heading)}">'
            f"{escape(figure)}</td>"
            for kind, heading, figure in zip(table.kinds, table.headings, line.figures, strict=True)
        )
        + "</tr>"
        for line in table.lines
    )
    return (
        f'<figure class="doc-figure"{_anchor(block.id)}>'
        f'<figcaption><span class="doc-figure-title">'
        f"{_marked(block.title, block, page)}</span> "
        f"{_span('doc-figure-description', block.description)}</figcaption>"
        f'<div class="doc-table"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{_chart_head(table)}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
        f"{_paragraph('doc-note', block.note)}</figure>"
    )


def _chart_head(table: Drawn) -> str:
    scale = " ".join(f"<span>{escape(end)}</span>" for end in table.scale)
    swatches = (*table.swatches, *("" for _ in table.headings))
    return (
        f'<th scope="col" role="columnheader">{escape(table.subject)}</th>'
        f'<th scope="col" role="columnheader" class="doc-scale"><div>{scale}</div></th>'
        + "".join(
            f'<th scope="col" role="columnheader" class="doc-{kind}">{_swatch(colour)}'
            f"{escape(heading)}</th>"
            for kind, heading, colour in zip(table.kinds, table.headings, swatches, strict=False)
        )
    )


def _swatch(colour: str) -> str:
    if not colour:
        return ""
    return (
        '<svg class="doc-swatch" aria-hidden="true" viewBox="0 0 10 10" width="10" height="10">'
        f'<rect width="10" height="10" fill="{colour}"/></svg> '
    )


_html.register(tree.RangeChart, _chart)
_html.register(tree.DistributionChart, _chart)
_html.register(tree.BarChart, _chart)
_html.register(tree.SlopeChart, _chart)
_html.register(tree.AbacusChart, _chart)
_html.register(tree.PeriodChart, _chart)


@_html.register
def _(block: tree.NetworkMap, page: _Page) -> str:
    return (
        f'<figure class="doc-figure doc-map"{_anchor(block.id)}>'
        f'<figcaption><span class="doc-figure-title">{_marked(block.title, block, page)}</span> '
        f"{_span('doc-figure-description', block.description)}</figcaption>"
        f"{network_svg(block)}{_paragraph('doc-note', block.note)}</figure>"
    )


@_html.register
def _(block: tree.KeyFigures, page: _Page) -> str:
    items = "".join(
        f'<li{_anchor(figure.id)}><strong class="doc-value">{escape(figure.value)}</strong> '
        f'<span class="doc-label">{_marked(figure.label, figure, page)}</span> '
        f"{_span('doc-provenance', figure.provenance)}</li>"
        for figure in block.items
    )
    return f'<ul class="doc-figures" role="list"{_anchor(block.id)}>{items}</ul>'


@_html.register
def _(block: tree.Cards, page: _Page) -> str:
    items = "".join(_card(card, page) for card in block.items)
    return f'<ul class="doc-cards" role="list"{_anchor(block.id)}>{items}</ul>'


def _card(card: tree.Card, page: _Page) -> str:
    marks = _numbers(card, page)
    title = escape(card.title) + ("" if card.text else marks)
    text = f'<span class="doc-card-text">{escape(card.text)}{marks}</span>' if card.text else ""
    return (
        f"<li{_anchor(card.id)}>{_span('doc-tag', card.tag)} "
        f'<strong class="doc-card-title">{title}</strong> {text}</li>'
    )


@_html.register
def _(block: tree.Callout, page: _Page) -> str:
    inside = "".join(_html(child, page) for child in block.blocks)
    title = page.heading(2, _marked(block.title, block, page), "doc-callout-title")
    return f'<aside class="doc-callout"{_anchor(block.id)}>{title}{inside}</aside>'

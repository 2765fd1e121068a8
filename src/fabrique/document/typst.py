"""The tree as PDF, by Typst run in this process: tagged, PDF/UA-1, the same bytes each time.

The template is `templates/note.typ`. What the tree says reaches it as JSON data, never as Typst
source, so that nothing anybody typed can be taken for markup.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

import typst

from fabrique.document import fonts, tree
from fabrique.document.charts import drawn
from fabrique.document.failures import RenderingFailed
from fabrique.document.network_drawing import network_svg
from fabrique.document.preparation import Prepared, PreparedDocument, prepared
from fabrique.document.text import imprint, quoted
from fabrique.document.tree import Citation, Document

TEMPLATES = Path(__file__).parent / "templates"

Json = dict[str, Any]


def render_pdf(document: Document) -> bytes:
    """The document as a tagged A4 PDF."""
    ready = prepared(document)
    return compiled("note.typ", _note(ready), issued_on=document.issued_on)


def compiled(template: str, data: Mapping[str, Any], *, issued_on: datetime.date) -> bytes:
    """One of our templates applied to data, as PDF/UA-1 dated from `issued_on`."""
    noon = datetime.datetime.combine(issued_on, datetime.time(12), tzinfo=datetime.UTC)
    try:
        compiler = typst.Compiler(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=[str(fonts.folder())],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False)},
        )
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=noon)
    except typst.TypstError as error:
        raise RenderingFailed(
            "typst_refused", {"template": template, "message": error.message}
        ) from error
    if not isinstance(made, bytes):
        raise RenderingFailed("typst_refused", {"template": template, "message": "no PDF"})
    return made


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return fonts.drawable(value)
    if isinstance(value, Mapping):
        return {key: _drawable(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(child) for child in value]
    return value


def _note(ready: PreparedDocument) -> Json:
    document = ready.document
    return {
        "lang": document.lang[:2],
        "title": document.title,
        "subtitle": document.subtitle,
        "eyebrow": document.eyebrow,
        "mark": document.mark,
        "notice": document.notice,
        "publisher": document.publisher,
        "issued": list(document.issued_on.timetuple()[:3]),
        "identifier": document.identifier,
        "facts": [{"label": fact.label, "value": fact.value} for fact in document.facts],
        "sections": [
            {
                "title": section.title,
                "lead": section.lead,
                "blocks": [_data(block, ready) for block in section.blocks],
            }
            for section in document.sections
        ],
        "sources": [source.label for source in ready.sources],
        "colophon": [*document.colophon, imprint(ready)],
        "words": {"sources": ready.sources_title, "page": ready.words.page},
        "shades": {
            name: getattr(ready.shades, name)
            for name in ("accent", "strong", "medium", "line", "soft", "on_strong")
        },
    }


def _marks(citations: Sequence[Citation], ready: Prepared) -> list[Json]:
    return [{"text": text, "to": value} for text, value in ready.marks(citations)]


@singledispatch
def _data(block: object, ready: Prepared) -> Json:
    raise TypeError(block)


@_data.register
def _(block: tree.Paragraph, ready: Prepared) -> Json:
    return {"kind": "paragraph", "text": block.text, "marks": _marks(block.citations, ready)}


@_data.register
def _(block: tree.Bullets, ready: Prepared) -> Json:
    items = [{"text": item.text, "marks": _marks(item.citations, ready)} for item in block.items]
    return {"kind": "bullets", "items": items}


@_data.register
def _(block: tree.Quote, ready: Prepared) -> Json:
    return {
        "kind": "quote",
        "text": quoted(block.text, ready),
        "attribution": block.attribution,
        "marks": _marks(block.citations, ready),
    }


@_data.register
def _(block: tree.Table, ready: Prepared) -> Json:
    width = len(block.columns)
    return {
        "kind": "table",
        "caption": block.caption,
        "columns": [{"label": column.label, "kind": column.kind} for column in block.columns],
        "rows": [
            {
                "cells": [*row.cells, *([""] * width)][:width],
                "marks": _marks(row.citations, ready),
            }
            for row in block.rows
        ],
        "note": block.note,
        "marks": _marks(block.citations, ready),
    }


def _chart(block: tree.Chart, ready: Prepared) -> Json:
    table = drawn(block, accent=ready.shades.accent, words=ready.words)
    return {
        "kind": "chart",
        "title": block.title,
        "description": block.description,
        "marks": _marks(block.citations, ready),
        "subject": table.subject,
        "scale": list(table.scale),
        "headings": list(table.headings),
        "swatches": list(table.swatches),
        "wordy": table.wordy,
        "lines": [
            {
                "label": line.bar.label,
                "marks": _marks(line.bar.citations, ready),
                "svg": line.svg,
                "alternative": line.alternative,
                "figures": list(line.figures),
            }
            for line in table.lines
        ],
        "note": block.note,
    }


_data.register(tree.RangeChart, _chart)
_data.register(tree.DistributionChart, _chart)
_data.register(tree.BarChart, _chart)
_data.register(tree.SlopeChart, _chart)
_data.register(tree.AbacusChart, _chart)
_data.register(tree.PeriodChart, _chart)


@_data.register
def _(block: tree.NetworkMap, ready: Prepared) -> Json:
    return {
        "kind": "map",
        "title": block.title,
        "description": block.description,
        "marks": _marks(block.citations, ready),
        "svg": network_svg(block),
        "note": block.note,
    }


@_data.register
def _(block: tree.KeyFigures, ready: Prepared) -> Json:
    items = [
        {
            "value": figure.value,
            "label": figure.label,
            "provenance": figure.provenance,
            "marks": _marks(figure.citations, ready),
        }
        for figure in block.items
    ]
    return {"kind": "key_figures", "items": items}


@_data.register
def _(block: tree.Cards, ready: Prepared) -> Json:
    items = [
        {
            "title": card.title,
            "text": card.text,
            "tag": card.tag,
            "marks": _marks(card.citations, ready),
        }
        for card in block.items
    ]
    return {"kind": "cards", "items": items}


@_data.register
def _(block: tree.Callout, ready: Prepared) -> Json:
    return {
        "kind": "callout",
        "title": block.title,
        "marks": _marks(block.citations, ready),
        "blocks": [_data(child, ready) for child in block.blocks],
    }

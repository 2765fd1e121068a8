"""What every renderer does first: set the typography, number the citations, pick the shades.

Citations of a whole list (bullets, cards, key figures) are shown at its last item, since such a
list has no words of its own to hang a number on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from fabrique.document.colours import Shades, shades
from fabrique.document.tree import (
    Block,
    Bullets,
    Callout,
    Cards,
    Citation,
    Document,
    KeyFigures,
    citations_in,
)
from fabrique.document.typography import typeset
from fabrique.document.wording import Wording, wording

# What XML 1.0 forbids: a pasted control character must not cost the DOCX or the ODT.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_PROSE = frozenset({"id", "ref", "key", "accent", "lang", "identifier", "kind", "mark"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """Blocks ready to be drawn, with the numbers of what they rest on."""

    blocks: tuple[Block, ...]
    lang: str
    words: Wording
    shades: Shades
    sources: tuple[Citation, ...]
    numbers: Mapping[str, int]

    def marks(self, citations: Sequence[Citation]) -> tuple[tuple[str, int | None], ...]:
        """The pieces of « 3, 5-8 »: text, and the number it stands for when it is one."""
        return _spelled(sorted({self.numbers[citation.ref] for citation in citations}))

    def mark_text(self, citations: Sequence[Citation]) -> str:
        return "".join(text for text, _ in self.marks(citations))


@dataclass(frozen=True, slots=True)
class PreparedDocument(Prepared):
    """A whole document ready to be drawn."""

    document: Document

    @property
    def sources_title(self) -> str:
        return self.document.sources_title or self.words.sources


def prepared(document: Document) -> PreparedDocument:
    dressed: Document = _dressed(document, document.lang)
    sections = tuple(
        replace(section, blocks=tuple(_carried(block) for block in section.blocks))
        for section in dressed.sections
    )
    dressed = replace(dressed, sections=sections)
    sources = _distinct(dressed.sections)
    return PreparedDocument(
        blocks=tuple(block for section in sections for block in section.blocks),
        lang=document.lang,
        words=wording(document.lang),
        shades=shades(document.accent),
        sources=sources,
        numbers=_numbers(sources),
        document=dressed,
    )


def prepared_blocks(blocks: Sequence[Block], *, lang: str, accent: str) -> Prepared:
    """Some blocks alone, for a page that shows them outside any document."""
    dressed = tuple(_carried(_dressed(block, lang)) for block in blocks)
    sources = _distinct(dressed)
    return Prepared(
        blocks=dressed,
        lang=lang,
        words=wording(lang),
        shades=shades(accent),
        sources=sources,
        numbers=_numbers(sources),
    )


def _dressed(node: Any, lang: str) -> Any:
    if isinstance(node, str):
        return typeset(_UNPRINTABLE.sub("", node), lang)
    if isinstance(node, tuple):
        return tuple(_dressed(child, lang) for child in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    prose = [field.name for field in fields(node) if field.name not in _NOT_PROSE]
    return replace(node, **{name: _dressed(getattr(node, name), lang) for name in prose})


def _carried(block: Block) -> Block:
    if isinstance(block, Callout):
        return replace(block, blocks=tuple(_carried(child) for child in block.blocks))
    if isinstance(block, Bullets | Cards | KeyFigures) and block.citations and block.items:
        *first, last = block.items
        last = replace(last, citations=(*last.citations, *block.citations))
        changes: dict[str, Any] = {"items": (*first, last), "citations": ()}
        return replace(block, **changes)
    return block


def _distinct(node: object) -> tuple[Citation, ...]:
    by_ref: dict[str, Citation] = {}
    for citation in citations_in(node):
        by_ref.setdefault(citation.ref, citation)
    return tuple(by_ref.values())


def _numbers(sources: Sequence[Citation]) -> dict[str, int]:
    return {citation.ref: place for place, citation in enumerate(sources, start=1)}


def _spelled(numbers: Sequence[int]) -> tuple[tuple[str, int | None], ...]:
    """Three numbers or more that follow one another are shown as a run."""
    pieces: list[tuple[str, int | None]] = []
    for run in _runs(numbers):
        shown = run if len(run) < 3 else [run[0], run[-1]]
        between = ", " if len(run) < 3 else "–"
        for place, value in enumerate(shown):
            if pieces:
                pieces.append((between if place else ", ", None))
            pieces.append((str(value), value))
    return tuple(pieces)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for value in numbers:
        if runs and runs[-1][-1] == value - 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs

"""A passage: the smallest thing one edits, moves or cites in a note.

The tree's lists hold many lines; a draft stores them one by one, and the note puts them back
together. Pure functions on the document tree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from fabrique.document.tree import (
    Block,
    Bullets,
    Callout,
    Citation,
    Item,
    Paragraph,
    Quote,
    citations_in,
)

KINDS = ("paragraph", "bullet", "quote")


@dataclass(frozen=True, slots=True)
class Words:
    """What a person may retype in a passage."""

    text: str
    attribution: str = ""


def split(block: Block) -> list[tuple[str, Block]]:
    """The passages of a block, each with the end of its key: one a line for a list."""
    if not isinstance(block, Bullets):
        return [("", block)]
    *first, last = block.items
    items = (*first, replace(last, citations=(*last.citations, *block.citations)))
    return [
        (f"/{item.id or place}", Bullets((replace(item, id=""),)))
        for place, item in enumerate(items)
    ]


def joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Passages put back together: lines that follow one another are one list."""
    together: list[Block] = []
    for block in blocks:
        before = together[-1] if together else None
        if isinstance(block, Bullets) and isinstance(before, Bullets):
            together[-1] = replace(before, items=(*before.items, *block.items))
        else:
            together.append(block)
    return tuple(together)


def words_of(block: Block) -> Words | None:
    """The words one may retype; nothing for figures and what comes with them."""
    if isinstance(block, Paragraph):
        return Words(block.text)
    if isinstance(block, Quote):
        return Words(block.text, block.attribution)
    if isinstance(block, Bullets) and len(block.items) == 1:
        return Words(block.items[0].text)
    return None


def reworded(block: Block, words: Words) -> Block:
    """The passage in other words, resting on the same citations."""
    if isinstance(block, Quote):
        return replace(block, text=words.text, attribution=words.attribution)
    if isinstance(block, Bullets):
        return replace(block, items=(replace(block.items[0], text=words.text),))
    if isinstance(block, Paragraph):
        return replace(block, text=words.text)
    raise TypeError(block)


def written(kind: str, words: Words) -> Block:
    """A new passage of one of ``KINDS``."""
    if kind == "bullet":
        return Bullets((Item(words.text),))
    if kind == "quote":
        return Quote(words.text, words.attribution)
    return Paragraph(words.text)


def citations_of(block: Block) -> tuple[Citation, ...]:
    """All that a passage rests on, each thing once, in reading order."""
    return tuple({citation.ref: citation for citation in citations_in(block)}.values())


def resting_on(block: Block, citation: Citation) -> Block:
    """The passage with one citation more; the same passage when it already has it."""
    if any(known.ref == citation.ref for known in citations_of(block)):
        return block
    if isinstance(block, Bullets) and block.items:
        last = block.items[-1]
        last = replace(last, citations=(*last.citations, citation))
        return replace(block, items=(*block.items[:-1], last))
    return replace(block, citations=(*block.citations, citation))


def without(block: Block, refs: Iterable[str]) -> Block:
    """The passage without some of its citations, however deep they lie."""
    gone = set(refs)
    kept: Block = _citing(block, lambda all_: tuple(one for one in all_ if one.ref not in gone))
    return kept


def relabelled(block: Block, labels: dict[str, str]) -> Block:
    """The passage with its citations' labels as they are now; those without one are dropped."""
    known: Block = _citing(
        block,
        lambda all_: tuple(Citation(one.ref, labels[one.ref]) for one in all_ if one.ref in labels),
    )
    return known


def named(block: Block, key: str) -> Block:
    """The passage carrying one identifier, on itself and on each part that is cited."""
    if isinstance(block, Callout):
        inside = tuple(named(child, key) for child in block.blocks)
        return replace(block, id=key, blocks=inside)
    changes: dict[str, Any] = {
        name: tuple(replace(part, id=key) for part in getattr(block, name))
        for name in ("items", "rows", "bars", "lines")
        if hasattr(block, name)
    }
    if not isinstance(block, Bullets):
        changes["id"] = key
    return replace(block, **changes)


def _citing(node: Any, change: Callable[[tuple[Citation, ...]], tuple[Citation, ...]]) -> Any:
    if isinstance(node, tuple):
        return tuple(_citing(child, change) for child in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changes: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name == "citations":
            changes[field.name] = change(value)
        elif isinstance(value, tuple):
            changes[field.name] = _citing(value, change)
    return replace(node, **changes)

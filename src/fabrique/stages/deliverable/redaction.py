"""What a document says once some of what it rests on was taken back.

A passage, a line, a row or a bar that cites something gone says so in place of its words, and
cites nothing any more. What stands around it (the description of a chart, a sentence that cites
nothing) is kept unless it names what is gone. Pure functions on the document tree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from fabrique.document.tree import (
    Block,
    Callout,
    Card,
    Citation,
    Document,
    Item,
    KeyFigure,
    Paragraph,
    Row,
)

#: A name this long is not a word one uses by chance.
TELLING = 12


@dataclass(frozen=True)
class Gone:
    """Something that was taken back: what is said instead, and the names it had."""

    notice: str
    names: frozenset[str] = frozenset()


@dataclass
class Redaction:
    """What is gone, by reference; ``count`` grows with each thing that is replaced."""

    gone: Mapping[str, Gone]
    count: int = 0

    def of_document(self, document: Document) -> Document:
        if not self.gone:
            return document
        sections = tuple(
            replace(
                section,
                lead=self._said(section.lead),
                blocks=tuple(map(self.of_block, section.blocks)),
            )
            for section in document.sections
        )
        return replace(document, sections=sections)

    def of_block(self, block: Block) -> Block:
        """The block as it may be shown; itself when nothing in it is gone."""
        if not self.gone:
            return block
        if found := self._in(block):
            return Paragraph(self._notice(found), id=block.id)
        changes: dict[str, Any] = {}
        lost: list[Gone] = []
        dropped = False
        for name, parts in _parts_of(block):
            kept = [self._part(part, lost) for part in parts]
            changes[name] = tuple(part for part in kept if part is not None)
            dropped = dropped or None in kept
        if lost and not all(changes.values()):
            return Paragraph(lost[0].notice, id=block.id)
        whole = replace(block, **changes) if changes else block
        return self._around(whole, lost, says_so=dropped)

    def _part(self, part: Any, lost: list[Gone]) -> Any:
        """A line, a row or a figure; a bar without its figures would mean nothing: it goes."""
        if isinstance(part, Block):
            return self.of_block(part)
        found = self._in(part)
        if found is None:
            return part
        notice = self._notice(found)
        lost.append(found)
        if isinstance(part, Item):
            return Item(notice, id=part.id)
        if isinstance(part, Row):
            return Row((notice, *[""] * (len(part.cells) - 1)), id=part.id)
        if isinstance(part, Card):
            return Card(notice, id=part.id)
        if isinstance(part, KeyFigure):
            return KeyFigure("–", notice, id=part.id)
        return None

    def _in(self, node: Any) -> Gone | None:
        """The first thing gone that a node cites; else one it names, when it cites nothing."""
        citations: tuple[Citation, ...] = node.citations
        for citation in citations:
            if citation.ref in self.gone:
                return self.gone[citation.ref]
        if citations or isinstance(node, Callout) or any(_parts_of(node)):
            return None
        return self._named(_words_of(node), at_least=TELLING)

    def _around(self, block: Any, lost: list[Gone], *, says_so: bool) -> Block:
        """The words of a block whose parts were read, without the names of what is gone."""
        names = [
            name for name in ("title", "caption", "description", "note") if hasattr(block, name)
        ]
        said = {name: self._said(getattr(block, name), among=lost) for name in names}
        if says_so:
            notices = dict.fromkeys(one.notice for one in lost)
            said["note"] = " ".join(one for one in [said["note"], *notices] if one)
        changed: Block = replace(block, **said)
        return changed

    def _said(self, words: str, *, among: Iterable[Gone] | None = None) -> str:
        """Words of a container: all of what its own parts named counts, and telling names."""
        found = self._named(words, at_least=TELLING)
        if found is None and among is not None:
            found = self._named(words, at_least=1, among=among)
        return self._notice(found) if found else words

    def _named(
        self, words: str, *, at_least: int, among: Iterable[Gone] | None = None
    ) -> Gone | None:
        plain = words.casefold()
        for one in self.gone.values() if among is None else among:
            names = (name for name in one.names if len(name) >= at_least)
            if any(name.casefold() in plain for name in names):
                return one
        return None

    def _notice(self, found: Gone) -> str:
        self.count += 1
        return found.notice


def _parts_of(node: Any) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """The fields of a node that hold nodes which cite."""
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name == "citations" or not isinstance(value, tuple) or not value:
            continue
        if is_dataclass(value[0]) and hasattr(value[0], "citations"):
            yield field.name, value


def _words_of(node: Any) -> str:
    """Every word under a node, to look for a name in."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple):
        return " ".join(map(_words_of, node))
    if not is_dataclass(node):
        return ""
    names = (field.name for field in fields(node) if field.name not in ("id", "citations"))
    return " ".join(_words_of(getattr(node, name)) for name in names)

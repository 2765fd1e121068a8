"""What changed from one frozen version to the next, passage by passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fabrique.document.tree import Block, Bullets, Cards, Document, Item, KeyFigures
from fabrique.stages.deliverable.passages import words_of


@dataclass(frozen=True, kw_only=True)
class Reworded:
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Differences:
    """Passages by their words, figures by their title; ``recounted`` are figures that differ."""

    added: Sequence[str]
    removed: Sequence[str]
    reworded: Sequence[Reworded]
    recounted: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.reworded or self.recounted)


def differences(before: Document, after: Document) -> Differences:
    """From one version to the next of the same deliverable, in the order of the pages."""
    old, new = passages_by_key(before), passages_by_key(after)
    kept = [(old[key], new[key]) for key in new if key in old]
    return Differences(
        added=[_name(new[key]) for key in new if key not in old],
        removed=[_name(old[key]) for key in old if key not in new],
        reworded=[
            Reworded(before=_name(one), after=_name(other))
            for one, other in kept
            if _name(one) != _name(other)
        ],
        recounted=[
            _name(other)
            for one, other in kept
            if _name(one) == _name(other) and not _has_words(other) and one != other
        ],
    )


def passages_by_key(document: Document) -> dict[str, Block | Item]:
    """Each passage of a frozen document under the key of the row it was written in."""
    return dict(_passages(document))


def says_the_same(before: Document, after: Document) -> bool:
    """Whether two documents hold the same words and figures, whatever their dates and numbers."""
    return (before.title, before.subtitle, before.facts, before.sections) == (
        after.title,
        after.subtitle,
        after.facts,
        after.sections,
    )


def _passages(document: Document) -> Iterator[tuple[str, Block | Item]]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Bullets):
                yield from ((item.id, item) for item in block.items)
            else:
                yield block.id, block


def _has_words(passage: Block | Item) -> bool:
    return isinstance(passage, Item) or words_of(passage) is not None


def _name(passage: Block | Item) -> str:
    if isinstance(passage, Item):
        return passage.text
    if words := words_of(passage):
        return words.text
    if isinstance(passage, KeyFigures):
        return ", ".join(f"{figure.value} {figure.label}" for figure in passage.items)
    if isinstance(passage, Cards):
        return ", ".join(card.title for card in passage.items)
    return str(getattr(passage, "title", "") or getattr(passage, "caption", ""))

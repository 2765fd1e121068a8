"""What changed since the group's last note: what it left open, and what the session took up.

Facts only: that a blind spot is not named again does not mean that it is no longer one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fabrique.document.tree import Block, Bullets, Citation, Document, Item, Paragraph
from fabrique.stages.deliverable.passages import citations_of, split, words_of

FOLLOWED = ("blind_spots", "open_questions")


@dataclass(frozen=True)
class Line:
    """One line of a section, and what it rests on."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Changes:
    """For one section: what was already there, what was not taken up again, what is new."""

    section: str
    again: Sequence[Line]
    not_again: Sequence[Line]
    new: Sequence[Line]

    def __bool__(self) -> bool:
        return bool(self.again or self.not_again)


def changes_since(previous: Document, now: Mapping[str, Sequence[Block]]) -> list[Changes]:
    """Section by section, for those that are followed from one note to the next."""
    compared = []
    for key in FOLLOWED:
        before = list(_lines(_blocks_of(previous, key)))
        after = list(_lines(now.get(key, ())))
        known, present = _texts(before), _texts(after)
        compared.append(
            Changes(
                section=key,
                again=[line for line in before if _plain(line.text) in present],
                not_again=[line for line in before if _plain(line.text) not in present],
                new=[line for line in after if _plain(line.text) not in known],
            )
        )
    return [change for change in compared if change]


def _blocks_of(document: Document, key: str) -> Iterable[Block]:
    return (block for part in document.sections if part.key == key for block in part.blocks)


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines that say something about something: those that cite."""
    for block in blocks:
        for _key, passage in split(block) if isinstance(block, Bullets) else [("", block)]:
            words, citations = words_of(passage), citations_of(passage)
            if words and citations:
                yield Line(words.text, citations)


def _texts(lines: Iterable[Line]) -> set[str]:
    return {_plain(line.text) for line in lines}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def as_blocks(
    changes: Iterable[Changes], *, lead: str, again: str, not_again: str, key: str
) -> list[Block]:
    """A sentence, then a line for each thing the last note left; the two words say its state."""
    items = [
        Item(
            f"{words} {line.text}", id=f"{change.section}:{state}:{place}", citations=line.citations
        )
        for change in changes
        for state, words, lines in (
            ("again", again, change.again),
            ("not-again", not_again, change.not_again),
        )
        for place, line in enumerate(lines)
    ]
    if not items:
        return []
    return [Paragraph(lead, id=f"changes-lead:{key}"), Bullets(tuple(items), id=f"changes:{key}")]

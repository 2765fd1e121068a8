"""What the editor shows: each passage as it will look, what it rests on, what one may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from fabrique.document.html import render_blocks
from fabrique.document.tree import Block as TreeBlock
from fabrique.document.tree import Citation, Quote
from fabrique.kit.identifiers import new_id
from fabrique.stages.deliverable.analyses.composition import (
    accent_of,
    language_of,
    sections_of,
)
from fabrique.stages.deliverable.analyses.served import drafted
from fabrique.stages.deliverable.enums import BlockOrigin, DeliverableState
from fabrique.stages.deliverable.forms import NewPassageForm, PassageForm
from fabrique.stages.deliverable.models import Block, Deliverable, Version
from fabrique.stages.deliverable.passages import Words, citations_of, words_of
from fabrique.stages.deliverable.queries import citable, last_version, removed_from
from fabrique.stages.programme.models import Meeting


@dataclass
class Passage:
    """One passage in the editor. ``form`` is there when it is open."""

    row: Block
    tree: TreeBlock
    language: str
    accent: str
    form: PassageForm | None = None
    other: Words | None = None
    looking_for: str | None = None
    found: Sequence[Citation] = ()
    is_first: bool = False
    is_last: bool = False
    saved: bool = False
    is_withdrawn: bool = False

    @property
    def html(self) -> SafeString:
        """As it will look; the renderer escapes all that was typed."""
        html = render_blocks([self.tree], lang=self.language, accent=self.accent)
        return mark_safe(html)

    @property
    def words(self) -> Words | None:
        return words_of(self.tree)

    @property
    def name(self) -> str:
        """The first words, to tell one button from the next."""
        words = self.words
        title = getattr(self.tree, "title", "") or getattr(self.tree, "caption", "")
        return " ".join((words.text if words else title).split()[:8])

    @property
    def key(self) -> str:
        return str(self.row.pk)

    @property
    def up(self) -> dict[str, str]:
        return {"sens": "monter"}

    @property
    def down(self) -> dict[str, str]:
        return {"sens": "descendre"}

    @property
    def is_open(self) -> bool:
        return self.form is not None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return citations_of(self.tree)

    @property
    def rests_on_nothing(self) -> bool:
        """What people wrote should say on what; what the session computed rests on its figures."""
        written = self.row.origin != BlockOrigin.DRAFTED
        return written and not self.citations and not self.is_withdrawn


@dataclass
class Part:
    """A section of the note in the editor."""

    key: str
    title: str
    empty_hint: str
    passages: list[Passage]
    new: NewPassageForm
    new_key: UUID


@dataclass
class Editor:
    """A note and all that its page needs."""

    deliverable: Deliverable
    parts: list[Part]
    may_write: bool
    removed: Sequence[Passage]
    version: Version | None

    @property
    def meeting(self) -> Meeting:
        assert self.deliverable.meeting is not None
        return self.deliverable.meeting

    @property
    def is_frozen(self) -> bool:
        return self.deliverable.state == DeliverableState.FROZEN

    @property
    def is_open(self) -> bool:
        """Whether passages may be changed by this viewer now."""
        return self.may_write and not self.is_frozen

    @cached_property
    def passages(self) -> list[Passage]:
        return [passage for part in self.parts for passage in part.passages]

    @property
    def without_sources(self) -> int:
        return sum(passage.rests_on_nothing for passage in self.passages)

    @property
    def cited(self) -> int:
        """How many different things the note rests on."""
        return len({one.ref for passage in self.passages for one in passage.citations})

    @property
    def empty_parts(self) -> list[str]:
        return [part.title for part in self.parts if not part.passages]

    def passage(self, block_id: UUID) -> Passage | None:
        return next((one for one in self.passages if one.row.pk == block_id), None)


def open_editor(
    deliverable: Deliverable,
    *,
    may_write: bool,
    opened: str = "",
    looking_for: str | None = None,
) -> Editor:
    """The whole page, in a constant number of queries; ``opened`` is the passage being edited."""
    assert deliverable.meeting is not None
    language, accent = language_of(deliverable.meeting), accent_of(deliverable.meeting)

    sections = sections_of(deliverable)
    removed = list(removed_from(deliverable)) if may_write else []
    rows = [*(row for section in sections for row in section.blocks), *removed]
    with translation.override(language):
        read = {one.row.pk: one for one in drafted(deliverable, rows)}

    def shown(row: Block) -> Passage:
        return Passage(
            row=row,
            tree=read[row.pk].tree,
            language=language,
            accent=accent,
            is_withdrawn=read[row.pk].is_withdrawn,
        )

    parts = [
        Part(
            key=section.key,
            title=section.title,
            empty_hint=section.empty_hint,
            passages=[shown(row) for row in section.blocks],
            new=NewPassageForm(prefix=section.key),
            new_key=new_id(),
        )
        for section in sections
    ]
    for part in parts:
        for place, passage in enumerate(part.passages):
            passage.is_first, passage.is_last = place == 0, place == len(part.passages) - 1
    editor = Editor(
        deliverable=deliverable,
        parts=parts,
        may_write=may_write,
        removed=[shown(row) for row in removed],
        version=last_version(deliverable),
    )
    if editor.is_open:
        _open(editor, opened, looking_for)
    return editor


def form_of(passage: Passage, data: Any = None) -> PassageForm:
    """The form of a passage, with its words or with what was typed."""
    words = passage.words
    initial = {"text": words.text, "attribution": words.attribution} if words else {}
    return PassageForm(
        data,
        initial=initial,
        is_quote=isinstance(passage.tree, Quote),
        auto_id=f"id_{passage.row.pk}_%s",
    )


def found_for(note: Deliverable, passage: Passage, looking_for: str) -> list[Citation]:
    """What the seminar has that the passage does not cite yet."""
    known = {citation.ref for citation in passage.citations}
    found = citable(note, containing=looking_for)
    return [citation for citation in found if citation.ref not in known]


def _open(editor: Editor, opened: str, looking_for: str | None) -> None:
    passage = next((one for one in editor.passages if str(one.row.pk) == opened), None)
    if passage is None or passage.is_withdrawn:
        return
    passage.form = form_of(passage)
    passage.looking_for = looking_for
    if looking_for is not None:
        passage.found = found_for(editor.deliverable, passage, looking_for)

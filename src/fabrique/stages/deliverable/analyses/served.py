"""A note as it may be read today: what was frozen, without what was taken back since.

The frozen tree stays as it is in the database, under its digest. Pages, files and the API show
what this gives, which is the same tree as long as nothing was taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import ngettext

from fabrique.document.codec import block_from_json, digest, from_json
from fabrique.document.tree import Block as TreeBlock
from fabrique.document.tree import Document, citations_in
from fabrique.stages.deliverable.models import Block, Deliverable, Version
from fabrique.stages.deliverable.passages import named
from fabrique.stages.deliverable.redaction import Redaction
from fabrique.stages.deliverable.references import references_of
from fabrique.stages.deliverable.withheld import Withheld


@dataclass(frozen=True)
class Served:
    """``withdrawn`` is how many passages say that they were."""

    document: Document
    withdrawn: int = 0

    @property
    def sha256(self) -> str:
        return digest(self.document)


def served(version: Version) -> Served:
    """A frozen version, for whoever may read the note."""
    document = from_json(version.tree)
    references = references_of(citations_in(document.sections))
    with translation.override(document.lang):
        withheld = Withheld.from_note(version.deliverable, references)
        redaction = Redaction(withheld.gone(references, since=version.frozen_at))
        shown = redaction.of_document(document)
        if not redaction.count:
            return Served(document)
        line = ngettext(
            "Un passage a été retiré depuis que cette version a été figée ; le reste est inchangé.",
            "%(count)d passages ont été retirés depuis que cette version a été figée ; "
            "le reste est inchangé.",
            redaction.count,
        ) % {"count": redaction.count}
    return Served(replace(shown, colophon=(*shown.colophon, line)), redaction.count)


def read_block(row: Block) -> TreeBlock:
    """The passage of a row as it was written, carrying the row's key."""
    return named(block_from_json(row.content), str(row.pk))


@dataclass(frozen=True)
class Shown:
    """A passage of a draft as it may be read, and whether it still says what was written."""

    row: Block
    tree: TreeBlock
    is_withdrawn: bool = False


def drafted(note: Deliverable, rows: Iterable[Block]) -> list[Shown]:
    """Passages of a draft, in their order. Ask under the language of the note."""
    trees = [(row, read_block(row)) for row in rows]
    references = references_of(citations_in(tuple(tree for _row, tree in trees)))
    withheld = Withheld.from_note(note, references)
    return [_drafted(row, tree, withheld, since=row.updated_at) for row, tree in trees]


def is_withdrawn(row: Block) -> bool:
    """Whether a passage may no longer be shown as it was written."""
    return any(one.is_withdrawn for one in drafted(row.deliverable, [row]))


def _drafted(row: Block, tree: TreeBlock, withheld: Withheld, *, since: datetime) -> Shown:
    references = references_of(citations_in(tree))
    redaction = Redaction(withheld.gone(references, since=since))
    shown = redaction.of_block(tree)
    return Shown(row, shown, is_withdrawn=redaction.count > 0)

"""What may be refused to those who write: a code and parameters, said in French by pages."""

from typing import Any


class DeliverableError(Exception):
    """Nothing was written; what was typed is still with the one who typed it."""

    code = "deliverable_error"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params


class NoNoteExpected(DeliverableError):
    """The blueprint has no outline of a note for this meeting: params ``meeting``."""

    code = "no_note_expected"


class UnknownBlock(DeliverableError):
    code = "unknown_block"


class UnknownSection(DeliverableError):
    """The outline has no such section: params ``section``."""

    code = "unknown_section"


class NoteFrozen(DeliverableError):
    """The note is frozen: reopen it to prepare the next version."""

    code = "note_frozen"


class EditConflict(DeliverableError):
    """Someone else changed the block meanwhile: params ``block`` and ``revision``, as they are now.

    What was typed has not been stored: the page shows both.
    """

    code = "edit_conflict"


class NotEditable(DeliverableError):
    """Figures come from the votes: they are moved, cited or removed, never retyped."""

    code = "not_editable"


class PassageWithdrawn(DeliverableError):
    """What the passage rested on was taken back: it may be removed, no longer edited."""

    code = "passage_withdrawn"


class EmptyBlock(DeliverableError):
    code = "empty_block"


class UnknownSource(DeliverableError):
    """Not a card or a contribution that this note may cite: params ``ref``."""

    code = "unknown_source"


class EmptyNote(DeliverableError):
    """A note with nothing in it is not frozen."""

    code = "empty_note"


class RenderingImpossible(DeliverableError):
    """A file could not be made: params ``format``, ``reason``."""

    code = "rendering_impossible"

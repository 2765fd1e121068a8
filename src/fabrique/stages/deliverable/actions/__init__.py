"""The verbs of a deliverable: the only writers of its rows."""

from fabrique.stages.deliverable.actions.drafting import draft_note
from fabrique.stages.deliverable.actions.editing import (
    add_block,
    cite,
    edit_block,
    move_block,
    remove_block,
    restore_block,
    uncite,
)
from fabrique.stages.deliverable.actions.freezing import (
    ask_for_exports,
    freeze,
    redo_exports,
    reopen,
)
from fabrique.stages.deliverable.actions.rendering import (
    forget_exports,
    render_export,
    render_exports,
    says,
)

__all__ = [
    "add_block",
    "ask_for_exports",
    "cite",
    "draft_note",
    "edit_block",
    "forget_exports",
    "freeze",
    "move_block",
    "redo_exports",
    "remove_block",
    "render_export",
    "render_exports",
    "reopen",
    "restore_block",
    "says",
    "uncite",
]

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
from fabrique.stages.deliverable.actions.freezing import ask_for_exports, freeze, reopen
from fabrique.stages.deliverable.actions.rendering import render_export, render_exports

__all__ = [
    "add_block",
    "ask_for_exports",
    "cite",
    "draft_note",
    "edit_block",
    "freeze",
    "move_block",
    "remove_block",
    "render_export",
    "render_exports",
    "reopen",
    "restore_block",
    "uncite",
]

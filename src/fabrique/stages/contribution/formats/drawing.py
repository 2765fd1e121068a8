"""Charts on screens: the same blocks as in the note, drawn once for both.

A screen that shows one loads `fabrique/document.css`. It leaves out the numbers of sources, which
only mean something above a list of them.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fabrique.document.html import render_blocks
from fabrique.document.tree import Block


def drawn(blocks: Sequence[Block]) -> SafeString:
    """Blocks as HTML; the renderer escapes everything that comes from the tree."""
    bare = [_without_citations(block) for block in blocks]
    return mark_safe(render_blocks(bare, lang=get_language() or "fr"))


def _without_citations(node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(_without_citations(child) for child in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    bare = {field.name: _without_citations(getattr(node, field.name)) for field in fields(node)}
    return replace(node, **(bare | {"citations": ()} if "citations" in bare else bare))

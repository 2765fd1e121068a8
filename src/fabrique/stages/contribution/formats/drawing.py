"""Charts on screens: the same blocks as in the note, drawn once for both."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fabrique.document.html import render_blocks
from fabrique.document.tree import Block


def drawn(blocks: Sequence[Block]) -> SafeString:
    """Blocks as HTML; the renderer escapes everything that comes from the tree."""
    return mark_safe(render_blocks(blocks, lang=get_language() or "fr"))

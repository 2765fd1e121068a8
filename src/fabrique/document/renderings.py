"""The renderings of a tree, gathered: what a caller needs to import."""

from fabrique.document.failures import RenderingFailed
from fabrique.document.html import render_blocks, render_html, render_html_page
from fabrique.document.pandoc import render_docx, render_odt
from fabrique.document.text import plain_text
from fabrique.document.typst import render_pdf

__all__ = [
    "RenderingFailed",
    "plain_text",
    "render_blocks",
    "render_docx",
    "render_html",
    "render_html_page",
    "render_odt",
    "render_pdf",
]

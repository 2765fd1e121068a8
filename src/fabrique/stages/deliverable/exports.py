"""The files a note leaves as: four renderings of one tree, the same words in each."""

from collections.abc import Callable, Mapping

from fabrique.document.renderings import (
    RenderingFailed,
    render_docx,
    render_html_page,
    render_odt,
    render_pdf,
)
from fabrique.document.tree import Document
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.errors import RenderingImpossible

CONTENT_TYPES: Mapping[str, str] = {
    ExportFormat.PDF: "application/pdf",
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.ODT: "application/vnd.oasis.opendocument.text",
    ExportFormat.HTML: "text/html; charset=utf-8",
}
_RENDERERS: Mapping[str, Callable[[Document], bytes]] = {
    ExportFormat.PDF: render_pdf,
    ExportFormat.DOCX: render_docx,
    ExportFormat.ODT: render_odt,
    ExportFormat.HTML: lambda document: render_html_page(document).encode(),
}


def rendered(document: Document, format: str) -> bytes:
    """The whole file; the same document gives the same bytes."""
    try:
        return _RENDERERS[format](document)
    except RenderingFailed as error:
        raise RenderingImpossible(format=format, reason=error.code) from error


def file_name(document: Document, format: str) -> str:
    return f"{document.identifier}.{format}"

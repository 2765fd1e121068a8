"""What one reads: tables, figures, definitions, lists of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.utils.safestring import SafeString

from fabrique.kit.attributes import Attributes, flat_attributes
from fabrique.kit.registry import Props, component


@component(wraps_content=True)
def table(
    content: SafeString,
    caption: str,
    *,
    hidden_caption: bool = False,
    stack: bool = False,
    id: str = "",
    attrs: Attributes | None = None,
) -> Props:
    """A table whose ``thead`` and ``tbody`` the page writes, headers with their ``scope``.

    Narrow screens scroll it; with ``stack`` each row becomes a block, and each cell must carry
    its column's name in ``data-label``.
    """
    return {
        "content": content,
        "caption": caption,
        "hidden_caption": hidden_caption,
        "stack": stack,
        "id": id or f"table-{crc32(str(caption).encode())}",
        "attrs": flat_attributes(attrs),
    }


@component()
def data_table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    numeric: Sequence[int] = (),
    hidden_caption: bool = False,
    empty: str = "",
) -> Props:
    """A table of plain values; the first cell of a row names it. ``numeric`` columns from 0."""
    return {
        "caption": caption,
        "columns": [{"label": name, "numeric": i in numeric} for i, name in enumerate(columns)],
        "rows": [
            [
                {"value": value, "label": columns[i], "numeric": i in numeric}
                for i, value in enumerate(row)
            ]
            for row in rows
        ],
        "hidden_caption": hidden_caption,
        "empty": empty,
    }


@dataclass(frozen=True)
class Definition:
    """A term and what it is; ``href`` when one can go there."""

    term: str
    value: Any
    href: str = ""


@component()
def definitions(items: Iterable[Any]) -> Props:
    """Facts about a thing, as terms and values: pairs, or ``Definition`` when a value is a link."""
    return {
        "items": [item if isinstance(item, Definition) else Definition(*item) for item in items]
    }


@component()
def stat(value: object, label: str, *, provenance: str = "", unit: str = "") -> Props:
    """A figure that matters, with where it comes from: who, how many, when."""
    return {"value": value, "label": label, "provenance": provenance, "unit": unit}


@component()
def progress(value: int, maximum: int, *, label: str, id: str = "") -> Props:
    """« 17 sur 20 ont répondu »: how far along, in words before it is a bar; never who."""
    return {"value": value, "maximum": maximum, "label": label, "id": id}


@component()
def chips(items: Iterable[Any], *, label: str = "") -> Props:
    """A few short words side by side, none of them a link: sectors, institutions, partners."""
    return {"items": list(items), "label": label}

"""The tree as plain JSON: stable, canonical, and signed by its SHA-256.

Every field is written, even when empty, so that two equal trees have one and the same text. What
is read back is checked against the dataclasses' own annotations: there is no second schema.
"""

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin

from fabrique.document import tree
from fabrique.document.failures import MalformedTree
from fabrique.document.tree import Block, Document

VERSION = 1

BLOCKS: Mapping[str, type] = {
    "paragraph": tree.Paragraph,
    "bullets": tree.Bullets,
    "quote": tree.Quote,
    "table": tree.Table,
    "range_chart": tree.RangeChart,
    "distribution_chart": tree.DistributionChart,
    "bar_chart": tree.BarChart,
    "slope_chart": tree.SlopeChart,
    "abacus_chart": tree.AbacusChart,
    "period_chart": tree.PeriodChart,
    "network_map": tree.NetworkMap,
    "key_figures": tree.KeyFigures,
    "cards": tree.Cards,
    "callout": tree.Callout,
}
KIND_OF = {cls: kind for kind, cls in BLOCKS.items()}


def to_json(document: Document) -> dict[str, Any]:
    """The document as plain values, ready for `json.dumps` or a JSON column."""
    written: dict[str, Any] = _written(document)
    return {"version": VERSION, **written}


def from_json(data: Mapping[str, Any]) -> Document:
    """The document back from `to_json`; raises `MalformedTree` on anything else."""
    if data.get("version") != VERSION:
        raise MalformedTree("version_unknown", {"version": data.get("version")})
    rest = {name: value for name, value in data.items() if name != "version"}
    document: Document = _read(Document, rest, "document")
    return document


def block_to_json(block: Block) -> dict[str, Any]:
    """One block alone, for whoever stores blocks one by one."""
    written: dict[str, Any] = _written(block)
    return written


def block_from_json(data: Mapping[str, Any]) -> Block:
    block: Block = _read_block(data, "block")
    return block


def canonical(document: Document) -> bytes:
    """The one text of this tree: UTF-8, keys sorted, no spaces."""
    text = json.dumps(to_json(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(document: Document) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(child) for child in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)  # equal trees, equal texts: 4.0 and 4 are one number
    if is_dataclass(value) and not isinstance(value, type):
        kind = KIND_OF.get(type(value))
        named = {field.name: _written(getattr(value, field.name)) for field in fields(value)}
        return {"kind": kind, **named} if kind else named
    return value


@cache
def _annotations(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(annotation: Any, value: Any, at: str) -> Any:
    if annotation == Block:
        return _read_block(value, at)
    if get_origin(annotation) is tuple:
        return _read_tuple(get_args(annotation)[0], value, at)
    if annotation == date | None:
        return None if value is None else _read_leaf(date, value, at)
    if get_origin(annotation) is Literal:
        return _read_literal(get_args(annotation), value, at)
    if is_dataclass(annotation) and isinstance(annotation, type):
        return _read_node(annotation, value, at)
    return _read_leaf(annotation, value, at)


def _read_block(value: Any, at: str) -> Any:
    if not isinstance(value, Mapping) or value.get("kind") not in BLOCKS:
        raise MalformedTree("block_unknown", {"at": at})
    rest = {name: child for name, child in value.items() if name != "kind"}
    return _read_node(BLOCKS[value["kind"]], rest, at)


def _read_node(cls: type, value: Any, at: str) -> Any:
    if not isinstance(value, Mapping):
        raise MalformedTree("object_expected", {"at": at})
    hints = _annotations(cls)
    known = {field.name: field for field in fields(cls)}
    for name in value:
        if name not in known:
            raise MalformedTree("field_unknown", {"at": f"{at}.{name}"})
    for name, field in known.items():
        if name not in value and field.default is MISSING:
            raise MalformedTree("field_missing", {"at": f"{at}.{name}"})
    return cls(**{name: _read(hints[name], child, f"{at}.{name}") for name, child in value.items()})


def _read_tuple(annotation: Any, value: Any, at: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise MalformedTree("list_expected", {"at": at})
    return tuple(_read(annotation, child, f"{at}[{place}]") for place, child in enumerate(value))


def _read_literal(allowed: tuple[Any, ...], value: Any, at: str) -> Any:
    if value not in allowed:
        raise MalformedTree("value_unknown", {"at": at})
    return value


def _read_leaf(annotation: Any, value: Any, at: str) -> Any:
    if annotation is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise MalformedTree("date_expected", {"at": at}) from None
    if annotation is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(annotation, type | types.UnionType) or not isinstance(value, annotation):
        raise MalformedTree("value_of_wrong_type", {"at": at})
    if annotation is int and isinstance(value, bool):
        raise MalformedTree("value_of_wrong_type", {"at": at})
    return value

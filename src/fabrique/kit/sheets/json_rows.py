"""A JSON list of flat objects, read as a sheet: each key a column, in the order first met."""

import json
from typing import Any

from fabrique.kit.sheets.office import Grid
from fabrique.kit.sheets.sheet import SheetError


def looks_like_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def read_json(content: bytes) -> Grid:
    """Rows numbered from 2, below the names of columns."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SheetError("encoding") from error
    except (ValueError, RecursionError) as error:
        raise SheetError("damaged") from error
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise SheetError("not_a_table")
    columns = list(dict.fromkeys(key for item in data for key in item))
    rows = [[_text(item.get(column)) for column in columns] for item in data]
    return [(1, columns), *enumerate(rows, start=2)] if data else []


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(_text(item) for item in value)
    if isinstance(value, dict):
        raise SheetError("not_a_table")
    return str(value)

"""The codes written on paper cards: a format's letter and a number, « V-07 »."""

import re
from collections.abc import Iterable

_CODE = re.compile(r"^([A-Z]?)\s*[-–.]?\s*(\d{1,3})$")


def plain_paper_code(typed: str, *, letter: str) -> str:
    """The code as printed, however it was typed (« v7 », « 7 », « V 07 »); else nothing."""
    found = _CODE.match(typed.strip().upper())
    if found is None or int(found[2]) == 0:
        return ""
    return f"{found[1] or letter}-{int(found[2]):02d}"


def next_paper_code(codes: Iterable[str], *, letter: str) -> str:
    """The code that follows the last one keyed: cards are usually taken in order."""
    last = next((code for code in codes if code), "")
    prefix, _dash, number = last.rpartition("-")
    return f"{prefix}-{int(number) + 1:02d}" if number.isdigit() else f"{letter}-01"

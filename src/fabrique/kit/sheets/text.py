"""CSV as it really comes: any usual encoding, separator and line end."""

import csv
import io

from charset_normalizer import from_bytes

from fabrique.kit.sheets.office import Grid
from fabrique.kit.sheets.sheet import MOST_ROWS, SheetError

SEPARATORS = (";", ",", "\t")
#: What our own writing puts before a cell that a spreadsheet could take for a formula.
GUARD = "'"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LOOKED_AT = 30
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]


def read_text(content: bytes) -> Grid:
    text = decoded(content)
    separator, text = _separator(text)
    return _rows(text, separator)


def decoded(content: bytes) -> str:
    """The text in these bytes; raises ``SheetError`` when no usual encoding gives text."""
    text = _by_mark(content) or _by_form(content) or _by_resemblance(content)
    if text is None or "\x00" in text or _control_share(text) > 0.01:
        raise SheetError("encoding")
    return text


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    return None


def _by_form(content: bytes) -> str | None:
    """UTF-8 proves itself; UTF-16 without a mark shows by its zeros."""
    sample = content[:2000]
    if sample.count(0) > len(sample) // 4:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        return _decoded_as(content, "utf-16-be" if even > odd else "utf-16-le")
    return _decoded_as(content, "utf-8")


def _by_resemblance(content: bytes) -> str | None:
    best = from_bytes(content, cp_isolation=_OLD_ENCODINGS, threshold=0.5).best()
    return _decoded_as(content, best.encoding if best else "cp1252")


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _control_share(text: str) -> float:
    sample = text[:5000]
    odd = sum(1 for one in sample if ord(one) < 32 and one not in "\r\n\t\x0b\x0c")
    return odd / max(1, len(sample))


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line by which some programs name it."""
    first, _end, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == 5:
        return named[4], rest
    return max(SEPARATORS, key=lambda one: (_regularity(text, one), -SEPARATORS.index(one))), text


def _regularity(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines are cut as the first one it cuts, and in how many cells."""
    widths = [len(cells) for _number, cells in _rows(text, separator, most=_LOOKED_AT)]
    first = next((width for width in widths if width > 1), 0)
    return (widths.count(first), first) if first else (0, 0)


def _rows(text: str, separator: str, *, most: int | None = None) -> Grid:
    """Rows numbered by the line they begin on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    grid: Grid = []
    number = 1
    try:
        for cells in reader:
            grid.append((number, [_unguarded(cell) for cell in cells]))
            number = reader.line_num + 1
            if most is not None and len(grid) >= most:
                break
            if len(grid) > 2 * MOST_ROWS:
                raise SheetError("too_many_rows", limit=MOST_ROWS)
    except csv.Error as error:
        raise SheetError("damaged") from error
    return grid


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(GUARD) and is_formula_like(cell) else cell


def is_formula_like(cell: str) -> bool:
    """Whether a spreadsheet could compute it, our own guards aside."""
    return cell.lstrip(GUARD).startswith(FORMULA_STARTS)

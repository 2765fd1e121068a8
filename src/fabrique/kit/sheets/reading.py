"""Reading a sheet: what it is comes from its content, never from its name."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

from fabrique.kit.sheets.json_rows import looks_like_json, read_json
from fabrique.kit.sheets.office import Grid, read_ods, read_xlsx
from fabrique.kit.sheets.sheet import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
    Row,
    Sheet,
    SheetError,
)
from fabrique.kit.sheets.text import read_text

HEADER_WITHIN = 20
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHER_KINDS = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF"}

IsHeader = Callable[[Sequence[str]], bool]


def read_sheet(content: bytes, *, is_header: IsHeader | None = None) -> Sheet:
    """The sheet in a file's bytes. Raises ``SheetError``.

    ``is_header`` recognises the line of column names among the first ones, below a title and
    the like; without it, or when none is recognised, it is the first line that holds anything.
    """
    if len(content) > MOST_BYTES:
        raise SheetError("too_big", limit=MOST_BYTES // 1_000_000)
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise SheetError("empty")
    grids = [_cleaned(grid) for grid in _grids(content)]
    filled = [grid for grid in grids if grid]
    if not filled:
        raise SheetError("empty")
    return _sheet(*_with_header(filled, is_header))


def _grids(content: bytes) -> list[Grid]:
    if content.startswith(_OLD_OFFICE):
        raise SheetError("old_or_locked")
    for signature, kind in _OTHER_KINDS.items():
        if content.startswith(signature):
            raise SheetError("not_a_sheet", kind=kind)
    if content.startswith(b"PK"):
        return _packed(content)
    if looks_like_json(content):
        return [read_json(content)]
    return [read_text(content)]


def _packed(content: bytes) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            unpacked = sum(entry.file_size for entry in package.infolist())
            kind = package.read("mimetype")[:200] if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError) as error:
        raise SheetError("damaged") from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise SheetError("too_big", limit=MOST_UNPACKED_BYTES // 1_000_000)
    if "xl/workbook.xml" in names:
        return _read_with(read_xlsx, content)
    if b"opendocument.spreadsheet" in kind:
        return _read_with(read_ods, content)
    raise SheetError("not_a_sheet", kind=_package_kind(names, kind))


def _package_kind(names: set[str], kind: bytes) -> str:
    if "word/document.xml" in names:
        return "DOCX"
    if "ppt/presentation.xml" in names:
        return "PPTX"
    return "ODT" if b"opendocument.text" in kind else "ZIP"


def _read_with(read: Callable[[bytes], list[Grid]], content: bytes) -> list[Grid]:
    """Both libraries raise anything at all on a damaged or hostile package."""
    try:
        return read(content)
    except SheetError:
        raise
    except Exception as error:
        raise SheetError("damaged") from error


def _cleaned(grid: Grid) -> list[Row]:
    """Rows that hold something, cells without the spaces around them."""
    rows: list[Row] = []
    for number, cells in grid:
        texts = tuple(_plain(cell) for cell in cells[:MOST_COLUMNS])
        if any(texts):
            rows.append(Row(number, texts))
        if len(rows) > MOST_ROWS + HEADER_WITHIN:
            raise SheetError("too_many_rows", limit=MOST_ROWS)
    return rows


def _plain(cell: str) -> str:
    """Text a database takes: no control character but line ends and tabs."""
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return "".join(one for one in lines if one in "\n\t" or ord(one) >= 32).strip(" \n\t\u00a0")


def _with_header(grids: Sequence[list[Row]], is_header: IsHeader | None) -> tuple[Row, list[Row]]:
    if is_header is not None:
        for grid in grids:
            for place, row in enumerate(grid[:HEADER_WITHIN]):
                if is_header(row.cells):
                    return row, grid[place + 1 :]
    return grids[0][0], grids[0][1:]


def _sheet(header: Row, rows: Iterable[Row]) -> Sheet:
    kept = list(rows)
    if len(kept) > MOST_ROWS:
        raise SheetError("too_many_rows", limit=MOST_ROWS)
    width = max((place for row in [header, *kept] for place in _filled(row)), default=0) + 1
    return Sheet(
        columns=_fitted(header.cells, width),
        rows=tuple(Row(row.number, _fitted(row.cells, width)) for row in kept),
    )


def _filled(row: Row) -> list[int]:
    return [place for place, cell in enumerate(row.cells) if cell]


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))

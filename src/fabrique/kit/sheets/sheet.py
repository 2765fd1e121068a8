"""What a sheet is once read: names of columns, and lines of text cells."""

from dataclasses import dataclass
from typing import Any

#: A sheet is a list of people or of sentences, never a database.
MOST_BYTES = 10_000_000
MOST_UNPACKED_BYTES = 100_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200


class SheetError(Exception):
    """The sheet cannot be read.

    Codes: ``empty``, ``not_a_sheet`` (``kind``), ``old_or_locked``, ``damaged``, ``encoding``,
    ``too_big`` (``limit``, in megabytes), ``too_many_rows`` (``limit``), ``not_a_table``.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Row:
    """One line that holds something; ``number`` is the one the program shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Every row has as many cells as there are columns; empty rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

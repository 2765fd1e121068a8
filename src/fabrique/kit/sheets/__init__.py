"""Sheets people fill elsewhere, read without guessing wrong and written without traps.

``read_sheet`` takes XLSX, ODS, CSV or JSON and gives text cells with the line each came from,
whatever the program, encoding or separator; ``match_columns`` finds columns by tolerant names;
``write_sheet`` gives the three formats back, no cell of which can be taken for a formula;
``write_book`` puts several sheets in one file.
What the columns mean is the caller's business; ``wording.say`` tells a refusal in French.
"""

from fabrique.kit.sheets.columns import ColumnMatch, match_columns, plain_name
from fabrique.kit.sheets.reading import read_sheet
from fabrique.kit.sheets.sheet import Row, Sheet, SheetError
from fabrique.kit.sheets.writing import MEDIA_TYPES, Table, write_book, write_sheet

__all__ = [
    "MEDIA_TYPES",
    "ColumnMatch",
    "Row",
    "Sheet",
    "SheetError",
    "Table",
    "match_columns",
    "plain_name",
    "read_sheet",
    "write_book",
    "write_sheet",
]

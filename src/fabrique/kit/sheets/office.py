"""XLSX and ODS as grids of text: what one reads in the cell, dates as 2020-09-17."""

import io
from datetime import date, datetime, time
from typing import Any

from odf import opendocument, teletype
from odf.namespaces import OFFICENS, TABLENS
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from openpyxl import load_workbook

from fabrique.kit.sheets.sheet import MOST_COLUMNS, MOST_ROWS, SheetError

#: Numbered rows of text cells.
Grid = list[tuple[int, list[str]]]
_MOST_READ_ROWS = MOST_ROWS + 100


def read_xlsx(content: bytes) -> list[Grid]:
    """The visible sheets of a workbook; of a formula, the value it last gave."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return [_xlsx_grid(sheet) for sheet in workbook.worksheets if _is_visible(sheet)]
    finally:
        workbook.close()


def _is_visible(sheet: Any) -> bool:
    return str(getattr(sheet, "sheet_state", "visible")) == "visible"


def _xlsx_grid(sheet: Any) -> Grid:
    """Stops soon after the last row allowed; a file may claim a million empty ones."""
    grid: Grid = []
    sheet.reset_dimensions()
    for number, values in enumerate(
        sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1
    ):
        cells = [_text(value) for value in values]
        if any(cells):
            grid.append((number, cells))
        if len(grid) > _MOST_READ_ROWS:
            raise SheetError("too_many_rows", limit=MOST_ROWS)
    return grid


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def read_ods(content: bytes) -> list[Grid]:
    document = opendocument.load(io.BytesIO(content))
    return [_ods_grid(table) for table in document.spreadsheet.getElementsByType(Table)]


def _ods_grid(table: Any) -> Grid:
    """Repeated rows and cells are written once with a count; empty ones only move the number."""
    grid: Grid = []
    number = 1
    for row in table.getElementsByType(TableRow):
        repeated = _count(row, "number-rows-repeated")
        cells = _ods_cells(row)
        if any(cells):
            if len(grid) + repeated > _MOST_READ_ROWS:
                raise SheetError("too_many_rows", limit=MOST_ROWS)
            grid.extend((number + place, cells) for place in range(repeated))
        number += repeated
    return grid


def _ods_cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.childNodes:
        if cell.qname not in (TableCell().qname, CoveredTableCell().qname):
            continue
        room = MOST_COLUMNS - len(cells)
        repeated = min(_count(cell, "number-columns-repeated"), room)
        cells.extend([_ods_text(cell)] * repeated)
    return cells


def _count(node: Any, name: str) -> int:
    return max(1, int(node.attributes.get((TABLENS, name), 1)))


def _ods_text(cell: Any) -> str:
    attributes = cell.attributes
    kind = attributes.get((OFFICENS, "value-type"), "")
    if kind == "date":
        day, _t, hour = str(attributes.get((OFFICENS, "date-value"), "")).partition("T")
        return f"{day} {hour}" if hour.strip("0:.") else day
    if kind == "float":
        return _text(float(attributes.get((OFFICENS, "value"), "0")))
    if kind == "boolean":
        return str(attributes.get((OFFICENS, "boolean-value"), ""))
    paragraphs = [node for node in cell.childNodes if node.qname[1] == "p"]
    return "\n".join(teletype.extractText(paragraph) for paragraph in paragraphs)

"""Writing a sheet: the same cells in three formats, none of which a program will compute."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from fabrique.kit.sheets.text import GUARD, is_formula_like

MEDIA_TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
Cell = str | int | float
_NARROWEST, _WIDEST = 12, 60


@dataclass(frozen=True)
class Table:
    """One sheet of a file that holds several."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]] = ()


def write_sheet(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, format: str, title: str = ""
) -> bytes:
    """The sheet as ``xlsx``, ``ods`` or ``csv``. Texts stay texts, even « =1+1 »."""
    table = _cleaned(Table(title or "1", columns, list(rows)))
    return _csv(table) if format == "csv" else write_book([table], format=format)


def write_book(tables: Iterable[Table], *, format: str) -> bytes:
    """Several sheets in one ``xlsx`` or ``ods``, each under a title of its own."""
    cleaned = [_cleaned(table) for table in tables]
    return _xlsx(cleaned) if format == "xlsx" else _ods(cleaned)


def _cleaned(table: Table) -> Table:
    rows = [[_written(cell) for cell in row] for row in table.rows]
    return Table(table.title, [str(column) for column in table.columns], rows)


def _written(cell: Cell) -> Cell:
    """Without the control characters that no format carries."""
    if not isinstance(cell, str):
        return cell
    return "".join(one for one in cell if one in "\n\t" or ord(one) >= 32)


def _csv(table: Table) -> bytes:
    """Semicolons and a mark, which spreadsheets set to French open by a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(column) for column in table.columns])
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str) and is_formula_like(cell):
        return f"{GUARD}{cell}"
    return cell


def _xlsx(tables: Sequence[Table]) -> bytes:
    workbook = Workbook(write_only=True)
    bold = Font(bold=True)
    for table in tables:
        sheet = workbook.create_sheet(_sheet_name(table.title))
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(table.columns, table.rows), start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for row, font in [(table.columns, bold), *((row, None) for row in table.rows)]:
            sheet.append([_xlsx_cell(sheet, cell, font) for cell in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _xlsx_cell(sheet: object, value: Cell, font: Font | None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    if font is not None:
        cell.font = font
    return cell


def _ods(tables: Sequence[Table]) -> bytes:
    document = OpenDocumentSpreadsheet()
    bold = Style(name="Entete", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    for table in tables:
        sheet = OdfTable(name=_sheet_name(table.title))
        for row, style in [(table.columns, "Entete"), *((row, None) for row in table.rows)]:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value, style))
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ods_cell(value: Cell, style: str | None) -> TableCell:
    options = {"stylename": style} if style else {}
    if not isinstance(value, str):
        cell = TableCell(valuetype="float", value=str(value), **options)
        cell.addElement(P(text=str(value)))
        return cell
    cell = TableCell(valuetype="string", **options)
    for line in value.split("\n"):
        cell.addElement(P(text=line))
    return cell


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    sample = [columns, *rows[:50]]
    longest = [
        max(len(str(row[place])) for row in sample if place < len(row))
        for place in range(len(columns))
    ]
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]


def _sheet_name(title: str) -> str:
    return "".join(" " if one in "[]:*?/\\'" else one for one in title)[:31].strip() or "1"

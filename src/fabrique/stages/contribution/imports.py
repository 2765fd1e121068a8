"""Contributions of a workshop held elsewhere, from a sheet: which column is what, line by line.

Nothing is written here. What a line says is checked again by its format when it is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fabrique.kit.sheets import Sheet, match_columns, plain_name

COLUMNS: Mapping[str, Sequence[str]] = {
    "text": (
        "texte",
        "text",
        "contribution",
        "proposition",
        "verbatim",
        "idée",
        "contenu",
        "message",
    ),
    "author_label": (
        "auteur",
        "author label",
        "author",
        "autrice",
        "auteur ou autrice",
        "participant",
        "étiquette",
        "pseudonyme",
        "fonction",
        "nom",
    ),
    "format": ("format", "atelier", "workshop"),
    "said_on": ("date", "jour", "dit le", "said on"),
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d")


class MissingColumn(Exception):
    """Without the column of texts there is nothing to import; ``found`` are those there are."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(found)
        self.found = tuple(found)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one line, as a code and parameters."""

    line: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One contribution as the sheet says it; ``others`` are its other cells by plain name."""

    number: int
    text: str
    author_label: str = ""
    format: str = ""
    said_on: date | None = None
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadLines:
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    others: tuple[str, ...]


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names the column of texts."""
    found = match_columns(cells, COLUMNS)
    return "text" in found and all(len(cell) <= 60 for cell in cells)


def read_lines(sheet: Sheet) -> ReadLines:
    """Lines and what is wrong with some; ``others`` are columns a format may know.

    Raises ``MissingColumn``.
    """
    found = match_columns(sheet.columns, COLUMNS)
    if "text" not in found:
        raise MissingColumn(sheet.columns)
    lines: list[Line] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        typed = found.cell(row.cells, "said_on")
        day = read_day(typed)
        if typed and day is None:
            problems.append(Problem(row.number, "bad_date", {"typed": typed[:40]}))
        named = zip(sheet.columns, row.cells, strict=True)
        lines.append(
            Line(
                number=row.number,
                text=found.cell(row.cells, "text"),
                author_label=" ".join(found.cell(row.cells, "author_label").split()),
                format=found.cell(row.cells, "format"),
                said_on=day,
                others={plain_name(name): cell for name, cell in named if name in found.unused},
            )
        )
    return ReadLines(tuple(lines), tuple(problems), found.unused)


def read_day(typed: str) -> date | None:
    """A day as people write it, with or without an hour after it."""
    written = typed.replace("T", " ").split(" ")[0]
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    return None


def key_among(typed: str, names: Iterable[tuple[str, str]]) -> str | None:
    """The key whose name was typed, tolerantly; ``names`` are (name, key) pairs."""
    wanted = plain_name(typed)
    return next((key for name, key in names if plain_name(name) == wanted), None)

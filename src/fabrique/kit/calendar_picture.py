"""Where the periods, days and closed bands of a calendar stand in its drawing.

Lengths are in the drawing's own units; pages scale it, and let narrow screens scroll it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fabrique.kit.components.steps import step_colour
from fabrique.kit.dates import short_month_words
from fabrique.kit.items import CalendarBand, CalendarRow

LABELS, DAYS = 250.0, 750.0
HEAD, LINE = 44.0, 34.0
THIN = 3.0
#: What a letter of a month's name takes at most, and the space before it.
LETTER, BEFORE_NAME = 8.0, 5.0


@dataclass(frozen=True)
class Strip:
    """A rectangle: of a period, of a closed band."""

    x: float
    width: float
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Mark:
    """A day that is fixed: a disc at local scale, a square at national scale."""

    x: float
    state: str


@dataclass(frozen=True)
class Line:
    row: CalendarRow
    colour: str
    y: float
    middle: float
    periods: tuple[Strip, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    x: float
    label: str


@dataclass(frozen=True)
class Picture:
    """Everything the template needs to draw the calendar."""

    months: tuple[Month, ...]
    bands: tuple[Strip, ...]
    lines: tuple[Line, ...]
    height: float

    @property
    def width(self) -> float:
        return LABELS + DAYS


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.days = max((last - first).days + 1, 1)

    def x(self, day: date) -> float:
        return round(LABELS + DAYS * (day - self.first).days / self.days, 1)

    def width(self, first: date, last: date) -> float:
        return round(max(DAYS * ((last - first).days + 1) / self.days, THIN), 1)


def draw(rows: Sequence[CalendarRow], bands: Iterable[CalendarBand]) -> Picture:
    """From the first of the month everything starts in, to the end of what is shown."""
    days = [day for row in rows for day in _days_of(row)]
    if not days:
        return Picture((), (), (), HEAD)
    first, last = min(days).replace(day=1), max(days)
    scale = _Scale(first, last)
    return Picture(
        months=tuple(_months(first, last, scale)),
        bands=tuple(_bands(bands, first, last, scale)),
        lines=tuple(_line(row, index, scale) for index, row in enumerate(rows)),
        height=HEAD + LINE * len(rows),
    )


def _days_of(row: CalendarRow) -> Iterator[date]:
    for period in row.periods:
        yield from period
    yield from (day for day, _state in row.days)


def _months(first: date, last: date, scale: _Scale) -> Iterator[Month]:
    """Every month, or every second one where they would touch; no name cut at the end."""
    month, count = first, 0
    every = 1 if (last - first).days < 500 else 2
    while month <= last:
        if count % every == 0:
            label = short_month_words(month, with_year=month.month == 1 or not count)
            x = scale.x(month)
            has_room = x + BEFORE_NAME + LETTER * len(label) <= LABELS + DAYS
            yield Month(x, label if has_room else "")
        month = (month + timedelta(days=31)).replace(day=1)
        count += 1


def _bands(
    bands: Iterable[CalendarBand], first: date, last: date, scale: _Scale
) -> Iterator[Strip]:
    for band in bands:
        if band.last < first or band.first > last:
            continue
        start, end = max(band.first, first), min(band.last, last)
        yield Strip(scale.x(start), scale.width(start, end), band.kind, band.label)


def _line(row: CalendarRow, index: int, scale: _Scale) -> Line:
    y = HEAD + LINE * index
    return Line(
        row=row,
        colour=step_colour(row.step),
        y=y,
        middle=y + LINE / 2,
        periods=tuple(
            Strip(scale.x(first), scale.width(first, last), "period") for first, last in row.periods
        ),
        marks=tuple(Mark(scale.x(day), state) for day, state in sorted(row.days)),
    )

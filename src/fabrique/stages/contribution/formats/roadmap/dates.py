"""Half-years and days as plans write them: « 1er semestre 2021 », « mars 2021 », 15/03/2021."""

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from fabrique.kit import dates
from fabrique.kit.sheets import plain_name
from fabrique.stages.contribution.imports import read_day
from fabrique.stages.contribution.models import Workshop

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
MOST_HALF_YEARS = 16
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
Period = tuple[date, date]


def half_years_ahead(workshop: Workshop) -> list[str]:
    """From the seminar to the midterm year: « 2020-S2 », « 2021-S1 », …"""
    meeting = workshop.meeting
    day = meeting.starts_at.date() if meeting.starts_at else meeting.window_start_date
    first = day.year * 2 + (day.month > 6)
    last = max(meeting.programme.midterm_year * 2 + 1, first + 3)
    return [f"{one // 2}-S{one % 2 + 1}" for one in range(first, last + 1)][:MOST_HALF_YEARS]


def half_year_words(key: str) -> str:
    """« 1er semestre 2021 »."""
    in_year, _dash, half = key.partition("-S")
    words = _("1er semestre %(year)s") if half == "1" else _("2e semestre %(year)s")
    return words % {"year": in_year}


def first_day(half_year: str) -> date:
    """1 January or 1 July."""
    in_year, _dash, half = half_year.partition("-S")
    return date(int(in_year), 1 if half == "1" else 7, 1)


def day_of(payload_value: object) -> date | None:
    """A day as a card keeps it."""
    try:
        return date.fromisoformat(str(payload_value)) if payload_value else None
    except ValueError:
        return None


def day_words(day: date | None) -> str:
    """« 1er mars 2021 », a dash without a day."""
    return dates.day_words(day) if day else "–"


def half_year_mark(key: str) -> str:
    """« S1 2021 », above a narrow column."""
    year_words, _dash, half = key.partition("-S")
    return _("S%(half)s %(year)s") % {"half": half, "year": year_words}


def read_period(typed: str) -> Period | None:
    """The first and last day meant by a cell: a day, a month, a quarter, a half-year or a year."""
    if day := read_day(typed.strip()):
        return (day, day) if EARLIEST <= day <= LATEST else None
    plain = plain_name(typed)
    for pattern, months in _SHAPES:
        if found := re.fullmatch(pattern, plain):
            return _months(int(found["year"]), *months(found))
    return None


def _months(year: int, first: int, last: int) -> Period | None:
    if not (EARLIEST.year <= year <= LATEST.year and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _quarter(found: re.Match[str]) -> tuple[int, int]:
    return int(found["part"]) * 3 - 2, int(found["part"]) * 3


def _half(found: re.Match[str]) -> tuple[int, int]:
    return int(found["part"]) * 6 - 5, int(found["part"]) * 6


def _named_month(found: re.Match[str]) -> tuple[int, int]:
    place = next(
        (at for at, name in enumerate(MONTHS, start=1) if name.startswith(found["month"])), 0
    )
    return place, place


def _month(found: re.Match[str]) -> tuple[int, int]:
    return int(found["month"]), int(found["month"])


_YEAR = r"(?P<year>\d{4})"
_SHAPES = (
    (_YEAR, lambda found: (1, 12)),
    (rf"s(?P<part>[12]) {_YEAR}", _half),
    (rf"{_YEAR} s(?P<part>[12])", _half),
    (rf"(?P<part>[12])(?:er|e|eme)? (?:semestre|sem) {_YEAR}", _half),
    (rf"t(?P<part>[1-4]) {_YEAR}", _quarter),
    (rf"{_YEAR} t(?P<part>[1-4])", _quarter),
    (rf"(?P<part>[1-4])(?:er|e|eme)? (?:trimestre|trim) {_YEAR}", _quarter),
    (rf"(?P<month>[a-z]{{3,9}}) {_YEAR}", _named_month),
    (rf"(?P<month>\d{{1,2}}) {_YEAR}", _month),
)

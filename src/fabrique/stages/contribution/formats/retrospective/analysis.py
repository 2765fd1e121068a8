"""Cards of the look back → three columns in time, and what became of what was feared.

These are counts of cards, not of people: they hold however few were in the room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.reach import Reachable, in_reach
from fabrique.stages.contribution.formats.retrospective.columns import (
    ACCOMPLISHED,
    CAME_BACK,
    COLUMNS,
    NEW,
)
from fabrique.stages.contribution.models import Card, Workshop

FEARED_FORMATS = ("vulnerabilities",)


@dataclass(frozen=True)
class TimeColumn:
    """One of the three columns, its cards by year, those without one last."""

    key: str
    label: Text
    cards: Sequence[Card]

    @property
    def dated(self) -> list[tuple[int | None, Card]]:
        return [(card.payload.get("year"), card) for card in self.cards]


@dataclass(frozen=True)
class Year:
    """What is said of one year in each column; ``year`` is nothing for what has none."""

    year: int | None
    cells: Mapping[str, Sequence[Card]]


@dataclass(frozen=True)
class YearLine:
    """A year as a screen lays it out: what each column says of it, under its name."""

    year: int | None
    cells: Sequence[tuple[Text, Sequence[Card]]]


@dataclass(frozen=True)
class Feared:
    """A vulnerability of the first seminar, where it came back, and what answered it."""

    vulnerability: Reachable
    came_back: Sequence[Card]
    answered_by: Sequence[Card]

    @property
    def is_unsaid(self) -> bool:
        return not (self.came_back or self.answered_by)


@dataclass(frozen=True)
class LookBack:
    columns: Sequence[TimeColumn]
    unplaced: Sequence[Card]
    years: Sequence[Year]
    feared: Sequence[Feared]

    @property
    def cards(self) -> list[Card]:
        return [*(card for column in self.columns for card in column.cards), *self.unplaced]

    @property
    def lines(self) -> list[YearLine]:
        return [
            YearLine(one.year, [(label, one.cells[key]) for key, label in COLUMNS.items()])
            for one in self.years
        ]

    @property
    def came_back(self) -> list[Feared]:
        return [one for one in self.feared if one.came_back]

    @property
    def answered(self) -> list[Feared]:
        return [one for one in self.feared if one.answered_by]

    @property
    def unsaid(self) -> list[Feared]:
        """What was feared, and that the look back does not speak of."""
        return [one for one in self.feared if one.is_unsaid]

    @property
    def unforeseen(self) -> list[Card]:
        """New vulnerabilities that nobody had seen in the first seminar."""
        known = {str(one.vulnerability.card_id) for one in self.feared}
        new = next(column.cards for column in self.columns if column.key == NEW)
        return [card for card in new if not known & set(card.payload.get("vulnerabilities", ()))]


def look_back(workshop: Workshop) -> LookBack:
    cards = sorted(rows.kept_cards(workshop), key=_in_time)
    by_column = {key: [one for one in cards if column_of(one) == key] for key in COLUMNS}
    feared = in_reach(workshop, FEARED_FORMATS)
    return LookBack(
        columns=[TimeColumn(key, label, by_column[key]) for key, label in COLUMNS.items()],
        unplaced=[card for card in cards if column_of(card) not in COLUMNS],
        years=_years(by_column),
        feared=[_fate(one, cards) for one in feared],
    )


def column_of(card: Card) -> str:
    return str(card.payload.get("column", ""))


def _in_time(card: Card) -> tuple[int, int]:
    return (card.payload.get("year") or 9999, card.position)


def _years(by_column: Mapping[str, Sequence[Card]]) -> list[Year]:
    said = {card.payload.get("year") for cards in by_column.values() for card in cards}
    ordered = sorted(said, key=lambda year: (year is None, year or 0))
    return [
        Year(
            year,
            {
                key: [card for card in cards if card.payload.get("year") == year]
                for key, cards in by_column.items()
            },
        )
        for year in ordered
    ]


def _fate(one: Reachable, cards: Sequence[Card]) -> Feared:
    tied = [card for card in cards if str(one.card_id) in card.payload.get("vulnerabilities", ())]
    return Feared(
        vulnerability=one,
        came_back=[card for card in tied if column_of(card) in CAME_BACK],
        answered_by=[card for card in tied if column_of(card) == ACCOMPLISHED],
    )

"""A roadmap as a sheet: written in the columns of French plans of action, read back from them.

Nothing is written here: the page shows what was understood, and writes once it is told to. A line
updates the action of the same number, else of the same title; an empty cell never erases anything.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.identifiers import new_id
from fabrique.kit.sheets import ColumnMatch, Sheet, match_columns, plain_name, write_sheet
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.formats.roadmap.columns import COLUMNS, DAYS, LISTS, headers
from fabrique.stages.contribution.formats.roadmap.contribution import (
    DEPENDS_ON,
    WORDS,
    ends_before_it_starts,
)
from fabrique.stages.contribution.formats.roadmap.dates import day_of, read_period
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, TEXT_LIMIT, Card

MOST_LINES = 1_000
SEPARATOR = " ; "
YES, NO = "oui", "non"
_YES = {"oui", "o", "x", "vrai", "true", "1", "yes", "en retard", "retard"}
_NO = {"non", "n", "faux", "false", "0", "no", "a l heure", "a jour"}
Earlier = Mapping[str, Sequence[Reachable]]
"""The earlier cards each field of references may name."""


class NotAPlan(Exception):
    """The sheet has another layout: it names no column of titles; ``found`` are its columns."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(found)
        self.found = tuple(found)


@dataclass(frozen=True)
class Problem:
    """Why a line is left out, or (``is_only_a_doubt``) what was left empty in it."""

    line: int
    words: str
    is_only_a_doubt: bool = False


@dataclass(frozen=True)
class ActionLine:
    """An action as a line says it: ``data`` holds only what it says.

    ``fate`` is what writing it would do: ``new``, ``changed`` or ``same``.
    """

    number: int
    card_id: str
    data: Mapping[str, Any]
    fate: str = "new"

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def number_said(self) -> str:
        return str(self.data.get("number", "–"))

    @property
    def lead(self) -> str:
        return str(self.data.get("lead", "–"))

    @property
    def start(self) -> date | None:
        return day_of(self.data.get("start"))

    @property
    def end(self) -> date | None:
        return day_of(self.data.get("end"))


@dataclass(frozen=True)
class ReadPlan:
    lines: Sequence[ActionLine]
    problems: Sequence[Problem]
    unused: Sequence[str]


def write_plan(cards: Sequence[Card], earlier: Mapping[UUID, str], *, format: str) -> bytes:
    """Every action on a line, under the names authorities use; ``earlier`` names other cards."""
    names = {str(card.pk): card.payload.get("number") or card.title for card in cards}
    names |= {str(card_id): title for card_id, title in earlier.items()}
    rows = [[_cell(card, column, names) for column in COLUMNS] for card in cards]
    return write_sheet(headers(), rows, format=format, title="Feuille de route")


def _cell(card: Card, column: str, names: Mapping[str, str]) -> str:
    if column in ("title", "text"):
        return str(getattr(card, column))
    value = card.payload.get(column)
    if column in LISTS:
        return SEPARATOR.join(names[one] for one in value or () if one in names)
    if column == "late":
        return YES if value else NO
    if column in DAYS:
        day = day_of(value)
        return day.strftime("%d/%m/%Y") if day else ""
    return str(value or "")


@dataclass
class _Reading:
    """What is known while lines are read, and what has been read."""

    found: ColumnMatch
    by_number: Mapping[str, Card]
    by_title: Mapping[str, Card]
    earlier: Mapping[str, Mapping[str, str]]
    lines: list[ActionLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    linked: dict[int, Sequence[str]] = field(default_factory=dict)
    first_seen: dict[str, int] = field(default_factory=dict)

    def card_of(self, data: Mapping[str, Any]) -> Card | None:
        """The action of the plan that a line is about: same number, else same title."""
        by_number = self.by_number.get(plain_name(data["number"]))
        return by_number or self.by_title.get(plain_name(data["title"]))

    def doubt(self, line: int, words: str) -> None:
        self.problems.append(Problem(line, words, is_only_a_doubt=True))


def read_plan(sheet: Sheet, cards: Sequence[Card], earlier: Earlier) -> ReadPlan:
    """Each line understood, or why it is not. Raises ``NotAPlan``."""
    found = match_columns(sheet.columns, COLUMNS)
    if "title" not in found:
        raise NotAPlan(sheet.columns)
    reading = _Reading(
        found=found,
        by_number={plain_name(n): card for card in cards if (n := card.payload.get("number"))},
        by_title={plain_name(card.title): card for card in reversed(cards)},
        earlier={
            name: {plain_name(one.title): str(one.card_id) for one in reversed(reachable)}
            for name, reachable in earlier.items()
        },
    )
    for row in sheet.rows[:MOST_LINES]:
        _read_line(reading, row.number, {one: found.cell(row.cells, one) for one in COLUMNS})
    if len(sheet.rows) > MOST_LINES:
        words = _("Les lignes suivantes ne sont pas lues : %(limit)d au plus à la fois.")
        reading.problems.append(
            Problem(sheet.rows[MOST_LINES].number, words % {"limit": MOST_LINES})
        )
    known = {str(card.pk): card for card in cards}
    return ReadPlan(
        lines=[_settled(line, known) for line in _tied(reading, cards)],
        problems=sorted(reading.problems, key=lambda one: one.line),
        unused=found.unused,
    )


def _read_line(reading: _Reading, number: int, typed: Mapping[str, str]) -> None:
    said = {name: cell for name, cell in typed.items() if name in WORDS or name == "text"}
    data: dict[str, Any] = {
        name: cell.strip() if name in ("text", "partners", "means", "indicator") else _line(cell)
        for name, cell in said.items()
    }
    data = {"title": _line(typed["title"]), **data}
    if refusal := _too_long(data):
        reading.problems.append(Problem(number, refusal))
        return
    card = reading.card_of(data)
    key = str(card.pk) if card else plain_name(data["number"] or data["title"])
    if first := reading.first_seen.get(key):
        words = _(
            "L'action « %(title)s » est déjà à la ligne %(first)d : même numéro ou même titre. "
            "Gardez une seule des deux lignes."
        ) % {"title": data["title"], "first": first}
        reading.problems.append(Problem(number, words))
        return
    if refusal := _read_days(reading, number, typed, data):
        reading.problems.append(Problem(number, refusal))
        return
    _read_late(reading, number, typed["late"], data)
    for name in LISTS:
        if name != DEPENDS_ON and (names := _several(typed[name])):
            data[name] = _earlier_cards(reading, number, name, names)
    reading.first_seen[key] = number
    reading.linked[number] = _several(typed[DEPENDS_ON])
    data = {name: value for name, value in data.items() if value not in ("", [], None)}
    reading.lines.append(ActionLine(number, str(card.pk if card else new_id()), data))


def _too_long(data: Mapping[str, str]) -> str:
    if not data["title"]:
        return _("Le titre est vide. Écrivez-le, ou supprimez la ligne.")
    limits = {"title": CARD_TITLE_LIMIT, "text": TEXT_LIMIT}
    limits |= {name: limit for name, (_label, limit) in WORDS.items()}
    for name, limit in limits.items():
        if len(data[name]) > limit:
            return ngettext(
                "« %(column)s » compte %(count)d caractère : ramenez-le à %(limit)d au plus "
                "(« %(start)s… »).",
                "« %(column)s » compte %(count)d caractères : ramenez-le à %(limit)d au plus "
                "(« %(start)s… »).",
                len(data[name]),
            ) % {
                "column": COLUMNS[name][0],
                "count": len(data[name]),
                "limit": limit,
                "start": data[name][:40],
            }
    return ""


def _read_days(
    reading: _Reading, number: int, typed: Mapping[str, str], data: dict[str, Any]
) -> str:
    """Put both days in ``data``; a month or a year is its first day, or its last for the end."""
    for name, place in (("start", 0), ("end", 1)):
        cell = typed[name].strip()
        period = read_period(cell) if cell else None
        if period:
            data[name] = period[place].isoformat()
        elif cell:
            reading.doubt(
                number,
                _("« %(typed)s » n'est pas une date lisible : « %(column)s » reste en l'état.")
                % {"typed": cell[:60], "column": COLUMNS[name][0]},
            )
    card = reading.card_of(data)
    said = {**(card.payload if card else {}), **data}
    start, end = day_of(said.get("start")), day_of(said.get("end"))
    return ends_before_it_starts(start, end) if start and end and end < start else ""


def _read_late(reading: _Reading, number: int, typed: str, data: dict[str, Any]) -> None:
    plain = plain_name(typed)
    if plain in _YES:
        data["late"] = True
    elif plain in _NO:
        data["late"] = False
    elif plain:
        words = _("« %(typed)s » ne dit ni oui ni non : « En retard » reste en l'état.")
        reading.doubt(number, words % {"typed": typed[:60]})


def _earlier_cards(reading: _Reading, number: int, name: str, titles: Iterable[str]) -> list[str]:
    known = reading.earlier.get(name, {})
    found = []
    for title in titles:
        if card_id := known.get(plain_name(title)):
            found.append(card_id)
        else:
            words = _(
                "« %(title)s » n'est pas une carte du territoire : « %(column)s » s'en passe."
            )
            reading.doubt(number, words % {"title": title[:80], "column": COLUMNS[name][0]})
    return found


def _tied(reading: _Reading, cards: Sequence[Card]) -> Iterable[ActionLine]:
    """The lines, each with the actions it names, in the sheet or already in the plan."""
    names = {plain_name(card.title): str(card.pk) for card in reversed(cards)}
    names |= {plain_name(line.title): line.card_id for line in reversed(reading.lines)}
    names |= {plain_name(n): str(c.pk) for c in cards if (n := c.payload.get("number"))}
    names |= {
        plain_name(str(n)): line.card_id for line in reading.lines if (n := line.data.get("number"))
    }
    for line in reading.lines:
        wanted = reading.linked[line.number]
        found = [(typed, _named(typed, names)) for typed in _split_numbers(wanted, names)]
        for typed, card_id in found:
            if card_id is None:
                words = _("L'action liée « %(typed)s » n'est pas dans le plan : elle est ignorée.")
                reading.doubt(line.number, words % {"typed": typed[:80]})
            elif card_id == line.card_id:
                words = _("L'action « %(title)s » ne peut pas dépendre d'elle-même.")
                reading.doubt(line.number, words % {"title": line.title})
        tied = list(dict.fromkeys(one for _t, one in found if one and one != line.card_id))
        data = {**line.data, DEPENDS_ON: tied} if tied else line.data
        yield ActionLine(line.number, line.card_id, data)


def _named(typed: str, names: Mapping[str, str]) -> str | None:
    """By its number or its title, or by both: « 12. Ouvrir une légumerie », « 12 - … »."""
    plain = plain_name(typed)
    return names.get(plain) or next(
        (names[start] for start in _starts(typed) if start in names), None
    )


def _starts(typed: str) -> Iterable[str]:
    parts = re.split(r"\s*(?:\.\s|[:–—]|\s-\s)\s*", typed.strip(), maxsplit=1)
    return (plain_name(one) for one in parts if len(parts) == 2)


def _split_numbers(typed: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """« 3, 5, 12 » is three numbers; a title may hold commas."""
    found: list[str] = []
    for one in typed:
        parts = [part.strip() for part in one.split(",")]
        known = plain_name(one) in names or not all(plain_name(part) in names for part in parts)
        found += [one] if known else parts
    return found


def _settled(line: ActionLine, known: Mapping[str, Card]) -> ActionLine:
    """The line with what writing it would do."""
    card = known.get(line.card_id)
    if card is None:
        return line
    now = {**card.payload, "title": card.title, "text": card.text}
    changed = any((now.get(name) or False) != (value or False) for name, value in line.data.items())
    return ActionLine(line.number, line.card_id, line.data, "changed" if changed else "same")


def _several(cell: str) -> list[str]:
    return [one for part in re.split(r"[;|\n]", cell) if (one := _line(part).lstrip("•- "))]


def _line(cell: str) -> str:
    return " ".join(cell.split())

"""The review as a sheet, an action a line: given as it stands, completed elsewhere, taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.kit.sheets import (
    MEDIA_TYPES,
    Row,
    SheetError,
    match_columns,
    plain_name,
    read_sheet,
    write_sheet,
)
from fabrique.kit.sheets.wording import say, say_missing
from fabrique.stages.contribution.formats.card_files import (
    BroughtFile,
    CardFile,
    CardLine,
    LineProblem,
    ReadCards,
    UnreadableFile,
    card_trouble,
    listed,
)
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.past_actions.contribution import Lists
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, TEXT_LIMIT, Card

ACTIONS = "actions"
SEPARATOR = ";"
BROUGHT = (
    BroughtFile(
        key=ACTIONS,
        label=gettext_lazy("Les actions"),
        hint=gettext_lazy(
            "Un tableau XLSX, ODS ou CSV avec la colonne « Action », et si vous les avez "
            "« Précision », « Secteur », « Effet » et « Publics touchés » (séparés par des "
            "points-virgules)."
        ),
    ),
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "title": ("action", "action réalisée", "intitulé", "titre", "nom"),
    "text": ("précision", "description"),
    "sector": ("secteur", "thème", "politique publique"),
    "effect": ("effet", "quel effet a-t-elle eu"),
    "reached": ("publics touchés", "publics", "public", "qui a-t-elle touché"),
}
WRITTEN: Mapping[str, Text] = {
    "title": gettext_lazy("Action"),
    "text": gettext_lazy("Précision"),
    "sector": gettext_lazy("Secteur"),
    "effect": gettext_lazy("Effet"),
    "reached": gettext_lazy("Publics touchés"),
}


def files(cards: Iterable[Card]) -> Sequence[CardFile]:
    """The actions kept, in the columns that can be brought back; empty, it is a model to fill."""
    return [
        CardFile(
            name=f"actions.{format}",
            label=_("Les actions (%(format)s)") % {"format": format.upper()},
            media_type=MEDIA_TYPES[format],
            make=partial(_written, cards, format),
        )
        for format in ("xlsx", "ods")
    ]


def _written(cards: Iterable[Card], format: str) -> bytes:
    columns = [str(words) for words in WRITTEN.values()]
    return write_sheet(columns, [_cells(card) for card in cards], format=format)


def _cells(card: Card) -> list[str]:
    said = card.payload
    reached = f"{SEPARATOR} ".join(said.get("reached", []))
    return [card.title, card.text, said.get("sector", ""), said.get("effect", ""), reached]


def read(content: bytes, *, lists: Lists) -> ReadCards:
    """What the sheet says. Raises ``UnreadableFile``."""
    try:
        sheet = read_sheet(content, is_header=_is_header)
    except SheetError as error:
        raise UnreadableFile(ACTIONS, say(error)) from error
    found = match_columns(sheet.columns, COLUMNS)
    if "title" not in found:
        raise UnreadableFile(ACTIONS, say_missing([str(WRITTEN["title"])], sheet.columns))
    lines = [(row, {name: found.cell(row.cells, name) for name in COLUMNS}) for row in sheet.rows]
    problems: list[LineProblem] = []
    cards = list(_cards(lines, lists, problems))
    return ReadCards(cards=cards, problems=problems, unused=found.unused)


def _is_header(cells: Sequence[str]) -> bool:
    return bool({plain_name(cell) for cell in cells} & set(map(plain_name, COLUMNS["title"])))


def _cards(
    lines: Iterable[tuple[Row, Mapping[str, str]]], lists: Lists, problems: list[LineProblem]
) -> Iterator[CardLine]:
    seen: dict[str, int] = {}
    for row, cells in lines:
        title = " ".join(cells["title"].split())
        limits = (
            (WRITTEN["title"], title, CARD_TITLE_LIMIT),
            (WRITTEN["text"], cells["text"], TEXT_LIMIT),
        )
        missing = _("il manque l'action : écrivez ce que la collectivité a fait.")
        if trouble := card_trouble(title, seen, limits, missing=missing):
            problems.append(LineProblem(file=BROUGHT[0].label, line=row.number, words=trouble))
            continue
        seen[plain_name(title)] = row.number
        known = partial(listed, file=BROUGHT[0].label, line=row.number, problems=problems)
        data: dict[str, Any] = {
            "title": title,
            "text": cells["text"],
            "sector": known(cells["sector"], lists["sectors"], list_name=WRITTEN["sector"]),
            "effect": known(cells["effect"], lists["effects"], list_name=WRITTEN["effect"]),
            "reached": [
                word
                for typed in cells["reached"].split(SEPARATOR)
                if (word := known(typed.strip(), lists["publics"], list_name=WRITTEN["reached"]))
            ],
        }
        said = {name: value for name, value in data.items() if value}
        yield CardLine(line=row.number, title=title, data=said)

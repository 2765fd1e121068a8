"""The map as files in Kumu's layout: elements (Label, Type…), connections (From, To, Type), JSON.

What is given can be brought back unchanged. A connection names its ends by their labels, as Kumu
does; its type is the words people read, or the key of the kind.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.kit.sheets import Sheet, SheetError, match_columns, plain_name, read_sheet
from fabrique.kit.sheets.text import GUARD, is_formula_like
from fabrique.kit.sheets.wording import say, say_missing
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults, MappedActor
from fabrique.stages.contribution.formats.actor_map.contribution import LABELS, MEANS_LIMIT
from fabrique.stages.contribution.formats.actor_map.tying import Kinds
from fabrique.stages.contribution.formats.card_files import (
    BroughtFile,
    CardFile,
    CardLine,
    LineProblem,
    ReadCards,
    TieLine,
    UnreadableFile,
    card_trouble,
    listed,
)
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.imports import key_among
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, TEXT_LIMIT

ELEMENTS, CONNECTIONS = "elements", "connections"
BROUGHT = (
    BroughtFile(
        key=ELEMENTS,
        label=gettext_lazy("Les acteurs"),
        hint=gettext_lazy(
            "Un tableau avec la colonne « Label » (ou « Nom »), et « Type » si vous l'avez ; ou le "
            "fichier JSON de Kumu, qui contient aussi les liens."
        ),
    ),
    BroughtFile(
        key=CONNECTIONS,
        label=gettext_lazy("Les liens"),
        hint=gettext_lazy("Un tableau avec les colonnes « From », « To » et « Type »."),
    ),
)
ELEMENT_COLUMNS: Mapping[str, Sequence[str]] = {
    "label": ("label", "nom", "nom de l'acteur", "acteur", "name", "libellé"),
    "type": ("type", "element type", "type d'acteur"),
    "text": ("description", "précision"),
    "scale": ("échelle", "scale", "échelle où il agit"),
    "means": ("moyens", "means", "ses moyens"),
    "profile": ("profil", "profile"),
}
CONNECTION_COLUMNS: Mapping[str, Sequence[str]] = {
    "from": ("from", "de", "source"),
    "to": ("to", "vers", "à", "cible", "target"),
    "type": ("type", "connection type", "lien", "nature du lien"),
}
_WRITTEN = {"scale": "Échelle", "means": "Moyens", "profile": "Profil"}


# ── Given ────────────────────────────────────────────────────────────────────────────────────


def files(results: Callable[[], ActorMapResults], mutual: Sequence[str]) -> Sequence[CardFile]:
    return (
        CardFile(
            name="acteurs.csv",
            label=_("Les acteurs (CSV)"),
            media_type="text/csv; charset=utf-8",
            make=lambda: _csv(_elements(results())),
        ),
        CardFile(
            name="liens.csv",
            label=_("Les liens (CSV)"),
            media_type="text/csv; charset=utf-8",
            make=lambda: _csv(_connections(results(), mutual)),
        ),
        CardFile(
            name="carte.json",
            label=_("Les acteurs et les liens (JSON)"),
            media_type="application/json",
            make=lambda: _json(results(), mutual),
        ),
    )


def _elements(results: ActorMapResults) -> list[dict[str, str]]:
    empty = {"Label": "", "Type": "", "Description": "", **dict.fromkeys(_WRITTEN.values(), "")}
    return [_element(one) for one in results.actors] or [empty]


def _element(actor: MappedActor) -> dict[str, str]:
    return {
        "Label": actor.card.title,
        "Type": actor.word("type"),
        "Description": actor.card.text,
        **{column: actor.word(name) for name, column in _WRITTEN.items()},
    }


def _connections(results: ActorMapResults, mutual: Sequence[str]) -> list[dict[str, str]]:
    empty = {"From": "", "To": "", "Type": "", "Direction": ""}
    return [
        {
            "From": tie.source.title,
            "To": tie.target.title,
            "Type": str(results.kinds[tie.kind]),
            "Direction": "mutual" if tie.kind in mutual else "directed",
        }
        for tie in results.ties
    ] or [empty]


def _csv(lines: Sequence[Mapping[str, str]]) -> bytes:
    """With commas, as Kumu wants it, and no cell a spreadsheet would compute."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(lines[0])
    for line in lines:
        if any(line.values()):
            writer.writerow(
                f"{GUARD}{cell}" if is_formula_like(cell) else cell for cell in line.values()
            )
    return out.getvalue().encode("utf-8-sig")


def _json(results: ActorMapResults, mutual: Sequence[str]) -> bytes:
    """As Kumu's import takes it: names of fields in small letters, empty ones left out."""

    def small(line: Mapping[str, str]) -> dict[str, str]:
        return {name.lower(): value for name, value in line.items() if value}

    elements = [small(one) for one in _elements(results)]
    connections = [small(one) for one in _connections(results, mutual)]
    whole = {
        "elements": [one for one in elements if one],
        "connections": [one for one in connections if one],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


# ── Brought ──────────────────────────────────────────────────────────────────────────────────

Line = tuple[int, Mapping[str, str]]


def read(
    brought: Mapping[str, bytes],
    *,
    lists: Mapping[str, Sequence[Text]],
    kinds: Kinds,
    there: Iterable[str],
) -> ReadCards:
    """What the files say; ``there`` are the names already on the map."""
    elements: list[Line] = []
    connections: list[Line] = []
    unused: list[str] = []
    for key, content in brought.items():
        found = _json_lines(key, content) if _is_kumu_json(content) else _sheet_lines(key, content)
        elements += found[0]
        connections += found[1]
        unused += found[2]
    problems: list[LineProblem] = []
    cards = list(_cards(elements, lists, problems))
    names = {plain_name(title): title for title in there}
    names = {plain_name(card.title): card.title for card in cards} | names
    ties = list(_ties(connections, kinds, names, problems))
    return ReadCards(cards=cards, ties=ties, problems=problems, unused=tuple(unused))


Lines = tuple[list[Line], list[Line], list[str]]


def _is_kumu_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _sheet_lines(key: str, content: bytes) -> Lines:
    """A sheet of elements, or of connections, whichever field it was brought in."""
    try:
        sheet = read_sheet(content, is_header=_is_header)
    except SheetError as error:
        raise UnreadableFile(key, say(error)) from error
    ends = match_columns(sheet.columns, CONNECTION_COLUMNS)
    if "from" in ends and "to" in ends:
        return [], _picked(sheet, CONNECTION_COLUMNS), []
    found = match_columns(sheet.columns, ELEMENT_COLUMNS)
    if "label" not in found:
        wanted = ["From", "To"] if key == CONNECTIONS else ["Label"]
        raise UnreadableFile(key, say_missing(wanted, sheet.columns))
    return _picked(sheet, ELEMENT_COLUMNS), [], list(found.unused)


def _is_header(cells: Sequence[str]) -> bool:
    plain = {plain_name(cell) for cell in cells}
    return bool(plain & {"label", "nom", "acteur", "from"})


def _picked(sheet: Sheet, columns: Mapping[str, Sequence[str]]) -> list[Line]:
    found = match_columns(sheet.columns, columns)
    return [
        (row.number, {name: found.cell(row.cells, name) for name in columns}) for row in sheet.rows
    ]


def _json_lines(key: str, content: bytes) -> Lines:
    """Kumu's JSON, as it is written for an import or as a whole project is exported."""
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(key, say(SheetError("damaged"))) from error
    elements, connections = whole.get("elements", []), whole.get("connections", [])
    if not _are_objects(elements) or not _are_objects(connections):
        raise UnreadableFile(
            key,
            _(
                "Ce fichier JSON n'a pas la forme de Kumu : il y faut « elements » et "
                "« connections »."
            ),
        )
    labels = {str(one.get("_id")): _flat(one).get("label", "") for one in elements}
    listed: list[Line] = [
        (place, _named(_flat(one), ELEMENT_COLUMNS)) for place, one in enumerate(elements, 1)
    ]
    tied: list[Line] = []
    for place, one in enumerate(connections, 1):
        line = dict(_named(_flat(one), CONNECTION_COLUMNS))
        tied.append(
            (place, line | {end: labels.get(line[end], line[end]) for end in ("from", "to")})
        )
    return listed, tied, []


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _flat(one: Mapping[str, Any]) -> dict[str, str]:
    inside = one.get("attributes")
    whole = {**one, **(inside if isinstance(inside, dict) else {})}
    return {str(name): _said(value) for name, value in whole.items()}


def _said(value: Any) -> str:
    """Text a database takes: no control character."""
    text = value if isinstance(value, str) else "" if isinstance(value, dict) else str(value or "")
    return "".join(one for one in text if one in "\n\t" or ord(one) >= 32).strip()


def _named(flat: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    plain = {plain_name(name): value for name, value in flat.items()}
    return {
        field: next((plain[name] for name in map(plain_name, names) if plain.get(name)), "")
        for field, names in columns.items()
    }


def _cards(
    lines: Iterable[Line], lists: Mapping[str, Sequence[Text]], problems: list[LineProblem]
) -> Iterator[CardLine]:
    seen: dict[str, int] = {}
    for number, cells in lines:
        title = " ".join(cells["label"].split())
        limits = (
            (_("Label"), title, CARD_TITLE_LIMIT),
            (_("Description"), cells["text"], TEXT_LIMIT),
            (_("Moyens"), cells["means"], MEANS_LIMIT),
        )
        trouble = card_trouble(title, seen, limits, missing=_("il manque le nom de l'acteur."))
        if trouble:
            problems.append(_problem(ELEMENTS, number, trouble))
            continue
        seen[plain_name(title)] = number
        data = {"title": title, "text": cells["text"], "means": cells["means"]}
        for name, words in lists.items():
            data[name] = listed(
                cells[name],
                words,
                file=_file(ELEMENTS),
                line=number,
                list_name=LABELS[name],
                problems=problems,
            )
        yield CardLine(line=number, title=title, data={k: v for k, v in data.items() if v})


def _ties(
    lines: Iterable[Line],
    kinds: Kinds,
    names: Mapping[str, str],
    problems: list[LineProblem],
) -> Iterator[TieLine]:
    known = [(str(words), key) for key, words in kinds.items()]
    known += [(key, key) for key in kinds]
    seen: set[tuple[str, str, str]] = set()
    for number, cells in lines:
        kind = key_among(cells["type"], known)
        source, target = plain_name(cells["from"]), plain_name(cells["to"])
        trouble = _tie_trouble(cells, kind, source, target, names, kinds)
        if trouble or kind is None:
            problems.append(_problem(CONNECTIONS, number, trouble))
        elif (source, kind, target) in seen:
            words = _("ce lien est déjà plus haut : il ne comptera qu'une fois.")
            problems.append(_problem(CONNECTIONS, number, words, is_only_a_doubt=True))
        else:
            seen.add((source, kind, target))
            yield TieLine(line=number, source=names[source], target=names[target], kind=kind)


def _tie_trouble(
    cells: Mapping[str, str],
    kind: str | None,
    source: str,
    target: str,
    names: Mapping[str, str],
    kinds: Kinds,
) -> str:
    for end, typed in ((source, cells["from"]), (target, cells["to"])):
        if not end:
            return _("il manque un des deux acteurs du lien.")
        if end not in names:
            return _(
                "« %(name)s » n'est ni dans le fichier des acteurs ni sur la carte : ajoutez-le, "
                "ou corrigez le nom."
            ) % {"name": typed[:80]}
    if source == target:
        return _("« %(name)s » est relié à lui-même : un lien va d'un acteur à un autre.") % {
            "name": names[source]
        }
    if kind is None:
        listed = ", ".join(f"« {words} »" for words in kinds.values())
        if not cells["type"]:
            return _("le type du lien manque : écrivez %(kinds)s.") % {"kinds": listed}
        return _("le lien « %(typed)s » n'est pas dans la liste : écrivez %(kinds)s.") % {
            "typed": cells["type"][:60],
            "kinds": listed,
        }
    return ""


def _problem(key: str, number: int, words: str, *, is_only_a_doubt: bool = False) -> LineProblem:
    return LineProblem(file=_file(key), line=number, words=words, is_only_a_doubt=is_only_a_doubt)


def _file(key: str) -> Text:
    return next(one.label for one in BROUGHT if one.key == key)

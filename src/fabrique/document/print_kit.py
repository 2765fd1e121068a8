"""What a room needs on paper, as tagged PDF: sign-in sheet, numbered cards, posters, run sheet.

Each kind is a Typst template that takes a frozen dataclass. The QR code comes ready as SVG: what
it leads to, and whether that may stand on a wall, is the caller's business.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fabrique.document.colours import shades
from fabrique.document.typography import typeset
from fabrique.document.typst import compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of every sheet: which seminar, where, when."""

    title: str
    detail: str = ""
    mark: str = ""
    accent: str = "#1f5a6b"
    lang: str = "fr"
    notice: str = ""
    issued_on: date


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone expected; `qr_svg` is what the team scans to note them present."""

    name: str
    institution: str = ""
    qr_svg: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheet:
    """An A4 sign-in sheet; `spare` empty lines wait for those who were not announced."""

    heading: Heading
    attendees: tuple[Attendee, ...]
    columns: tuple[str, str, str] = ("Nom", "Structure", "Signature")
    caption: str = "Feuille de présence"
    spare: int = 5
    qr_alternative: str = "Code QR pour pointer cette personne"
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """A6 cards to write on, four an A4 page, each with its own code (`V-07`)."""

    heading: Heading
    codes: tuple[str, ...]
    prompt: str
    hint: str = ""
    caption: str = "Cartes de contribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """An A3 poster for one format: its title, what to do in two sentences, how to take part."""

    heading: Heading
    title: str
    instruction: str
    address: str = ""
    code: str = ""
    qr_svg: str = ""
    qr_alternative: str = "Code QR vers l'adresse écrite à côté"
    code_label: str = "Code"


@dataclass(frozen=True, slots=True)
class CanvasBox:
    """A frame to fill in: what is asked, and the lines already known."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasSheet:
    """An A3 sheet a table works on: rows of boxes, which share the height that is left."""

    heading: Heading
    title: str
    lead: str = ""
    rows: tuple[tuple[CanvasBox, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """A map on A3, landscape, with what it says beside it; `svg` comes ready drawn."""

    heading: Heading
    title: str
    svg: str
    description: str
    sentences: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPoster:
    """An A4 poster that says how to join the room, and nothing else."""

    heading: Heading
    title: str
    address: str
    code: str
    qr_svg: str
    qr_alternative: str = "Code QR vers l'adresse écrite dessous"
    steps: tuple[str, ...] = ()
    code_label: str = "Code"


@dataclass(frozen=True, slots=True)
class RunSheetLine:
    """One sequence with its computed time: « 9 h 30 », « 20 min », « Débat »."""

    starts_at: str
    duration: str
    title: str
    kind: str = ""
    detail: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSheet:
    """The run sheet on one A4: long ones are set smaller rather than spill over."""

    heading: Heading
    lines: tuple[RunSheetLine, ...]
    ends_at: str = ""
    end_label: str = "Fin"
    columns: tuple[str, str, str, str] = ("Heure", "Durée", "Séquence", "Qui")
    caption: str = "Déroulé"


Sheet = AttendanceSheet | CardSheet | Poster | CanvasSheet | MapSheet | JoinPoster | RunSheet

_NOT_PROSE = frozenset({"qr_svg", "svg", "address", "code", "codes", "accent", "lang", "mark"})


def render_print(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1, dated from its heading."""
    heading = sheet.heading
    data = _typeset(asdict(sheet), heading.lang)
    tones = shades(heading.accent)
    data["shades"] = {name: getattr(tones, name) for name in ("accent", "strong", "line", "soft")}
    data["heading"]["lang"] = heading.lang[:2]
    data["heading"]["issued_on"] = list(heading.issued_on.timetuple()[:3])
    return compiled(_TEMPLATES[type(sheet)], data, issued_on=heading.issued_on)


def _typeset(value: Any, lang: str) -> Any:
    if isinstance(value, str):
        return typeset(value, lang)
    if isinstance(value, dict):
        return {
            name: child if name in _NOT_PROSE else _typeset(child, lang)
            for name, child in value.items()
        }
    if isinstance(value, list | tuple):
        return [_typeset(child, lang) for child in value]
    return value


_TEMPLATES: Mapping[type, str] = {
    AttendanceSheet: "attendance.typ",
    CardSheet: "cards.typ",
    Poster: "poster.typ",
    CanvasSheet: "canvas.typ",
    MapSheet: "map.typ",
    JoinPoster: "join.typ",
    RunSheet: "run_sheet.typ",
}

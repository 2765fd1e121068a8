"""All that a room needs on paper: the seminar's own sheets, then each format's cards and poster.

Which files there are costs nothing to know; a file is drawn when it is asked for.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fabrique.document.network_drawing import network_svg
from fabrique.document.print_kit import (
    AttendanceSheet,
    Attendee,
    CanvasBox,
    CanvasSheet,
    CardSheet,
    MapSheet,
    Poster,
    Sheet,
    render_print,
)
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Canvas
from fabrique.stages.contribution.formats.contract import Sheet as FormatSheet
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.exports import (
    attendance_sheet,
    heading_of,
    join_poster,
    printed_run_sheet,
    qr_svg,
    short_address,
)
from fabrique.stages.seminar.models import Participant, Room, Sequence
from fabrique.stages.seminar.queries import everyone_seated_in


@dataclass(frozen=True)
class PrintFile:
    """``key`` is its address, ``paper`` what to load in the printer."""

    key: str
    title: str
    paper: str
    text: str
    draw: Callable[[], Sheet]

    @property
    def filename(self) -> str:
        return f"{slugify(self.title) or self.key}.pdf"

    def pdf(self) -> bytes:
        return render_print(self.draw())


def print_files(
    viewer: Viewer,
    meeting: Meeting,
    room: Room,
    sequences: list[Sequence],
    workshops: Iterable[Workshop],
) -> list[PrintFile]:
    """In the order one sets a room up."""
    own = [
        PrintFile(
            "affichette",
            _("Affichette d'entrée"),
            "A4",
            _("Le code QR, l'adresse courte et le code de la salle."),
            lambda: join_poster(meeting, room),
        ),
        PrintFile(
            "presence",
            _("Feuille de présence"),
            "A4",
            _("Les membres du groupe, et des lignes pour ceux qui viendraient en plus."),
            lambda: attendance_sheet(viewer, meeting),
        ),
        PrintFile(
            "deroule",
            _("Déroulé"),
            "A4",
            _("Les séquences et leurs heures, pour l'équipe d'animation."),
            lambda: printed_run_sheet(meeting, sequences),
        ),
    ]
    if people := list(everyone_seated_in(room)):
        own.append(
            PrintFile(
                "liens",
                _("Liens personnels"),
                "A4",
                _("Le lien de chacun vers ce que deviennent ses idées, à remettre en main propre."),
                lambda: _links(meeting, people),
            )
        )
    for workshop in workshops:
        own += [*_of_format(meeting, room, workshop), *_canvases(meeting, workshop)]
        own += _map_of(meeting, workshop)
    return own


def archive(files: Iterable[PrintFile]) -> bytes:
    """Every file in one, numbered in order; two workshops of one format keep both."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for place, file in enumerate(files, start=1):
            package.writestr(f"{place:02d}-{file.filename}", file.pdf())
    return out.getvalue()


def _links(meeting: Meeting, people: list[Participant]) -> AttendanceSheet:
    """To be cut up: a link is its holder's alone, and never stands on a wall."""
    return AttendanceSheet(
        heading=heading_of(meeting),
        attendees=tuple(
            Attendee(
                one.label,
                f"{settings.FABRIQUE_URL}{reverse('contribution:follow-up', args=[one.link_key])}",
            )
            for one in people
        ),
        columns=(_("Nom ou fonction"), _("Lien personnel"), _("Remis")),
        caption=_("Liens personnels, à découper et à remettre à chacun"),
        spare=0,
    )


def _of_format(meeting: Meeting, room: Room, workshop: Workshop) -> list[PrintFile]:
    sheet = get_format(workshop.format).sheet(workshop)
    if sheet is None:
        return []
    title = str(sheet.title)
    files = [
        PrintFile(
            f"affiche-{workshop.position}",
            _("Affiche : %(title)s") % {"title": title},
            "A3",
            workshop.prompt or str(sheet.instruction),
            lambda: _poster(meeting, room, workshop, sheet),
        )
    ]
    if sheet.cards:
        files.append(
            PrintFile(
                f"cartes-{workshop.position}",
                _("Cartes : %(title)s") % {"title": title},
                _("A4, à couper en quatre"),
                _("%(count)d cartes numérotées, de %(first)s à %(last)s.")
                % {
                    "count": sheet.cards,
                    "first": _code(sheet, 1),
                    "last": _code(sheet, sheet.cards),
                },
                lambda: _cards(meeting, workshop, sheet),
            )
        )
    return files


def _map_of(meeting: Meeting, workshop: Workshop) -> list[PrintFile]:
    """The map of what was kept, once something was."""
    format = get_format(workshop.format)
    if not format.prints_map or not rows.kept_cards(workshop).exists():
        return []
    return [
        PrintFile(
            f"carte-{workshop.position}",
            _("Carte : %(title)s") % {"title": workshop.title},
            "A3",
            _("À étaler sur la table, pour corriger et compléter à la main."),
            lambda: _map_sheet(meeting, workshop),
        )
    ]


def _map_sheet(meeting: Meeting, workshop: Workshop) -> MapSheet:
    printed = get_format(workshop.format).printed_map(workshop)
    return MapSheet(
        heading=heading_of(meeting),
        title=workshop.title,
        svg=network_svg(printed.map),
        description=printed.map.description,
        sentences=tuple(printed.sentences),
        note=printed.map.note,
    )


def _canvases(meeting: Meeting, workshop: Workshop) -> list[PrintFile]:
    """The sheets a table fills in, one a subject."""
    return [
        PrintFile(
            f"fiche-{workshop.position}-{number}",
            _("Fiche : %(title)s") % {"title": canvas.title},
            "A3",
            _("À remplir à la main autour de la table, avec ce qui est déjà connu."),
            lambda canvas=canvas: _canvas(meeting, canvas),  # type: ignore[misc]
        )
        for number, canvas in enumerate(get_format(workshop.format).canvases(workshop), 1)
    ]


def _canvas(meeting: Meeting, canvas: Canvas) -> CanvasSheet:
    return CanvasSheet(
        heading=heading_of(meeting),
        title=str(canvas.title),
        lead=str(canvas.lead),
        rows=tuple(
            tuple(CanvasBox(str(box.title), tuple(str(line) for line in box.lines)) for box in row)
            for row in canvas.rows
        ),
    )


def _poster(meeting: Meeting, room: Room, workshop: Workshop, sheet: FormatSheet) -> Poster:
    """The question large, then what to do: never the question twice."""
    instruction = str(sheet.instruction)
    if instruction == workshop.prompt:
        instruction = str(get_format(workshop.format).explanation)
    return Poster(
        heading=heading_of(meeting),
        title=workshop.prompt or str(sheet.title),
        instruction=instruction,
        address=short_address(room),
        code=room.code,
        qr_svg=qr_svg(room),
        qr_alternative=_("Code QR vers l'adresse écrite à côté"),
        code_label=_("Code"),
    )


def _cards(meeting: Meeting, workshop: Workshop, sheet: FormatSheet) -> CardSheet:
    fields = " · ".join(str(name) for name in sheet.fields)
    return CardSheet(
        heading=heading_of(meeting),
        codes=tuple(_code(sheet, number) for number in range(1, sheet.cards + 1)),
        prompt=workshop.prompt or str(sheet.title),
        hint=fields or _("Une idée par carte, en une phrase."),
        caption=_("Cartes de contribution"),
    )


def _code(sheet: FormatSheet, number: int) -> str:
    """As transcription reads it: « V-07 »."""
    return f"{sheet.letter}-{number:02d}"

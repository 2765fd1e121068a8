"""Paper for the room: each sheet is one tagged PDF, of the size and the number of pages it says."""

import io
from dataclasses import replace
from datetime import date

import pytest
import segno
from pypdf import PdfReader

from fabrique.document.print_kit import (
    AttendanceSheet,
    Attendee,
    CardSheet,
    Heading,
    JoinPoster,
    Poster,
    RunSheet,
    RunSheetLine,
    render_print,
)

HEADING = Heading(
    title="Croiser projections et actions réalisées",
    detail="Lorient · 17 septembre 2020 · Maison de l'agglomération",
    mark="#1",
    accent="#0f6b6b",
    notice="Données de démonstration",
    issued_on=date(2020, 9, 17),
)
QR = segno.make("https://fabrique.exemple.fr/j/K7M2QX").svg_inline()
A4, A3 = (210, 297), (297, 420)

ATTENDANCE = AttendanceSheet(
    heading=HEADING,
    attendees=tuple(
        Attendee(f"Membre du groupe {place}", "Commune de Lorient") for place in range(1, 19)
    ),
)
TO_SCAN = replace(
    ATTENDANCE,
    attendees=tuple(replace(one, qr_svg=QR) for one in ATTENDANCE.attendees),
    hint="Visez le code d'un nom pour noter la personne présente.",
)
CARDS = CardSheet(
    heading=HEADING,
    codes=tuple(f"V-{place:02d}" for place in range(1, 7)),
    prompt="Vu de 2030, qu'est-ce qui rend notre territoire vulnérable ?",
    hint="Une idée par carte, en une phrase. Dites pourquoi, et pour qui.",
)
POSTER = Poster(
    heading=HEADING,
    title="Vulnérabilités vues de 2030",
    instruction="Écrivez une idée par carte, ou envoyez-la depuis votre téléphone. Dites ce qui "
    "rend le territoire vulnérable, et pour qui.",
    address="fabrique.exemple.fr/j",
    code="K7M2QX",
    qr_svg=QR,
)
JOIN = JoinPoster(
    heading=HEADING,
    title="Rejoindre la salle",
    address="fabrique.exemple.fr/j",
    code="K7M2QX",
    qr_svg=QR,
    steps=("Visez le code avec l'appareil photo.", "Choisissez votre nom.", "Écrivez."),
)
RUN_SHEET = RunSheet(
    heading=HEADING,
    lines=tuple(
        RunSheetLine(
            f"{9 + place // 3} h {place % 3 * 20:02d}",
            "20 min",
            f"Séquence {place + 1}",
            "Débat" if place % 2 else "Témoignage",
            "Le groupe lit les cartes, les rapproche et nomme ce qu'elles ont en commun.",
            "Animation",
        )
        for place in range(14)
    ),
    ends_at="13 h 40",
)
SHEETS = {
    "attendance": (ATTENDANCE, A4, 1),
    "attendance_to_scan": (TO_SCAN, A4, 2),
    "cards": (CARDS, A4, 2),
    "poster": (POSTER, A3, 1),
    "join": (JOIN, A4, 1),
    "run_sheet": (RUN_SHEET, A4, 1),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_has_its_size_and_number_of_pages(kind):
    sheet, size, pages = SHEETS[kind]
    made = PdfReader(io.BytesIO(render_print(sheet)))
    box = made.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == size
    assert len(made.pages) == pages


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_is_tagged_and_says_its_language_and_title(kind):
    made = PdfReader(io.BytesIO(render_print(SHEETS[kind][0])))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "fr"
    assert "pdfuaid" in made.xmp_metadata.rdf_root.toxml()
    assert HEADING.title in made.metadata.title


def test_every_card_bears_its_own_code():
    made = PdfReader(io.BytesIO(render_print(CARDS)))
    text = " ".join(page.extract_text() for page in made.pages)
    assert [text.count(code) for code in CARDS.codes] == [1] * len(CARDS.codes)


def test_the_same_sheet_gives_the_same_bytes():
    assert render_print(POSTER) == render_print(POSTER)

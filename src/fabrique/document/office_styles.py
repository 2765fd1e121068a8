"""The paragraph and character styles of our DOCX and ODT files, said once for both.

The names are what a person sees in the list of styles of Word or LibreOffice, hence French. The
colours are those of the default accent; a document puts its own in their place.
"""

from dataclasses import dataclass

from fabrique.document.colours import shades
from fabrique.document.fonts import FAMILY

TONES = shades("#1f5a6b")
INK = "#1b2328"
GREY = "#56626a"
HAIR = "#d9dee1"
FONT = FAMILY
FALLBACKS = ("Source Sans Pro", "Calibri", "Carlito", "Arial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style; lengths in points, `parent` empty for what stands on the default alone."""

    name: str
    display: str = ""
    parent: str = "Normal"
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    before: float = 0
    after: float = 0
    line: float = 1.03
    shade: str | None = None
    left_bar: str | None = None
    bottom_rule: str | None = None
    top_rule: str | None = None
    left: float = 0
    hanging: float = 0
    right_aligned: bool = False
    keep_next: bool = False
    outline: int | None = None


PARAGRAPHS: tuple[Style, ...] = (
    Style(name="Corps", after=4),
    Style(name="Puce", after=1),
    Style(name="Avertissement", size=8.5, bold=True, colour="#5c4305", shade="#fff4d6", after=10),
    Style(name="Surtitre", size=10.5, bold=True, colour=TONES.strong, after=4, keep_next=True),
    Style(
        name="Title",
        display="Titre",
        size=23.5,
        bold=True,
        colour=INK,
        line=1.0,
        after=4,
        keep_next=True,
    ),
    Style(
        name="Subtitle",
        display="Sous-titre",
        size=13,
        colour=GREY,
        after=12,
        bottom_rule=TONES.line,
    ),
    Style(name="Fait", size=10, colour=INK, bold=True, after=2, left=85, hanging=85),
    Style(
        name="Heading1",
        display="Titre de partie",
        size=15.5,
        bold=True,
        colour=INK,
        before=12,
        after=4,
        keep_next=True,
        outline=1,
        top_rule=TONES.strong,
        line=1.1,
    ),
    Style(
        name="Heading2",
        display="Titre d'encadré",
        size=11.5,
        bold=True,
        colour=TONES.strong,
        before=10,
        after=2,
        keep_next=True,
        outline=2,
        shade=TONES.soft,
        left_bar=TONES.strong,
        left=10,
    ),
    Style(name="Chapeau", size=11.5, colour=GREY, after=8, keep_next=True),
    Style(
        name="Encadre",
        display="Encadré",
        shade=TONES.soft,
        left_bar=TONES.strong,
        left=10,
    ),
    Style(
        name="Citation",
        size=12,
        before=10,
        after=0,
        left=10,
        left_bar=TONES.strong,
        keep_next=True,
    ),
    Style(
        name="CitationAuteur",
        display="Auteur de la citation",
        size=8.5,
        colour=GREY,
        after=10,
        left=10,
        left_bar=TONES.strong,
    ),
    Style(
        name="Legende",
        display="Légende",
        bold=True,
        before=8,
        after=1,
        keep_next=True,
    ),
    Style(
        name="Explication",
        size=8.5,
        colour=GREY,
        after=4,
        keep_next=True,
    ),
    Style(name="Provenance", size=8.5, colour=GREY, before=3, after=6, line=1.0),
    Style(
        name="Tete",
        display="Tête de colonne",
        size=8,
        bold=True,
        colour=TONES.strong,
        line=1.0,
        before=1,
        after=2,
        keep_next=True,
    ),
    Style(
        name="TeteNombre",
        display="Tête de colonne de nombres",
        parent="Tete",
        size=8,
        bold=True,
        colour=TONES.strong,
        line=1.0,
        before=1,
        after=2,
        right_aligned=True,
        keep_next=True,
    ),
    Style(name="Cellule", size=9, line=0.95, before=1.5, after=1.5, keep_next=True),
    Style(
        name="CelluleTitre",
        display="Cellule de titre",
        size=9,
        bold=True,
        line=0.95,
        before=1.5,
        after=1.5,
        keep_next=True,
    ),
    Style(
        name="CelluleNombre",
        display="Cellule de nombre",
        size=9,
        line=0.95,
        before=1.5,
        after=1.5,
        right_aligned=True,
        keep_next=True,
    ),
    Style(
        name="Chiffre",
        display="Chiffre clé",
        size=26,
        bold=True,
        colour=TONES.strong,
        line=1.0,
        before=2,
    ),
    Style(name="ChiffreLibelle", display="Libellé de chiffre", size=10, bold=True, line=1.05),
    Style(
        name="ChiffreProvenance",
        display="Provenance de chiffre",
        size=8,
        colour=GREY,
        line=1.05,
        after=4,
    ),
    Style(
        name="FicheEtiquette",
        display="Étiquette de fiche",
        size=8.5,
        bold=True,
        colour=TONES.strong,
        before=6,
        top_rule=TONES.line,
        line=1.2,
        keep_next=True,
    ),
    Style(
        name="FicheTitre",
        display="Titre de fiche",
        bold=True,
        keep_next=True,
    ),
    Style(
        name="FicheTexte",
        display="Texte de fiche",
        size=9.5,
        after=8,
        line=1.2,
    ),
    Style(name="Source", size=8, left=20, hanging=20, after=1, line=1.0),
    Style(name="Colophon", size=8.5, colour=GREY, after=1, line=1.1),
    Style(
        name="ColophonPremier",
        display="Première ligne du colophon",
        size=8.5,
        colour=GREY,
        before=12,
        after=1,
        line=1.1,
        top_rule=TONES.line,
    ),
    Style(name="Footer", display="Pied de page", size=8, colour=GREY, line=1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A character style."""

    name: str
    bold: bool | None = None
    colour: str | None = None
    shade: str | None = None
    size: float | None = None


RUNS: tuple[Run, ...] = (
    Run(name="Marque", bold=True, colour="#ffffff", shade=TONES.strong, size=13),
    Run(name="FaitNom", bold=False, colour=GREY),
    Run(name="Hyperlink", colour=TONES.strong),
    Run(name="Definition", colour=TONES.strong),
    Run(name="Numero", bold=True, colour=TONES.strong),
)

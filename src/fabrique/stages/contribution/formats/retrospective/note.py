"""What the look back brings to the note: three columns in time, and what became of the fears."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Bullets, Citation, Column, Item, Paragraph, Row, Table
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.formats.retrospective.analysis import (
    Feared,
    LookBack,
    Year,
    look_back,
)
from fabrique.stages.contribution.formats.retrospective.columns import COLUMNS
from fabrique.stages.contribution.models import Card, Workshop

SEPARATOR = " ; "


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    found = look_back(workshop)
    if not found.cards:
        return [*left_behind(workshop)]
    return [
        *_columns(workshop, found),
        *_fears(workshop, found),
        *_unforeseen(workshop, found),
        *_open(workshop, found),
        *left_behind(workshop),
    ]


def _columns(workshop: Workshop, found: LookBack) -> Iterator[NotePart]:
    if not found.years:
        return
    year = workshop.meeting.programme.midterm_year
    yield NotePart(
        section="kept",
        blocks=[
            Table(
                _("« Nous sommes en %(year)d » : ce que le groupe raconte") % {"year": year},
                (Column(_("Année")), *(Column(str(label), "wide") for label in COLUMNS.values())),
                tuple(_year_row(one) for one in found.years),
                _("Récit du groupe, projeté en %(year)d : ce n'est pas un constat.")
                % {"year": year},
                id=block_id(workshop, "years"),
            )
        ],
    )


def _year_row(one: Year) -> Row:
    cards = [card for cell in one.cells.values() for card in cell]
    return Row(
        (
            str(one.year) if one.year else _("Sans année"),
            *(SEPARATOR.join(card.title for card in one.cells[key]) or "–" for key in COLUMNS),
        ),
        id=f"year:{one.year or 0}",
        citations=tuple(map(cite_card, cards)),
    )


def _fears(workshop: Workshop, found: LookBack) -> Iterator[NotePart]:
    told = [one for one in found.feared if not one.is_unsaid]
    if told:
        table = Table(
            _("Ce que le premier séminaire craignait : ce qui est revenu, ce qui y a répondu"),
            (
                Column(_("Vulnérabilité"), "wide"),
                Column(_("Ce qui est revenu"), "wide"),
                Column(_("Ce qui y a répondu"), "wide"),
            ),
            tuple(_fear_row(one) for one in told),
            id=block_id(workshop, "fears"),
        )
        yield NotePart(section="figures", blocks=[table])


def _fear_row(one: Feared) -> Row:
    return Row(
        (one.vulnerability.title, _titles(one.came_back), _titles(one.answered_by)),
        id=f"fear:{one.vulnerability.card_id}",
        citations=(
            cite_feared(one.vulnerability),
            *map(cite_card, (*one.came_back, *one.answered_by)),
        ),
    )


def _titles(cards: Sequence[Card]) -> str:
    return SEPARATOR.join(card.title for card in cards) or "–"


def _unforeseen(workshop: Workshop, found: LookBack) -> Iterator[NotePart]:
    cards = found.unforeseen
    if not cards:
        return
    words = ngettext(
        "%(count)d vulnérabilité nouvelle, que le premier séminaire n'avait pas nommée :",
        "%(count)d vulnérabilités nouvelles, que le premier séminaire n'avait pas nommées :",
        len(cards),
    ) % {"count": len(cards)}
    items = tuple(
        Item(card.title, id=f"new:{card.pk}", citations=(cite_card(card),)) for card in cards
    )
    yield NotePart(
        section="blind_spots",
        blocks=[
            Paragraph(words, id=block_id(workshop, "new-lead")),
            Bullets(items, id=block_id(workshop, "new")),
        ],
    )


def _open(workshop: Workshop, found: LookBack) -> Iterator[NotePart]:
    items = []
    if unsaid := found.unsaid:
        words = ngettext(
            "%(count)d vulnérabilité du premier séminaire n'apparaît plus dans ce récit : "
            "levée, ou oubliée ?",
            "%(count)d vulnérabilités du premier séminaire n'apparaissent plus dans ce récit : "
            "levées, ou oubliées ?",
            len(unsaid),
        ) % {"count": len(unsaid)}
        names = ", ".join(_("« %(title)s »") % {"title": one.vulnerability.title} for one in unsaid)
        cited = tuple(cite_feared(one.vulnerability) for one in unsaid)
        items.append(Item(f"{words} {names}.", id="unsaid", citations=cited))
    if cards := found.unplaced:
        words = ngettext(
            "%(count)d carte n'est encore dans aucune colonne :",
            "%(count)d cartes ne sont encore dans aucune colonne :",
            len(cards),
        ) % {"count": len(cards)}
        cited = tuple(map(cite_card, cards))
        items.append(Item(f"{words} {named(cards)}", id="unplaced", citations=cited))
    if items:
        blocks = [Bullets(tuple(items), id=block_id(workshop, "to-see"))]
        yield NotePart(section="open_questions", blocks=blocks)


def cite_feared(one: Reachable) -> Citation:
    """« Submersion », carte du séminaire « Croiser projections et actions réalisées »."""
    words = _("« %(title)s », carte du séminaire « %(meeting)s »") % {
        "title": one.title,
        "meeting": one.meeting_title,
    }
    return Citation(f"card:{one.card_id}", words)

"""What the crossing brings to the note: blind spots first, then what answers what."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Bullets, Citation, Column, Item, Paragraph, Row, Table
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import block_id, named, sentence
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.crossing.analysis import Cell, CrossingResults, Line
from fabrique.stages.contribution.models import Card, Workshop

#: Actions told for one vulnerability: the table of a two-page note; all are cited.
MOST_LISTED = 3


def note_parts(workshop: Workshop, results: CrossingResults) -> Sequence[NotePart]:
    return [
        *_blind_spots(workshop, results),
        *_figures(workshop, results),
        *_open(workshop, results),
    ]


def _blind_spots(workshop: Workshop, results: CrossingResults) -> Iterator[NotePart]:
    if not results.lines or not results.is_shown:
        return
    found = results.blind_spots
    if not found:
        words = _("Chaque vulnérabilité assez examinée a au moins une action en face.")
        blocks = [Paragraph(words, id=block_id(workshop, "no-blind-spot"))]
        yield NotePart(section="blind_spots", blocks=blocks)
        return
    lead = ngettext(
        "%(count)d vulnérabilité n'a pas d'action réalisée en face, à la connaissance du groupe. "
        "Une case vide n'est pas une preuve : elle appelle une vérification.",
        "%(count)d vulnérabilités n'ont pas d'action réalisée en face, à la connaissance du "
        "groupe. Une case vide n'est pas une preuve : elle appelle une vérification.",
        len(found),
    ) % {"count": len(found)}
    yield NotePart(
        section="blind_spots",
        blocks=[
            Paragraph(lead, id=block_id(workshop, "blind-spots-lead")),
            Bullets(tuple(map(_blind_item, found)), id=block_id(workshop, "blind-spots")),
        ],
    )


def _blind_item(line: Line) -> Item:
    asked = line.coverage.asked
    words = ngettext(
        "%(title)s %(count)d personne a répondu, aucune ne cite d'action.",
        "%(title)s %(count)d personnes ont répondu, aucune ne cite d'action.",
        asked,
    ) % {"title": sentence(line.card.title), "count": asked}
    return Item(words, id=f"blind:{line.card.pk}", citations=(cite_card(line.card),))


def _figures(workshop: Workshop, results: CrossingResults) -> Iterator[NotePart]:
    lines = [line for line in results.covered if results.is_shown or line.is_confirmed]
    if not lines:
        return
    yield NotePart(
        section="figures",
        blocks=[
            Table(
                _("Ce que la collectivité a déjà mis en face des vulnérabilités"),
                (
                    Column(_("Vulnérabilité"), "wide"),
                    Column(_("Actions qui y répondent"), "wide"),
                    Column(_("Réponses"), "number"),
                ),
                tuple(_row(line, results) for line in lines),
                _("Entre parenthèses, combien de personnes citent l'action. %(sources)s.")
                % {"sources": provenance.votes(results.people, results.instants)}
                if results.is_shown
                else _("Confirmé par la salle."),
                id=block_id(workshop, "table"),
            )
        ],
    )


def _row(line: Line, results: CrossingResults) -> Row:
    cells = [cell for cell in line.answering if results.is_shown or cell.is_confirmed]
    return Row(
        (
            line.card.title,
            _cells_words(cells, line),
            str(line.coverage.asked) if line.is_shown else "–",
        ),
        id=f"covered:{line.card.pk}",
        citations=_cited(line, cells),
    )


def _cited(line: Line, cells: Sequence[Cell]) -> tuple[Citation, ...]:
    return (cite_card(line.card), *(cite_card(cell.action) for cell in cells))


def _cells_words(cells: Sequence[Cell], line: Line) -> str:
    words = [_cell_words(cell, line) for cell in cells[:MOST_LISTED]]
    if len(cells) > MOST_LISTED:
        words.append(_("et %(count)d de plus") % {"count": len(cells) - MOST_LISTED})
    return " ; ".join(words)


def _cell_words(cell: Cell, line: Line) -> str:
    notes = [str(cell.people)] if cell.people and line.is_shown else []
    if cell.is_confirmed:
        notes.append(_("confirmé par la salle"))
    return f"{cell.action.title} ({', '.join(notes)})" if notes else cell.action.title


def _open(workshop: Workshop, results: CrossingResults) -> Iterator[NotePart]:
    """What too few people looked at, what rests on one person, what answers nothing."""
    items = [*_unsure_items(results), *_single_items(results), *_idle_items(results)]
    if items:
        blocks = [Bullets(tuple(items), id=block_id(workshop, "to-check"))]
        yield NotePart(section="open_questions", blocks=blocks)


def _unsure_items(results: CrossingResults) -> Iterator[Item]:
    if lines := results.unsure:
        words = ngettext(
            "%(count)d vulnérabilité a été croisée par moins de 5 personnes : trop peu pour "
            "parler d'angle mort.",
            "%(count)d vulnérabilités ont été croisées par moins de 5 personnes : trop peu pour "
            "parler d'angles morts.",
            len(lines),
        ) % {"count": len(lines)}
        yield _open_item(words, "unsure", [line.card for line in lines])


def _single_items(results: CrossingResults) -> Iterator[Item]:
    if lines := [line for line in results.covered if line.rests_on_one and line.is_shown]:
        words = ngettext(
            "Pour %(count)d vulnérabilité, chaque action n'est citée que par une personne : "
            "à vérifier.",
            "Pour %(count)d vulnérabilités, chaque action n'est citée que par une personne : "
            "à vérifier.",
            len(lines),
        ) % {"count": len(lines)}
        yield _open_item(words, "single", [line.card for line in lines])


def _idle_items(results: CrossingResults) -> Iterator[Item]:
    if results.is_shown and (cards := results.idle):
        words = ngettext(
            "%(count)d action réalisée n'est reliée à aucune vulnérabilité : à quoi répond-elle ?",
            "%(count)d actions réalisées ne sont reliées à aucune vulnérabilité : "
            "à quoi répondent-elles ?",
            len(cards),
        ) % {"count": len(cards)}
        yield _open_item(words, "idle", cards)


def _open_item(words: str, name: str, cards: Sequence[Card]) -> Item:
    return Item(f"{words} {named(cards)}", id=name, citations=tuple(map(cite_card, cards)))

"""What the map brings to the note: the short list, the drawing, the actors and their ties."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Bullets,
    Column,
    Item,
    NetworkMap,
    Row,
    Table,
)
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults
from fabrique.stages.contribution.formats.actor_map.panel import ActorLine, actor_lines
from fabrique.stages.contribution.formats.actor_map.sentences import Sentence, sentences
from fabrique.stages.contribution.formats.blocks import block_id, left_behind
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.models import Card, Workshop

#: Ties told for one actor in the table; the map draws them all.
MOST_TIES = 4


def note_parts(
    workshop: Workshop, results: ActorMapResults, drawing: NetworkMap | None
) -> Sequence[NotePart]:
    said = sentences(results)
    return [
        *_bullets(workshop, "kept", [one for one in said if not one.is_open]),
        *_figures(workshop, results, drawing),
        *_bullets(workshop, "open_questions", [one for one in said if one.is_open]),
        *left_behind(workshop),
    ]


def _bullets(workshop: Workshop, section: str, said: Sequence[Sentence]) -> Iterator[NotePart]:
    if said:
        items = tuple(
            Item(one.words, id=f"{one.key}:{workshop.pk}", citations=_cited(one.cards))
            for one in said
        )
        block = Bullets(items, id=block_id(workshop, f"map-{section}"))
        yield NotePart(section=section, blocks=[block])


def _cited(cards: Sequence[Card]) -> tuple:  # type: ignore[type-arg]
    return tuple(cite_card(card) for card in cards)


def _figures(
    workshop: Workshop, results: ActorMapResults, drawing: NetworkMap | None
) -> Iterator[NotePart]:
    if drawing is not None:
        yield NotePart(section="figures", blocks=[drawing, _table(workshop, results)])


def _table(workshop: Workshop, results: ActorMapResults) -> Table:
    return Table(
        _("Les acteurs et leurs liens"),
        (
            Column(_("Acteur"), "wide"),
            Column(_("Type")),
            Column(_("Profil")),
            Column(_("Liens"), "wide"),
            *([Column(_("Cité par"), "number")] if results.shows_people else []),
        ),
        tuple(_row(line, results) for line in actor_lines(results)),
        provenance_words(results),
        id=block_id(workshop, "actors"),
    )


def _row(line: ActorLine, results: ActorMapResults) -> Row:
    ties = list(line.ties[:MOST_TIES])
    if len(line.ties) > MOST_TIES:
        ties.append(_("et %(count)d de plus") % {"count": len(line.ties) - MOST_TIES})
    cells = (
        line.actor.card.title,
        line.actor.word("type") or "–",
        line.actor.word("profile") or "–",
        " ; ".join(ties) or _("aucun lien tracé"),
        *([line.cited_by] if results.shows_people else []),
    )
    return Row(cells, id=f"actor:{line.actor.card.pk}", citations=(cite_card(line.actor.card),))


def provenance_words(results: ActorMapResults) -> str:
    """« Carte dressée par 17 personnes… », or why their number is not said."""
    absent = _("Un lien absent n'est pas une preuve.")
    if not results.shows_people:
        return absent
    words = ngettext(
        "Carte dressée par %(count)d personne, en séance.",
        "Carte dressée par %(count)d personnes, en séance.",
        results.people,
    ) % {"count": results.people}
    return f"{words} {absent}"

"""What the review brings to the note: the actions, their effect, whom they reached."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Column, KeyFigure, KeyFigures, Row, Table
from fabrique.stages.contribution.formats.blocks import block_id, left_behind
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.past_actions.analysis import Review, review
from fabrique.stages.contribution.models import Card, Workshop


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    results = review(workshop)
    if not results.cards:
        return [*left_behind(workshop)]
    return [
        NotePart(section="kept", blocks=[_table(workshop, results)]),
        NotePart(section="figures", blocks=[_figures(workshop, results)]),
        *left_behind(workshop),
    ]


def _table(workshop: Workshop, results: Review) -> Table:
    return Table(
        workshop.title or _("Actions réalisées"),
        (
            Column(_("Action"), "wide"),
            Column(_("Secteur")),
            Column(_("Effet")),
            Column(_("Publics touchés")),
        ),
        tuple(_row(card) for card in results.cards),
        _("Appréciation du groupe, en séance."),
        id=block_id(workshop, "table"),
    )


def _row(card: Card) -> Row:
    payload = card.payload
    return Row(
        (
            card.title,
            payload.get("sector") or "–",
            payload.get("effect") or "–",
            _enumerated(payload.get("reached", [])) or "–",
        ),
        id=f"card:{card.pk}",
        citations=(cite_card(card),),
    )


def _enumerated(choices: Sequence[str]) -> str:
    """« Jeunes, agents de la collectivité »: one capital, at the start."""
    return ", ".join([*choices[:1], *(each[:1].lower() + each[1:] for each in choices[1:])])


def _figures(workshop: Workshop, results: Review) -> KeyFigures:
    count = len(results.cards)
    figures = [
        KeyFigure(
            str(count),
            ngettext("action réalisée retenue", "actions réalisées retenues", count),
            _("regroupées par le groupe, en séance"),
        )
    ]
    if results.effects:
        effect, times = results.effects[0]
        figures.append(
            KeyFigure(
                str(times),
                _("jugées ainsi : « %(effect)s »") % {"effect": effect},
                _("appréciation du groupe"),
            )
        )
    return KeyFigures(tuple(figures), id=block_id(workshop, "figures"))

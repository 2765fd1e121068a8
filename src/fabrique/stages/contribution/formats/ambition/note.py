"""What the ambition brings to the note: the right levels, the coloured chart, who differs."""

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    AbacusChart,
    Bullets,
    Column,
    DistributionBar,
    Item,
    Paragraph,
    Row,
    Table,
)
from fabrique.methods.ambition import NoLevel
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.ambition.analysis import AmbitionResults, Weighed
from fabrique.stages.contribution.formats.ambition.scales import LEVELS
from fabrique.stages.contribution.formats.ambition.wording import answers_words, line_of
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named, sentence
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.models import Card, Workshop

#: Halfway between all alike (0) and two camps (1) marks spread evenly: above, the room is divided.
DIVIDED = 0.5
MOST_DIVIDED = 3


def note_parts(workshop: Workshop, results: AmbitionResults) -> Sequence[NotePart]:
    return [
        *_kept(workshop, results),
        *_figures(workshop, results),
        *_debated(workshop, results),
        *_open(workshop, results),
        *left_behind(workshop),
    ]


def chart(
    workshop: Workshop,
    results: AmbitionResults,
    shown: Sequence[Weighed],
    *,
    scale: str,
    with_level: bool = False,
) -> AbacusChart:
    """The coloured chart of one scale, in the round the figures rest on."""
    title = {
        "ambition": _("Jusqu'où aller : l'abaque de la salle"),
        "capacity": _("En sommes-nous capables : l'abaque de la salle"),
    }[scale]
    return AbacusChart(
        title,
        _(
            "Une marque par personne, rangées du niveau le plus bas au plus haut : plus la marque "
            "est haute et foncée, plus le niveau est élevé, de 1 à 5."
        ),
        LEVELS,
        tuple(
            DistributionBar(
                _with_level(one) if with_level else one.card.title,
                summary.counts,
                id=f"{scale}:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
            if (summary := one.ambition if scale == "ambition" else one.capacity)
        ),
        subject=_("Action"),
        note=sources_of(results),
        id=block_id(workshop, f"abacus-{scale}"),
    )


def _with_level(one: Weighed) -> str:
    """« Légumerie : juste niveau 4 », or that nobody leads it."""
    if one.item.no_level == NoLevel.NO_LEAD:
        return _("%(title)s : sans pilote, pas de juste niveau") % {"title": one.card.title}
    if one.item.right_level is None:
        return one.card.title
    words = _("%(title)s : juste niveau %(level)d")
    return words % {"title": one.card.title, "level": one.item.right_level}


def sources_of(results: AmbitionResults) -> str:
    """« 14 personnes, vote individuel sur téléphone, le 3 décembre 2020, second tour »."""
    turn = _("second tour") if results.vote.deciding_round == 2 else _("premier tour")
    return f"{provenance.votes(results.voters, results.instants)}, {turn}"


def _kept(workshop: Workshop, results: AmbitionResults) -> Iterator[NotePart]:
    levelled = [one for one in results.shown if one.item.right_level]
    if not levelled:
        return
    lead = _(
        "Le juste niveau est le plus élevé que plus de la moitié de la salle atteint ou dépasse, "
        "pour une action que quelqu'un pilote :"
    )
    yield NotePart(
        section="kept",
        blocks=[
            Paragraph(lead, id=block_id(workshop, "lead")),
            Bullets(tuple(map(_level_item, levelled)), id=block_id(workshop, "levels")),
        ],
    )


def _level_item(one: Weighed) -> Item:
    words = _(
        "%(title)s Niveau %(level)d sur 5, avec %(support)d voix sur %(count)d ; pilote : %(lead)s."
    ) % {
        "title": sentence(one.card.title),
        "level": one.item.right_level,
        "support": one.item.level_support,
        "count": one.ambition.n if one.ambition else 0,
        "lead": one.card.payload.get("lead", ""),
    }
    return Item(words, id=f"level:{one.card.pk}", citations=(cite_card(one.card),))


def _figures(workshop: Workshop, results: AmbitionResults) -> Iterator[NotePart]:
    shown = results.shown
    if not shown:
        return
    able = [one for one in shown if one.capacity]
    blocks = [chart(workshop, results, shown, scale="ambition")]
    blocks += [chart(workshop, results, able, scale="capacity")] if able else []
    yield NotePart(section="figures", blocks=[*blocks, table(workshop, results, shown)])


def table(workshop: Workshop, results: AmbitionResults, shown: Sequence[Weighed]) -> Table:
    lines = [line_of(one) for one in shown]
    return Table(
        _("Ambition et capacité, de 1 à 5 : médiane et moitié centrale"),
        (
            Column(_("Action"), "wide"),
            *(
                Column(label, "text" if place in (0, 4) else "number")
                for place, (label, _value) in enumerate(lines[0].figures)
            ),
        ),
        tuple(
            Row(
                (line.title, *(value for _label, value in line.figures)),
                id=f"weighed:{line.weighed.card.pk}",
                citations=(cite_card(line.weighed.card),),
            )
            for line in lines
        ),
        table_note(results),
        id=block_id(workshop, "table"),
    )


def table_note(results: AmbitionResults) -> str:
    words = _(
        "%(sources)s. Polarisation : de 0 %% quand tous répondent de même à 100 %% quand la salle "
        "se partage en deux camps."
    ) % {"sources": sources_of(results)}
    if all(one.robustness is None for one in results.shown):
        return words
    return _(
        "%(words)s Robustesse : part de %(resamples)s tirages au sort des votants où l'action "
        "reste parmi les %(top)d plus ambitieuses."
    ) % {
        "words": words,
        "resamples": number_format(results.vote.resamples, force_grouping=True),
        "top": results.vote.top_k,
    }


def _debated(workshop: Workshop, results: AmbitionResults) -> Iterator[NotePart]:
    divided = [one for one in results.most_divided if one.polarisation >= DIVIDED][:MOST_DIVIDED]
    if divided:
        items = tuple(
            Item(
                _("« %(title)s » divise la salle sur l'ambition : %(answers)s.")
                % {"title": one.card.title, "answers": answers_words(one.ambition)},
                id=f"divided:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in divided
            if one.ambition
        )
        yield NotePart(section="debated", blocks=[Bullets(items, id=block_id(workshop, "divided"))])


def _open(workshop: Workshop, results: AmbitionResults) -> Iterator[NotePart]:
    """What has no level, and why: said, never hidden."""
    leaderless = [one.card for one in results.shown if one.item.no_level == NoLevel.NO_LEAD]
    unjudged = [one.card for one in results.not_shown]
    items = []
    if leaderless:
        words = ngettext(
            "%(count)d action n'a pas de juste niveau, faute de pilote nommé.",
            "%(count)d actions n'ont pas de juste niveau, faute de pilote nommé.",
            len(leaderless),
        ) % {"count": len(leaderless)}
        items.append(_open_item(words, "no-lead", leaderless))
    if unjudged:
        words = ngettext(
            "%(count)d action a été jugée par moins de %(minimum)d personnes : on ne conclut pas.",
            "%(count)d actions ont été jugées par moins de %(minimum)d personnes : "
            "on ne conclut pas.",
            len(unjudged),
        ) % {"count": len(unjudged), "minimum": results.vote.minimum_voters}
        items.append(_open_item(words, "unjudged", unjudged))
    if items:
        blocks = [Bullets(tuple(items), id=block_id(workshop, "no-level"))]
        yield NotePart(section="open_questions", blocks=blocks)


def _open_item(words: str, name: str, cards: Sequence[Card]) -> Item:
    return Item(f"{words} {named(cards)}", id=name, citations=tuple(map(cite_card, cards)))

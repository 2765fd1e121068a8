"""What vulnerabilities bring to the note: the list, the figures, where the room is divided."""

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Block,
    Bullets,
    Column,
    Item,
    Paragraph,
    RangeBar,
    RangeChart,
    Row,
    Scale,
    Table,
)
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import (
    block_id,
    card_words,
    kept_blocks,
    left_behind,
    named,
)
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import Criterion, NotePart
from fabrique.stages.contribution.formats.numbers import spread
from fabrique.stages.contribution.formats.vulnerabilities.analysis import (
    Assessed,
    VulnerabilityResults,
    assess_workshop,
)
from fabrique.stages.contribution.formats.vulnerabilities.panel import robustness_words
from fabrique.stages.contribution.models import Workshop

#: Van der Eijk's agreement under which we say that a room is divided (0: marks spread evenly).
DIVIDED = 0.25
MOST_DIVIDED = 3


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    results = assess_workshop(workshop)
    return [
        *(NotePart(section="kept", blocks=kept) for kept in [_kept(workshop, results)] if kept),
        *_figures(workshop, results),
        *_debated(workshop, results),
        *_open(workshop, results),
        *left_behind(workshop),
    ]


def _kept(workshop: Workshop, results: VulnerabilityResults) -> list[Block]:
    """The first ones when enough people judged, all of them otherwise."""
    if not results.cards:
        return []
    year = workshop.meeting.programme.horizon_year
    first = [one for one in results.cards if one.item.rank and one.item.rank <= results.top]
    if not first:
        lead = ngettext(
            "En se plaçant en %(year)d, le groupe retient %(count)d vulnérabilité.",
            "En se plaçant en %(year)d, le groupe retient %(count)d vulnérabilités.",
            len(results.cards),
        ) % {"year": year, "count": len(results.cards)}
        return kept_blocks(workshop, [one.card for one in results.cards], lead=lead)
    return [
        Paragraph(
            _(
                "Vues de %(year)d, %(first)d vulnérabilités sur %(count)d préoccupent "
                "le plus le groupe :"
            )
            % {"year": year, "first": len(first), "count": len(results.cards)},
            id=block_id(workshop, "lead"),
        ),
        Bullets(tuple(map(_first_item, first)), id=block_id(workshop, "cards")),
    ]


def _first_item(one: Assessed) -> Item:
    return Item(card_words(one.card), id=f"card:{one.card.pk}", citations=(cite_card(one.card),))


def _figures(workshop: Workshop, results: VulnerabilityResults) -> Iterator[NotePart]:
    shown = results.shown
    if not shown:
        return
    yield NotePart(
        section="figures",
        blocks=[chart(workshop, results, shown), _table(workshop, results, shown)],
    )


def chart(
    workshop: Workshop, results: VulnerabilityResults, shown: Sequence[Assessed]
) -> RangeChart:
    return RangeChart(
        _("Vulnérabilité à l'horizon %(year)d") % {"year": workshop.meeting.programme.horizon_year},
        _(
            "Exposition multipliée par sensibilité, de 1 à 16, calculée pour chaque personne. "
            "Le disque marque la médiane, la barre la moitié centrale des réponses."
        ),
        tuple(
            RangeBar(
                one.card.title,
                gross.median or 0,
                gross.lower_quartile or 0,
                gross.upper_quartile or 0,
                gross.n,
                id=f"gross:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
            for gross in [one.item.gross]
        ),
        scale=Scale(1, 16, _("faible"), _("forte")),
        subject=_("Vulnérabilité"),
        note=sources_of(results),
        id=block_id(workshop, "chart"),
    )


def _table(workshop: Workshop, results: VulnerabilityResults, shown: Sequence[Assessed]) -> Table:
    stable = [one for one in shown if one.robustness is not None]
    columns = [
        Column(_("Vulnérabilité"), "wide"),
        Column(_("Exposition"), "number"),
        Column(_("Sensibilité"), "number"),
        Column(_("Capacité d'adaptation"), "number"),
        *(
            [Column(_("Parmi les %(top)d premières") % {"top": results.top}, "number")]
            * bool(stable)
        ),
    ]
    return Table(
        _("Les trois jugements, de 1 à 4 : médiane et moitié centrale"),
        tuple(columns),
        tuple(_table_row(one, len(columns)) for one in shown),
        _table_note(results) if stable else sources_of(results),
        id=block_id(workshop, "table"),
    )


def _table_row(one: Assessed, width: int) -> Row:
    cells = (
        one.card.title,
        spread(one.item.exposure),
        spread(one.item.sensitivity),
        spread(one.capacity),
        robustness_words(one),
    )
    return Row(cells[:width], id=f"marks:{one.card.pk}", citations=(cite_card(one.card),))


def _table_note(results: VulnerabilityResults) -> str:
    return _(
        "%(sources)s. Dernière colonne : part de %(resamples)s tirages au sort des votants "
        "où la vulnérabilité reste parmi les %(top)d premières."
    ) % {
        "sources": sources_of(results),
        "resamples": number_format(results.assessment.resamples, force_grouping=True),
        "top": results.top,
    }


def sources_of(results: VulnerabilityResults) -> str:
    return provenance.votes(results.voters, results.instants)


def _debated(workshop: Workshop, results: VulnerabilityResults) -> Iterator[NotePart]:
    """The judgements on which the room is most divided, in so many answers."""
    divided = sorted(
        (
            (summary.agreement, one, criterion, summary.counts)
            for one in results.shown
            for criterion, summary in one.judged
            if summary.agreement is not None and summary.agreement <= DIVIDED
        ),
        key=lambda found: found[0],
    )[:MOST_DIVIDED]
    if divided:
        items = tuple(_divided_item(one, by, counts) for _agreement, one, by, counts in divided)
        yield NotePart(section="debated", blocks=[Bullets(items, id=block_id(workshop, "divided"))])


def _divided_item(one: Assessed, criterion: Criterion, counts: Sequence[int]) -> Item:
    answers = " ; ".join(
        f"{words.lower()}, {count}"
        for words, count in zip(map(str, criterion.scale.values()), counts, strict=True)
    )
    return Item(
        _(
            "« %(title)s » divise le groupe. Réponses sur le critère « %(criterion)s » : "
            "%(answers)s."
        )
        % {
            "title": one.card.title,
            "criterion": str(criterion.label).lower(),
            "answers": answers,
        },
        id=f"divided:{criterion.key}:{one.card.pk}",
        citations=(cite_card(one.card),),
    )


def _open(workshop: Workshop, results: VulnerabilityResults) -> Iterator[NotePart]:
    """What cannot be ranked, and why: said, never hidden."""
    left = results.not_shown
    if not left:
        return
    cards = [one.card for one in left]
    if results.voters:
        words = ngettext(
            "%(count)d vulnérabilité n'est pas classée : moins de %(minimum)d personnes l'ont "
            "notée.",
            "%(count)d vulnérabilités ne sont pas classées : moins de %(minimum)d personnes les "
            "ont notées.",
            len(left),
        )
    else:
        words = ngettext(
            "%(count)d vulnérabilité reste à noter par le groupe.",
            "%(count)d vulnérabilités restent à noter par le groupe.",
            len(left),
        )
    yield NotePart(
        section="open_questions",
        blocks=[
            Paragraph(
                f"{words % {'count': len(left), 'minimum': results.minimum}} {named(cards)}",
                id=block_id(workshop, "not-ranked"),
                citations=tuple(map(cite_card, cards)),
            )
        ],
    )

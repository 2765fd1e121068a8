"""What the evaluation brings to the note: its figures, and what to change next time."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Bullets, DistributionBar, DistributionChart, Item, Paragraph
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import block_id
from fabrique.stages.contribution.formats.citations import cite_contribution, cite_contributions
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.hot_evaluation.analysis import Evaluation
from fabrique.stages.contribution.models import Contribution, Workshop

#: Beyond, a note at the door becomes a report: the rest stays on its sources page.
MOST_QUOTED = 6


def note_parts(workshop: Workshop, results: Evaluation) -> Sequence[NotePart]:
    return [*_figures(workshop, results), *_next_time(workshop, results)]


def _figures(workshop: Workshop, results: Evaluation) -> Iterator[NotePart]:
    if not results.is_shown:
        return
    yield NotePart(section="figures", blocks=[chart(workshop, results)])


def chart(workshop: Workshop, results: Evaluation) -> DistributionChart:
    return DistributionChart(
        _("Évaluation à chaud"),
        _("Combien de personnes ont choisi chaque réponse."),
        tuple(str(words) for words in results.scale),
        tuple(
            DistributionBar(str(spread.question), tuple(spread.counts), id=f"q{place}")
            for place, spread in enumerate(results.spreads, start=1)
            if spread.is_shown
        ),
        provenance.answers(results.people, results.instants),
        _("Affirmation"),
        id=block_id(workshop, "chart"),
    )


def _next_time(workshop: Workshop, results: Evaluation) -> Iterator[NotePart]:
    blocks = [
        *_quoted(workshop, results.kept, "keep", _("Ce que les participants retiennent :")),
        *_quoted(workshop, results.to_improve, "improve", _("À améliorer la prochaine fois :")),
    ]
    if blocks:
        yield NotePart(section="next_time", blocks=blocks)


def _quoted(
    workshop: Workshop, contributions: Sequence[Contribution], name: str, lead: str
) -> Iterator[Paragraph | Bullets]:
    if not contributions:
        return
    yield Paragraph(lead, id=block_id(workshop, f"{name}-lead"))
    items = [
        Item(
            _("« %(words)s »") % {"words": contribution.payload[name]},
            id=f"{name}:{contribution.pk}",
            citations=(cite_contribution(contribution),),
        )
        for contribution in contributions[:MOST_QUOTED]
    ]
    if rest := contributions[MOST_QUOTED:]:
        items.append(
            Item(
                ngettext(
                    "Et %(count)d autre remarque.", "Et %(count)d autres remarques.", len(rest)
                )
                % {"count": len(rest)},
                id=f"{name}:rest:{workshop.pk}",
                citations=cite_contributions(rest),
            )
        )
    yield Bullets(tuple(items), id=block_id(workshop, name))

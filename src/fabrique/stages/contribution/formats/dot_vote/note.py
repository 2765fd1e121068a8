"""What a dot vote brings to the note: what comes first, the count, or why there is none."""

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Bar, BarChart, Block, Bullets, Item, Paragraph
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import (
    block_id,
    card_words,
    left_behind,
    named,
)
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.dot_vote.analysis import Counted, DotResults
from fabrique.stages.contribution.models import Workshop


def note_parts(workshop: Workshop, results: DotResults) -> Sequence[NotePart]:
    if not results.cards:
        return list(left_behind(workshop))
    if not results.is_shown:
        return [_declined(workshop, results), *left_behind(workshop)]
    return [
        NotePart(section="kept", blocks=list(_kept(workshop, results))),
        NotePart(section="figures", blocks=[chart(workshop, results, results.cards)]),
        *left_behind(workshop),
    ]


def chart(workshop: Workshop, results: DotResults, shown: Sequence[Counted]) -> BarChart:
    """Dots as bars; beside them rank, people, and robustness where it means something."""
    is_tested = any(one.robustness is not None for one in results.cards)
    tested = _("Parmi les %(top)d premières") % {"top": results.vote.top_k}
    return BarChart(
        _("Pastilles reçues par chaque carte"),
        _("Chaque personne avait %(budget)d pastilles à répartir entre toutes les cartes.")
        % {"budget": results.vote.budget},
        (_("Rang"), _("Pastilles"), _("Votants"), *([tested] if is_tested else [])),
        tuple(
            Bar(
                one.card.title,
                one.item.dots,
                tuple(figures_of(one))[: 4 if is_tested else 3],
                id=f"dots:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
        ),
        maximum=max(one.item.dots for one in results.cards),
        measure=_("Pastilles reçues"),
        subject=_("Carte"),
        note=_sources(results, is_tested=is_tested),
        id=block_id(workshop, "chart"),
    )


def figures_of(one: Counted) -> Iterator[str]:
    yield str(one.item.rank or "–")
    yield str(one.item.dots)
    yield str(one.item.voters)
    yield "–" if one.robustness is None else _("%(share)d %%") % {"share": one.robustness}


def _sources(results: DotResults, *, is_tested: bool) -> str:
    sentences = [provenance.votes(results.voters, results.instants)]
    if is_tested:
        sentences.append(
            _(
                "Dernière colonne : part de %(resamples)s tirages au sort des votants où la "
                "carte reste parmi les %(top)d premières"
            )
            % {
                "resamples": number_format(results.vote.resamples, force_grouping=True),
                "top": results.vote.top_k,
            }
        )
    if results.has_ballots_left_out:
        sentences.append(left_out_words())
    return ". ".join(sentence.rstrip(".") for sentence in sentences) + "."


def left_out_words() -> str:
    return _(
        "Un bulletin au moins compte plus de pastilles que permis, car les cartes ou la règle ont "
        "changé depuis : il n'est pas compté tant que son auteur ne l'a pas renvoyé."
    )


def _kept(workshop: Workshop, results: DotResults) -> Iterator[Block]:
    first = results.first
    lead = ngettext(
        "« %(title)s » : au vote par pastilles, %(count)d carte arrive en tête.",
        "« %(title)s » : au vote par pastilles, %(count)d cartes arrivent en tête.",
        len(first),
    ) % {"title": workshop.title, "count": len(first)}
    yield Paragraph(lead, id=block_id(workshop, "lead"))
    items = tuple(
        Item(card_words(one.card), id=f"card:{one.card.pk}", citations=(cite_card(one.card),))
        for one in first
    )
    yield Bullets(items, id=block_id(workshop, "cards"))


def _declined(workshop: Workshop, results: DotResults) -> NotePart:
    cards = [one.card for one in results.cards]
    words = ngettext(
        "« %(title)s » : %(count)d carte mise au vote n'est pas classée. %(why)s",
        "« %(title)s » : %(count)d cartes mises au vote ne sont pas classées. %(why)s",
        len(cards),
    ) % {
        "title": workshop.title,
        "count": len(cards),
        "why": provenance.too_few(results.voters, results.vote.minimum_voters),
    }
    block = Paragraph(
        f"{words} {named(cards)}",
        id=block_id(workshop, "not-ranked"),
        citations=tuple(map(cite_card, cards)),
    )
    return NotePart(section="open_questions", blocks=[block])

"""What an open question brings to the note: the words, grouped or as said, and the choices."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Bar, BarChart, Block, Bullets, Item, Paragraph
from fabrique.stages.contribution.formats import provenance, rows
from fabrique.stages.contribution.formats.blocks import block_id, card_parts, set_aside_blocks
from fabrique.stages.contribution.formats.citations import cite_contribution, cite_contributions
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.open_question.analysis import Answers
from fabrique.stages.contribution.formats.open_question.contribution import CHOICE_ALONE
from fabrique.stages.contribution.models import Contribution, Workshop

#: Beyond, words are counted, and cited so that they can be read.
MOST_QUOTED = 8


def note_parts(workshop: Workshop, results: Answers) -> Sequence[NotePart]:
    return [*_words(workshop, results), *_figures(workshop, results)]


def chart(workshop: Workshop, results: Answers) -> BarChart:
    pairs = zip(results.choices, results.counts, strict=True)
    return BarChart(
        workshop.prompt or workshop.title,
        _("Combien de personnes ont choisi chaque réponse."),
        (_("Personnes"),),
        tuple(
            Bar(str(choice), count, (str(count),), id=f"choice:{place}")
            for place, (choice, count) in enumerate(pairs, start=1)
        ),
        maximum=results.people,
        measure=_("Part des réponses"),
        subject=_("Réponse"),
        note=provenance.answers(results.people, results.instants),
        id=block_id(workshop, "chart"),
    )


def _words(workshop: Workshop, results: Answers) -> Iterator[NotePart]:
    """The cards where the group made some; otherwise what was said, word for word."""
    lead = _("À la question « %(question)s », le groupe répond :") % {
        "question": (workshop.prompt or workshop.title).rstrip()
    }
    if rows.kept_cards(workshop).exists():
        yield from card_parts(workshop, lead=lead)
        return
    worded = [one for one in results.said if CHOICE_ALONE not in one.payload]
    if worded:
        yield NotePart(section="kept", blocks=list(_quoted(workshop, worded, lead)))
    if aside := set_aside_blocks(workshop):
        yield NotePart(section="debated", blocks=aside)


def _quoted(workshop: Workshop, said: Sequence[Contribution], lead: str) -> Iterator[Block]:
    yield Paragraph(lead, id=block_id(workshop, "lead"))
    items = [
        Item(
            _("« %(words)s »") % {"words": " ".join(one.text.split())},
            id=f"said:{one.pk}",
            citations=(cite_contribution(one),),
        )
        for one in said[:MOST_QUOTED]
    ]
    if rest := said[MOST_QUOTED:]:
        words = ngettext(
            "Et %(count)d autre réponse.", "Et %(count)d autres réponses.", len(rest)
        ) % {"count": len(rest)}
        items.append(Item(words, id=f"said:rest:{workshop.pk}", citations=cite_contributions(rest)))
    yield Bullets(tuple(items), id=block_id(workshop, "said"))


def _figures(workshop: Workshop, results: Answers) -> Iterator[NotePart]:
    if results.is_shown:
        yield NotePart(section="figures", blocks=[chart(workshop, results)])
    elif results.choices and results.people:
        words = _("« %(title)s » : trop peu de réponses pour les compter. %(why)s") % {
            "title": workshop.title,
            "why": provenance.too_few(results.people),
        }
        block = Paragraph(words, id=block_id(workshop, "too-few"))
        yield NotePart(section="open_questions", blocks=[block])

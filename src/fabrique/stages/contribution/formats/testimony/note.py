"""What testimonies bring to the note: a section each, in the words of those who listened."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Block, Bullets, Callout, Item, Paragraph
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, sentence
from fabrique.stages.contribution.formats.citations import (
    cite_card,
    cite_contribution,
    cite_contributions,
)
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.testimony.analysis import Heard, Kept, heard_in
from fabrique.stages.contribution.models import Contribution, Workshop

#: Quoted for each kind; the others are counted, and cited so that they can be read.
MOST_QUOTED = 3


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    testimonies = heard_in(workshop)
    return [
        *(NotePart(section="kept", blocks=[_section(one)]) for one in testimonies),
        *_blocks(workshop, testimonies),
        *left_behind(workshop),
    ]


def _section(one: Heard) -> Callout:
    return Callout(
        one.card.title,
        tuple(_told(one)),
        id=f"testimony:{one.card.pk}",
        citations=(cite_card(one.card),),
    )


def _told(one: Heard) -> Iterator[Block]:
    story = " ".join(sentence(words) for words in (one.guest, one.card.text) if words)
    if story:
        yield Paragraph(story, id=f"story:{one.card.pk}")
    for kept in one.kept:
        if kept.said:
            yield Paragraph(
                _("%(what)s :") % {"what": kept.label}, id=f"{kept.key}-lead:{one.card.pk}"
            )
            yield Bullets(tuple(_items(kept)), id=f"{kept.key}:{one.card.pk}")
    if not one.said:
        yield Paragraph(
            _("Personne n'a encore dit ce qu'il en retient."), id=f"unheard:{one.card.pk}"
        )


def _items(kept: Kept) -> Iterator[Item]:
    for one in kept.said[:MOST_QUOTED]:
        yield Item(_quoted(one), id=f"said:{one.pk}", citations=(cite_contribution(one),))
    if rest := kept.said[MOST_QUOTED:]:
        words = ngettext(
            "Et %(count)d autre remarque.", "Et %(count)d autres remarques.", len(rest)
        ) % {"count": len(rest)}
        yield Item(words, id=f"rest:{rest[0].pk}", citations=cite_contributions(rest))


def _quoted(one: Contribution) -> str:
    words = _("« %(words)s »") % {"words": " ".join(one.text.split())}
    block = one.payload.get("block")
    return f"{words} ({str(block).lower()})" if block else words


def _blocks(workshop: Workshop, testimonies: Sequence[Heard]) -> Iterator[NotePart]:
    """What blocks, over all testimonies: to be put on the workbench next time.

    How many times each order was said is told once enough people said any; before, in the order
    of what was said.
    """
    cited = [said for one in testimonies for said in one.blocked]
    if not cited:
        return
    counted = Counter(str(said.payload["block"]) for said in cited)
    told = [block.lower() for block in counted]
    if rows.enough_people(cited):
        told = [
            _("%(block)s (%(count)d)") % {"block": block.lower(), "count": count}
            for block, count in counted.most_common()
        ]
    words = _("Ce qui bloque, d'un témoignage à l'autre : %(blocks)s.") % {
        "blocks": " ; ".join(told)
    }
    block = Paragraph(words, id=block_id(workshop, "blocks"), citations=cite_contributions(cited))
    yield NotePart(section="open_questions", blocks=[block])

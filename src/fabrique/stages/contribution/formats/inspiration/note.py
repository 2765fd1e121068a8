"""What inspiration brings to the note: what the group keeps, how it reacts, and why."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Block,
    Bullets,
    DistributionBar,
    DistributionChart,
    Item,
    Paragraph,
)
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named, sentence
from fabrique.stages.contribution.formats.citations import (
    cite_card,
    cite_contribution,
    cite_contributions,
)
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.inspiration.analysis import (
    Initiative,
    gallery_of,
    people_in,
)
from fabrique.stages.contribution.formats.inspiration.reactions import REACTIONS
from fabrique.stages.contribution.models import Workshop

#: Reasons quoted under one initiative; the others are cited.
MOST_QUOTED = 2


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    gallery = gallery_of(workshop)
    return [
        *_kept(workshop, gallery),
        *_figures(workshop, gallery),
        *_reasons(workshop, gallery),
        *_open(workshop, gallery),
        *left_behind(workshop),
    ]


def chart(workshop: Workshop, shown: Sequence[Initiative]) -> DistributionChart:
    return DistributionChart(
        _("Réactions aux initiatives venues d'ailleurs"),
        _("Combien de personnes la reprendraient, l'adapteraient ou la laisseraient."),
        tuple(str(words) for words in REACTIONS.values()),
        tuple(
            DistributionBar(
                one.card.title,
                tuple(one.counts),
                id=f"reactions:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
        ),
        _("%(people)s, une réaction par initiative, %(day)s.")
        % {
            "people": provenance.people(len({person for one in shown for person in one.people})),
            "day": provenance.last_day(chain.from_iterable(one.instants for one in shown)),
        },
        _("Initiative"),
        id=block_id(workshop, "chart"),
    )


def _kept(workshop: Workshop, gallery: Sequence[Initiative]) -> Iterator[NotePart]:
    kept = [one for one in gallery if one.kept]
    if not kept:
        return
    lead = ngettext(
        "Des initiatives venues d'ailleurs, le groupe en garde %(count)d :",
        "Des initiatives venues d'ailleurs, le groupe en garde %(count)d :",
        len(kept),
    ) % {"count": len(kept)}
    items = tuple(
        Item(
            f"{sentence(_named(one))} {sentence(one.kept)}",
            id=f"card:{one.card.pk}",
            citations=(cite_card(one.card),),
        )
        for one in kept
    )
    blocks: list[Block] = [
        Paragraph(lead, id=block_id(workshop, "lead")),
        Bullets(items, id=block_id(workshop, "cards")),
    ]
    yield NotePart(section="kept", blocks=blocks)


def _named(one: Initiative) -> str:
    """The initiative and where it is."""
    return f"{one.card.title} ({one.place})" if one.place else one.card.title


def _figures(workshop: Workshop, gallery: Sequence[Initiative]) -> Iterator[NotePart]:
    if shown := [one for one in gallery if one.is_shown]:
        yield NotePart(section="figures", blocks=[chart(workshop, shown)])


def _reasons(workshop: Workshop, gallery: Sequence[Initiative]) -> Iterator[NotePart]:
    """Why, in their own words: what is said for and against stands side by side."""
    argued = [one for one in gallery if one.reasons]
    if not argued:
        return
    items = tuple(chain.from_iterable(map(_reason_items, argued)))
    blocks: list[Block] = [
        Paragraph(_("Pourquoi, avec les mots du groupe :"), id=block_id(workshop, "reasons-lead")),
        Bullets(items, id=block_id(workshop, "reasons")),
    ]
    yield NotePart(section="debated", blocks=blocks)


def _reason_items(one: Initiative) -> Iterator[Item]:
    for said in one.reasons[:MOST_QUOTED]:
        words = _("%(initiative)s, %(reaction)s : « %(words)s »") % {
            "initiative": one.card.title,
            "reaction": str(REACTIONS[said.payload["reaction"]]).lower(),
            "words": " ".join(said.text.split()),
        }
        yield Item(words, id=f"reason:{said.pk}", citations=(cite_contribution(said),))
    if rest := one.reasons[MOST_QUOTED:]:
        words = ngettext(
            "%(initiative)s : %(count)d autre raison.",
            "%(initiative)s : %(count)d autres raisons.",
            len(rest),
        ) % {"initiative": one.card.title, "count": len(rest)}
        yield Item(words, id=f"reasons:{one.card.pk}", citations=cite_contributions(rest))


def _open(workshop: Workshop, gallery: Sequence[Initiative]) -> Iterator[NotePart]:
    """What the group has not said what it keeps of, and what too few reacted to."""
    undecided = [one.card for one in gallery if not one.kept]
    if not undecided:
        return
    words = ngettext(
        "%(count)d initiative attend que le groupe dise ce qu'il en garde.",
        "%(count)d initiatives attendent que le groupe dise ce qu'il en garde.",
        len(undecided),
    ) % {"count": len(undecided)}
    why = "" if any(one.is_shown for one in gallery) else provenance.too_few(people_in(gallery))
    block = Paragraph(
        " ".join(part for part in (words, named(undecided), why) if part),
        id=block_id(workshop, "undecided"),
        citations=tuple(map(cite_card, undecided)),
    )
    yield NotePart(section="open_questions", blocks=[block])

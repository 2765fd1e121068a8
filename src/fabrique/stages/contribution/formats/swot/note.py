"""What a SWOT brings to the note: resources, what weakens, silences, and what could meet what."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Block, Bullets, Citation, Item, Paragraph
from fabrique.methods.swot import Quadrant
from fabrique.stages.contribution.formats.blocks import (
    block_id,
    card_words,
    left_behind,
    named,
    sentence,
)
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.swot.analysis import (
    Contested,
    Meeting,
    Statement,
    SwotResults,
    compare_workshop,
)
from fabrique.stages.contribution.formats.swot.quadrants import CROSSES, QUADRANTS
from fabrique.stages.contribution.formats.swot.wording import enumerated, sharing, silence_words
from fabrique.stages.contribution.models import Workshop

#: Crosses told in the note: a question each; the others stay on the console.
MOST_TOLD = 4


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    results = compare_workshop(workshop)
    return [
        *_kept(workshop, results),
        *_blind_spots(workshop, results),
        *_debated(workshop, results),
        *_open(workshop, results),
        *left_behind(workshop),
    ]


def _kept(workshop: Workshop, results: SwotResults) -> Iterator[NotePart]:
    leads = {
        Quadrant.STRENGTH: _("Ressources : les forces des territoires."),
        Quadrant.WEAKNESS: _("Ce qui les fragilise : leurs faiblesses."),
        Quadrant.OPPORTUNITY: _("Ressources : les opportunités à saisir."),
        Quadrant.THREAT: _("Ce qui les expose : les menaces."),
    }
    resources_first = (
        Quadrant.STRENGTH,
        Quadrant.OPPORTUNITY,
        Quadrant.WEAKNESS,
        Quadrant.THREAT,
    )
    blocks: list[Block] = []
    for quadrant in resources_first:
        if statements := results.of(quadrant):
            blocks.append(Paragraph(leads[quadrant], id=block_id(workshop, f"lead-{quadrant}")))
            items = tuple(_item(one, results) for one in statements)
            blocks.append(Bullets(items, id=block_id(workshop, f"cards-{quadrant}")))
    if blocks:
        yield NotePart(section="kept", blocks=blocks)


def _item(statement: Statement, results: SwotResults) -> Item:
    words = [sentence(card_words(statement.card))]
    if said := sharing(statement, results):
        words.append(sentence(said[:1].upper() + said[1:]))
    if statement.evidence:
        titles = enumerated([f"« {card.title} »" for card in statement.evidence])
        words.append(_("S'appuie sur %(titles)s.") % {"titles": titles})
    return Item(" ".join(words), id=f"card:{statement.card.pk}", citations=_rests_on(statement))


def _rests_on(statement: Statement) -> tuple[Citation, ...]:
    """The card, then the released cards it refers to; those withdrawn are not cited."""
    return (
        cite_card(statement.card),
        *(
            Citation(
                f"card:{card.card_id}",
                _("« %(title)s », carte de %(site)s")
                % {"title": card.title, "site": card.site_name}
                if card.site_name
                else _("« %(title)s », carte du groupe") % {"title": card.title},
            )
            for card in statement.evidence
            if not card.is_withdrawn
        ),
    )


def _blind_spots(workshop: Workshop, results: SwotResults) -> Iterator[NotePart]:
    """Quadrants in which a territory said nothing while others did."""
    if not results.compares or not results.silences:
        return
    items = tuple(
        Item(silence_words(territory, quadrants), id=f"silence:{place}:{workshop.pk}")
        for place, (territory, quadrants) in enumerate(results.silences)
    )
    lead = _("Un silence n'est pas une absence : il appelle une vérification.")
    yield NotePart(
        section="blind_spots",
        blocks=[
            Paragraph(lead, id=block_id(workshop, "silences-lead")),
            Bullets(items, id=block_id(workshop, "silences")),
        ],
    )


def _debated(workshop: Workshop, results: SwotResults) -> Iterator[NotePart]:
    if results.contested:
        items = tuple(map(_contested_item, results.contested))
        yield NotePart(
            section="debated", blocks=[Bullets(items, id=block_id(workshop, "contested"))]
        )


def _contested_item(one: Contested) -> Item:
    return Item(
        contested_words(one), id=f"contested:{one.card.pk}", citations=(cite_card(one.card),)
    )


def contested_words(one: Contested) -> str:
    """« Le port » : force pour Lorient ; menace pour Beauvais."""
    sides = " ; ".join(
        _("%(quadrant)s pour %(names)s")
        % {"quadrant": str(QUADRANTS[quadrant].one).lower(), "names": enumerated(names)}
        for quadrant, names in one.sides
    )
    return _("« %(title)s » est vu autrement d'un territoire à l'autre : %(sides)s.") % {
        "title": one.card.title,
        "sides": sides,
    }


def _open(workshop: Workshop, results: SwotResults) -> Iterator[NotePart]:
    blocks: list[Block] = []
    if told := _told(results):
        blocks.append(
            Paragraph(
                _("Ce que forces et faiblesses peuvent faire des opportunités et des menaces :"),
                id=block_id(workshop, "crosses-lead"),
            )
        )
        items = tuple(_cross_item(one, results) for one in told)
        blocks.append(Bullets(items, id=block_id(workshop, "crosses")))
    if results.unclassified:
        words = ngettext(
            "%(count)d carte n'est encore dans aucune des quatre cases.",
            "%(count)d cartes ne sont encore dans aucune des quatre cases.",
            len(results.unclassified),
        ) % {"count": len(results.unclassified)}
        blocks.append(
            Paragraph(
                f"{words} {named(results.unclassified)}",
                id=block_id(workshop, "unclassified"),
                citations=tuple(map(cite_card, results.unclassified)),
            )
        )
    if blocks:
        yield NotePart(section="open_questions", blocks=blocks)


def _told(results: SwotResults) -> list[Meeting]:
    """The best supported cross of each kind, those that several territories say both sides of."""
    first = {one.cross.kind: one for one in reversed(results.meetings)}
    return [one for kind in CROSSES if (one := first.get(kind))][:MOST_TOLD]


def cross_words(one: Meeting, results: SwotResults) -> str:
    words = _("%(kind)s : « %(inside)s » et « %(outside)s » ?") % {
        "kind": CROSSES[one.cross.kind],
        "inside": one.inside.title,
        "outside": one.outside.title,
    }
    if not results.compares or not one.cross.joint_support:
        return words
    both = ngettext(
        "%(names)s dit les deux.", "%(names)s disent les deux.", one.cross.joint_support
    ) % {"names": enumerated(one.cross.sites)}
    return f"{words} {both}"


def _cross_item(one: Meeting, results: SwotResults) -> Item:
    return Item(
        cross_words(one, results),
        id=f"cross:{one.inside.pk}:{one.outside.pk}",
        citations=(cite_card(one.inside), cite_card(one.outside)),
    )

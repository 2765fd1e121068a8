"""Blocks that any workshop brings to the note: its cards, what waits, what was set aside.

Each block has an ``id`` that stays the same from one draft to the next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Block, Bullets, Column, Item, Paragraph, Row, Table
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.citations import cite_card, cite_contributions
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.hands import CountedCard, hands_shown
from fabrique.stages.contribution.formats.provenance import last_day
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Workshop

#: Beyond, the sources of a two-page note would fill a third one.
MOST_CITED = 12
#: Cards named in a sentence; all are cited.
MOST_NAMED = 3


def card_parts(workshop: Workshop, *, lead: str = "") -> Sequence[NotePart]:
    """The cards kept, then what the workshop leaves behind."""
    cards = list(rows.kept_cards(workshop))
    kept = [NotePart(section="kept", blocks=kept_blocks(workshop, cards, lead=lead))]
    return [*(kept if cards else []), *left_behind(workshop)]


def brought_by(workshop: Workshop) -> Sequence[NotePart]:
    """All that a workshop brings to the note: its format's parts, then the hands raised."""
    format = get_format(workshop.format)
    return [*format.note_parts(workshop), *hands_part(workshop, hands_shown(format, workshop))]


def hands_part(workshop: Workshop, counted: Sequence[CountedCard]) -> Iterator[NotePart]:
    """Hands raised in the room, in a table of their own: they are no votes."""
    if not counted:
        return
    table = Table(
        _("« %(title)s » : mains levées, comptées dans la salle") % {"title": workshop.title},
        (Column(_("Carte"), "wide"), Column(_("Question")), Column(_("Mains levées"), "wide")),
        tuple(
            Row(
                (one.card.title, str(criterion.criterion.label), criterion.words),
                id=f"hands:{one.card.pk}:{criterion.criterion.key}",
                citations=(cite_card(one.card),),
            )
            for one in counted
            for criterion in one.shown
        ),
        _("Comptées par l'équipe d'animation, %(day)s, à part des réponses des téléphones.")
        % {"day": last_day(instant for one in counted for instant in one.instants)},
        id=block_id(workshop, "hands"),
    )
    yield NotePart(section="figures", blocks=[table])


def kept_blocks(workshop: Workshop, cards: Sequence[Card], *, lead: str = "") -> list[Block]:
    """A sentence, then one line a card."""
    bullets = Bullets(
        tuple(
            Item(card_words(card), id=f"card:{card.pk}", citations=(cite_card(card),))
            for card in cards
        ),
        id=block_id(workshop, "cards"),
    )
    if not lead:
        return [bullets]
    return [Paragraph(lead, id=block_id(workshop, "lead")), bullets]


def left_behind(workshop: Workshop) -> Iterator[NotePart]:
    """What nobody looked at yet, and what was set aside with its reasons."""
    if waiting := waiting_block(workshop):
        yield NotePart(section="open_questions", blocks=[waiting])
    if aside := set_aside_blocks(workshop):
        yield NotePart(section="debated", blocks=aside)


def waiting_block(workshop: Workshop) -> Paragraph | None:
    """How many contributions are in no card: they are not lost, they wait."""
    waiting = list(rows.contributions_waiting(workshop))
    if not waiting:
        return None
    words = ngettext(
        "« %(title)s » : %(count)d contribution n'a pas encore été regroupée.",
        "« %(title)s » : %(count)d contributions n'ont pas encore été regroupées.",
        len(waiting),
    )
    return Paragraph(
        words % {"title": workshop.title, "count": len(waiting)},
        id=block_id(workshop, "waiting"),
        citations=cite_contributions(waiting[:MOST_CITED]),
    )


def set_aside_blocks(workshop: Workshop) -> list[Block]:
    """Cards set aside, each with its reason; contributions set aside, counted by reason."""
    blocks: list[Block] = []
    if cards := list(rows.cards_set_aside(workshop)):
        items = tuple(
            Item(
                _("La carte « %(title)s » a été mise de côté. %(reason)s")
                % {"title": card.title, "reason": sentence(card.set_aside_reason)},
                id=f"card:{card.pk}",
                citations=(cite_card(card),),
            )
            for card in cards
        )
        blocks.append(Bullets(items, id=block_id(workshop, "cards-set-aside")))
    reasons = Counter(
        contribution.set_aside_reason.strip().rstrip(".")
        for contribution in rows.contributions_set_aside(workshop)
    )
    if reasons:
        words = " ".join(_set_aside(workshop, why, count) for why, count in reasons.most_common())
        blocks.append(Paragraph(words, id=block_id(workshop, "contributions-set-aside")))
    return blocks


def _set_aside(workshop: Workshop, reason: str, count: int) -> str:
    words = ngettext(
        "Dans « %(title)s », une contribution a été mise de côté, pour ce motif : « %(reason)s ».",
        "Dans « %(title)s », %(count)d contributions ont été mises de côté, pour ce motif : "
        "« %(reason)s ».",
        count,
    )
    return words % {"title": workshop.title, "count": count, "reason": reason}


def card_words(card: Card) -> str:
    """The name of a card, and its precision when it has one."""
    return f"{sentence(card.title)} {sentence(card.text)}".strip() if card.text else card.title


def sentence(words: str) -> str:
    """Words that end with a full stop, unless they end by themselves."""
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def named(cards: Sequence[Card]) -> str:
    """« Submersion », « Chaleur » et 2 autres."""
    names = ", ".join(_("« %(title)s »") % {"title": card.title} for card in cards[:MOST_NAMED])
    rest = len(cards) - MOST_NAMED
    if rest <= 0:
        return f"{names}."
    words = ngettext("%(names)s et %(count)d autre.", "%(names)s et %(count)d autres.", rest)
    return words % {"names": names, "count": rest}


def block_id(workshop: Workshop, name: str) -> str:
    """The same at each draft, so that what was edited is recognised."""
    return f"{name}:{workshop.pk}"

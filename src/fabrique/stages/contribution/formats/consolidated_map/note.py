"""What the consolidated map brings to the note: what is shared, who to meet, what to check."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Block, Bullets, Column, Item, NetworkMap, Paragraph, Row, Table
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.actor_map.sentences import Sentence
from fabrique.stages.contribution.formats.blocks import block_id, named
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.consolidated_map.consolidation import (
    ConsolidatedResults,
)
from fabrique.stages.contribution.formats.consolidated_map.vote import VoteResults
from fabrique.stages.contribution.formats.consolidated_map.words import sentences, vote_chart
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.models import Workshop


def map_parts(
    workshop: Workshop, results: ConsolidatedResults, drawing: NetworkMap
) -> Sequence[NotePart]:
    said = sentences(results)
    shared = tuple(map(_item, [one for one in said if not one.is_open]))
    open_items = tuple(map(_item, [one for one in said if one.is_open]))
    parts = [
        NotePart(section="kept", blocks=[Bullets(shared, id=block_id(workshop, "shared"))]),
        NotePart(section="figures", blocks=[drawing, *_tables(workshop, results)]),
    ]
    if open_items:
        block = Bullets(open_items, id=block_id(workshop, "to-check"))
        parts.append(NotePart(section="open_questions", blocks=[block]))
    return parts


def vote_parts(workshop: Workshop, votes: VoteResults) -> Sequence[NotePart]:
    parts = []
    if votes.first:
        parts.append(NotePart(section="kept", blocks=list(_to_meet(workshop, votes))))
    if votes.shown:
        chart = vote_chart(workshop, votes, votes.shown)
        parts.append(NotePart(section="figures", blocks=[chart]))
    if votes.not_shown and votes.voters:
        parts.append(NotePart(section="open_questions", blocks=[_not_ranked(workshop, votes)]))
    return parts


def _to_meet(workshop: Workshop, votes: VoteResults) -> Iterator[Block]:
    words = _("Acteurs nationaux à rencontrer, dans l'ordre du vote :")
    yield Paragraph(words, id=block_id(workshop, "to-meet-lead"))
    chosen = tuple(
        Item(one.card.title, id=f"to-meet:{one.card.pk}", citations=(cite_card(one.card),))
        for one in votes.first
    )
    yield Bullets(chosen, id=block_id(workshop, "to-meet"))


def _item(one: Sentence) -> Item:
    return Item(one.words, id=one.key, citations=tuple(map(cite_card, one.cards)))


def _tables(workshop: Workshop, results: ConsolidatedResults) -> Iterator[Block]:
    places = results.heard
    if len(places) > 1 and results.families:
        yield Table(
            _("Les familles d'acteurs, territoire par territoire"),
            (Column(_("Famille"), "wide"), *(Column(place) for place in places)),
            tuple(
                Row(
                    (
                        family.family,
                        *(_("cité") if place in family.cited_in else "–" for place in places),
                    ),
                    id=f"family:{family.family}",
                    citations=tuple(
                        cite_card(one.card) for one in results.map.named(family.actors)
                    ),
                )
                for family in results.families
            ),
            _("Un tiret dit que personne n'en a cité, pas qu'il n'y en a pas."),
            id=block_id(workshop, "families"),
        )
    if results.national:
        yield Table(
            _("Les acteurs nationaux"),
            (Column(_("Acteur"), "wide"), Column(_("Type")), Column(_("Cité par"), "wide")),
            tuple(
                Row(
                    (
                        one.card.title,
                        one.type or "–",
                        ", ".join(results.territories_of(one)) or _("ajouté en intersite"),
                    ),
                    id=f"national:{one.card.pk}",
                    citations=(cite_card(one.card),),
                )
                for one in results.national
            ),
            id=block_id(workshop, "national"),
        )


def _not_ranked(workshop: Workshop, votes: VoteResults) -> Paragraph:
    cards = [one.card for one in votes.not_shown]
    words = ngettext(
        "%(count)d acteur national n'est pas classé : moins de %(minimum)d personnes se sont "
        "prononcées.",
        "%(count)d acteurs nationaux ne sont pas classés : moins de %(minimum)d personnes se "
        "sont prononcées.",
        len(cards),
    ) % {"count": len(cards), "minimum": votes.vote.minimum_voters}
    return Paragraph(
        f"{words} {named(cards)}",
        id=block_id(workshop, "not-ranked"),
        citations=tuple(map(cite_card, cards)),
    )


def too_few_words(votes: VoteResults) -> str:
    return provenance.too_few(votes.voters, votes.vote.minimum_voters)

"""What a roadmap brings to the note: the actions, the line of time, what nothing answers yet."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Block,
    Bullets,
    Citation,
    Column,
    Item,
    Paragraph,
    PeriodBar,
    PeriodChart,
    Row,
    Table,
)
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.formats.roadmap.analysis import Plan, name_of, plan_of
from fabrique.stages.contribution.formats.roadmap.dates import day_of, half_year_words
from fabrique.stages.contribution.formats.roadmap.findings import (
    Finding,
    cycles_of,
    early_starts_of,
    orphans_of,
    planned_words,
    summary,
)
from fabrique.stages.contribution.models import Card, Workshop

#: Lines of a table in a note of a few pages; the whole plan has a page of its own.
MOST_IN_NOTE = 20


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    plan = plan_of(workshop)
    if not plan.cards:
        return [*left_behind(workshop)]
    return [
        NotePart(section="kept", blocks=_kept(workshop, plan)),
        *_figures(workshop, plan),
        *_blind_spots(workshop, plan),
        *_open(workshop, plan),
        *left_behind(workshop),
    ]


def chart(workshop: Workshop, cards: Sequence[Card]) -> PeriodChart:
    """The actions that have a date, the first to start first."""
    return PeriodChart(
        _("La feuille de route dans le temps"),
        _(
            "Une barre va du début à la fin d'une action. Un triangle marque un début sans fin, "
            "un losange une fin sans début."
        ),
        tuple(
            PeriodBar(
                name_of(card),
                day_of(card.payload.get("start")),
                day_of(card.payload.get("end")),
                id=f"period:{card.pk}",
                citations=(cite_card(card),),
            )
            for card in cards
        ),
        subject=_("Action"),
        id=block_id(workshop, "timeline"),
    )


def _kept(workshop: Workshop, plan: Plan) -> list[Block]:
    shown = plan.cards[:MOST_IN_NOTE]
    rest = len(plan.cards) - len(shown)
    more = ngettext(
        "Et %(count)d autre action, dans la feuille de route du territoire.",
        "Et %(count)d autres actions, dans la feuille de route du territoire.",
        rest,
    ) % {"count": rest}
    return [
        Paragraph(
            _("La feuille de route : %(summary)s") % {"summary": summary(plan)},
            id=block_id(workshop, "lead"),
        ),
        Table(
            workshop.title or _("Feuille de route"),
            (
                Column(_("Action"), "wide"),
                Column(_("Pilote")),
                Column(_("Partenaires")),
                Column(_("Calendrier")),
                Column(_("Moyens")),
            ),
            tuple(_row(card) for card in shown),
            more if rest else "",
            id=block_id(workshop, "table"),
        ),
    ]


def _row(card: Card) -> Row:
    payload = card.payload
    return Row(
        (
            name_of(card),
            payload.get("lead") or "–",
            payload.get("partners") or "–",
            planned_words(card),
            payload.get("means") or payload.get("budget") or "–",
        ),
        id=f"card:{card.pk}",
        citations=(cite_card(card),),
    )


def _figures(workshop: Workshop, plan: Plan) -> Iterator[NotePart]:
    blocks: list[Block] = []
    if dated := plan.in_time[:MOST_IN_NOTE]:
        blocks.append(chart(workshop, dated))
    if plan.half_years:
        blocks.append(load_block(workshop, plan))
    if blocks:
        yield NotePart(section="figures", blocks=blocks)


def load_block(workshop: Workshop, plan: Plan) -> Table:
    """What each lead carries at most in one half-year; the whole table is on the roadmap's page."""
    return Table(
        _("Ce que porte chaque pilote"),
        (
            Column(_("Pilote"), "wide"),
            Column(_("Actions datées"), "number"),
            Column(_("Semestre le plus chargé"), "wide"),
        ),
        tuple(_load_row(lead, by_half) for lead, by_half in plan.load_by_lead.items()),
        _("Nombre d'actions prévues dans le semestre : un compte, pas une charge en heures."),
        id=block_id(workshop, "load"),
    )


def _load_row(lead: str | None, by_half: Mapping[str, Sequence[Card]]) -> Row:
    carried = {card.pk: card for cards in by_half.values() for card in cards}
    busiest = max(sorted(by_half), key=lambda key: len(by_half[key]))
    count = len(by_half[busiest])
    words = ngettext("%(half)s : %(count)d action", "%(half)s : %(count)d actions", count)
    return Row(
        (
            lead or _("Sans pilote"),
            str(len(carried)),
            words % {"half": half_year_words(busiest), "count": count},
        ),
        citations=tuple(map(cite_card, carried.values())),
    )


def _blind_spots(workshop: Workshop, plan: Plan) -> Iterator[NotePart]:
    if not plan.vulnerabilities:
        return
    if not plan.uncovered:
        words = _("Chaque vulnérabilité du territoire a au moins une action en face.")
        yield NotePart(
            section="blind_spots",
            blocks=[Paragraph(words, id=block_id(workshop, "all-covered"))],
        )
        return
    words = ngettext(
        "%(count)d vulnérabilité du territoire n'a pas d'action en face dans la feuille de route :",
        "%(count)d vulnérabilités du territoire n'ont pas d'action en face dans la feuille de "
        "route :",
        len(plan.uncovered),
    ) % {"count": len(plan.uncovered)}
    items = tuple(
        Item(one.title, id=f"uncovered:{one.card_id}", citations=(cite_reached(one),))
        for one in plan.uncovered
    )
    yield NotePart(
        section="blind_spots",
        blocks=[
            Paragraph(words, id=block_id(workshop, "uncovered-lead")),
            Bullets(items, id=block_id(workshop, "uncovered")),
        ],
    )


def _open(workshop: Workshop, plan: Plan) -> Iterator[NotePart]:
    """What the plan still has to settle: circles first, since nothing can be dated with them."""
    items = [
        *(_found("cycle", place, one) for place, one in enumerate(cycles_of(plan))),
        *(_found("early", place, one) for place, one in enumerate(early_starts_of(plan))),
        *(
            Item(
                f"{one.reason} {named(one.cards)}",
                id=f"orphans:{place}",
                citations=tuple(map(cite_card, one.cards)),
            )
            for place, one in enumerate(orphans_of(plan))
        ),
    ]
    if items:
        blocks = [Bullets(tuple(items), id=block_id(workshop, "to-settle"))]
        yield NotePart(section="open_questions", blocks=blocks)


def cite_reached(one: Reachable) -> Citation:
    """« Submersion », carte du séminaire « Croiser projections et actions réalisées »."""
    words = _("« %(title)s », carte du séminaire « %(meeting)s »")
    return Citation(
        f"card:{one.card_id}", words % {"title": one.title, "meeting": one.meeting_title}
    )


def _found(kind: str, place: int, one: Finding) -> Item:
    return Item(one.words, id=f"{kind}:{place}", citations=tuple(map(cite_card, one.cards)))

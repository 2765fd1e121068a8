"""What national levers bring to the note: a table by operator, with what stands behind each."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Block, Bullets, Citation, Column, Item, Paragraph, Row, Table
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named, sentence
from fabrique.stages.contribution.formats.citations import cite_card, cite_contribution
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.national_levers.analysis import (
    Alike,
    Lever,
    Schemes,
    by_holder,
    levers_of,
    schemes_behind,
)
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.models import Contribution, Workshop


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    levers = levers_of(workshop)
    return [
        *_table(workshop, levers),
        *_reactions(workshop, levers),
        *_schemes(workshop, schemes_behind(workshop)),
        *_open(workshop, levers),
        *left_behind(workshop),
    ]


def _table(workshop: Workshop, levers: Sequence[Lever]) -> Iterator[NotePart]:
    if not levers:
        return
    table = Table(
        _("Leviers nationaux, par organisme qui les détient"),
        (
            Column(_("Qui le détient")),
            Column(_("Levier"), "wide"),
            Column(_("Type")),
            Column(_("Ce qu'il débloque"), "wide"),
            Column(_("Territoires qui le demandent"), "wide"),
        ),
        tuple(_row(one) for held in by_holder(levers) for one in held.levers),
        _("Le soutien est celui des territoires, par les dispositifs qu'ils ont versés."),
        id=block_id(workshop, "table"),
    )
    yield NotePart(section="kept", blocks=[table])


def _row(one: Lever) -> Row:
    return Row(
        (
            one.holder or _("À préciser"),
            one.card.title,
            one.kind or "–",
            one.unlocks or "–",
            behind_words(one),
        ),
        id=f"lever:{one.card.pk}",
        citations=(cite_card(one.card), *map(_cite_scheme, one.schemes)),
    )


def behind_words(one: Lever) -> str:
    """« Lorient (« Navette du port ») ; Beauvais (« … ») »: who asks, and from which scheme."""
    words = [
        _("%(territory)s (« %(scheme)s »)") % {"territory": each.site_name, "scheme": each.title}
        for each in one.schemes
    ]
    words += [each.title for each in one.withdrawn]
    return " ; ".join(words) or "–"


def _cite_scheme(one: Reachable) -> Citation:
    words = _("« %(title)s », dispositif de %(territory)s")
    return Citation(f"card:{one.card_id}", words % {"title": one.title, "territory": one.site_name})


def _reactions(workshop: Workshop, levers: Sequence[Lever]) -> Iterator[NotePart]:
    items = tuple(
        Item(
            _("%(lever)s %(reaction)s")
            % {"lever": sentence(one.card.title), "reaction": _reaction_words(said)},
            id=f"reaction:{said.pk}",
            citations=(cite_contribution(said),),
        )
        for one in levers
        for said in one.answered
    )
    if items:
        lead = Paragraph(_("Ce qui a été répondu aux leviers :"), id=block_id(workshop, "answers"))
        blocks: list[Block] = [lead, Bullets(items, id=block_id(workshop, "reactions"))]
        yield NotePart(section="debated", blocks=blocks)


def _reaction_words(said: Contribution) -> str:
    """« ADEME : à l'étude, « d'ici deux ans ». »"""
    reaction = str(said.payload["reaction"])
    words = f"{said.payload['operator']} : {reaction}" if said.payload.get("operator") else reaction
    if said.text:
        words = _("%(words)s, « %(text)s »") % {"words": words, "text": " ".join(said.text.split())}
    return sentence(words)


def _schemes(workshop: Workshop, schemes: Schemes) -> Iterator[NotePart]:
    blocks: list[Block] = []
    if schemes.profile:
        rows = tuple(
            Row((line.kind, *(str(count or "–") for count in line.counts), str(line.total)))
            for line in schemes.profile
        )
        blocks.append(
            Table(
                _("Ce qui bloque les dispositifs, par territoire"),
                (
                    Column(_("Ordre du blocage"), "wide"),
                    *(Column(name, "number") for name in schemes.territories),
                    Column(_("En tout"), "number"),
                ),
                rows,
                _("Nombre de dispositifs versés pour lesquels le groupe retient ce blocage."),
                id=block_id(workshop, "profile"),
            )
        )
    if schemes.alike:
        blocks.append(
            Table(
                _("Dispositifs qui se ressemblent d'un territoire à l'autre"),
                (
                    Column(_("Dispositifs"), "wide"),
                    Column(_("En commun"), "wide"),
                    Column(_("Ressemblance"), "number"),
                ),
                tuple(_alike_row(pair) for pair in schemes.alike),
                _(
                    "Part des blocages et des mots communs, sur 100 : une invitation à comparer, "
                    "et non un constat."
                ),
                id=block_id(workshop, "alike"),
            )
        )
    if blocks:
        yield NotePart(section="figures", blocks=blocks)


def _alike_row(pair: Alike) -> Row:
    return Row(
        (alike_words(pair), common_words(pair), str(pair.likeness.percent)),
        id=f"alike:{pair.first.card_id}:{pair.second.card_id}",
        citations=(_cite_scheme(pair.first), _cite_scheme(pair.second)),
    )


def alike_words(pair: Alike) -> str:
    words = _("%(first)s (%(one)s) et %(second)s (%(other)s)")
    return words % {
        "first": pair.first.title,
        "one": pair.first.site_name,
        "second": pair.second.title,
        "other": pair.second.site_name,
    }


def common_words(pair: Alike) -> str:
    """The kinds of block they share, else the words."""
    kinds, words = pair.likeness.kinds, pair.likeness.words
    said = [_("blocages : %(kinds)s") % {"kinds": ", ".join(kinds).lower()}] if kinds else []
    said += [_("mots : %(words)s") % {"words": ", ".join(words[:4])}] if words else []
    return " ; ".join(said)


def _open(workshop: Workshop, levers: Sequence[Lever]) -> Iterator[NotePart]:
    """Levers nobody is said to hold, levers no territory stands behind any more."""
    nobody = [one.card for one in levers if not one.holder]
    alone = [one.card for one in levers if not one.support]
    items = []
    if nobody:
        words = ngettext(
            "%(count)d levier sans organisme désigné : %(names)s",
            "%(count)d leviers sans organisme désigné : %(names)s",
            len(nobody),
        ) % {"count": len(nobody), "names": named(nobody)}
        items.append(Item(words, id="no-holder", citations=tuple(map(cite_card, nobody))))
    if alone:
        words = ngettext(
            "%(count)d levier qu'aucun dispositif versé n'appuie : %(names)s",
            "%(count)d leviers qu'aucun dispositif versé n'appuie : %(names)s",
            len(alone),
        ) % {"count": len(alone), "names": named(alone)}
        items.append(Item(words, id="no-scheme", citations=tuple(map(cite_card, alone))))
    if items:
        blocks = [Bullets(tuple(items), id=block_id(workshop, "to-check"))]
        yield NotePart(section="open_questions", blocks=blocks)

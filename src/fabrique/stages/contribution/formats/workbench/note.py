"""What the workbench brings to the note: a part a scheme, the profile of blocks, what is open."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Block,
    Bullets,
    Callout,
    Citation,
    Column,
    Item,
    Paragraph,
    Row,
    Table,
)
from fabrique.stages.contribution.formats.blocks import block_id, left_behind, named, sentence
from fabrique.stages.contribution.formats.citations import cite_card, cite_contributions
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.workbench.analysis import Bench, Blocked, OnBench
from fabrique.stages.contribution.models import Contribution, Workshop

#: Quoted for each kind of block; all are cited.
MOST_QUOTED = 2


def note_parts(workshop: Workshop, bench: Bench) -> Sequence[NotePart]:
    return [
        *(NotePart(section="kept", blocks=[_section(one)]) for one in bench.schemes),
        *_profile(workshop, bench),
        *_state(workshop, bench),
        *_undecided(workshop, bench),
        *left_behind(workshop),
    ]


def _section(one: OnBench) -> Callout:
    return Callout(
        one.card.title,
        tuple(_told(one)),
        id=f"scheme:{one.card.pk}",
        citations=(cite_card(one.card),),
    )


def _told(one: OnBench) -> Iterator[Block]:
    payload = one.card.payload
    described = " ".join(
        sentence(words) for words in (one.card.text, str(payload.get("aim", ""))) if words
    )
    facts = [
        _("Pour qui : %(words)s") % {"words": sentence(str(payload["public"]))}
        if payload.get("public") else "",
        _("Moyens : %(words)s") % {"words": sentence(str(payload["means"]))}
        if payload.get("means") else "",
        _("Qui y gagne : %(words)s") % {"words": sentence(str(payload["gains"]))}
        if payload.get("gains") else "",
    ]  # fmt: skip
    if words := " ".join([described, *(fact for fact in facts if fact)]).strip():
        yield Paragraph(words, id=f"about:{one.card.pk}")
    if one.full or one.unsorted:
        yield Paragraph(_("Ce qui bloque :"), id=f"blocks-lead:{one.card.pk}")
        yield Bullets(tuple(_blocks(one)), id=f"blocks:{one.card.pk}")
    if one.variants:
        words = _("Variantes à essayer : %(variants)s.") % {"variants": _enumerated(one.variants)}
        yield Paragraph(words, id=f"variants:{one.card.pk}")
    if one.decision:
        words = _("Décision du groupe : %(decision)s.") % {"decision": one.decision.lower()}
        yield Paragraph(words, id=f"decision:{one.card.pk}")


def _blocks(one: OnBench) -> Iterator[Item]:
    for blocked in one.full:
        yield Item(
            _blocked_words(blocked),
            id=f"block:{one.card.pk}:{blocked.kind}",
            citations=cite_contributions(blocked.said) or (cite_card(one.card),),
        )
    if one.unsorted:
        yield Item(
            _("Sans précision : %(said)s") % {"said": _quoted(one.unsorted)},
            id=f"block:{one.card.pk}:",
            citations=cite_contributions(one.unsorted),
        )


def _blocked_words(blocked: Blocked) -> str:
    if not blocked.said:
        return sentence(blocked.kind)
    return _("%(kind)s : %(said)s") % {"kind": blocked.kind, "said": _quoted(blocked.said)}


def _quoted(said: Sequence[Contribution]) -> str:
    words = ", ".join(
        _("« %(words)s »") % {"words": " ".join(one.text.split())} for one in said[:MOST_QUOTED]
    )
    rest = len(said) - MOST_QUOTED
    if rest <= 0:
        return f"{words}."
    more = ngettext("%(words)s, et %(count)d autre.", "%(words)s, et %(count)d autres.", rest)
    return more % {"words": words, "count": rest}


def _enumerated(words: Sequence[str]) -> str:
    return " ; ".join(word.rstrip(".") for word in words)


def _profile(workshop: Workshop, bench: Bench) -> Iterator[NotePart]:
    """Kinds of block by scheme: counts of things said, once enough people said any."""
    if not bench.is_shown:
        return
    lines = [line for line in bench.profile if line.total]
    table = Table(
        _("Ce qui bloque, dispositif par dispositif"),
        (
            Column(_("Ordre du blocage"), "wide"),
            *(Column(one.card.title, "number") for one in bench.schemes),
            Column(_("En tout"), "number"),
        ),
        tuple(
            Row(
                (line.kind, *(str(count or "–") for count in line.counts), str(line.total)),
                id=f"profile:{line.kind}",
                citations=_cited(bench, line.kind),
            )
            for line in lines
        ),
        _("Nombre de blocages dits en séance, et non de personnes."),
        id=block_id(workshop, "profile"),
    )
    yield NotePart(section="figures", blocks=[table])


def _cited(bench: Bench, kind: str) -> tuple[Citation, ...]:
    return tuple(
        cite_card(one.card)
        for one in bench.schemes
        if any(blocked.kind == kind and blocked.said for blocked in one.blocked)
    )


def _state(workshop: Workshop, bench: Bench) -> Iterator[NotePart]:
    """What only the State can lift leaves for the national seminar."""
    items = tuple(
        Item(
            _("%(block)s Dispositif : « %(scheme)s ».")
            % {"block": sentence(block), "scheme": one.card.title},
            id=f"state:{one.card.pk}:{place}",
            citations=(cite_card(one.card),),
        )
        for one in bench.schemes
        for place, block in enumerate(one.state_blocks)
    )
    if items:
        lead = Paragraph(
            _("Ce que seul l'État peut lever, à porter au séminaire intersite :"),
            id=block_id(workshop, "state-lead"),
        )
        blocks: list[Block] = [lead, Bullets(items, id=block_id(workshop, "state"))]
        yield NotePart(section="next_time", blocks=blocks)


def _undecided(workshop: Workshop, bench: Bench) -> Iterator[NotePart]:
    if cards := bench.undecided:
        words = ngettext(
            "%(count)d dispositif reste à décider : %(names)s",
            "%(count)d dispositifs restent à décider : %(names)s",
            len(cards),
        ) % {"count": len(cards), "names": named(cards)}
        block = Paragraph(
            words, id=block_id(workshop, "undecided"), citations=tuple(map(cite_card, cards))
        )
        yield NotePart(section="open_questions", blocks=[block])

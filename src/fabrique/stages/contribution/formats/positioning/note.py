"""What positioning brings to the note: the shifts wished, the slopes, and where the room splits."""

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import (
    Block,
    Bullets,
    Column,
    Item,
    Paragraph,
    Row,
    SlopeChart,
    SlopeLine,
    Table,
)
from fabrique.methods.positioning import RoleDistribution
from fabrique.stages.contribution.formats import provenance
from fabrique.stages.contribution.formats.blocks import (
    block_id,
    kept_blocks,
    left_behind,
    named,
)
from fabrique.stages.contribution.formats.citations import cite_card
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.formats.positioning.analysis import PositioningResults, Stake
from fabrique.stages.contribution.models import Workshop

#: Agreement on the role wished under which we say that a room is divided.
DIVIDED = 0.25
MOST_DIVIDED = 3
#: Beyond, equal roles are no leading role.
MOST_EQUAL = 2


def note_parts(workshop: Workshop, results: PositioningResults) -> Sequence[NotePart]:
    return [
        *_kept(workshop, results),
        *_figures(workshop, results),
        *_debated(workshop, results),
        *_open(workshop, results),
        *left_behind(workshop),
    ]


def chart(workshop: Workshop, results: PositioningResults, shown: Sequence[Stake]) -> SlopeChart:
    return SlopeChart(
        _("Rôle aujourd'hui et rôle souhaité"),
        _(
            "Chaque fil est un rôle : il va de sa part des réponses aujourd'hui à celle qui est "
            "souhaitée. En gras, le rôle le plus souhaité ; les rôles n'ont pas d'ordre."
        ),
        (_("Aujourd'hui"), _("Souhaité")),
        tuple(results.roles),
        (_("Aujourd'hui, surtout"), _("Souhaité, surtout"), _("Changent"), _("Réponses")),
        tuple(
            SlopeLine(
                one.card.title,
                one.found.today.counts,
                one.found.wished.counts,
                (
                    leading_words(one, one.found.today),
                    leading_words(one, one.found.wished),
                    change_words(one),
                    str(one.answers),
                ),
                id=f"slope:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
        ),
        wordy=2,
        subject=_("Enjeu ou levier"),
        note=_("Entre parenthèses, combien de personnes le choisissent. %(sources)s.")
        % {"sources": sources_of(results)},
        id=block_id(workshop, "chart"),
    )


def table(workshop: Workshop, results: PositioningResults, shown: Sequence[Stake]) -> Table:
    """Every answer, beside the drawing: nothing is only in the picture."""
    return Table(
        _("Tous les rôles choisis, enjeu par enjeu"),
        (
            Column(_("Enjeu ou levier"), "wide"),
            Column(_("Aujourd'hui"), "wide"),
            Column(_("Souhaité"), "wide"),
            Column(_("Accord"), "number"),
        ),
        tuple(
            Row(
                (
                    one.card.title,
                    chosen_words(one, one.found.today),
                    chosen_words(one, one.found.wished),
                    f"{share(one.found.today.agreement)} → {share(one.found.wished.agreement)}",
                ),
                id=f"roles:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for one in shown
        ),
        _(
            "Accord, aujourd'hui puis souhaité : 0 quand les réponses se partagent également "
            "entre tous les rôles, 1 quand elles sont toutes les mêmes."
        ),
        id=block_id(workshop, "table"),
    )


def leading_words(one: Stake, among: RoleDistribution) -> str:
    """The role chosen most, and by how many; no more than two equal ones."""
    most = max(among.counts)
    if len(among.leading) > MOST_EQUAL:
        return _("Aucun rôle ne se détache")
    return _("%(roles)s (%(count)d)") % {"roles": ", ".join(one.leading(among)), "count": most}


def chosen_words(one: Stake, among: RoleDistribution) -> str:
    return ", ".join(f"{role} {count}" for role, count in one.chosen(among))


def change_words(one: Stake) -> str:
    """How many wish another role than today's; a dash when too few answered both."""
    if one.found.change_share is None or one.found.shift_weak is not None:
        return "–"
    return _("%(share)d %%") % {"share": round(100 * one.found.change_share)}


def share(value: float | None) -> str:
    return "–" if value is None else number_format(f"{value:.1f}")


def sources_of(results: PositioningResults) -> str:
    return provenance.votes(results.voters, results.instants)


def _kept(workshop: Workshop, results: PositioningResults) -> Iterator[NotePart]:
    if not results.stakes:
        return
    if not results.shown:
        lead = ngettext(
            "Le groupe interroge le rôle de la collectivité sur %(count)d enjeu.",
            "Le groupe interroge le rôle de la collectivité sur %(count)d enjeux.",
            len(results.stakes),
        ) % {"count": len(results.stakes)}
        cards = [one.card for one in results.stakes]
        yield NotePart(section="kept", blocks=kept_blocks(workshop, cards, lead=lead))
        return
    blocks: list[Block] = [
        Paragraph(
            _("Le rôle de la collectivité, tel que le groupe le voit et tel qu'il le souhaite :"),
            id=block_id(workshop, "lead"),
        ),
        Bullets(tuple(map(_shift_item, results.shown)), id=block_id(workshop, "cards")),
    ]
    yield NotePart(section="kept", blocks=blocks)


def _shift_item(one: Stake) -> Item:
    today, wished = (_role_words(one, among) for among in (one.found.today, one.found.wished))
    if one.moves:
        words = _("« %(title)s » : aujourd'hui surtout %(today)s, demain plutôt %(wished)s.")
    else:
        words = _("« %(title)s » : %(today)s, aujourd'hui comme demain.")
    return Item(
        words % {"title": one.card.title, "today": today, "wished": wished},
        id=f"card:{one.card.pk}",
        citations=(cite_card(one.card),),
    )


def _role_words(one: Stake, among: RoleDistribution) -> str:
    """« animer », « animer ou financer », or that no role stands out."""
    leading = one.leading(among)
    if len(leading) > MOST_EQUAL:
        return _("aucun rôle qui se détache")
    return _(" ou ").join(leading).lower()


def _figures(workshop: Workshop, results: PositioningResults) -> Iterator[NotePart]:
    if shown := results.shown:
        yield NotePart(
            section="figures",
            blocks=[chart(workshop, results, shown), table(workshop, results, shown)],
        )


def _debated(workshop: Workshop, results: PositioningResults) -> Iterator[NotePart]:
    """The stakes on which wishes are most scattered, in so many answers."""
    divided = sorted(
        (
            (agreement, place, one)
            for place, one in enumerate(results.shown)
            if (agreement := one.found.wished.agreement) is not None and agreement <= DIVIDED
        ),
        key=lambda found: found[:2],
    )[:MOST_DIVIDED]
    if divided:
        items = tuple(
            Item(
                _("« %(title)s » divise le groupe sur le rôle souhaité : %(answers)s.")
                % {
                    "title": one.card.title,
                    "answers": chosen_words(one, one.found.wished).lower(),
                },
                id=f"divided:{one.card.pk}",
                citations=(cite_card(one.card),),
            )
            for _agreement, _place, one in divided
        )
        yield NotePart(section="debated", blocks=[Bullets(items, id=block_id(workshop, "divided"))])


def _open(workshop: Workshop, results: PositioningResults) -> Iterator[NotePart]:
    left = [one.card for one in results.not_shown]
    if not left:
        return
    words = ngettext(
        "%(count)d enjeu n'est pas positionné.",
        "%(count)d enjeux ne sont pas positionnés.",
        len(left),
    ) % {"count": len(left)}
    most = max(one.answers for one in results.not_shown)
    block = Paragraph(
        f"{words} {named(left)} {provenance.too_few(most, results.minimum)}",
        id=block_id(workshop, "not-shown"),
        citations=tuple(map(cite_card, left)),
    )
    yield NotePart(section="open_questions", blocks=[block])

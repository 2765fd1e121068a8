"""The map as a block of the document tree: one drawing for the wall, the page, paper and the note.

Screens and small paper name the most tied actors only; the table beside names all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.network_layout import arranged
from fabrique.document.tree import NetworkMap, NetworkNode, NetworkTie, TieKind
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults
from fabrique.stages.contribution.formats.blocks import block_id
from fabrique.stages.contribution.models import Workshop


@dataclass(frozen=True)
class Size:
    """How large names are, and how many are written."""

    text: float
    named: int


WALL = Size(text=28, named=10)
SHEET = Size(text=15, named=26)


def poster_size(actors: int) -> Size:
    """On A3 every actor is named: the more there are, the smaller, down to nine points."""
    return Size(text=15 if actors <= 40 else 12 if actors <= 80 else 9, named=actors)


def network_map(
    workshop: Workshop,
    results: ActorMapResults,
    *,
    size: Size,
    groups: Sequence[str],
    group_of: Mapping[str, int],
    mutual: Sequence[str] = (),
) -> NetworkMap:
    """The actors where the layout puts them, in the colours and shapes of their groups."""
    named = {one.place.actor for one in results.ranked[: size.named]}
    order = {one.place.actor: place for place, one in enumerate(results.actors)}
    kinds = list(results.kinds)
    edges = tuple((order[edge.first], order[edge.second]) for edge in results.network.edges)
    written = tuple(one.card.title if one.place.actor in named else "" for one in results.actors)
    layout = arranged(written, edges, text_size=size.text)
    most = max((one.place.degree for one in results.actors), default=0) or 1
    return NetworkMap(
        workshop.title or _("Carte des acteurs"),
        description(results),
        tuple(
            NetworkNode(
                one.card.title,
                x,
                y,
                group=group_of.get(one.place.actor, -1),
                weight=round(one.place.degree / most, 2),
                is_named=one.place.actor in named,
            )
            for one, (x, y) in zip(results.actors, layout.points, strict=True)
        ),
        tuple(
            NetworkTie(order[str(tie.source.pk)], order[str(tie.target.pk)], kinds.index(tie.kind))
            for tie in results.ties
        ),
        groups=tuple(groups),
        kinds=tuple(_kind(key, str(words), mutual) for key, words in results.kinds.items()),
        height=layout.height,
        text_size=size.text,
        note=_note(results, size),
        id=block_id(workshop, "map"),
    )


def by_type(results: ActorMapResults, types: Sequence[str]) -> tuple[list[str], dict[str, int]]:
    """The types there are, those of the settings first, and each actor's."""
    said = [one.word("type") for one in results.actors if one.word("type")]
    groups = list(dict.fromkeys([*(one for one in types if one in said), *said]))
    return groups, {
        one.place.actor: groups.index(one.word("type"))
        for one in results.actors
        if one.word("type")
    }


def description(results: ActorMapResults) -> str:
    """What the drawing shows, for who reads it as for who hears it."""
    return _(
        "%(actors)s et %(ties)s. Deux acteurs proches sur la carte sont proches par les liens ; "
        "plus un acteur est relié, plus son signe est grand."
    ) % {
        "actors": ngettext("%(n)d acteur", "%(n)d acteurs", len(results.actors))
        % {"n": len(results.actors)},
        "ties": ngettext("%(n)d lien", "%(n)d liens", len(results.ties)) % {"n": len(results.ties)},
    }


def _note(results: ActorMapResults, size: Size) -> str:
    words = _("Un lien absent n'est pas une preuve : personne ne l'a tracé, c'est tout.")
    rest = len(results.actors) - size.named
    if rest <= 0:
        return words
    more = ngettext(
        "%(n)d acteur moins relié est dessiné sans son nom ; le tableau les nomme tous.",
        "%(n)d acteurs moins reliés sont dessinés sans leur nom ; le tableau les nomme tous.",
        rest,
    )
    return f"{words} {more % {'n': rest}}"


def _kind(key: str, words: str, mutual: Sequence[str]) -> TieKind:
    if key in mutual:
        return TieKind(words)
    return TieKind(words, "bar" if key == "blocks" else "arrow")

"""The map in words: the table that goes with the drawing, and the names that may be one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults, MappedActor
from fabrique.stages.contribution.formats.actor_map.naming import Reason, same_names
from fabrique.stages.contribution.models import Card

REASONS = {
    Reason.SAME: gettext_lazy("le même nom, autrement écrit"),
    Reason.ACRONYM: gettext_lazy("un sigle et ses mots"),
    Reason.INSIDE: gettext_lazy("un nom contenu dans l'autre"),
    Reason.CLOSE: gettext_lazy("des orthographes proches"),
}
#: Proposals a facilitator looks through at a time; the surest come first.
MOST_PROPOSED = 12


@dataclass(frozen=True, kw_only=True)
class ActorLine:
    """An actor as the table says it; ``ties`` are its links in words."""

    actor: MappedActor
    ties: Sequence[str]
    cited_by: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Two cards that may be one actor: the second would join the first."""

    into: Card
    card: Card
    why: str
    into_place: str = ""
    card_place: str = ""


def actor_lines(results: ActorMapResults) -> list[ActorLine]:
    """Every actor, the most tied first."""
    said: dict[UUID, list[str]] = defaultdict(list)
    for tie in results.ties:
        forth, back = _("%(kind)s « %(other)s »"), _("« %(other)s » %(kind)s cet acteur")
        back = forth if tie.kind in results.mutual else back
        kind = str(results.kinds[tie.kind])
        said[tie.source.pk].append(forth % {"kind": kind, "other": tie.target.title})
        said[tie.target.pk].append(back % {"kind": kind, "other": tie.source.title})
    return [
        ActorLine(
            actor=one,
            ties=said[one.card.pk],
            cited_by=str(one.cited_by) if results.shows_people else "–",
        )
        for one in results.ranked
    ]


def proposals(
    cards: Sequence[Card], places: Mapping[UUID, Sequence[str]] | None = None
) -> list[Proposal]:
    """Cards whose names may be one actor's; the one said by most is kept, then the longer name.

    ``places`` are the territories each comes from, where there are several.
    """
    found = []
    for pair in same_names(tuple(card.title for card in cards)):
        two = (cards[pair.first], cards[pair.second])
        into, card = sorted(
            two, key=lambda one: (-getattr(one, "said_count", 0), -len(one.title), one.position)
        )
        found.append(
            Proposal(
                into=into,
                card=card,
                why=str(REASONS[pair.reason]),
                into_place=", ".join((places or {}).get(into.pk, ())),
                card_place=", ".join((places or {}).get(card.pk, ())),
            )
        )
    return found[:MOST_PROPOSED]

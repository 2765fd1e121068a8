"""How sharing between territories is said, in the note as on screens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fabrique.methods.swot import Quadrant, Spread
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.swot.analysis import Statement, SwotResults
from fabrique.stages.contribution.formats.swot.quadrants import (
    CROSSES,
    QUADRANTS,
    SHAPES,
)
from fabrique.stages.contribution.models import Card, Contribution


@dataclass(frozen=True, kw_only=True)
class ShownStatement:
    card: Card
    sharing: str
    #: Who says it, in short, after its shape: « ◐ 2 sur 4 », « ○ Lorient ».
    who: str
    evidence: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ShownQuadrant:
    title: Text
    question: Text
    statements: Sequence[ShownStatement]
    said: Sequence[Contribution]


@dataclass(frozen=True, kw_only=True)
class ShownCross:
    kind: Text
    inside: str
    outside: str
    #: The territories that say both.
    who: str


def sharing(statement: Statement, results: SwotResults) -> str:
    """« partagé par 2 territoires sur 4 (Lorient, Beauvais) »; nothing with one territory."""
    support = statement.support
    if not results.compares:
        return ""
    if support is None:
        return _("aucun territoire ne le dit encore")
    if support.spread is Spread.SHARED_BY_ALL:
        return _("commun à tous les territoires")
    if support.spread is Spread.SPECIFIC:
        return _("propre à un territoire : %(name)s") % {"name": support.sites[0]}
    return _("partagé par %(count)d territoires sur %(all)d : %(names)s") % {
        "count": support.support,
        "all": len(results.territories),
        "names": enumerated(support.sites),
    }


def with_shape(statement: Statement, results: SwotResults) -> str:
    """The same, after the shape that doubles it."""
    words = sharing(statement, results)
    return f"{_shape(statement.spread)} {words}" if words else ""


def _shape(spread: Spread | None) -> str:
    return SHAPES[spread] if spread else "–"


def shown_quadrants(
    results: SwotResults, waiting: Sequence[Contribution] = ()
) -> list[ShownQuadrant]:
    """The four quadrants with their cards, and what waits to be put in one."""
    return [
        ShownQuadrant(
            title=words.several,
            question=words.question,
            statements=[_shown(one, results) for one in results.of(quadrant)],
            said=[one for one in waiting if one.payload.get("quadrant") == quadrant],
        )
        for quadrant, words in QUADRANTS.items()
    ]


def _shown(one: Statement, results: SwotResults) -> ShownStatement:
    return ShownStatement(
        card=one.card,
        sharing=with_shape(one, results),
        who=f"{_shape(one.spread)} {_who(one, results)}" if results.compares else "",
        evidence=[card.title for card in one.evidence],
    )


def _who(one: Statement, results: SwotResults) -> str:
    if one.spread is None:
        return _("aucun territoire encore")
    if one.spread is Spread.SHARED_BY_ALL:
        return _("commun à tous")
    if one.spread is Spread.SPECIFIC:
        return one.territories[0]
    return _("%(count)d sur %(all)d") % {
        "count": len(one.territories),
        "all": len(results.territories),
    }


def shown_crosses(results: SwotResults) -> list[ShownCross]:
    return [
        ShownCross(
            kind=CROSSES[one.cross.kind],
            inside=one.inside.title,
            outside=one.outside.title,
            who=enumerated(one.cross.sites) if results.compares else "",
        )
        for one in results.meetings
    ]


def silence_words(territory: str, quadrants: Sequence[Quadrant]) -> str:
    """« Lorient ne dit rien des opportunités ni des menaces. »"""
    names = [str(QUADRANTS[one].several).lower() for one in quadrants]
    return _("%(territory)s n'a rien dit ici : %(quadrants)s.") % {
        "territory": territory,
        "quadrants": enumerated(names),
    }


def enumerated(names: Sequence[str]) -> str:
    """« Beauvais, Lorient et Bourg »."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}

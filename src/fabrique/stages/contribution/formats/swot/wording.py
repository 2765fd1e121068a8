"""How sharing between territories is said, in the note as on screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fabrique.methods.swot import Quadrant, Spread
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.swot.analysis import Statement, SwotResults
from fabrique.stages.contribution.formats.swot.quadrants import QUADRANTS, SHAPES
from fabrique.stages.contribution.models import Contribution


@dataclass(frozen=True, kw_only=True)
class ShownStatement:
    card: Any
    sharing: str
    is_shared: bool
    evidence: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ShownQuadrant:
    title: Text
    question: Text
    statements: Sequence[ShownStatement]
    said: Sequence[Contribution]


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
    shape = SHAPES[statement.spread] if statement.spread else "–"
    return f"{shape} {words}" if words else ""


def shown_quadrants(
    results: SwotResults, waiting: Sequence[Contribution] = ()
) -> list[ShownQuadrant]:
    """The four quadrants with their cards, and what waits to be put in one."""
    return [
        ShownQuadrant(
            title=words.several,
            question=words.question,
            statements=[
                ShownStatement(
                    card=one.card,
                    sharing=with_shape(one, results),
                    is_shared=len(one.territories) > 1,
                    evidence=[card.title for card in one.evidence],
                )
                for one in results.of(quadrant)
            ],
            said=[one for one in waiting if one.payload.get("quadrant") == quadrant],
        )
        for quadrant, words in QUADRANTS.items()
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

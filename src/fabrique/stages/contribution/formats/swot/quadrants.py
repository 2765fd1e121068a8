"""The four quadrants, the words for how widely a statement is shared, and the four crosses.

Sharing is told by a word and a shape, never by a colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fabrique.methods.swot import CrossKind, Quadrant, Spread
from fabrique.stages.contribution.formats.contract import Text


@dataclass(frozen=True, kw_only=True)
class QuadrantWords:
    one: Text
    several: Text
    #: The question this quadrant asks.
    question: Text


QUADRANTS: Mapping[Quadrant, QuadrantWords] = {
    Quadrant.STRENGTH: QuadrantWords(
        one=_("Force"), several=_("Forces"), question=_("Ce que nous avons, et qui nous aide")
    ),
    Quadrant.WEAKNESS: QuadrantWords(
        one=_("Faiblesse"),
        several=_("Faiblesses"),
        question=_("Ce qui nous manque, ou nous freine"),
    ),
    Quadrant.OPPORTUNITY: QuadrantWords(
        one=_("Opportunité"),
        several=_("Opportunités"),
        question=_("Ce qui vient d'ailleurs, et peut nous aider"),
    ),
    Quadrant.THREAT: QuadrantWords(
        one=_("Menace"),
        several=_("Menaces"),
        question=_("Ce qui vient d'ailleurs, et peut nous nuire"),
    ),
}

SHAPES: Mapping[Spread, str] = {
    Spread.SHARED_BY_ALL: "●",
    Spread.PARTLY_SHARED: "◐",
    Spread.SPECIFIC: "○",
}

CROSSES: Mapping[CrossKind, Text] = {
    CrossKind.STRENGTH_OPPORTUNITY: _("S'appuyer sur la force pour saisir l'opportunité"),
    CrossKind.STRENGTH_THREAT: _("S'appuyer sur la force pour parer la menace"),
    CrossKind.WEAKNESS_OPPORTUNITY: _("Se servir de l'opportunité pour réduire la faiblesse"),
    CrossKind.WEAKNESS_THREAT: _("Se protéger là où la faiblesse rencontre la menace"),
}

CHOICES = [(quadrant.value, words.one) for quadrant, words in QUADRANTS.items()]


def quadrant_words(key: object) -> Text:
    """« Force », or nothing for a card in no quadrant yet."""
    return QUADRANTS[Quadrant(str(key))].one if key in set(Quadrant) else ""

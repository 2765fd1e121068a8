"""The earlier cards a workshop may take over, as its team picks them: by territory and seminar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.local_words import details_of
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.formats.registry import UnknownFormat, get_format


@dataclass(frozen=True)
class Earlier:
    """An earlier card, and what it says beside its name."""

    card: Reachable
    details: Sequence[tuple[Text, str]]


@dataclass(frozen=True)
class EarlierSeminar:
    """The cards of one seminar of one territory, in its order."""

    territory: str
    seminar: str
    cards: Sequence[Earlier]


def by_seminar(cards: Sequence[Reachable]) -> list[EarlierSeminar]:
    """The cards as ``cards_to_take_over`` gives them, under where each comes from."""
    return [
        EarlierSeminar(
            territory=territory or _("Échelle nationale"),
            seminar=seminar,
            cards=[Earlier(card, _details(card)) for card in found],
        )
        for (territory, seminar), found in groupby(
            cards, key=lambda one: (one.site_name, one.meeting_title)
        )
    ]


def _details(card: Reachable) -> Sequence[tuple[Text, str]]:
    try:
        return details_of(get_format(card.format), card.payload)
    except UnknownFormat:
        return ()

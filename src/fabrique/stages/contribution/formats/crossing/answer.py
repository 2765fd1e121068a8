"""One person's answer about one vulnerability: the actions ticked, or « none, as far as I know ».

Each answer replaces the person's former one on that row. Saying « none » is a mark on the card,
so that an empty row and a row nobody looked at are never confused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Answer, InvalidAnswer, Mark, Tie
from fabrique.stages.contribution.formats.rating import CARD_GONE, read_card
from fabrique.stages.contribution.models import Card, Workshop

ANSWERS = "answers"
ANSWERED = "answered"
NONE, SOME = 0, 1


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An action as offered beside the vulnerability in hand."""

    card: Card
    is_ticked: bool


def actions_offered(actions: QuerySet[Card], ticked: set[UUID]) -> list[Offered]:
    return [Offered(card=card, is_ticked=card.pk in ticked) for card in actions]


def ticked(workshop: Workshop, card: Card | None, viewer: Viewer) -> set[UUID]:
    """The actions this person already tied to the vulnerability."""
    if card is None or viewer.participant_id is None:
        return set()
    own = rows.ties_of(workshop, ANSWERS).filter(target=card, participant=viewer.participant_id)
    return set(own.values_list("source_id", flat=True))


def read_row(
    workshop: Workshop, data: Mapping[str, Any], lines: QuerySet[Card], columns: QuerySet[Card]
) -> Answer:
    """The answer one send gives about the vulnerability named by ``card``."""
    card_id = read_card(data.get("card"))
    if not lines.filter(pk=card_id).exists():
        raise InvalidAnswer({"card": [CARD_GONE]})
    offered = set(columns.values_list("pk", flat=True))
    chosen = {read_card(value) for value in _several(data, "action")}
    nothing = data.get("none") not in (None, "")
    _check_choice(chosen, nothing, offered)
    return Answer(
        marks=[Mark(card_id=card_id, criterion=ANSWERED, value=NONE if nothing else SOME)],
        ties=[_tie(action, card_id) for action in sorted(chosen)],
        untied=[_tie(action, card_id) for action in sorted(offered - chosen)],
    )


def _check_choice(chosen: set[UUID], nothing: bool, offered: set[UUID]) -> None:
    if not chosen <= offered:
        raise InvalidAnswer({"action": [_("Une action n'est plus proposée : vérifiez vos choix.")]})
    if chosen and nothing:
        raise InvalidAnswer(
            {"none": [_("Cochez des actions, ou « Aucune, à ma connaissance », pas les deux.")]}
        )
    if not chosen and not nothing:
        raise InvalidAnswer(
            {"none": [_("Cochez au moins une action, ou « Aucune, à ma connaissance ».")]}
        )


def check_tie(tie: Tie, lines: QuerySet[Card], columns: QuerySet[Card]) -> None:
    """Refuse a tie that is not from an action kept to a vulnerability kept in this meeting."""
    if tie.kind != ANSWERS:
        raise InvalidAnswer({"kind": [_("Ce lien n'existe pas dans cet atelier.")]})
    if not columns.filter(pk=tie.source_id).exists():
        raise InvalidAnswer({"source": [CARD_GONE]})
    if not lines.filter(pk=tie.target_id).exists():
        raise InvalidAnswer({"target": [CARD_GONE]})


def _tie(action_id: UUID, card_id: UUID) -> Tie:
    return Tie(source_id=action_id, target_id=card_id, kind=ANSWERS)


def _several(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Every value of a field, from a posted form as from JSON."""
    values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
    return [values] if isinstance(values, str) else values

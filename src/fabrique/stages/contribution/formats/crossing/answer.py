"""One person's answer about one vulnerability: the actions ticked, or « none, as far as I know ».

Each answer replaces the person's former one on that row. Saying « none » is a mark on the card,
so that an empty row and a row nobody looked at are never confused.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import (
    Answer,
    InvalidAnswer,
    Mark,
    Refused,
    Tie,
)
from fabrique.stages.contribution.formats.rating import CARD_GONE, read_card, show_refusal
from fabrique.stages.contribution.models import Card, Workshop

ANSWERS = "answers"
ANSWERED = "answered"
NONE, SOME = 0, 1


class RowForm(forms.Form):
    """The actions kept, to tick, beside the vulnerability in hand."""

    action = forms.MultipleChoiceField(
        label=_("Quelles actions réalisées y répondent ?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    none = forms.BooleanField(label=_("Aucune, à ma connaissance"), required=False)

    def __init__(
        self, actions: Iterable[Card], *, initial: Mapping[str, Any], refused: Refused | None
    ) -> None:
        super().__init__(refused.typed if refused else None, initial=dict(initial))
        offered = self.fields["action"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = [(str(card.pk), card.title) for card in actions]
        show_refusal(self, refused)


class RoomTieForm(forms.Form):
    """A tie the facilitator confirms for the room."""

    source = forms.ChoiceField(label=_("Cette action"))
    target = forms.ChoiceField(label=_("répond à cette vulnérabilité"))

    def __init__(self, actions: Iterable[Card], vulnerabilities: Iterable[Card]) -> None:
        super().__init__()
        for name, cards in (("source", actions), ("target", vulnerabilities)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(card.pk), card.title) for card in cards]


def row_form(
    workshop: Workshop,
    card: Card | None,
    viewer: Viewer,
    actions: Iterable[Card],
    *,
    refused: Refused | None = None,
) -> RowForm:
    """The row of one vulnerability with what this person said of it before."""
    initial = _said_before(workshop, card, viewer) if card else {}
    return RowForm(actions, initial=initial, refused=refused)


def _said_before(workshop: Workshop, card: Card, viewer: Viewer) -> dict[str, Any]:
    if viewer.participant_id is None:
        return {}
    own = rows.ties_by(viewer, workshop, ANSWERS).filter(target=card)
    marks = rows.judgements_of([card], [ANSWERED], by=viewer)
    return {
        "action": [str(tie.source_id) for tie in own],
        "none": any(mark.value == NONE for mark in marks),
    }


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

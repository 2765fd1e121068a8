"""One person's dots over all the cards, sent together: the whole ballot or nothing.

A ballot replaces the one before, so that what is stored never holds more than the budget.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Answer, InvalidAnswer, Mark, Refused
from fabrique.stages.contribution.formats.rating import CARD_GONE, read_card, show_refusal
from fabrique.stages.contribution.models import Card

DOTS = "dots"
PREFIX = f"{DOTS}-"


class BallotForm(forms.Form):
    """How many dots on each card: a short list to choose from, none by default."""

    def __init__(
        self,
        cards: Sequence[Card],
        *,
        budget: int,
        placed: Mapping[UUID, int],
        refused: Refused | None = None,
    ) -> None:
        initial = {field_name(card_id): dots for card_id, dots in placed.items()}
        super().__init__(refused.typed if refused else None, initial=initial)
        choices = [(str(dots), dots_words(dots)) for dots in range(budget + 1)]
        for card in cards:
            self.fields[field_name(card.pk)] = forms.ChoiceField(
                label=card.title, help_text=card.text, choices=choices, required=False
            )
        show_refusal(self, refused)


def field_name(card_id: UUID) -> str:
    return f"{PREFIX}{card_id}"


def dots_words(dots: int) -> Any:
    if not dots:
        return _("Aucune pastille")
    return ngettext_lazy("%(count)d pastille", "%(count)d pastilles", dots) % {"count": dots}


def placed_by(viewer: Viewer, cards: Sequence[Card]) -> dict[UUID, int]:
    """The dots this person has on the cards put to the vote."""
    if viewer.participant_id is None:
        return {}
    marks = rows.judgements_of(cards, [DOTS], by=viewer)
    return {mark.card_id: mark.value for mark in marks}


def read_ballot(data: Mapping[str, Any], offered: Sequence[UUID], budget: int) -> Answer:
    """The marks of one ballot: every card put to the vote, those left out holding none."""
    placed = {
        read_card(name.removeprefix(PREFIX)): _read_dots(name, data[name], budget)
        for name in data
        if name.startswith(PREFIX)
    }
    if any(dots for card_id, dots in placed.items() if card_id not in offered) or not offered:
        raise InvalidAnswer({"": [CARD_GONE]})
    check_budget(sum(placed.values()), budget)
    return Answer(
        marks=[
            Mark(card_id=card_id, criterion=DOTS, value=placed.get(card_id, 0))
            for card_id in offered
        ]
    )


def check_budget(spent: int, budget: int) -> None:
    if spent <= budget:
        return
    words = ngettext_lazy(
        "Vous avez placé %(spent)d pastilles, et vous en avez %(budget)d : retirez-en %(over)d.",
        "Vous avez placé %(spent)d pastilles, et vous en avez %(budget)d : retirez-en %(over)d.",
        spent,
    ) % {"spent": spent, "budget": budget, "over": spent - budget}
    raise InvalidAnswer({"": [words]})


def _read_dots(name: str, value: Any, budget: int) -> int:
    if value in (None, ""):
        return 0
    written = str(value)
    if not written.isdecimal() or not written.isascii() or len(written) > 3:
        words = _("Choisissez un nombre de pastilles, de 0 à %(budget)d.") % {"budget": budget}
        raise InvalidAnswer({name: [words]})
    return int(written)

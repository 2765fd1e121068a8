"""Judging cards one at a time, each person alone: any format with criteria gets it from here."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import (
    Answer,
    Criterion,
    Format,
    InvalidAnswer,
    Mark,
    Refused,
)
from fabrique.stages.contribution.models import Card, Workshop


class MarksForm(forms.Form):
    """The criteria as asked about the card in hand, each one optional."""

    def __init__(
        self,
        criteria: Sequence[Criterion],
        *,
        marks: Mapping[str, int],
        refused: Refused | None = None,
    ) -> None:
        super().__init__(refused.typed if refused else None, initial=dict(marks))
        for criterion in criteria:
            self.fields[criterion.key] = forms.ChoiceField(
                label=str(criterion.question),
                choices=[(str(value), words) for value, words in criterion.scale.items()],
                widget=forms.RadioSelect,
                required=False,
            )
        show_refusal(self, refused)


def show_refusal(form: forms.Form, refused: Refused | None) -> None:
    """Put what was refused by its field, or at the top when no field is concerned."""
    for name, errors in (refused.errors if refused else {}).items():
        for error in errors:
            form.add_error(name if name in form.fields else None, str(error))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One card in the list a person may come back to."""

    card: Card
    is_done: bool
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """What one person has before them: the card in hand, and how far along they are."""

    card: Card | None
    form: forms.Form
    lines: Sequence[Line]
    next_id: UUID | None

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def next_address(self) -> str:
        """Where passing leads, from the phone's page."""
        return f"?carte={self.next_id}"

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What is read once for a screen's progress and for its results."""

    cards: Sequence[Card]
    marks: Sequence[rows.Judgement]


def rating_context(
    format: Format,
    workshop: Workshop,
    viewer: Viewer,
    screen: str,
    *,
    step: str = "",
    refused: Refused | None = None,
) -> dict[str, Any]:
    """``ballot`` for a phone; for the other screens ``raters``, ``to_rate`` and what they come
    from, ``judged``: the screen itself says how many are ``present``."""
    if screen == "phone":
        cards = list(format.cards_to_rate(workshop))
        return {"ballot": ballot(format, workshop, viewer, cards, step=step, refused=refused)}
    judged = judged_in(format, workshop)
    raters = {mark.participant_id for mark in judged.marks}
    return {"judged": judged, "raters": len(raters), "to_rate": len(judged.cards)}


def judged_in(format: Format, workshop: Workshop) -> Judged:
    """The cards put before people and every mark they gave them."""
    cards = list(format.cards_to_rate(workshop))
    criteria = [criterion.key for criterion in format.criteria_of(workshop)]
    return Judged(cards=cards, marks=rows.judgements_of(cards, criteria))


def ballot(
    format: Format,
    workshop: Workshop,
    viewer: Viewer,
    cards: Sequence[Card],
    *,
    step: str = "",
    refused: Refused | None = None,
) -> Ballot:
    """The card asked for, else the first this person has not judged; nothing once all are."""
    criteria = format.criteria_of(workshop)
    own = _own_marks(cards, criteria, viewer)
    ordered = in_own_order(cards, viewer)
    undone = [card for card in ordered if card.pk not in own]
    asked = str(refused.typed.get("card", "")) if refused else step
    current = next((card for card in ordered if str(card.pk) == asked), None)
    current = current or (undone[0] if undone else None)
    following = [card for card in undone if card != current]
    marks = own.get(current.pk, {}) if current else {}
    return Ballot(
        card=current,
        form=MarksForm(criteria, marks=marks, refused=refused),
        lines=[
            Line(card=card, is_done=card.pk in own, is_current=card == current) for card in ordered
        ],
        next_id=_after(ordered, current, following),
    )


def _after(ordered: Sequence[Card], current: Card | None, undone: Sequence[Card]) -> UUID | None:
    """The next card not judged yet, past the one in hand, then from the start."""
    if current is None or not undone:
        return None
    place = ordered.index(current)
    later = [card for card in ordered[place:] if card in undone]
    return (later or undone)[0].pk


def _own_marks(
    cards: Sequence[Card], criteria: Sequence[Criterion], viewer: Viewer
) -> dict[UUID, dict[str, int]]:
    marks: dict[UUID, dict[str, int]] = defaultdict(dict)
    if viewer.participant_id:
        keys = [criterion.key for criterion in criteria]
        for mark in rows.judgements_of(cards, keys, by=viewer):
            marks[mark.card_id][mark.criterion] = mark.value
    return dict(marks)


def in_own_order(cards: Sequence[Card], viewer: Viewer) -> list[Card]:
    """Each person meets the cards in an order of their own, so that none is always last."""

    def place(card: Card) -> bytes:
        return hashlib.sha256(f"{viewer.participant_id}{card.pk}".encode()).digest()

    return sorted(cards, key=place)


def read_marks(format: Format, workshop: Workshop, data: Mapping[str, Any]) -> Answer:
    """The marks one send gives to the card named by ``card``; a criterion left out abstains."""
    card_id = read_card(data.get("card"))
    marks = [
        Mark(card_id=card_id, criterion=criterion.key, value=_read_value(criterion, value))
        for criterion in format.criteria_of(workshop)
        if (value := data.get(criterion.key)) not in (None, "")
    ]
    if not marks:
        raise InvalidAnswer({"": [_("Choisissez au moins une réponse, ou passez cette carte.")]})
    _check_card(format, workshop, card_id)
    return Answer(marks=marks)


def check_mark(format: Format, workshop: Workshop, mark: Mark) -> None:
    """Refuse a criterion, a value or a card that this workshop does not put before people."""
    criterion = next(
        (one for one in format.criteria_of(workshop) if one.key == mark.criterion), None
    )
    if criterion is None:
        raise InvalidAnswer({"criterion": [_("Cet atelier ne pose pas cette question.")]})
    _read_value(criterion, mark.value)
    _check_card(format, workshop, mark.card_id)


def read_card(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise InvalidAnswer({"card": [CARD_GONE]}) from None


CARD_GONE = _("Cette carte n'est plus proposée : passez à la suivante.")


def _check_card(format: Format, workshop: Workshop, card_id: UUID) -> None:
    if not format.cards_to_rate(workshop).filter(pk=card_id).exists():
        raise InvalidAnswer({"card": [CARD_GONE]})


def _read_value(criterion: Criterion, value: Any) -> int:
    if str(value) not in {str(step) for step in criterion.scale}:
        raise InvalidAnswer({criterion.key: [_("Choisissez une des réponses proposées.")]})
    return int(value)

"""What one chooses from: lists of a workshop's settings, each line its own value, and its cards."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.local_words import LocalWord
from fabrique.stages.contribution.models import Card


def choices_of(lines: Iterable[Text], *, empty: Text = "") -> list[tuple[str, Text]]:
    """Choices for a field; with ``empty``, one may leave it unsaid."""
    choices: list[tuple[str, Text]] = [("", empty)] if empty else []
    return choices + [(str(line), _label(line)) for line in lines]


class CardSpokenOf(forms.ChoiceField):
    """The card someone speaks of. Where there is only one it is that one, even when the phone had
    shown the form before the card was announced."""

    def __init__(self, cards: Sequence[Card], **kwargs: Any) -> None:
        offered = [(str(card.pk), card.title) for card in cards]
        self.only = offered[0][0] if len(offered) == 1 else ""
        choices = offered if self.only else [("", gettext_lazy("Choisissez")), *offered]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.only)


def _label(line: Text) -> Text:
    """Words that only this territory uses are marked where one chooses."""
    if isinstance(line, LocalWord):
        return _("%(word)s (ajout du territoire)") % {"word": line}
    return line

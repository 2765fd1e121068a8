"""One past action as said, and the card kept of it: text, sector, effect, whom it reached."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.models import Contribution

Lists = Mapping[str, Sequence[Text]]


def action_fields(lists: Lists) -> dict[str, forms.Field]:
    """Sector, effect and publics: all may be left unsaid."""
    return {
        "sector": forms.ChoiceField(
            label=_("Secteur"),
            choices=choices_of(lists["sectors"], empty=_("Sans précision")),
            required=False,
        ),
        "effect": forms.ChoiceField(
            label=_("Quel effet a-t-elle eu ?"),
            choices=choices_of(lists["effects"], empty=_("Sans précision")),
            required=False,
        ),
        "reached": forms.MultipleChoiceField(
            label=_("Qui a-t-elle touché ?"),
            choices=choices_of(lists["publics"]),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
    }


class PastActionForm(ContributionForm):
    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Une action de la collectivité pendant le dernier mandat")
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields.update(action_fields(lists))


class PastActionCardForm(CardForm):
    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(action_fields(lists))


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """The sector and effect said most, and everyone said to be reached."""
    payloads = [contribution.payload for contribution in contributions]
    reached = dict.fromkeys(name for payload in payloads for name in payload.get("reached", []))
    found = {
        "sector": _first(payload.get("sector", "") for payload in payloads),
        "effect": _first(payload.get("effect", "") for payload in payloads),
        "reached": list(reached),
    }
    return {name: value for name, value in found.items() if value}


def _first(values: Iterable[str]) -> str:
    said = Counter(value for value in values if value)
    return said.most_common(1)[0][0] if said else ""

"""One actor as someone cites it, and the card kept of it: name, type, scale, means, profile."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, Contribution

Lists = Mapping[str, Sequence[Text]]
#: The fields of an actor whose words come from a list, and the list of each.
LISTED = {"type": "types", "scale": "scales", "profile": "profiles"}
LABELS = {
    "type": _("Type d'acteur"),
    "scale": _("Échelle où il agit"),
    "means": _("Ses moyens"),
    "profile": _("Profil"),
}
MEANS_LIMIT = 300


class WordField(forms.ChoiceField):
    """A word of a list; a card made elsewhere, or before the list changed, keeps its own."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 80


def actor_fields(
    lists: Lists, kind: type[forms.ChoiceField] = forms.ChoiceField
) -> dict[str, forms.Field]:
    """Type, scale, means and profile: all may be left unsaid."""

    def listed(name: str) -> forms.ChoiceField:
        empty = _("Je ne sais pas") if name == "profile" else _("Sans précision")
        choices = choices_of(lists[LISTED[name]], empty=empty)
        return kind(label=LABELS[name], choices=choices, required=False)

    return {
        "type": listed("type"),
        "scale": listed("scale"),
        "means": forms.CharField(
            label=LABELS["means"],
            help_text=_("Des gens, un lieu, de l'argent, un savoir-faire…"),
            max_length=MEANS_LIMIT,
            required=False,
            error_messages={
                "max_length": _(
                    "Ce texte compte %(show_value)d caractères : "
                    "ramenez-le à %(limit_value)d au plus."
                )
            },
        ),
        "profile": listed("profile"),
    }


class ActorForm(ContributionForm):
    text = forms.CharField(
        label=_("Nom de l'acteur"),
        max_length=CARD_TITLE_LIMIT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
        error_messages={
            "required": _("Écrivez le nom d'un acteur avant d'envoyer."),
            "max_length": _(
                "Ce nom compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus. "
                "Les précisions vont dans « Ses moyens »."
            ),
        },
    )

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(actor_fields(lists))

    def clean_text(self) -> str:
        """A name stands on one line."""
        return " ".join(str(self.cleaned_data["text"]).split())


class ActorCardForm(CardForm):
    """A card keeps the words it came with, even when this workshop's lists do not hold them."""

    def __init__(self, *args: Any, lists: Lists, national: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.national = {str(word) for word in national}
        self.fields["title"].label = _("Nom de l'acteur")
        self.fields.update(actor_fields(lists, WordField))
        for name in LISTED:
            self._offer(name, self.initial.get(name), self.data.get(name))

    def _offer(self, name: str, *words: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, WordField)
        choices = list(cast(Iterable[tuple[str, Text]], field.choices))
        known = {str(key) for key, _label in choices}
        more = [str(word) for word in dict.fromkeys(words) if word and str(word) not in known]
        field.choices = [*choices, *((word, word) for word in more)]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    @property
    def payload(self) -> dict[str, Any]:
        payload = super().payload
        return payload | ({"national": True} if payload.get("scale") in self.national else {})


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """What is said most of the actor, and all the means it is said to have."""
    payloads = [contribution.payload for contribution in contributions]
    found = {name: _first(payload.get(name, "") for payload in payloads) for name in LISTED}
    means = dict.fromkeys(str(payload["means"]) for payload in payloads if payload.get("means"))
    found["means"] = " ; ".join(means)[:MEANS_LIMIT]
    return {name: value for name, value in found.items() if value}


def _first(values: Iterable[str]) -> str:
    said = Counter(value for value in values if value)
    return said.most_common(1)[0][0] if said else ""

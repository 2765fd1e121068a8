"""A reaction to a lever, or a lever that is missing; and the lever as the group keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.formats.rows import kept_cards

Lists = Mapping[str, Sequence[Text]]
#: As many characters of a lever as one line of a phone's list shows.
SHOWN_ON_PHONE = 70


class ReactionForm(ContributionForm):
    """What one answers to a lever; without one, the lever one proposes."""

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levers = [
            (str(card.pk), Truncator(card.title).chars(SHOWN_ON_PHONE))
            for card in kept_cards(self.workshop)
        ]
        if levers:
            self.fields["lever"] = forms.ChoiceField(
                label=_("De quel levier parlez-vous ?"),
                choices=[("", _("Aucun : j'en propose un")), *levers],
                required=False,
                error_messages={
                    "invalid_choice": _("Ce levier n'est plus proposé : choisissez-en un autre.")
                },
            )
            self.fields["reaction"] = forms.ChoiceField(
                label=_("Votre réaction"),
                choices=choices_of(lists["reactions"]),
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["operator"] = forms.ChoiceField(
            label=_("Au nom de quel organisme ?"),
            choices=choices_of(lists["holders"], empty=_("Pour mon territoire")),
            required=False,
        )
        self.fields["text"].required = False
        self.fields["text"].label = _("Vos raisons, vos conditions, ou le levier proposé")
        self.fields["text"].widget.attrs["rows"] = 3
        self.order_fields(["lever", "reaction", "text", "operator"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "lever" in self.errors:
            return cleaned
        lever, reaction = cleaned.get("lever"), cleaned.get("reaction")
        if lever and not reaction and not self.errors.get("reaction"):
            self.add_error("reaction", _("Dites votre réaction à ce levier."))
        elif reaction and not lever:
            self.add_error("lever", _("Choisissez le levier auquel vous réagissez."))
        elif not lever and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Écrivez le levier que vous proposez."))
        return cleaned


class LeverForm(CardForm):
    """A lever: its kind, what it unlocks, who holds it."""

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Levier national")
        self.fields |= {
            "kind": forms.ChoiceField(
                label=_("Type de levier"),
                choices=choices_of(lists["kinds"], empty=_("À préciser")),
                required=False,
            ),
            "unlocks": forms.CharField(
                label=_("Ce qu'il débloque"),
                required=False,
                max_length=1_000,
                strip=True,
                widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
                error_messages={
                    "max_length": _(
                        "Ce texte compte %(show_value)d caractères : "
                        "ramenez-le à %(limit_value)d au plus."
                    )
                },
            ),
            "holder": forms.ChoiceField(
                label=_("Qui le détient"),
                choices=choices_of(lists["holders"], empty=_("À préciser")),
                required=False,
            ),
        }
        self.order_fields(["title", "text", "kind", "unlocks", "holder", "schemes"])

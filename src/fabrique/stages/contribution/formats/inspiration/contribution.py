"""One person's reaction to an initiative and why, and the card of an initiative."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm
from fabrique.stages.contribution.formats.inspiration.reactions import REACTION_ALONE, REACTIONS
from fabrique.stages.contribution.formats.rows import kept_cards


class ReactionForm(ContributionForm):
    """With a reaction and no word, the reaction is the words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gallery = [(str(card.pk), card.title) for card in kept_cards(self.workshop)]
        self.fields["initiative"] = forms.ChoiceField(
            label=_("Quelle initiative ?"),
            choices=[("", _("Choisissez")), *self.gallery],
            error_messages={
                "required": _("Choisissez l'initiative dont vous parlez."),
                "invalid_choice": _(
                    "Cette initiative n'est plus proposée : choisissez-en une autre."
                ),
            },
        )
        self.fields["reaction"] = forms.ChoiceField(
            label=_("Chez nous, elle serait…"),
            choices=list(REACTIONS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choisissez : à reprendre, à adapter ou à laisser.")},
        )
        self.fields["text"].label = _("Pourquoi ?")
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 3
        self.order_fields(["initiative", "reaction", "text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text"):
            cleaned["text"] = gettext("%(initiative)s : %(reaction)s") % {
                "initiative": dict(self.gallery)[cleaned["initiative"]],
                "reaction": str(REACTIONS[cleaned["reaction"]]).lower(),
            }
            cleaned[REACTION_ALONE] = True
        return cleaned


class InitiativeForm(CardForm):
    place = forms.CharField(label=_("Où"), required=False, max_length=160, strip=True)
    what = forms.CharField(
        label=_("Ce qui a été fait"),
        required=False,
        max_length=1_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
    )
    cost = forms.CharField(
        label=_("Ce que cela a coûté"), required=False, max_length=160, strip=True
    )
    result = forms.CharField(
        label=_("Ce que cela a donné"),
        required=False,
        max_length=1_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Un document, une page, une fonction : sans nom de personne."),
        required=False,
        max_length=300,
        strip=True,
    )
    kept = forms.CharField(
        label=_("Ce que le groupe en garde"),
        help_text=_("À remplir ensemble, une fois les réactions vues."),
        required=False,
        max_length=1_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Nom de l'initiative")
        self.order_fields(["title", "place", "what", "cost", "result", "source", "kept", "text"])

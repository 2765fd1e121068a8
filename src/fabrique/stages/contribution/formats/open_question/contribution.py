"""One answer: words, a choice, or both. With a choice and no word, the choice is the words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import choices_of
from fabrique.stages.contribution.formats.contract import ContributionForm, Text

#: In the payload of an answer that holds no word but those of the choice.
CHOICE_ALONE = "choice_alone"


class AnswerForm(ContributionForm):
    def __init__(self, *args: Any, offered: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Votre réponse")
        if offered:
            self.fields["choice"] = forms.ChoiceField(
                label=_("Choisissez une réponse"),
                choices=choices_of(offered),
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields["text"].label = _("Dites-en plus, avec vos mots")
            self.fields["text"].required = False
            self.order_fields(["choice", "text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text"):
            if not cleaned.get("choice"):
                raise forms.ValidationError(_("Choisissez une réponse ou écrivez la vôtre."))
            cleaned["text"] = cleaned["choice"]
            cleaned[CHOICE_ALONE] = True
        return cleaned

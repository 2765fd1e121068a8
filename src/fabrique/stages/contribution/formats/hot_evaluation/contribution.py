"""One person's evaluation: marks from 1 to 4, a word, what they keep, what should improve.

Nothing is required but one answer. The contribution's text is what the person keeps; where they
wrote nothing, it is the rest of what they answered, so that their page can always show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fabrique.kit.typography import typeset
from fabrique.stages.contribution.formats.contract import ContributionForm, Text

WORD_LIMIT = 40


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """The questions, and the words of the scale from 1 up."""

    questions: Sequence[Text]
    scale: Sequence[Text]

    def names(self) -> list[str]:
        """The field of each question."""
        return [f"q{place}" for place in range(1, len(self.questions) + 1)]

    def fields(self) -> dict[str, forms.Field]:
        choices = [(str(value), words) for value, words in enumerate(self.scale, start=1)]
        return {
            name: forms.TypedChoiceField(
                label=typeset(str(question)),
                choices=choices,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
            )
            for name, question in zip(self.names(), self.questions, strict=True)
        }


class EvaluationForm(ContributionForm):
    word = forms.CharField(label=_("En un mot"), max_length=WORD_LIMIT, required=False, strip=True)
    improve = forms.CharField(
        label=_("À améliorer"),
        max_length=2_000,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
    )

    def __init__(self, *args: Any, asked: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields.update(asked.fields())
        self.fields["text"].label = _("Ce que je retiens")
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 2
        self.order_fields([*asked.names(), "word", "text", "improve"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(value not in (None, "") for value in cleaned.values()):
            raise forms.ValidationError(_("Répondez à une question au moins avant d'envoyer."))
        if cleaned.get("text"):
            cleaned["keep"] = cleaned["text"]
        elif not self.errors:
            cleaned["text"] = self._rest(cleaned)
        return cleaned

    def _rest(self, cleaned: dict[str, Any]) -> str:
        marks = [
            gettext("%(question)s %(mark)d sur %(most)d")
            % {"question": question, "mark": cleaned[name], "most": len(self.asked.scale)}
            for name, question in zip(self.asked.names(), self.asked.questions, strict=True)
            if cleaned.get(name)
        ]
        return cleaned.get("word") or cleaned.get("improve") or " ".join(marks)

"""What one types in a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.deliverable.passages import Words

LIMIT = 4_000


class PassageForm(forms.Form):
    """The words of a passage; a quotation also says who speaks."""

    text = forms.CharField(
        label=_("Texte"),
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
        error_messages={
            "required": _("Écrivez quelque chose, ou retirez le passage."),
            "max_length": _(
                "Ce passage compte %(show_value)d caractères : "
                "ramenez-le à %(limit_value)d au plus."
            ),
        },
    )
    attribution = forms.CharField(
        label=_("Qui parle"),
        help_text=_("Une fonction, jamais un nom : « Opérateur portuaire »."),
        max_length=160,
        required=False,
    )

    def __init__(self, *args: Any, is_quote: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_quote:
            del self.fields["attribution"]

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["text"], self.cleaned_data.get("attribution", ""))


class NewPassageForm(PassageForm):
    """A passage to add at the end of a section."""

    kind = forms.ChoiceField(
        label=_("Sous quelle forme"),
        choices=[
            ("paragraph", _("Paragraphe")),
            ("bullet", _("Ligne d'une liste")),
            ("quote", _("Citation")),
        ],
    )
    field_order = ("text", "kind", "attribution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_quote=True, **kwargs)
        self.fields["attribution"].help_text = _("Pour une citation : une fonction, jamais un nom.")

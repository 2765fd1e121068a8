"""A card put to the vote here, when none is beside: an action or a lever, and who would lead it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import CardForm


class AmbitionCardForm(CardForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = forms.CharField(label=_("Pilote"), max_length=160, required=False)

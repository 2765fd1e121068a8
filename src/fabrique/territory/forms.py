"""What a page may ask of the search: an allow-list, since the answer repeats part of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

INPUT_NAME = r"[a-z][a-z0-9_-]{0,39}"


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Commune ou intercommunalité"),
        help_text=_("Un nom, un code Insee ou un numéro Siren."),
        max_length=100,
        widget=forms.SearchInput,
        required=False,
        error_messages={
            "max_length": _("Cette recherche est trop longue : indiquez un nom ou un code."),
        },
    )
    name = forms.RegexField(regex=rf"^{INPUT_NAME}\Z", required=False)
    several = forms.BooleanField(required=False)

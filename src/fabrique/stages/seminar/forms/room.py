"""How the room will be held."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.seminar.enums import (
    Identity,
)


class IdentityForm(forms.Form):
    """How people will be known in the room."""

    identity = forms.ChoiceField(
        label=_("Dans la salle"),
        choices=Identity,
        widget=forms.RadioSelect,
        help_text=_("Ce choix est annoncé aux participants ; il ne change plus après l'ouverture."),
        error_messages={"required": _("Choisissez comment chacun est connu dans la salle.")},
    )

"""How a programme presents itself: asked when it is opened, and changed in its settings."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.programme.actions.presentation import PartnerEntry
from fabrique.stages.programme.models import Partner


class WordingForm(forms.Form):
    """What all the territories work on, and under which name."""

    title = forms.CharField(
        label=gettext_lazy("Titre de la démarche"),
        max_length=200,
        help_text=gettext_lazy("Par exemple : Villes moyennes et transition écologique."),
        error_messages={"required": gettext_lazy("Donnez un titre à la démarche.")},
    )
    question = forms.CharField(
        label=gettext_lazy("Question posée"),
        max_length=1_000,
        help_text=gettext_lazy("Celle à laquelle tous les territoires répondront ensemble."),
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
        error_messages={"required": gettext_lazy("Écrivez la question posée.")},
    )


class PartnersForm(forms.Form):
    """The whole list at once, a line each: as it is typed, it is corrected."""

    partners = forms.CharField(
        label=gettext_lazy("Partenaires nationaux"),
        required=False,
        help_text=gettext_lazy("Un par ligne. Après « : », son rôle, si vous le souhaitez."),
        widget=forms.Textarea(attrs={"rows": 4, "data-autogrow": ""}),
    )

    @staticmethod
    def written(partners: Iterable[Partner]) -> str:
        """The list as one would type it."""
        return "\n".join(f"{one.name} : {one.role}" if one.role else one.name for one in partners)

    def clean_partners(self) -> list[PartnerEntry]:
        entries: list[PartnerEntry] = []
        for line in self.cleaned_data["partners"].splitlines():
            name, _colon, role = (part.strip() for part in line.partition(":"))
            if len(name) > 160 or len(role) > 160:
                raise forms.ValidationError(
                    _("« %(start)s… » est trop long : 160 caractères au plus."),
                    params={"start": line[:30]},
                )
            if name.casefold() in {entry.name.casefold() for entry in entries}:
                raise forms.ValidationError(
                    _("« %(name)s » est écrit deux fois : gardez une seule ligne."),
                    params={"name": name},
                )
            if name:
                entries.append(PartnerEntry(name=name, role=role))
        return entries

"""What the team types when it prepares a seminar."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.seminar.enums import Horizon, Identity, SequenceKind


class IdentityForm(forms.Form):
    """How people will be known in the room."""

    identity = forms.ChoiceField(
        label=_("Dans la salle"),
        choices=Identity,
        widget=forms.RadioSelect,
        help_text=_("Ce choix est annoncé aux participants ; il ne change plus après l'ouverture."),
        error_messages={"required": _("Choisissez comment chacun est connu dans la salle.")},
    )


class SequenceForm(forms.Form):
    """One line of the run sheet, with the lists its format asks for, a line each.

    ``initial`` may be a stored sequence's values. Lists equal to the method's own are not kept,
    so that the sequence goes on following them.
    """

    title = forms.CharField(
        label=_("Intitulé"),
        max_length=160,
        error_messages={
            "required": _("Donnez un intitulé à la séquence."),
            "max_length": _(
                "Cet intitulé compte %(show_value)d caractères : "
                "ramenez-le à %(limit_value)d au plus."
            ),
        },
    )
    minutes = forms.IntegerField(
        label=_("Durée, en minutes"),
        min_value=1,
        max_value=480,
        initial=20,
        error_messages={
            "required": _("Indiquez une durée."),
            "invalid": _("Indiquez la durée par un nombre de minutes, par exemple 20."),
            "min_value": _("Une séquence dure au moins une minute."),
            "max_value": _("Une séquence dure au plus 480 minutes (huit heures)."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Type de temps"),
        choices=SequenceKind,
        initial=SequenceKind.DEBATE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un type de temps.")},
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=Horizon, initial=Horizon.NONE, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=_("Intention"),
        required=False,
        max_length=1000,
        help_text=_("Ce que la séquence doit produire ; visible de l'équipe seulement."),
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
    )
    format = forms.ChoiceField(
        label=_("Format d'atelier"),
        required=False,
        help_text=_("Ce que les participants font sur leur téléphone ou sur papier."),
    )
    prompt = forms.CharField(
        label=_("Consigne"),
        required=False,
        max_length=300,
        help_text=_("Lue par tous, au mur et sur les téléphones. Vide : celle du format."),
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
        error_messages={
            "max_length": _(
                "Cette consigne compte %(show_value)d caractères : "
                "ramenez-la à %(limit_value)d au plus."
            ),
        },
    )

    def __init__(self, *args: Any, blueprint: Blueprint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = blueprint.formats
        choices = [("", _("Aucun")), *((key, plan.title) for key, plan in plans.items())]
        self.fields["format"].choices = choices  # type: ignore[attr-defined]
        chosen = self.data.get("format") if self.is_bound else self.initial.get("format")
        plan = plans.get(str(chosen or ""))
        settings = plan.settings if plan else {}
        self.lists = {name: list(value) for name, value in settings.items() if _is_list(value)}
        own = self.initial.get("settings") or {}
        for name, lines in self.lists.items():
            self.fields[f"list-{name}"] = _list_field(name, own.get(name) or lines)

    @property
    def list_fields(self) -> list[forms.BoundField]:
        return [self[f"list-{name}"] for name in self.lists]

    @property
    def settings(self) -> dict[str, list[str]]:
        """The lists that differ from the method's."""
        typed = {name: self._lines(name) for name in self.lists}
        return {name: lines for name, lines in typed.items() if lines and lines != self.lists[name]}

    @property
    def values(self) -> dict[str, Any]:
        """What the actions write."""
        names = ("title", "minutes", "kind", "horizon", "purpose", "format", "prompt")
        kept = {
            name: value
            for name, value in (self.initial.get("settings") or {}).items()
            if name not in self.lists and self.initial.get("format") == self.cleaned_data["format"]
        }
        return {
            **{name: self.cleaned_data[name] for name in names},
            "settings": {**kept, **self.settings},
        }

    def _lines(self, name: str) -> list[str]:
        """Each line once, in the order typed."""
        typed = str(self.cleaned_data.get(f"list-{name}") or "").splitlines()
        return list(dict.fromkeys(" ".join(line.split()) for line in typed if line.strip()))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _list_field(name: str, lines: Iterable[str]) -> forms.CharField:
    return forms.CharField(
        label=LIST_LABELS.get(name, name),
        initial="\n".join(lines),
        required=False,
        help_text=_("Une ligne par choix. Vide : la liste du modèle."),
        widget=forms.Textarea(attrs={"rows": 6, "data-autogrow": ""}),
    )


LIST_LABELS = {
    "touched": _("Ce qui peut être touché"),
    "sectors": _("Secteurs"),
    "effects": _("Effets"),
    "publics": _("Publics"),
    "questions": _("Questions posées"),
}


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Someone invited in person: a name or a function is enough to begin with."""

    class Meta:
        model = GroupMember
        fields = (
            "name",
            "institution",
            "institution_kind",
            "function_kind",
            "sector",
            "email",
            "is_referent",
        )
        error_messages = {
            "name": {"required": _("Écrivez un nom ou une fonction.")},
            "email": {"invalid": _("Cette adresse n'est pas complète : vérifiez-la.")},
        }
        labels = {"is_referent": _("Référent ou référente du territoire")}


class GroupSheetForm(forms.Form):
    """The file to read; nothing is written before the preview is accepted."""

    file = forms.FileField(
        label=_("Votre tableau"),
        help_text=_("XLSX, ODS ou CSV, avec les noms de colonnes sur la première ligne."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez le tableau que vous avez rempli."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )

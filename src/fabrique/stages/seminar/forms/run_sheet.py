"""What the team types of a sequence."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.seminar.enums import (
    Horizon,
    SequenceKind,
)
from fabrique.stages.seminar.word_lists import WordList, lists_of


class SequenceForm(forms.Form):
    """One line of the run sheet, with the lists its format asks for, a line each.

    ``initial`` may be a stored sequence's values. Lists equal to the method's own are not kept,
    so that the sequence goes on following them. In a territory (``is_local``), what it adds is
    kept apart from the shared lists: ``settings["local"]`` by list, and ``local_fields``.
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

    def __init__(
        self, *args: Any, blueprint: Blueprint, is_local: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        plans = blueprint.formats
        choices = [("", _("Aucun")), *((key, plan.title) for key, plan in plans.items())]
        self.fields["format"].choices = choices  # type: ignore[attr-defined]
        chosen = self.data.get("format") if self.is_bound else self.initial.get("format")
        plan = plans.get(str(chosen or ""))
        settings = plan.settings if plan else {}
        known = lists_of(str(chosen or "")) if plan else {}
        self.lists = {name: list(one.words) for name, one in known.items()} | {
            name: list(value) for name, value in settings.items() if _is_list(value)
        }
        own = self.initial.get("settings") or {}
        self.shared = {name: own.get(name) or lines for name, lines in self.lists.items()}
        self.is_local = is_local
        added = own.get("local") or {}
        for name in self.lists:
            label = _label_of(name, known)
            self.fields[f"list-{name}"] = _list_field(label, self.shared[name])
            if is_local:
                self.fields[f"local-{name}"] = _added_words(added.get(name) or ())
        if is_local and plan:
            self.fields["local-fields"] = _added_fields(own.get("local_fields") or ())

    @property
    def list_fields(self) -> list[forms.BoundField]:
        return [self[f"list-{name}"] for name in self.lists]

    @property
    def grids(self) -> list[dict[str, Any]]:
        """In a territory, each shared list with its words and what the territory adds to it."""
        return [
            {
                "label": self.fields[f"list-{name}"].label,
                "words": self.shared[name],
                "shared": self[f"list-{name}"],
                "local": self[f"local-{name}"],
            }
            for name in self.lists
            if self.is_local
        ]

    @property
    def local_fields_field(self) -> forms.BoundField | None:
        return self["local-fields"] if "local-fields" in self.fields else None

    @property
    def settings(self) -> dict[str, Any]:
        """The lists that differ from the method's, and what the territory adds."""
        typed = {name: self._lines(f"list-{name}") for name in self.lists}
        kept: dict[str, Any] = {
            name: lines for name, lines in typed.items() if lines and lines != self.lists[name]
        }
        local = {name: found for name in self.lists if (found := self._lines(f"local-{name}"))}
        fields = self._lines("local-fields")
        return (
            kept
            | ({"local": local} if local else {})
            | ({"local_fields": fields} if fields else {})
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in [one for one in self.fields if one.startswith(("list-", "local-"))]:
            self._check_lines(name)
        for name in self.lists:
            shared = {_folded(word) for word in self._lines(f"list-{name}") or self.lists[name]}
            again = [word for word in self._lines(f"local-{name}") if _folded(word) in shared]
            if again:
                words = _("« %(word)s » est déjà dans la grille commune : retirez cette ligne.")
                self.add_error(f"local-{name}", words % {"word": again[0]})
        return cleaned

    def _check_lines(self, name: str) -> None:
        lines = self._lines(name)
        longest = next((line for line in lines if len(line) > LINE_LIMIT), None)
        if longest is not None:
            words = _("« %(line)s… » est trop long : %(limit)d caractères au plus par ligne.")
            self.add_error(name, words % {"line": longest[:40], "limit": LINE_LIMIT})
        elif len(lines) > LINES_LIMIT:
            words = _("%(count)d lignes : gardez-en %(limit)d au plus.")
            self.add_error(name, words % {"count": len(lines), "limit": LINES_LIMIT})

    @property
    def values(self) -> dict[str, Any]:
        """What the actions write."""
        names = ("title", "minutes", "kind", "horizon", "purpose", "format", "prompt")
        kept = {
            name: value
            for name, value in (self.initial.get("settings") or {}).items()
            if name not in self._own_settings
            and self.initial.get("format") == self.cleaned_data["format"]
        }
        return {
            **{name: self.cleaned_data[name] for name in names},
            "settings": {**kept, **self.settings},
        }

    @property
    def _own_settings(self) -> set[str]:
        """What this form writes; other settings stay as they were."""
        return {*self.lists, *(("local", "local_fields") if self.is_local else ())}

    def _lines(self, name: str) -> list[str]:
        """Each line of a field once, in the order typed."""
        typed = str(self.cleaned_data.get(name) or "").splitlines()
        return list(dict.fromkeys(" ".join(line.split()) for line in typed if line.strip()))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _label_of(name: str, known: Mapping[str, WordList]) -> Any:
    told = known[name].label if name in known else ""
    return told or LIST_LABELS.get(name, name)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _added_words(lines: Iterable[str]) -> forms.CharField:
    return forms.CharField(
        label=_("Ajouts du territoire"),
        initial="\n".join(lines),
        required=False,
        help_text=_("Un mot par ligne, proposé après la grille commune et signalé comme un ajout."),
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
    )


def _added_fields(lines: Iterable[str]) -> forms.CharField:
    return forms.CharField(
        label=_("Champs propres au territoire"),
        initial="\n".join(lines),
        required=False,
        help_text=_(
            "Un champ par ligne, par exemple « Quartier concerné » : un texte court que chacun "
            "peut remplir, après les champs communs."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
    )


def _list_field(label: Any, lines: Iterable[str]) -> forms.CharField:
    return forms.CharField(
        label=label,
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
    "kinds": _("Types"),
    "types": _("Types"),
    "roles": _("Rôles"),
    "scale": _("Échelle des réponses"),
    "scales": _("Échelles"),
    "national_scales": _("Échelles comptées comme nationales"),
    "means": _("Moyens"),
    "profiles": _("Profils"),
    "families": _("Familles"),
    "decisions": _("Décisions"),
    "reactions": _("Réactions"),
    "categories": _("Catégories"),
    "statuses": _("États d'avancement"),
    "choices": _("Réponses proposées"),
}
#: A word of a list is read on a phone.
LINE_LIMIT = 120
LINES_LIMIT = 40

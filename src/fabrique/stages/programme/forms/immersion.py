"""What is typed on an immersion day, often on a phone between two appointments: few fields each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.enums import AppointmentKind, FunctionKind, InstitutionKind
from fabrique.stages.programme.forms.committee import long_text, text_field
from fabrique.stages.programme.forms.meetings import hour_field

NOTE_LIMIT = 20_000
UNSAID = _("À préciser")


def choice_or_unsaid(label: Any, choices: Sequence[tuple[Any, Any]] = ()) -> forms.ChoiceField:
    """One of a list, or nothing while it is not known."""
    return forms.ChoiceField(label=label, required=False, choices=[("", UNSAID), *choices])


class AppointmentForm(forms.Form):
    title = text_field(
        _("Qui, ou quoi"),
        limit=200,
        missing=_("Dites qui vous rencontrez, par sa fonction, ou ce que vous visitez."),
        help_text=_("Une fonction et une institution plutôt qu'un nom."),
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=AppointmentKind.choices)
    starts_at = hour_field(_("Heure"), required=False)
    minutes = forms.IntegerField(
        label=_("Durée, en minutes"),
        required=False,
        min_value=0,
        max_value=600,
        error_messages={
            "invalid": _("Écrivez un nombre de minutes."),
            "min_value": _("La durée ne peut pas être négative."),
            "max_value": _("Un rendez-vous dure dix heures au plus : écrivez des minutes."),
        },
    )
    place = text_field(_("Où"), limit=200, required=False)
    purpose = long_text(_("Pourquoi"))

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


class NotesForm(forms.Form):
    notes = long_text(
        _("Vos notes"),
        limit=NOTE_LIMIT,
        rows=8,
        help_text=_("Lues de l'équipe d'animation seule. Elles ne vont pas dans la note."),
    )
    kept = long_text(
        _("À retenir"),
        limit=4_000,
        rows=3,
        help_text=_("Une idée par ligne. Le territoire les lit, la note d'immersion les reprend."),
    )


class StakeForm(forms.Form):
    text = text_field(_("Un enjeu"), limit=500, missing=_("Écrivez l'enjeu en une phrase."))


class ActorForm(forms.Form):
    """``kinds`` are the types of the method's map of actors."""

    name = text_field(_("Organisation"), limit=160, missing=_("Écrivez le nom de l'organisation."))
    kind = choice_or_unsaid(_("Type"))
    why = text_field(_("Pourquoi elle compte"), limit=500, required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", UNSAID), *((kind, kind) for kind in kinds)]


class ProfileForm(forms.Form):
    role = text_field(
        _("Fonction"),
        limit=160,
        missing=_("Écrivez la fonction de la personne à inviter."),
        help_text=_("Une fonction, pas un nom : « Directrice de l'office de commerce »."),
    )
    institution = text_field(_("Institution"), limit=160, required=False)
    institution_kind = choice_or_unsaid(_("Type d'institution"), InstitutionKind.choices)
    function_kind = choice_or_unsaid(_("Au titre de"), FunctionKind.choices)
    sector = text_field(_("Secteur"), limit=120, required=False)
    why = text_field(_("Pourquoi l'inviter"), limit=500, required=False)


class ContextForm(forms.Form):
    context = long_text(
        _("Le contexte, en quelques phrases"),
        limit=4_000,
        rows=4,
        help_text=_("Ce qu'il faut avoir compris du territoire avant le premier séminaire."),
    )


class GroupForm(forms.Form):
    mobilisation = long_text(
        _("Comment mobiliser le groupe"),
        rows=3,
        help_text=_("Qui invite, combien d'élus, comment chacun est prévenu et relancé."),
    )


class PreparationForm(forms.Form):
    to_prepare = long_text(
        _("À préparer avant le premier séminaire"),
        rows=3,
        help_text=_("Une ligne par document à réunir ou personne à rencontrer."),
    )

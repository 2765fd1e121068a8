"""What is typed while a meeting settles its points: short fields, one line each."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.forms.meetings import day_field
from fabrique.stages.programme.models import PointToSettle

TOO_LONG = _("%(show_value)d caractères : ramenez ce texte à %(limit_value)d au plus.")


def text_field(label: Any, *, limit: int, missing: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        error_messages={"required": missing, "max_length": TOO_LONG},
        **options,
    )


def long_text(label: Any, *, limit: int = 2_000, rows: int = 2, **options: Any) -> forms.CharField:
    """Some lines, which may stay empty unless told otherwise."""
    area = forms.Textarea(attrs={"rows": rows, "data-autogrow": ""})
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=area,
        required=options.pop("required", False),
        error_messages={"max_length": TOO_LONG} | options.pop("error_messages", {}),
        **options,
    )


def role_field(label: Any, **options: Any) -> forms.CharField:
    return text_field(label, limit=160, required=False, **options)


class PointForm(forms.Form):
    title = text_field(
        _("Point à arbitrer"), limit=200, missing=_("Écrivez la question à trancher.")
    )
    context = long_text(_("Ce qu'il faut savoir"))


class NewPointForm(PointForm):
    options = long_text(
        _("Options"),
        rows=3,
        help_text=_("Une par ligne. Vous pourrez en ajouter pendant la réunion."),
    )

    def clean_options(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Une option tient en 200 caractères au plus."))
        return [line for line in lines if line]


class OptionForm(forms.Form):
    title = text_field(_("Autre option"), limit=200, missing=_("Écrivez l'option."))


class ArgumentForm(forms.Form):
    text = text_field(_("Argument"), limit=500, missing=_("Écrivez l'argument."))
    said_by = role_field(_("Dit par (fonction)"))


class DecisionForm(forms.Form):
    """An option of the point, own words, or both; when, by whom, and what follows."""

    option = forms.ChoiceField(label=_("Option retenue"), required=False, widget=forms.RadioSelect)
    words = long_text(
        _("Décision, avec vos mots"),
        help_text=_("Pour préciser l'option retenue, ou décider autrement."),
    )
    decided_by = role_field(_("Décidé par (fonction)"))
    decided_on = day_field(_("Décidé le"), required=False)
    follow_up = long_text(_("Suites : qui fait quoi, pour quand"))

    def __init__(self, *args: Any, point: PointToSettle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [one for one in point.all_options if one.removed_at is None]  # type: ignore[attr-defined]
        choices = [(str(option.pk), option.title) for option in options]
        field = self.fields["option"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, ("", _("Aucune de celles-ci"))]
        if not choices:
            del self.fields["option"]

    @property
    def decided_at(self) -> datetime | None:
        """The day said, at noon; now when it is today or was left empty."""
        day: date | None = self.cleaned_data.get("decided_on")
        if day is None or day == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(day, time(12)))

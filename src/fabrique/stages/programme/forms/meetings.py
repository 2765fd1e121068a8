"""What people type about a programme once it is open: a date, a theme."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.kit.dates import hour_words
from fabrique.stages.programme.models import Meeting


class DayInput(forms.DateInput):
    """The browser's own date picker, which wants 2020-01-23 whatever the language."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DayInput(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Choisissez une date."),
            "invalid": _("Cette date n'existe pas. Écrivez-la sous la forme 23/01/2020."),
        },
        **options,
    )


def hour_field(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=HourInput(),
        error_messages={
            "required": _("Indiquez une heure."),
            "invalid": _("Cette heure n'existe pas. Écrivez-la sous la forme 14:30."),
        },
        **options,
    )


class ScheduleForm(forms.Form):
    """A day, two hours and a place, in the time of the territory."""

    day = day_field(_("Jour"))
    start = hour_field(_("Début"))
    end = hour_field(_("Fin"))
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        required=False,
        help_text=_("Le nom du lieu et son adresse, tels qu'ils seront dans l'invitation."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error(
                "end",
                forms.ValidationError(
                    _("La fin (%(end)s) doit venir après le début (%(start)s)."),
                    params={"start": hour_words(start), "end": hour_words(end)},
                ),
            )
        return cleaned

    @property
    def starts_at(self) -> datetime:
        return _instant(self.cleaned_data["day"], self.cleaned_data["start"])

    @property
    def ends_at(self) -> datetime:
        return _instant(self.cleaned_data["day"], self.cleaned_data["end"])

    @classmethod
    def initial_of(cls, meeting: Meeting, *, minutes: int) -> dict[str, Any]:
        """What is fixed already, else an afternoon as long as the run sheet."""
        if meeting.starts_at is None or meeting.ends_at is None:
            end = (14 * 60 + minutes) % (24 * 60) if minutes else 17 * 60
            return {"start": time(14), "end": time(*divmod(end, 60)), "place": meeting.place}
        start, end_at = map(timezone.localtime, (meeting.starts_at, meeting.ends_at))
        return {
            "day": start.date(),
            "start": start.time(),
            "end": end_at.time(),
            "place": meeting.place,
        }


class ThemeForm(forms.Form):
    theme = forms.CharField(
        label=_("Thème du territoire"),
        max_length=300,
        required=False,
        help_text=_("La part de la question que ce territoire a choisi de traiter."),
        widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
        error_messages={
            "max_length": _(
                "Ce thème compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus."
            )
        },
    )


def _instant(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))

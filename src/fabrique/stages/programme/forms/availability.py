"""What is typed of dates: days proposed, when one can come, days one cannot, one's agenda."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.actions.polls import ProposedDay
from fabrique.stages.programme.enums import AvailabilityAnswer
from fabrique.stages.programme.forms.meetings import ScheduleForm, day_field, hour_field
from fabrique.stages.programme.models import Poll, PollOption
from fabrique.stages.programme.year import option_words, weekday_words

OTHER_DAYS = 3


class PollForm(forms.Form):
    """Days to propose: those ticked in the window, at common hours, and others with their own."""

    days = forms.MultipleChoiceField(
        label=_("Jours de la période prévue"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Ce jour n'est pas dans la période prévue.")},
    )
    start = hour_field(_("De"), required=False)
    end = hour_field(_("À"), required=False)
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=1000,
        help_text=_("Lu par les personnes interrogées, au-dessus des jours."),
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
        error_messages={
            "max_length": _(
                "Ce message compte %(show_value)d caractères : "
                "ramenez-le à %(limit_value)d au plus."
            )
        },
    )
    answer_by_date = day_field(_("Réponse souhaitée avant le"), required=False)

    def __init__(
        self, *args: Any, working_days: Sequence[date], other_days: int = OTHER_DAYS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(day.isoformat(), weekday_words(day)) for day in working_days]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        if self.is_bound:
            other_days = sum(name.startswith("other-") for name in self.data) // 3 or other_days
        self.count = min(other_days, 40)
        for number in range(self.count):
            self.fields[f"other-{number}-day"] = day_field(_("Jour"), required=False)
            self.fields[f"other-{number}-start"] = hour_field(_("De"), required=False)
            self.fields[f"other-{number}-end"] = hour_field(_("À"), required=False)

    @property
    def others(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        names = [
            (f"other-{n}-day", f"other-{n}-start", f"other-{n}-end") for n in range(self.count)
        ]
        return [(self[day], self[start], self[end]) for day, start, end in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_hours("start", "end")
        for number in range(self.count):
            name = f"other-{number}"
            self._check_hours(f"{name}-start", f"{name}-end")
            hours = cleaned.get(f"{name}-start") or cleaned.get(f"{name}-end")
            if hours and not cleaned.get(f"{name}-day") and f"{name}-day" not in self.errors:
                self.add_error(f"{name}-day", _("Choisissez le jour de ces heures."))
        by = cleaned.get("answer_by_date")
        if by and by < timezone.localdate():
            self.add_error("answer_by_date", _("Ce jour est passé. Laissez le temps de répondre."))
        return cleaned

    @property
    def proposed(self) -> list[ProposedDay]:
        """Each day once; the hours of a day written apart are its own."""
        cleaned = self.cleaned_data
        found = [
            ProposedDay(date.fromisoformat(day), cleaned["start"], cleaned["end"])
            for day in cleaned["days"]
        ]
        for number in range(self.count):
            day = cleaned.get(f"other-{number}-day")
            if day is not None:
                start, end = (cleaned.get(f"other-{number}-{edge}") for edge in ("start", "end"))
                found.append(ProposedDay(day, start, end))
        return list({(one.date, one.starts_at): one for one in found}.values())

    def _check_hours(self, start_name: str, end_name: str) -> None:
        start, end = self.cleaned_data.get(start_name), self.cleaned_data.get(end_name)
        if {start_name, end_name} & set(self.errors):
            return
        if bool(start) != bool(end):
            self.add_error(
                end_name if start else start_name, _("Indiquez les deux heures, ou aucune.")
            )
        elif start and end and end <= start:
            self.add_error(end_name, _("La fin doit venir après le début."))

    @classmethod
    def initial_of(
        cls,
        *,
        working_days: Sequence[date],
        suggested: Sequence[date],
        poll: Poll | None,
        options: Sequence[PollOption],
        hours: tuple[time, time],
        answer_by: date,
    ) -> dict[str, Any]:
        """What is proposed already, else a handful of days in the afternoon."""
        if poll is None or not options:
            start, end = hours
            return {
                "days": [day.isoformat() for day in suggested],
                "start": start,
                "end": end,
                "answer_by_date": answer_by,
            }
        window = set(working_days)
        common = _most_common([one for one in options if one.date in window])
        ticked = [
            one for one in options if one.date in window and (one.starts_at, one.ends_at) == common
        ]
        initial: dict[str, Any] = {
            "days": [one.date.isoformat() for one in ticked],
            "start": common[0],
            "end": common[1],
            "message": poll.message,
            "answer_by_date": poll.answer_by_date,
        }
        others = [one for one in options if one not in ticked]
        for number, one in enumerate(others):
            initial |= {
                f"other-{number}-day": one.date,
                f"other-{number}-start": one.starts_at,
                f"other-{number}-end": one.ends_at,
            }
        return initial | {"other_days": len(others) + OTHER_DAYS}


class AnswersForm(forms.Form):
    """When one can come: a row a day, three choices. Days left aside can be answered later."""

    def __init__(
        self,
        *args: Any,
        options: Sequence[PollOption],
        answers: Mapping[UUID, str],
        taken: set[date],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        for option in options:
            is_taken = option.date in taken
            suggested = AvailabilityAnswer.NO if is_taken else ""
            self.fields[_name(option.pk)] = forms.ChoiceField(
                label=option_words(option),
                choices=AvailabilityAnswer,
                widget=forms.RadioSelect,
                required=False,
                initial=answers.get(option.pk, suggested),
                help_text=_("Pris dans votre agenda.") if is_taken else "",
                error_messages={"invalid_choice": _("Choisissez Oui, Si besoin ou Non.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Répondez pour un jour au moins : Oui, Si besoin ou Non.")
            )
        return cleaned

    @property
    def answers(self) -> dict[UUID, str]:
        return {
            option.pk: answer
            for option in self.options
            if (answer := self.cleaned_data.get(_name(option.pk)))
        }


class UnavailabilityForm(forms.Form):
    """Days one cannot come; a single day needs no end."""

    first = day_field(_("Du"))
    last = day_field(_("Au"), required=False, help_text=_("Vide : un seul jour."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last") or cleaned.get("first")
        if first and last and last < first:
            self.add_error("last", _("Le dernier jour doit venir après le premier."))
        elif first and last and (last - first).days > 366:
            self.add_error("last", _("C'est plus d'un an : vérifiez l'année du dernier jour."))
        return cleaned | {"last": last}


class AgendaAddressForm(forms.Form):
    address = forms.CharField(
        label=_("Adresse de votre agenda"),
        max_length=500,
        help_text=_("L'adresse de partage au format iCalendar : https://… (souvent .ics)."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Collez l'adresse de votre agenda."),
            "max_length": _("Cette adresse est trop longue : %(limit_value)d caractères au plus."),
        },
    )


class AgendaFileForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier .ics"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={
            "required": _("Choisissez un fichier .ics."),
            "empty": _("Ce fichier est vide. Exportez de nouveau votre agenda."),
        },
    )


class ChosenDayForm(ScheduleForm):
    """The hours and the place of a day chosen in its poll."""

    def __init__(self, *args: Any, option: PollOption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.option = option
        del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"day": self.option.date}


def _most_common(options: Sequence[PollOption]) -> tuple[time | None, time | None]:
    hours = [(one.starts_at, one.ends_at) for one in options]
    return max(hours, key=hours.count, default=(None, None))


def _name(option_id: UUID) -> str:
    return f"day-{option_id}"

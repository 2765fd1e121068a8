"""What people type of a council's evenings: every second Tuesday, or days one by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.programme.calendar import monthly_days, years_later
from fabrique.stages.programme.forms.calendar import WEEKDAYS, check_order
from fabrique.stages.programme.forms.meetings import day_field
from fabrique.stages.programme.models import Site
from fabrique.stages.programme.wording.calendar import long_day

MOST_YEARS = 3
RANKS = [
    ("", gettext_lazy("aucun : j'écris les dates")),
    (1, gettext_lazy("premier")),
    (2, gettext_lazy("deuxième")),
    (3, gettext_lazy("troisième")),
    (4, gettext_lazy("quatrième")),
    (-1, gettext_lazy("dernier")),
]


class CouncilForm(forms.Form):
    """Whose council it is and when it meets: a day of each month, days of their own, or both."""

    site = forms.ChoiceField(
        label=gettext_lazy("Territoire"),
        error_messages={
            "required": gettext_lazy("Choisissez le territoire dont c'est le conseil.")
        },
    )
    label = forms.CharField(
        label=gettext_lazy("Intitulé"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : Conseil communautaire."),
        error_messages={"required": gettext_lazy("Donnez un intitulé : il sera cité à l'écran.")},
    )
    rank = forms.TypedChoiceField(
        label=gettext_lazy("Chaque"), choices=RANKS, coerce=int, required=False, empty_value=None
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Jour"), choices=WEEKDAYS, coerce=int, required=False
    )
    first_date = day_field(gettext_lazy("Du"), required=False)
    last_date = day_field(gettext_lazy("Au"), required=False)
    dates = forms.CharField(
        label=gettext_lazy("Autres dates"),
        required=False,
        max_length=3000,
        help_text=gettext_lazy("Une par ligne, sous la forme 23/01/2020."),
        widget=forms.Textarea(attrs={"rows": 3, "data-autogrow": ""}),
    )

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(site.pk): site for site in sites}
        choices = [(key, site.territory.name) for key, site in self.sites.items()]
        if len(choices) != 1:
            choices.insert(0, ("", _("Choisissez")))
        self.fields["site"].choices = choices  # type: ignore[attr-defined]

    def clean_dates(self) -> list[date]:
        """A day a line; empty lines count for nothing."""
        read = day_field("")
        found = []
        for number, line in enumerate(self.cleaned_data["dates"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(read.clean(line.strip()))
            except forms.ValidationError:
                self.add_error(
                    "dates",
                    _(
                        "Ligne %(number)d : « %(line)s » n'est pas une date. "
                        "Écrivez-la sous la forme 23/01/2020."
                    )
                    % {"number": number, "line": line.strip()[:40]},
                )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_date"), cleaned.get("last_date")
        if cleaned.get("rank") is not None:
            for name in ("first_date", "last_date"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Dites de quand à quand ce conseil se réunit ainsi."))
            check_order(self, first, last, "last_date")
            if first and last and last > years_later(first, MOST_YEARS):
                said = _("C'est plus de %(years)d ans : indiquez un jour plus proche.")
                self.add_error("last_date", said % {"years": MOST_YEARS})
        if not self.errors and not self.days:
            self.add_error(
                "dates", _("Aucun soir : choisissez un jour du mois, ou écrivez des dates.")
            )
        return cleaned

    @property
    def site_chosen(self) -> Site:
        return self.sites[self.cleaned_data["site"]]

    @property
    def days(self) -> list[date]:
        """Each day once, in order."""
        cleaned = self.cleaned_data
        found = set(cleaned["dates"])
        if cleaned["rank"] is not None:
            found |= set(
                monthly_days(
                    cleaned["rank"],
                    cleaned["weekday"] or 1,
                    first=cleaned["first_date"],
                    last=cleaned["last_date"],
                )
            )
        return sorted(found)

    @staticmethod
    def initial_of(*, first: date, last: date) -> dict[str, Any]:
        return {"rank": 2, "weekday": 2, "first_date": first, "last_date": last}


class EveningsForm(forms.Form):
    """The days found, all ticked; ``seen`` says which days were shown when some were unticked."""

    evenings = forms.MultipleChoiceField(
        label=gettext_lazy("Soirs à fermer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins un soir.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: Mapping[str, Any], *, days: Collection[date]) -> None:
        written = [day.isoformat() for day in days]
        self.shown = " ".join(written)
        super().__init__(sent if sent.get("seen") == self.shown else None)
        choices = [(day.isoformat(), long_day(day)) for day in days]
        self.fields["evenings"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"evenings": written, "seen": self.shown}

    @property
    def days(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.cleaned_data["evenings"]]

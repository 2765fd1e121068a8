"""The forms of « Nouvelle démarche », one for each of its steps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.programme.actions.creation import (
    check_dates,
    check_territories,
    check_years,
)
from fabrique.stages.programme.actions.presentation import PartnerEntry
from fabrique.stages.programme.actions.team import TeamEntry
from fabrique.stages.programme.blueprint import (
    DEFAULT_BLUEPRINT,
    Blueprint,
    available_blueprints,
)
from fabrique.stages.programme.calendar import years_later
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.meetings import day_field
from fabrique.stages.programme.forms.presentation import PartnersForm, WordingForm
from fabrique.stages.programme.forms.team import MemberForm
from fabrique.stages.programme.queries import FACILITATING_ROLES
from fabrique.stages.programme.wording.refusals import say
from fabrique.territory.errors import UnknownTerritory
from fabrique.territory.models import Territory
from fabrique.territory.queries import among

MOST_ROWS = 40


def year_field(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1900,
        max_value=2200,
        error_messages={
            "required": gettext_lazy("Indiquez une année."),
            "invalid": gettext_lazy("Une année s'écrit en quatre chiffres : 2030."),
            "min_value": gettext_lazy("Une année s'écrit en quatre chiffres : 2030."),
            "max_value": gettext_lazy("Cette année est trop lointaine : 2200 au plus."),
        },
    )


class QuestionForm(WordingForm):
    """The question, the horizon, and the method that will answer it."""

    horizon_year = year_field(
        gettext_lazy("Horizon"),
        gettext_lazy("L'année depuis laquelle on regarde le territoire."),
    )
    midterm_year = year_field(
        gettext_lazy("Année d'étape"),
        gettext_lazy("Celle du dernier séminaire : « nous y sommes, où en sommes-nous ? »"),
    )
    blueprint = forms.ChoiceField(
        label=gettext_lazy("Modèle de démarche"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez un modèle."),
            "invalid_choice": gettext_lazy("Ce modèle n'existe pas : choisissez-en un autre."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.key, f"{each.title} : {each.summary}") for each in available_blueprints()]
        self.fields["blueprint"].choices = choices  # type: ignore[attr-defined]
        self.fields["blueprint"].initial = DEFAULT_BLUEPRINT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        horizon, midterm = cleaned.get("horizon_year"), cleaned.get("midterm_year")
        if horizon and midterm and midterm >= horizon:
            self.add_error(
                "midterm_year",
                _("L'année d'étape doit venir avant l'horizon (%(horizon)d).")
                % {"horizon": horizon},
            )
        return cleaned


class DatesForm(forms.Form):
    starts_on = day_field(
        gettext_lazy("Début"), help_text=gettext_lazy("Le jour du comité de lancement.")
    )
    ends_on = day_field(
        gettext_lazy("Fin"),
        help_text=gettext_lazy(
            "Les séminaires sont répartis entre ces deux dates. "
            "Chaque date se fixe ensuite, et se change."
        ),
    )

    def __init__(self, *args: Any, years: tuple[int, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        self.fields["starts_on"].initial = timezone.localdate()
        self.fields["ends_on"].initial = years_later(timezone.localdate(), 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not (starts_on and ends_on):
            return cleaned
        try:
            check_dates(starts_on=starts_on, ends_on=ends_on)
        except ProgrammeError as refusal:
            self.add_error("ends_on", say(refusal))
        if self.years:
            try:
                check_years(
                    horizon_year=self.years[0], midterm_year=self.years[1], starts_on=starts_on
                )
            except ProgrammeError as refusal:
                self.add_error("starts_on", say(refusal))
        return cleaned


class TerritoriesForm(forms.Form):
    """Ticked in the results of the search, or typed as codes by those who know them."""

    codes = forms.CharField(
        label=gettext_lazy("Codes Insee ou Siren"),
        help_text=gettext_lazy("Séparés par des espaces. Ils s'ajoutent aux territoires cochés."),
        required=False,
        max_length=400,
    )

    def __init__(self, *args: Any, blueprint: Blueprint, chosen: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.blueprint = blueprint
        self.chosen = list(chosen)
        self.territories: list[Territory] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("codes", "").replace(",", " ").replace(";", " ").split()
        try:
            self.territories = check_territories([*self.chosen, *typed], blueprint=self.blueprint)
        except (UnknownTerritory, ProgrammeError) as refusal:
            self.add_error("codes" if typed else None, say(refusal))
        return cleaned


class ThemesForm(forms.Form):
    """The turn each territory gives to the question; may wait for the immersion day."""

    def __init__(self, *args: Any, territories: Sequence[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territories = territories
        for territory in territories:
            self.fields[f"theme-{territory.code}"] = forms.CharField(
                label=territory.name,
                required=False,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2, "data-autogrow": ""}),
                error_messages={
                    "max_length": gettext_lazy(
                        "Ce thème compte %(show_value)d caractères : "
                        "ramenez-le à %(limit_value)d au plus."
                    )
                },
            )

    @property
    def entries(self) -> list[tuple[str, str]]:
        """What ``create_programme`` takes: codes with their themes."""
        return [
            (territory.code, self.cleaned_data.get(f"theme-{territory.code}", ""))
            for territory in self.territories
        ]


class MemberRow(MemberForm):
    """One of several; left without address and function, it is passed over."""

    NEEDED = ("email", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NEEDED:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_begun = cleaned.get("email") or cleaned.get("label") or "email" in self.errors
        for name in self.NEEDED:
            if is_begun and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class TeamForm:
    """The rows of the team and the partners, as one form with one answer."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        territories: Sequence[Territory],
        own_email: str,
        more: int = 0,
    ) -> None:
        self.own_email = own_email
        self.refusals: list[str] = []
        self.rows = _member_rows(data, territories=territories, own_email=own_email, more=more)
        self.partners = PartnersForm(data)

    def __iter__(self) -> Iterator[MemberRow]:
        return iter(self.rows)

    def is_valid(self) -> bool:
        self.refusals = []
        valid = all([*(row.is_valid() for row in self.rows), self.partners.is_valid()])
        if valid and not self._someone_stays():
            self.refusals.append(
                _(
                    "Gardez votre adresse (%(email)s) avec un rôle d'animation : sans cela, vous "
                    "ne pourriez plus ouvrir la démarche."
                )
                % {"email": self.own_email}
            )
        return valid and not self.refusals

    @property
    def entries(self) -> list[TeamEntry]:
        return [
            TeamEntry(
                email=row.cleaned_data["email"],
                role=TeamRole(row.cleaned_data["role"]),
                label=row.cleaned_data["label"],
                site_codes=tuple(row.cleaned_data["sites"]),
            )
            for row in self.rows
            if row.cleaned_data["email"]
        ]

    @property
    def partner_entries(self) -> list[PartnerEntry]:
        return list(self.partners.cleaned_data["partners"])

    def _someone_stays(self) -> bool:
        return any(
            entry.email.lower() == self.own_email.lower() and entry.role in FACILITATING_ROLES
            for entry in self.entries
        )


def _member_rows(
    data: Mapping[str, Any] | None,
    *,
    territories: Sequence[Territory],
    own_email: str,
    more: int,
) -> list[MemberRow]:
    if data is None:
        own = {"email": own_email, "role": TeamRole.DIRECTOR}
        firsts: list[dict[str, Any]] = [own, {}, {}]
        return [
            MemberRow(prefix=f"member-{n}", initial=first, territories=territories)
            for n, first in enumerate(firsts)
        ]
    asked = str(data.get("rows", ""))
    count = min(int(asked) if asked.isdecimal() and len(asked) < 4 else 1, MOST_ROWS)
    rows = [MemberRow(data, prefix=f"member-{n}", territories=territories) for n in range(count)]
    fresh = range(count, min(count + more, MOST_ROWS))
    return rows + [MemberRow(prefix=f"member-{n}", territories=territories) for n in fresh]


def territories_of(codes: Sequence[str]) -> list[Territory]:
    """Those chosen at an earlier step; codes that no longer exist are passed over."""
    return among(codes)

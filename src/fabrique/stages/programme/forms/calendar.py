"""What people type about the calendar: periods, delays, closed days, presences, dates that fall."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.kit.dates import day_words
from fabrique.stages.programme.analyses import comparison, variants
from fabrique.stages.programme.analyses.series import Question
from fabrique.stages.programme.analyses.variants import Offer
from fabrique.stages.programme.blueprint import CalendarPlan
from fabrique.stages.programme.calendar import Window
from fabrique.stages.programme.enums import ClosedKind, Concerned, Need
from fabrique.stages.programme.forms.meetings import day_field, hour_field
from fabrique.stages.programme.models import ClosedPeriod, Meeting, Site
from fabrique.stages.programme.queries.expected import Expectation
from fabrique.stages.programme.wording.calendar import meeting_name, steps_of

#: Periods one meeting can have: more is one longer period.
MOST_PERIODS = 12
#: How many can be added in one go.
MORE_PERIODS = 2
WEEKDAYS = [
    (1, gettext_lazy("lundi")),
    (2, gettext_lazy("mardi")),
    (3, gettext_lazy("mercredi")),
    (4, gettext_lazy("jeudi")),
    (5, gettext_lazy("vendredi")),
    (6, gettext_lazy("samedi")),
    (7, gettext_lazy("dimanche")),
]


def days_field(label: Any, help_text: Any = "", *, most: int = 180) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=most,
        error_messages={
            "required": gettext_lazy("Indiquez un nombre, 0 s'il n'en faut pas."),
            "invalid": gettext_lazy("Écrivez un nombre entier : 14."),
            "min_value": gettext_lazy("Écrivez 0 ou plus."),
            "max_value": gettext_lazy("C'est beaucoup : %(limit_value)d au plus."),
        },
    )


def check_order(form: forms.Form, first: date | None, last: date | None, name: str) -> None:
    if first and last and last < first:
        form.add_error(name, _("La fin doit venir après le début. Corrigez l'une des deux dates."))


@dataclass(frozen=True)
class PeriodFields:
    """The periods of a meeting, or of a whole step: those it has, and pairs to add others."""

    known: Sequence[tuple[BoundField, BoundField]]
    others: Sequence[tuple[BoundField, BoundField]]
    place: BoundField | None = None

    @property
    def is_adding(self) -> bool:
        return any(field.errors or field.value() for pair in self.others for field in pair)

    @property
    def has_errors(self) -> bool:
        fields = [field for pair in (*self.known, *self.others) for field in pair]
        return any(field.errors for field in (*fields, self.place) if field is not None)


@dataclass(frozen=True)
class StepFields:
    """The fields of one step: for all its territories at once, then for each meeting."""

    name: str
    for_all: PeriodFields | None
    each: Sequence[tuple[str, PeriodFields]]

    @property
    def has_errors(self) -> bool:
        return any(fields.has_errors for _site, fields in self.each)


class WindowsForm(forms.Form):
    """The periods of each meeting still to be held; a step can be given its own in a single move.

    What is changed for a whole step wins over the periods of its territories. A pair of dates left
    empty is no period. Nothing is planned before ``first_date``. Where a meeting without a date
    will be is said here; afterwards its place changes with its date.
    """

    def __init__(
        self, *args: Any, meetings: Sequence[Meeting], first_date: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.first_date = first_date
        self.steps = list(steps_of(meetings))
        self.known: dict[str, Sequence[Window]] = {}
        #: What each date is called out of its place, where « Au » alone says nothing.
        self.full_names: dict[str, str] = {}
        for name, of_step in self.steps:
            if len(of_step) > 1:
                whole = _("%(step)s, tous les territoires") % {"step": name}
                self._add_periods(_step_stem(of_step), _shared_windows(of_step), whole)
            for meeting in of_step:
                self._add_periods(_stem(meeting), meeting.windows, meeting_name(meeting))
                if meeting.starts_at is None:
                    self.fields[f"{_stem(meeting)}-place"] = forms.CharField(
                        label=gettext_lazy("Lieu ou salle"),
                        max_length=200,
                        required=False,
                        initial=meeting.place,
                    )

    def _add_periods(self, stem: str, windows: Sequence[Window], whose: str) -> None:
        """The pairs of a stem: those kept, those sent, and some that are empty."""
        self.known[stem] = windows
        count = max(len(windows), 1) + MORE_PERIODS
        while f"{stem}-{count}-first" in self.data and count < MOST_PERIODS:
            count += 1
        for number in range(count):
            first, last = windows[number] if number < len(windows) else (None, None)
            label = gettext_lazy("Ou du") if number else gettext_lazy("Du")
            for name, said, initial in zip(
                _pair(stem, number), (label, gettext_lazy("Au")), (first, last), strict=True
            ):
                self.fields[name] = day_field(said, required=False, initial=initial)
                self.full_names[name] = _date_name(whose, number, str(said))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for stem in self.known:
            for names in self._pairs(stem):
                self._check_pair(names)
            self._check_apart(stem)
        for _name, of_step in self.steps:
            for meeting in of_step:
                self._check_period(meeting, of_step)
        return cleaned

    def _check_pair(self, names: tuple[str, str]) -> None:
        if set(names) & set(self.errors):
            return
        first, last = (self.cleaned_data[name] for name in names)
        if bool(first) != bool(last):
            missing = names[1] if first else names[0]
            self.add_error(missing, _("Indiquez les deux dates, ou aucune."))
            return
        check_order(self, first, last, names[1])
        if last and first <= last < self.first_date and self._is_typed(names):
            said = _(
                "Cette période est passée : la première date possible est le %(day)s. "
                "Indiquez-en une autre."
            )
            self.add_error(names[1], said % {"day": day_words(self.first_date)})

    def _check_apart(self, stem: str) -> None:
        """Its periods share no day; of two that do, the one just typed is at fault."""
        typed = sorted(
            (self.cleaned_data[names[0]], self.cleaned_data[names[1]], names)
            for names in self._pairs(stem)
            if all(self.cleaned_data.get(name) for name in names)
        )
        for (_first, last, names), (following, _last, later) in pairwise(typed):
            at_fault = later if self._is_typed(later) else names
            if following <= last and not set(at_fault) & set(self.errors):
                self.add_error(
                    at_fault[0],
                    _("Cette période en chevauche une autre : réunissez-les en une seule."),
                )

    def _is_typed(self, names: tuple[str, str]) -> bool:
        return bool(set(names) & set(self.changed_data))

    def _check_period(self, meeting: Meeting, of_step: Sequence[Meeting]) -> None:
        names = [name for pair in self._pairs(_stem(meeting)) for name in pair]
        if not self._chosen(meeting, of_step) and not set(names) & set(self.errors):
            self.add_error(names[0], _("Indiquez au moins une période."))

    @property
    def windows(self) -> dict[UUID, list[Window]]:
        """What each meeting is given, once valid."""
        return {
            meeting.pk: self._chosen(meeting, of_step)
            for _name, of_step in self.steps
            for meeting in of_step
        }

    @property
    def places(self) -> dict[UUID, str]:
        """Where each meeting without a date will be, once valid."""
        return {
            meeting.pk: self.cleaned_data[f"{_stem(meeting)}-place"]
            for _name, of_step in self.steps
            for meeting in of_step
            if f"{_stem(meeting)}-place" in self.fields
        }

    def _chosen(self, meeting: Meeting, of_step: Sequence[Meeting]) -> list[Window]:
        stem = _step_stem(of_step)
        for_all = self._typed(stem) if stem in self.known else []
        if for_all and for_all != self.known[stem]:
            return for_all
        return self._typed(_stem(meeting))

    def _typed(self, stem: str) -> list[Window]:
        pairs = [
            (self.cleaned_data.get(first), self.cleaned_data.get(last))
            for first, last in self._pairs(stem)
        ]
        return sorted((first, last) for first, last in pairs if first and last)

    def _pairs(self, stem: str) -> Iterator[tuple[str, str]]:
        number = 0
        while (names := _pair(stem, number))[0] in self.fields:
            yield names
            number += 1

    @property
    def laid_out(self) -> list[StepFields]:
        return [
            StepFields(
                name=name,
                for_all=self._laid_out(_step_stem(of_step)) if len(of_step) > 1 else None,
                each=[
                    (
                        meeting.site.territory.name if meeting.site else "",
                        self._laid_out(_stem(meeting)),
                    )
                    for meeting in of_step
                ],
            )
            for name, of_step in self.steps
        ]

    def _laid_out(self, stem: str) -> PeriodFields:
        pairs = [(self[first], self[last]) for first, last in self._pairs(stem)]
        known, others = pairs[:-MORE_PERIODS], pairs[-MORE_PERIODS:]
        place = f"{stem}-place"
        return PeriodFields(known, others, self[place] if place in self.fields else None)


def _stem(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}"


def _step_stem(of_step: Sequence[Meeting]) -> str:
    return f"step-{of_step[0].key}"


def _pair(stem: str, number: int) -> tuple[str, str]:
    return f"{stem}-{number}-first", f"{stem}-{number}-last"


def _date_name(whose: str, number: int, label: str) -> str:
    """« Séminaire local #1, Lorient, période 2, « Au » »."""
    if number:
        name = _("%(whose)s, période %(number)d, « %(label)s »")
    else:
        name = _("%(whose)s, « %(label)s »")
    return name % {"whose": whose, "number": number + 1, "label": label}


def _shared_windows(meetings: Sequence[Meeting]) -> Sequence[Window]:
    """What is shown for a whole step: its periods, nothing where territories differ."""
    windows = meetings[0].windows
    return windows if all(one.windows == windows for one in meetings) else []


class DelaysForm(forms.Form):
    """What dates keep to, in the programme's own copy of its method."""

    note_days = days_field(
        gettext_lazy("Jours pour écrire la note"),
        gettext_lazy("Entre une réunion dont on écrit la note et celle qui la suit."),
    )
    step_days = days_field(
        gettext_lazy("Jours après une réunion sans note"), gettext_lazy("1 : dès le lendemain.")
    )
    travel_days = days_field(
        gettext_lazy("Jours de trajet entre deux territoires"),
        gettext_lazy(
            "Pour qui anime. 0 : dans un territoire un jour, dans un autre le lendemain. Jamais "
            "deux territoires le même jour."
        ),
        most=7,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Jours de la semaine"),
        coerce=int,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins un jour de la semaine.")},
    )
    starts_at = hour_field(gettext_lazy("Heure de début habituelle"))

    @classmethod
    def initial_of(cls, plan: CalendarPlan) -> dict[str, Any]:
        return plan.model_dump() | {"weekdays": list(plan.weekdays)}


class ClosedPeriodForm(forms.Form):
    """Days on which nothing is held: everywhere or in one territory, for all or for the elected."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=ClosedKind)
    label = forms.CharField(
        label=gettext_lazy("Intitulé"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : Élections municipales, second tour."),
        error_messages={"required": gettext_lazy("Donnez un intitulé : il sera cité à l'écran.")},
    )
    first_date = day_field(gettext_lazy("Du"))
    last_date = day_field(
        gettext_lazy("Au"), required=False, help_text=gettext_lazy("Vide : un seul jour.")
    )
    site = forms.ChoiceField(label=gettext_lazy("Où"), required=False)
    concerns = forms.ChoiceField(
        label=gettext_lazy("Pour qui"),
        choices=Concerned,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "« Les élus » : une réunion peut se tenir si aucun élu n'y est indispensable. "
            "C'est le cas des élections, des périodes de réserve et des soirs de conseil."
        ),
    )
    is_strict = forms.BooleanField(
        label=gettext_lazy("À respecter absolument"),
        required=False,
        help_text=gettext_lazy("Décochez pour que ces jours soient seulement évités."),
    )

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(site.pk): site for site in sites}
        choices = [("", _("Partout"))]
        choices += [(key, site.territory.name) for key, site in self.sites.items()]
        self.fields["site"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["last_date"] = cleaned.get("last_date") or cleaned.get("first_date")
        check_order(self, cleaned.get("first_date"), cleaned["last_date"], "last_date")
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return cleaned | {"site": self.sites.get(cleaned["site"])}

    @classmethod
    def initial_of(cls, period: ClosedPeriod | None) -> dict[str, Any]:
        if period is None:
            return {
                "kind": ClosedKind.ELECTION,
                "concerns": Concerned.ELECTED,
                "is_strict": True,
            }
        return {
            "kind": period.kind,
            "label": period.label,
            "first_date": period.first_date,
            "last_date": period.last_date,
            "site": str(period.site_id or ""),
            "concerns": period.concerns,
            "is_strict": period.is_strict,
        }


def _key(one: Expectation) -> str:
    """Someone in a form, before they have a contact and after."""
    return f"{type(one.person).__name__.lower()}-{one.person.pk}"


class ExpectedForm(forms.Form):
    """How much a meeting needs each person, their role's answer filled in."""

    def __init__(self, *args: Any, expected: Sequence[Expectation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        for one in self.expected:
            self.fields[self._name(one)] = forms.ChoiceField(
                label=one.name, choices=Need, initial=one.need
            )

    @staticmethod
    def _name(one: Expectation) -> str:
        return f"need-{_key(one)}"

    @property
    def needs(self) -> dict[UUID, Need]:
        """By contact: those who have none yet are left out."""
        return {
            one.contact.pk: Need(self.cleaned_data[self._name(one)])
            for one in self.expected
            if one.contact is not None
        }

    @property
    def laid_out(self) -> list[tuple[Expectation, BoundField, str]]:
        return [
            (one, self[self._name(one)], str(Need(one.by_default).label)) for one in self.expected
        ]


class AskForm(forms.Form):
    """Which calendars to compare, and from when."""

    variants = forms.MultipleChoiceField(
        label=gettext_lazy("Calendriers à comparer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins un calendrier.")},
    )
    first_date = day_field(
        gettext_lazy("À partir du"),
        help_text=gettext_lazy("Aucune date n'est proposée avant ce jour."),
    )
    longer_weeks = days_field(
        gettext_lazy("Prolonger toutes les périodes, en semaines"),
        gettext_lazy(
            "0 : les périodes telles qu'elles sont. Utile quand la démarche a pris du retard."
        ),
        most=104,
    )
    keep_unannounced = forms.BooleanField(
        label=gettext_lazy("Garder aussi les dates fixées qui n'ont pas été annoncées"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        offers: Sequence[Offer],
        kept: Mapping[str, bool],
        first_date: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [offer.key for offer in offers]
        self.fields["variants"].choices = [  # type: ignore[attr-defined]
            (offer.key, _offer_words(offer, kept)) for offer in offers
        ]
        self.fields["variants"].initial = _contrasted(keys)
        self.fields["first_date"].initial = first_date
        self.fields["longer_weeks"].initial = 0
        self.fields["keep_unannounced"].initial = True

    @property
    def question(self) -> Question:
        cleaned = self.cleaned_data
        return Question(
            first_date=cleaned["first_date"],
            longer_days=7 * cleaned["longer_weeks"],
            keep_unannounced=cleaned["keep_unannounced"],
        )


def _contrasted(keys: Sequence[str]) -> list[str]:
    """Two or three that differ: around the vote when there is one, else soon or well attended."""
    if variants.BEFORE in keys and variants.AFTER in keys:
        return [variants.KEEP, variants.BEFORE, variants.AFTER]
    wanted = (variants.KEEP, variants.AFTER, variants.EARLIEST)
    return [key for key in wanted if key in keys]


def _offer_words(offer: Offer, kept: Mapping[str, bool]) -> str:
    """« Au plus tôt : chaque réunion une semaine au plus… »."""
    options: dict[str, Any] = dict(kept)
    if offer.vote is not None:
        options["vote"] = comparison.vote_options(offer.vote)
    explanation = comparison.explanation_of(offer.key, options)
    return _("%(title)s : %(explanation)s") % {
        "title": comparison.title_of(offer.key, options),
        "explanation": explanation[:1].lower() + explanation[1:],
    }


class AnnounceForm(forms.Form):
    """Which dates to announce now: a box each, all ticked."""

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = meetings
        for meeting in meetings:
            self.fields[str(meeting.pk)] = forms.BooleanField(
                label=meeting_name(meeting), required=False, initial=True
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.fields and not any(cleaned.values()):
            self.add_error(None, _("Cochez au moins une date à annoncer."))
        return cleaned

    @property
    def ids(self) -> list[UUID]:
        return [one.pk for one in self.meetings if self.cleaned_data[str(one.pk)]]

    def box(self, meeting: Meeting) -> BoundField:
        return self[str(meeting.pk)]


class LostDateForm(forms.Form):
    """Why a date falls: a place or an event, or someone who cannot come."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi cette date ne tient-elle plus ?"),
        max_length=160,
        help_text=gettext_lazy("Par exemple : salle indisponible, second tour reporté."),
        error_messages={"required": gettext_lazy("Dites pourquoi : ce sera gardé au journal.")},
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("Quelqu'un qui ne peut pas venir"),
        required=False,
        help_text=gettext_lazy("Ses jours seront aussi évités pour les autres réunions."),
    )
    last_date = day_field(
        gettext_lazy("Jusqu'au"),
        required=False,
        help_text=gettext_lazy("Vide : ce jour seulement."),
    )

    def __init__(
        self, *args: Any, expected: Sequence[Expectation], day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.people = {_key(one): one for one in expected}
        choices = [("", _("Personne en particulier"))]
        choices += [(key, one.name) for key, one in self.people.items()]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]

    def clean_last_date(self) -> date | None:
        last: date | None = self.cleaned_data["last_date"]
        if last and last < self.day:
            raise forms.ValidationError(_("Ce jour doit venir après la date qui tombe."))
        if last and last > self.day + timedelta(days=366):
            raise forms.ValidationError(_("C'est plus d'un an : indiquez un jour plus proche."))
        return last

    @property
    def details(self) -> dict[str, Any]:
        chosen = self.people.get(self.cleaned_data["contact"])
        return {
            "reason": self.cleaned_data["reason"],
            "contact": chosen.contact if chosen else None,
            "last_date": self.cleaned_data["last_date"],
        }

"""An action as proposed from a phone, short; and the card the facilitator completes with the room.

A proposal says what, who, and from when. A card holds all that French plans of action hold, plus
what it answers: fields left empty are what the plan still has to find.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.formats.roadmap.dates import (
    EARLIEST,
    LATEST,
    day_words,
    first_day,
    half_year_words,
    half_years_ahead,
)
from fabrique.stages.contribution.models import Contribution, Workshop

TOO_LONG = _("Ce texte compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus.")
WAITS_FOR_ITSELF = _("Une action ne peut pas dépendre d'elle-même : décochez-la.")
DEPENDS_ON = "depends_on"
#: The words of a plan, in the order of its card, with the most characters of each.
WORDS: dict[str, tuple[Text, int]] = {
    "number": (_("Numéro"), 20),
    "category_1": (_("Catégorie 1"), 160),
    "category_2": (_("Catégorie 2"), 160),
    "lead": (_("Pilote"), 160),
    "referent": (_("Référent ou référente technique"), 160),
    "elected_referent": (_("Élu référent ou élue référente"), 160),
    "partners": (_("Partenaires"), 1_000),
    "means": (_("Moyens"), 1_000),
    "budget": (_("Budget"), 300),
    "indicator": (_("Indicateurs liés"), 1_000),
    "status": (_("Statut"), 80),
}
LONG = ("partners", "means", "indicator")


class SuggestedInput(forms.TextInput):
    """A line to fill from a list or otherwise: what a plan came with is kept as it is."""

    def __init__(self, suggestions: Iterable[Text]) -> None:
        super().__init__()
        self.suggestions = list(suggestions)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own = {**(attrs or {}), "list": f"{(attrs or {}).get('id', name)}_list"}
        options = format_html_join(
            "", '<option value="{}"></option>', ((one,) for one in self.suggestions)
        )
        control = super().render(name, value, own, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', control, own["list"], options)


class ProposedActionForm(ContributionForm):
    """What, who, from when: what one writes on a phone in a minute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Une action, en une phrase")
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["lead"] = words_field("lead", label=_("Qui la piloterait ?"))
        self.fields["half_year"] = forms.ChoiceField(
            label=_("À partir de quand ?"),
            choices=[
                ("", _("À voir ensemble")),
                *((key, half_year_words(key)) for key in half_years_ahead(self.workshop)),
            ],
            required=False,
        )


class ActionCardForm(CardForm):
    """The whole line of the plan; ``others`` are the actions it may wait for."""

    def __init__(
        self, *args: Any, statuses: Sequence[Text], categories: Sequence[Text], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        references = {
            name: field
            for name in list(self.fields)
            if name not in ("title", "text") and (field := self.fields.pop(name))
        }
        suggested = {"status": statuses, "category_1": categories}
        for name in WORDS:
            self.fields[name] = words_field(name, suggested=suggested.get(name, ()))
        self.fields["start"] = day_field(_("Début"))
        self.fields["end"] = day_field(_("Fin"))
        self.fields["late"] = forms.BooleanField(label=_("En retard"), required=False)
        self.fields.update(
            {name: field for name, field in references.items() if getattr(field, "choices", ())}
        )
        if others := actions_beside(self.workshop, but=self.card):
            itself = str(self.card.pk) if self.card else ""
            self.fields[DEPENDS_ON] = _depends_on_field(others, itself=itself)
        self.order_fields([
            "title", "text", "lead", "start", "end", "partners", "means", "budget",
            "vulnerabilities", "levers", "schemes", DEPENDS_ON, "indicator",
            "number", "category_1", "category_2", "referent", "elected_referent", "status", "late",
        ])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", ends_before_it_starts(start, end))
        return data

    @property
    def payload(self) -> dict[str, Any]:
        """Plain JSON: days as 2021-03-15, nothing where the plan says nothing."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in super().payload.items()
            if value is not False
        }


def words_field(
    name: str, *, label: Text | None = None, suggested: Sequence[Text] = ()
) -> forms.CharField:
    own, limit = WORDS[name]
    widget: forms.Widget = forms.TextInput()
    if name in LONG:
        widget = forms.Textarea(attrs={"rows": 2, "data-autogrow": ""})
    if suggested:
        widget = SuggestedInput(suggested)
    return forms.CharField(
        label=str(label or own),
        max_length=limit,
        required=False,
        widget=widget,
        error_messages={"max_length": TOO_LONG},
    )


def day_field(label: Text) -> forms.DateField:
    refusal = _("Écrivez une date entre 1900 et 2200, par exemple 15/03/2021.")
    return forms.DateField(
        label=str(label),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST, refusal), MaxValueValidator(LATEST, refusal)],
        error_messages={"invalid": refusal},
    )


def ends_before_it_starts(start: date, end: date) -> str:
    words = gettext(
        "L'action finit le %(end)s, avant de commencer le %(start)s : "
        "corrigez l'une des deux dates."
    )
    return words % {"start": day_words(start), "end": day_words(end)}


def actions_beside(workshop: Workshop, *, but: Any = None) -> list[tuple[str, str]]:
    """The other actions of the plan, by identifier, with their number and name."""
    return [
        (str(card.pk), called(card.payload.get("number", ""), card.title))
        for card in rows.kept_cards(workshop)
        if but is None or card.pk != but.pk
    ]


def called(number: str, title: str) -> str:
    """« 12. Ouvrir une légumerie »."""
    return f"{number}. {title}" if number else title


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """The lead most people named, and the earliest half-year anybody gave."""
    payloads = [contribution.payload for contribution in contributions]
    leads = Counter(payload["lead"] for payload in payloads if payload.get("lead"))
    halves = sorted(payload["half_year"] for payload in payloads if payload.get("half_year"))
    found = {
        "lead": leads.most_common(1)[0][0] if leads else "",
        "start": first_day(halves[0]).isoformat() if halves else "",
    }
    return {name: value for name, value in found.items() if value}


class _ActionsField(forms.MultipleChoiceField):
    """Actions of the plan; one that was set aside since is let go of without a word."""

    def __init__(self, *, known: Iterable[str], itself: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = set(known)
        self.itself = itself

    def to_python(self, value: Any) -> list[str]:
        said = super().to_python(value)
        if self.itself in said:
            raise forms.ValidationError(WAITS_FOR_ITSELF)
        return [one for one in said if one in self.known]


def _depends_on_field(
    others: Sequence[tuple[str, str]], *, itself: str
) -> forms.MultipleChoiceField:
    return _ActionsField(
        known=(key for key, _name in others),
        itself=itself,
        label=_("Actions à terminer avant"),
        choices=list(others),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

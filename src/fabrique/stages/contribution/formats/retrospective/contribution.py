"""What one says looking back from the midterm year: in which column, at which year."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm
from fabrique.stages.contribution.formats.retrospective.columns import COLUMNS, ONE_OF_THEM
from fabrique.stages.contribution.models import Contribution, Workshop


class LookBackForm(ContributionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.workshop.meeting.programme.midterm_year
        self.fields["text"].label = gettext("Nous sommes en %(year)d : que s'est-il passé ?") % {
            "year": year
        }
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["column"] = forms.ChoiceField(
            label=_("C'est…"),
            choices=list(ONE_OF_THEM.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choisissez l'une des trois colonnes.")},
        )
        self.fields["year"] = year_field(self.workshop)
        self.order_fields(["text", "column", "year"])
        drop_empty_references(self)


class LookBackCardForm(CardForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"] = forms.ChoiceField(
            label=_("Colonne"),
            choices=[("", _("À placer")), *COLUMNS.items()],
            required=False,
        )
        self.fields["year"] = year_field(self.workshop)
        self.order_fields(["title", "text", "column", "year"])
        drop_empty_references(self)


def year_field(workshop: Workshop) -> forms.TypedChoiceField:
    """The years from the seminar to the one looked back from."""
    programme = workshop.meeting.programme
    last = max(programme.midterm_year, programme.starts_on.year)
    years = range(programme.starts_on.year, last + 1)
    return forms.TypedChoiceField(
        label=_("Vers quelle année ?"),
        choices=[("", _("Sans précision")), *((year, str(year)) for year in years)],
        coerce=int,
        empty_value=None,
        required=False,
    )


def drop_empty_references(form: ContributionForm) -> None:
    """Without a first seminar there is nothing to tie to: the question is not asked."""
    for name in ("vulnerabilities",):
        if name in form.fields and not getattr(form.fields[name], "choices", ()):
            del form.fields[name]


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """The column and the year said most, and every vulnerability named."""
    payloads = [contribution.payload for contribution in contributions]
    named = dict.fromkeys(one for said in payloads for one in said.get("vulnerabilities", []))
    found = {
        "column": _first([said["column"] for said in payloads if said.get("column")]),
        "year": _first([said["year"] for said in payloads if said.get("year")]),
        "vulnerabilities": list(named),
    }
    return {name: value for name, value in found.items() if value}


def _first(values: Sequence[Any]) -> Any:
    return Counter(values).most_common(1)[0][0] if values else None

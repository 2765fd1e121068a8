"""One statement: a text, its quadrant, and the territory that makes it.

In a national room the territory is the member's own where it is known, and asked otherwise; in a
local one it is the room's.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm
from fabrique.stages.contribution.formats.rows import territories_of
from fabrique.stages.contribution.formats.swot.quadrants import CHOICES
from fabrique.stages.contribution.models import Contribution, Workshop

#: What a partner of the programme answers: it stands for no territory.
NATIONAL = "national"


class StatementForm(ContributionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quadrant"] = forms.ChoiceField(
            label=_("C'est…"),
            choices=CHOICES,
            widget=forms.RadioSelect,
            error_messages={
                "required": _(
                    "Dites si c'est une force, une faiblesse, une opportunité ou une menace."
                )
            },
        )
        self.fields["text"].label = _("Dites-le en une phrase")
        self.fields["text"].widget.attrs["rows"] = 3
        if speaks_for_several(self.workshop):
            self.fields["territory"] = forms.ChoiceField(
                label=_("Au nom de quel territoire ?"),
                choices=[
                    ("", _("Choisissez")),
                    *_territories(self.workshop),
                    (NATIONAL, _("Aucun : regard national")),
                ],
                error_messages={"required": _("Dites de quel territoire vous parlez.")},
            )
        self.order_fields(["quadrant", "text", "territory"])

    @property
    def payload(self) -> dict[str, Any]:
        payload = super().payload
        if "territory" not in self.fields:
            payload["territory"] = territories_of(self.workshop)[0]
        return payload


class StatementCardForm(CardForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: dict[str, forms.Field] = {
            "quadrant": forms.ChoiceField(
                label=_("Case"), choices=[("", _("À classer")), *CHOICES], required=False
            )
        }
        if speaks_for_several(self.workshop):
            own["territories"] = forms.MultipleChoiceField(
                label=_("Territoires qui le disent"),
                choices=_territories(self.workshop),
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "Ceux des contributions de la carte comptent déjà : ajoutez ceux qui l'ont "
                    "dit à voix haute."
                ),
                required=False,
            )
        self.fields.update(own)
        self.order_fields(["title", "text", "quadrant", "territories"])


def speaks_for_several(workshop: Workshop) -> bool:
    return workshop.meeting.site_id is None


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """The quadrant most said, the territories that say it, and all that it rests on."""
    said = Counter(
        contribution.payload["quadrant"]
        for contribution in contributions
        if contribution.payload.get("quadrant")
    )
    if not said:
        return {}
    quadrant = said.most_common(1)[0][0]
    evidence = dict.fromkeys(
        one for contribution in contributions for one in contribution.payload.get("evidence", [])
    )
    return {
        "quadrant": quadrant,
        "territories": _named(contributions, quadrant),
        "evidence": list(evidence),
    }


def _named(contributions: Sequence[Contribution], quadrant: str) -> list[str]:
    named = dict.fromkeys(
        str(contribution.payload.get("territory", NATIONAL))
        for contribution in contributions
        if contribution.payload.get("quadrant") == quadrant
    )
    return [name for name in named if name != NATIONAL]


def _territories(workshop: Workshop) -> list[tuple[str, str]]:
    return [(name, name) for name in territories_of(workshop)]

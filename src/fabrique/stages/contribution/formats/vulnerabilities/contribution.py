"""One vulnerability as said, and the card the group keeps of it: a text, and what is touched."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.choices import choices_of
from fabrique.stages.contribution.formats.contract import CardForm, ContributionForm, Text
from fabrique.stages.contribution.models import Contribution


def touched_field(touched: Sequence[Text]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Ce qui est touché"),
        choices=choices_of(touched, empty=_("Sans précision")),
        required=False,
    )


class VulnerabilityForm(ContributionForm):
    def __init__(self, *args: Any, touched: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.workshop.prompt:
            self.fields["text"].label = _("Une vulnérabilité")
        else:
            self.fields["text"].label = _(
                "Vu de %(year)d, qu'est-ce qui fragilise le territoire ?"
            ) % {"year": self.workshop.meeting.programme.horizon_year}
        self.fields["touched"] = touched_field(touched)


class VulnerabilityCardForm(CardForm):
    def __init__(self, *args: Any, touched: Sequence[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["touched"] = touched_field(touched)


def most_said(contributions: Sequence[Contribution]) -> dict[str, Any]:
    """What is touched according to most of those who said it."""
    said = Counter(
        contribution.payload["touched"]
        for contribution in contributions
        if contribution.payload.get("touched")
    )
    return {"touched": said.most_common(1)[0][0]} if said else {}

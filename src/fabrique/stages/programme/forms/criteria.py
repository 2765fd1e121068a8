"""What is typed of success criteria: their words, who keeps them, and what is judged of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from fabrique.stages.programme.criteria import CriterionLine
from fabrique.stages.programme.enums import CriterionKind, Judgement
from fabrique.stages.programme.forms.committee import long_text, role_field
from fabrique.stages.programme.models import CriterionReview


class CriterionForm(forms.Form):
    text = long_text(
        _("Cette démarche sera une réussite si…"),
        limit=1_000,
        required=True,
        error_messages={
            "required": _("Écrivez le critère."),
            "max_length": _(
                "Ce critère compte %(show_value)d caractères : "
                "ramenez-le à %(limit_value)d au plus."
            ),
        },
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=CriterionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites s'il porte sur le fond ou sur la méthode.")},
    )
    owner = role_field(
        _("Porté par"),
        help_text=_(
            "La fonction de qui le garde en tête toute l'année : pilote nationale, "
            "directeur de projet, référente d'un territoire…"
        ),
    )


ASKED = ("judgement", "words", "evidence")


@dataclass(frozen=True)
class JudgedLine:
    """A criterion and the fields of its judgement."""

    line: CriterionLine
    judgement: BoundField
    words: BoundField
    evidence: BoundField


class ReviewsForm(forms.Form):
    """All the criteria at one meeting; those left without a judgement are not written."""

    judged_by = role_field(
        _("Jugé par"), help_text=_("Qui parle : le groupe intersite, le comité de pilotage…")
    )

    def __init__(
        self, *args: Any, lines: Sequence[CriterionLine], reviews: dict[int, CriterionReview],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self._ask(line, reviews.get(line.criterion.pk))
        known = {review.judged_by for review in reviews.values()}
        if len(known) == 1:
            self.initial.setdefault("judged_by", known.pop())

    def _ask(self, line: CriterionLine, review: CriterionReview | None) -> None:
        key = line.criterion.pk
        self.fields[f"judgement-{key}"] = forms.ChoiceField(
            label=_("Jugement"),
            required=False,
            choices=[("", _("Pas encore jugé")), *Judgement.choices],
            initial=review.judgement if review else "",
        )
        self.fields[f"words-{key}"] = long_text(
            _("Ce qu'on en dit"), initial=review.words if review else ""
        )
        self.fields[f"evidence-{key}"] = long_text(
            _("Sur quoi cela repose : un fait, un document, une décision"),
            rows=1,
            initial=review.evidence if review else "",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for line in self.lines:
            key = line.criterion.pk
            said = cleaned.get(f"words-{key}") or cleaned.get(f"evidence-{key}")
            if said and not cleaned.get(f"judgement-{key}"):
                self.add_error(
                    f"judgement-{key}",
                    _("Choisissez un jugement : ce qui est écrit à côté n'est pas perdu."),
                )
        return cleaned

    def judged_lines(self) -> list[JudgedLine]:
        return [
            JudgedLine(line, *(self[f"{name}-{line.criterion.pk}"] for name in ASKED))
            for line in self.lines
        ]

    def judgements(self) -> dict[int, dict[str, str]]:
        """What was judged, by criterion."""
        return {
            line.criterion.pk: {
                "judgement": self.cleaned_data[f"judgement-{line.criterion.pk}"],
                "words": self.cleaned_data[f"words-{line.criterion.pk}"],
                "evidence": self.cleaned_data[f"evidence-{line.criterion.pk}"],
                "judged_by": self.cleaned_data["judged_by"],
            }
            for line in self.lines
            if self.cleaned_data[f"judgement-{line.criterion.pk}"]
        }

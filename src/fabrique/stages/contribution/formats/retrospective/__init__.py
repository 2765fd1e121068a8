"""« Nous sommes en 2026 »: what was done, what was not, what came up, tied to what was feared."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats.contract import (
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.reach import ReferenceField
from fabrique.stages.contribution.formats.retrospective.analysis import FEARED_FORMATS, look_back
from fabrique.stages.contribution.formats.retrospective.columns import COLUMNS
from fabrique.stages.contribution.formats.retrospective.contribution import (
    LookBackCardForm,
    LookBackForm,
    most_said,
)
from fabrique.stages.contribution.formats.retrospective.note import note_parts
from fabrique.stages.contribution.models import Contribution, Workshop

COLLECT = Phase(
    key="collect",
    label=_("Recueillir"),
    instruction=_("Projetez-vous à l'année d'étape, et racontez ce qui s'est passé."),
)
LOOK = Phase(
    key="look",
    label=_("Montrer le récit"),
    instruction=_("Regardez le mur : ce qui est accompli, inachevé, nouveau."),
    accepts=frozenset(),
    shows_results=True,
)
FEARS = Phase(
    key="fears",
    label=_("Revenir à ce qui était craint"),
    instruction=_("Ce que le premier séminaire craignait : ce qui est revenu, ce qui y a répondu."),
    accepts=frozenset(),
    shows_results=True,
)


class Retrospective(Format):
    key = "retrospective"
    title = _("Où en sommes-nous ?")
    explanation = _(
        "Chacun se place à l'année d'étape et raconte au passé : ce qui est accompli, ce qui est "
        "resté inachevé, ce qui fragilise de nouveau le territoire. On voit alors ce qui avait "
        "été craint et qui est revenu, et ce qui y a répondu."
    )
    letter = "R"
    phases = (COLLECT, LOOK, FEARS)
    references = {
        "vulnerabilities": ReferenceField(
            label=_("Une vulnérabilité du premier séminaire est-elle en jeu ?"),
            formats=FEARED_FORMATS,
            asked_of=frozenset({"card", "contribution"}),
        )
    }

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> LookBackForm:
        return LookBackForm(data, workshop=workshop, **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> LookBackCardForm:
        return LookBackCardForm(data, workshop=workshop, **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        column, year = payload.get("column"), payload.get("year")
        pairs = (
            (_("Colonne"), str(COLUMNS.get(str(column), ""))),
            (_("Année"), str(year or "")),
        )
        return [(label, value) for label, value in pairs if value]

    def context(
        self,
        workshop: Workshop,
        viewer: Viewer,
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        year = workshop.meeting.programme.midterm_year
        return {"year": year} | ({} if screen == "phone" else {"found": look_back(workshop)})

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Ce qui s'est passé"), *COLUMNS.values(), _("Vers quelle année ?")),
        )


FORMAT = Retrospective()

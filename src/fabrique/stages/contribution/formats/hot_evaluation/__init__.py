"""Before leaving: a few questions, one word, what one keeps and what should improve."""

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
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.hot_evaluation.analysis import summarise
from fabrique.stages.contribution.formats.hot_evaluation.contribution import (
    EvaluationForm,
    Questionnaire,
)
from fabrique.stages.contribution.formats.hot_evaluation.note import chart, note_parts
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.models import Workshop

ANSWER = Phase(
    key="collect",
    label=_("Évaluer"),
    instruction=_("Chacun répond pour soi, en une minute."),
    shows_results=True,
)


class HotEvaluation(Format):
    key = "hot_evaluation"
    title = _("Évaluation à chaud")
    explanation = _(
        "Chacun répond en une minute à quelques questions et laisse un mot. "
        "Les réponses ne sont montrées qu'ensemble, à partir de cinq."
    )
    letter = "H"
    phases = (ANSWER,)
    makes_cards = False
    shows_contributions = False
    last_one_counts = True
    names_authors = False
    default_settings = {
        "questions": (
            _("Ce séminaire a répondu à mes attentes."),
            _("J'ai pu dire ce que j'avais à dire."),
            _("Je vois ce qui va se passer ensuite."),
        ),
        "scale": (_("Pas du tout"), _("Plutôt non"), _("Plutôt oui"), _("Tout à fait")),
    }

    def questionnaire(self, workshop: Workshop) -> Questionnaire:
        return Questionnaire(
            questions=self.setting(workshop, "questions"), scale=self.setting(workshop, "scale")
        )

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> EvaluationForm:
        asked = self.questionnaire(workshop)
        return EvaluationForm(data, workshop=workshop, asked=asked, **kwargs)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        pairs = (
            (_("En un mot"), payload.get("word", "")),
            (_("À améliorer"), payload.get("improve", "")),
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
        if screen == "phone":
            return {}
        results = summarise(workshop, self.questionnaire(workshop))
        return {
            "results": results,
            "chart": drawn([chart(workshop, results)]) if results.is_shown else "",
            "words": [f"{word} ({count})" if count > 1 else word for word, count in results.words],
            "too_few": too_few(results.people),
        }

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, summarise(workshop, self.questionnaire(workshop)))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(
                *(f"{question} 1 · 2 · 3 · 4" for question in self.setting(workshop, "questions")),
                _("En un mot"),
                _("Ce que je retiens"),
                _("À améliorer"),
            ),
        )


FORMAT = HotEvaluation()

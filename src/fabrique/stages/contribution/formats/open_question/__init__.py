"""A question put to everyone: words as they are said, and a choice where the question has some."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
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
from fabrique.stages.contribution.formats.open_question.analysis import answers_to
from fabrique.stages.contribution.formats.open_question.contribution import (
    CHOICE_ALONE,
    AnswerForm,
)
from fabrique.stages.contribution.formats.open_question.note import chart, note_parts
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.models import Contribution, Workshop

ANSWER = Phase(
    key="collect",
    label=_("Répondre"),
    instruction=_("Chacun répond avec ses propres mots."),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les réponses"),
    instruction=_("Ce que le groupe répond."),
    accepts=frozenset(),
    shows_results=True,
)


class OpenQuestion(Format):
    key = "open_question"
    title = _("Question ouverte")
    explanation = _(
        "Chacun répond à la question avec ses propres mots, et choisit une réponse "
        "lorsqu'il y en a de proposées. Les mots sont montrés tels quels ; les choix ne sont "
        "comptés qu'à partir de cinq personnes."
    )
    letter = "Q"
    phases = (ANSWER, RESULTS)
    default_settings = {"choices": ()}
    list_labels = {"choices": _("Réponses proposées")}

    def choices(self, workshop: Workshop) -> Sequence[Text]:
        """The answers one may choose, none for a question that only wants words."""
        found: Sequence[Text] = self.setting(workshop, "choices")
        return found

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> AnswerForm:
        return AnswerForm(data, workshop=workshop, offered=self.choices(workshop), **kwargs)

    def shown(self, said: QuerySet[Contribution]) -> QuerySet[Contribution]:
        """Words only: choices are judgements, shown together and from five people on."""
        return said.exclude(payload__has_key=CHOICE_ALONE)

    def shows(self, contribution: Contribution) -> bool:
        return CHOICE_ALONE not in contribution.payload

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        choice = payload.get("choice")
        return [(_("Réponse choisie"), str(choice))] if choice else []

    def context(
        self,
        workshop: Workshop,
        viewer: Viewer,
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        if screen == "phone" or not self.choices(workshop):
            return {}
        results = answers_to(workshop, self.choices(workshop))
        if screen == "wall" and not self.shows_results(workshop, results.people):
            return {}
        return {
            "results": results,
            "chart": drawn([chart(workshop, results)]) if results.is_shown else "",
            "too_few": too_few(results.people),
        }

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, answers_to(workshop, self.choices(workshop)))

    def sheet(self, workshop: Workshop) -> Sheet:
        choices = " · ".join(map(str, self.choices(workshop)))
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Ma réponse"), *([choices] if choices else [])),
        )


FORMAT = OpenQuestion()

"""Vulnerabilities of a territory seen from the horizon year: said, grouped, then judged alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats.contract import (
    CardForm,
    Criterion,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.formats.rating import rating_context
from fabrique.stages.contribution.formats.vulnerabilities.analysis import assess_workshop
from fabrique.stages.contribution.formats.vulnerabilities.contribution import (
    VulnerabilityCardForm,
    VulnerabilityForm,
    most_said,
)
from fabrique.stages.contribution.formats.vulnerabilities.note import chart, note_parts
from fabrique.stages.contribution.formats.vulnerabilities.panel import console_line
from fabrique.stages.contribution.formats.vulnerabilities.scales import CRITERIA, with_words
from fabrique.stages.contribution.models import Contribution, Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 8

COLLECT = Phase(
    key="collect",
    label=_("Recueillir"),
    instruction=_("Projetez-vous à l'horizon : qu'est-ce qui fragilise le territoire ?"),
)
RATE = Phase(
    key="rate",
    label=_("Noter"),
    instruction=_("Chacun note seul chaque vulnérabilité, une carte à la fois."),
    accepts=frozenset({"rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les résultats"),
    instruction=_("Ce que le groupe juge le plus préoccupant."),
    accepts=frozenset(),
    shows_results=True,
)


class Vulnerabilities(Format):
    key = "vulnerabilities"
    title = _("Vulnérabilités")
    explanation = _(
        "Depuis l'horizon choisi, chacun écrit ce qui fragilise le territoire. "
        "Puis chacun note seul, de 1 à 4, l'exposition, la sensibilité et la capacité d'adaptation."
    )
    letter = "V"
    phases = (COLLECT, RATE, RESULTS)
    criteria = CRITERIA
    default_settings = {
        "touched": (
            _("Les habitants"),
            _("Les entreprises et l'emploi"),
            _("Les services publics"),
            _("Les réseaux et bâtiments"),
            _("Les milieux naturels"),
            _("L'alimentation et l'eau"),
        ),
        "scales": {},
        "minimum_voters": 5,
        "top": 3,
    }

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> VulnerabilityForm:
        touched = self.setting(workshop, "touched")
        return VulnerabilityForm(data, workshop=workshop, touched=touched, **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> CardForm:
        touched = self.setting(workshop, "touched")
        return VulnerabilityCardForm(data, workshop=workshop, touched=touched, **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        touched = payload.get("touched")
        return [(_("Ce qui est touché"), str(touched))] if touched else []

    def criteria_of(self, workshop: Workshop) -> Sequence[Criterion]:
        return with_words(self.setting(workshop, "scales"))

    def context(
        self,
        workshop: Workshop,
        viewer: Viewer,
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        context = rating_context(self, workshop, viewer, screen, step=step, refused=refused)
        if screen == "phone":
            return context
        if screen == "console" or self.shows_results(workshop, context["raters"]):
            context["results"] = results = assess_workshop(workshop, context["judged"])
            first = results.shown[:MOST_ON_WALL] if screen == "wall" else results.shown
            context["chart"] = drawn([chart(workshop, results, first)]) if first else ""
            context["rest"] = len(results.shown) - len(first)
            context["lines"] = [console_line(one) for one in results.shown]
            context["too_few"] = too_few(results.voters, results.minimum)
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Ce qui fragilise le territoire"), _("Ce qui est touché")),
        )


FORMAT = Vulnerabilities()

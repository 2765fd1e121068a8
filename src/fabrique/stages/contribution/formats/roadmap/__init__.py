"""The roadmap of a territory: what it will do, who leads it, by when, and what it answers."""

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
from fabrique.stages.contribution.formats.reach import Reachable, ReferenceField
from fabrique.stages.contribution.formats.roadmap.analysis import ANSWERED_FORMATS, plan_of
from fabrique.stages.contribution.formats.roadmap.contribution import (
    WORDS,
    ActionCardForm,
    ProposedActionForm,
    most_said,
)
from fabrique.stages.contribution.formats.roadmap.dates import (
    day_of,
    day_words,
    half_year_words,
)
from fabrique.stages.contribution.formats.roadmap.note import chart, note_parts
from fabrique.stages.contribution.formats.roadmap.panel import panel_of
from fabrique.stages.contribution.models import Contribution, Workshop

#: What can be read at ten metres; the rest is on the console and on the roadmap's page.
MOST_ON_WALL = 10

COLLECT = Phase(
    key="collect",
    label=_("Proposer"),
    instruction=_("Chacun propose des actions : quoi, qui, à partir de quand."),
)
PLAN = Phase(
    key="plan",
    label=_("Montrer la feuille de route"),
    instruction=_("Regardez le mur : les actions se placent dans le temps."),
    accepts=frozenset(),
    shows_results=True,
)


class Roadmap(Format):
    key = "roadmap"
    title = _("Feuille de route")
    explanation = _(
        "Chacun propose des actions : ce qu'il faut faire, qui la piloterait, à partir de quand. "
        "Le groupe les complète ensemble, et voit ce qui tient, ce qui manque et ce à quoi rien "
        "ne répond encore."
    )
    letter = "F"
    phases = (COLLECT, PLAN)
    references = {
        "vulnerabilities": ReferenceField(
            label=_("Vulnérabilités auxquelles elle répond"), formats=ANSWERED_FORMATS
        ),
        "levers": ReferenceField(
            label=_("Leviers utilisés"), formats=("national_levers", "inspiration")
        ),
        "schemes": ReferenceField(label=_("Dispositifs dont elle vient"), formats=("workbench",)),
    }
    takes_over = ("workbench",)
    list_labels = {"statuses": _("Statuts"), "categories": _("Catégories")}
    default_settings = {
        "statuses": (
            _("À lancer"),
            _("En préparation"),
            _("En cours"),
            _("Terminée"),
            _("Suspendue"),
            _("Abandonnée"),
        ),
        "categories": (
            _("Aménagement et habitat"),
            _("Mobilités"),
            _("Énergie et climat"),
            _("Économie et emploi"),
            _("Alimentation et agriculture"),
            _("Eau et milieux naturels"),
            _("Solidarités et services"),
            _("Administration exemplaire"),
        ),
    }

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ProposedActionForm:
        return ProposedActionForm(data, workshop=workshop, **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ActionCardForm:
        return ActionCardForm(
            data,
            workshop=workshop,
            statuses=self.setting(workshop, "statuses"),
            categories=self.setting(workshop, "categories"),
            **kwargs,
        )

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def taken_over(self, card: Reachable) -> Sequence[Mapping[str, Any]]:
        """A scheme of the territory becomes an action, and stays tied to it."""
        return [{"title": card.title, "text": card.text, "schemes": [str(card.card_id)]}]

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        half_year = payload.get("half_year")
        pairs: list[tuple[Text, str]] = [
            (label, str(payload.get(name) or "")) for name, (label, _limit) in WORDS.items()
        ]
        pairs += [
            (_("À partir de"), half_year_words(half_year) if half_year else ""),
            *(
                (label, day_words(day) if day else "")
                for name, label in (("start", _("Début")), ("end", _("Fin")))
                for day in [day_of(payload.get(name))]
            ),
            (_("Calendrier"), str(_("En retard")) if payload.get("late") else ""),
        ]
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
        plan = plan_of(workshop)
        dated = plan.in_time
        shown = dated[:MOST_ON_WALL] if screen == "wall" else dated
        timeline = drawn([chart(workshop, shown)]) if shown else ""
        context = {
            "plan": plan,
            "timeline": timeline,
            "rest": len(plan.cards) - len(shown),
        }
        return context | ({"panel": panel_of(plan)} if screen == "console" else {})

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Une action"), _("Qui la piloterait ?"), _("À partir de quand ?")),
        )


FORMAT = Roadmap()

"""Past actions crossed with vulnerabilities: which answers which, and the blind spots left."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import (
    Answer,
    Criterion,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Tie,
)
from fabrique.stages.contribution.formats.crossing.analysis import cross_workshop
from fabrique.stages.contribution.formats.crossing.answer import (
    ANSWERED,
    ANSWERS,
    RoomTieForm,
    check_tie,
    read_row,
    row_form,
)
from fabrique.stages.contribution.formats.crossing.note import note_parts
from fabrique.stages.contribution.formats.provenance import too_few, votes
from fabrique.stages.contribution.formats.rating import rating_context
from fabrique.stages.contribution.models import Card, Workshop

CROSS = Phase(
    key="cross",
    label=_("Croiser"),
    instruction=_("Pour chaque vulnérabilité, cochez les actions qui y répondent."),
    accepts=frozenset({"link", "rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les résultats"),
    instruction=_("Ce qui est couvert, et les angles morts."),
    accepts=frozenset(),
    shows_results=True,
)


class Crossing(Format):
    key = "crossing"
    title = _("Croisement")
    explanation = _(
        "Pour chaque vulnérabilité, chacun coche les actions réalisées qui y répondent. "
        "Celles que rien ne couvre apparaissent : ce sont les angles morts."
    )
    letter = "C"
    phases = (CROSS, RESULTS)
    criteria = (
        Criterion(
            key=ANSWERED,
            label=_("Réponse"),
            question=_("Une action réalisée y répond-elle ?"),
            scale={0: _("Aucune, à ma connaissance"), 1: _("Au moins une")},
        ),
    )
    makes_cards = False
    shows_contributions = False
    link_kinds = frozenset({ANSWERS})
    default_settings = {"rows": "vulnerabilities", "columns": "past_actions"}

    def cards_to_rate(self, workshop: Workshop) -> QuerySet[Card]:
        return rows.kept_cards_beside(workshop, self.setting(workshop, "rows"))

    def read_answer(self, workshop: Workshop, data: Mapping[str, Any]) -> Answer:
        return read_row(workshop, data, self.cards_to_rate(workshop), self._columns(workshop))

    def check_tie(self, workshop: Workshop, tie: Tie) -> None:
        check_tie(tie, self.cards_to_rate(workshop), self._columns(workshop))

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
            card = context["ballot"].card
            actions = self._columns(workshop)
            return context | {
                "row": row_form(workshop, card, viewer, actions, refused=refused),
            }
        if screen == "console" or self.shows_results(workshop, context["raters"]):
            context["results"] = results = cross_workshop(workshop, self, context["judged"])
            context["too_few"] = too_few(results.people)
            context["provenance"] = votes(results.people, results.instants)
        if screen == "console":
            context["room_tie"] = RoomTieForm(
                results.actions, [line.card for line in results.lines]
            )
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, cross_workshop(workshop, self))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            cards=0,
        )

    def _columns(self, workshop: Workshop) -> QuerySet[Card]:
        return rows.kept_cards_beside(workshop, self.setting(workshop, "columns"))


FORMAT = Crossing()

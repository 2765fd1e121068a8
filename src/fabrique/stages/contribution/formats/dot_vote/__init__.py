"""A few dots each, placed on the cards one puts first: a quick choice, and how far it holds."""

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
    InvalidAnswer,
    Mark,
    NotePart,
    Phase,
    Refused,
    Sheet,
)
from fabrique.stages.contribution.formats.dot_vote.analysis import budget_of, count_workshop
from fabrique.stages.contribution.formats.dot_vote.answer import (
    DOTS,
    BallotForm,
    dots_words,
    placed_by,
    read_ballot,
)
from fabrique.stages.contribution.formats.dot_vote.note import chart, left_out_words, note_parts
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.formats.rating import judged_in, rating_context
from fabrique.stages.contribution.models import Card, Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 10

PROPOSE = Phase(
    key="collect",
    label=_("Proposer"),
    instruction=_("Chacun peut proposer une carte à mettre au vote."),
)
VOTE = Phase(
    key="vote",
    label=_("Voter"),
    instruction=_("Chacun répartit ses pastilles, seul, sur les cartes qu'il place en premier."),
    accepts=frozenset({"rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les résultats"),
    instruction=_("Ce que le groupe place en premier."),
    accepts=frozenset(),
    shows_results=True,
)


class DotVoting(Format):
    key = "dot_vote"
    title = _("Vote par pastilles")
    explanation = _(
        "Chacun reçoit le même nombre de pastilles et les répartit comme il veut entre les "
        "cartes. Le classement n'est montré qu'à partir de cinq votants, avec sa robustesse."
    )
    letter = "P"
    phases = (PROPOSE, VOTE, RESULTS)
    takes_over = (
        "expectations",
        "vulnerabilities",
        "past_actions",
        "swot",
        "actor_map",
        "consolidated_map",
        "inspiration",
        "workbench",
        "national_levers",
        "roadmap",
    )
    #: ``of``: the format of the same seminar whose cards are put to the vote; else one's own.
    default_settings = {"budget": 5, "top": 3, "of": "", "minimum_voters": 5}

    def criteria_of(self, workshop: Workshop) -> Sequence[Criterion]:
        scale = {dots: dots_words(dots) for dots in range(budget_of(workshop) + 1)}
        return [
            Criterion(
                key=DOTS,
                label=_("Pastilles"),
                question=_("Combien de pastilles sur cette carte ?"),
                scale=scale,
            )
        ]

    def cards_to_rate(self, workshop: Workshop) -> QuerySet[Card]:
        of = self.setting(workshop, "of")
        return rows.kept_cards_beside(workshop, of) if of else rows.kept_cards(workshop)

    def read_answer(self, workshop: Workshop, data: Mapping[str, Any]) -> Answer:
        offered = list(self.cards_to_rate(workshop).values_list("pk", flat=True))
        return read_ballot(data, offered, budget_of(workshop))

    def check_mark(self, workshop: Workshop, mark: Mark) -> None:
        """One card at a time, nobody could hold a ballot to its budget."""
        raise InvalidAnswer(
            {"": [_("Envoyez toutes vos pastilles ensemble, en un seul bulletin.")]}
        )

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
            return self._ballot(workshop, viewer, refused)
        context = rating_context(self, workshop, viewer, screen)
        if screen == "console" or self.shows_results(workshop, context["raters"]):
            context["results"] = results = count_workshop(workshop, context["judged"])
            first = results.cards[:MOST_ON_WALL] if screen == "wall" else results.cards
            context["chart"] = drawn([chart(workshop, results, first)]) if results.is_shown else ""
            context["rest"] = len(results.cards) - len(first)
            context["too_few"] = too_few(results.voters, results.vote.minimum_voters)
            context["left_out"] = left_out_words() if results.has_ballots_left_out else ""
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, count_workshop(workshop, judged_in(self, workshop)))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            cards=0,
        )

    def _ballot(
        self, workshop: Workshop, viewer: Viewer, refused: Refused | None
    ) -> dict[str, Any]:
        cards, budget = list(self.cards_to_rate(workshop)), budget_of(workshop)
        placed = placed_by(viewer, cards)
        return {
            "ballot": BallotForm(cards, budget=budget, placed=placed, refused=refused),
            "has_voted": bool(placed),
            "budget": budget,
            "spent": sum(placed.values()),
        }


FORMAT = DotVoting()

"""How far to go on each action: judged alone, looked at together, judged once more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.ambition.analysis import (
    AmbitionResults,
    weigh_workshop,
)
from fabrique.stages.contribution.formats.ambition.contribution import AmbitionCardForm
from fabrique.stages.contribution.formats.ambition.note import chart, note_parts, table_note
from fabrique.stages.contribution.formats.ambition.scales import ROUNDS, criteria_of_round
from fabrique.stages.contribution.formats.ambition.wording import line_of
from fabrique.stages.contribution.formats.contract import (
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
from fabrique.stages.contribution.formats.rating import Judged, rating_context
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.models import Card, Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 8

FIRST = Phase(
    key="round_1",
    label=_("Premier tour"),
    instruction=_("Pour chaque action, dites seul jusqu'où il faut aller, et si c'est possible."),
    accepts=frozenset({"rating"}),
)
COMPARE = Phase(
    key="compare",
    label=_("Comparer"),
    instruction=_("Regardez le mur : parlez d'abord de ce qui vous divise."),
    accepts=frozenset(),
    shows_results=True,
)
SECOND = Phase(
    key="round_2",
    label=_("Second tour"),
    instruction=_("Après en avoir parlé, jugez chaque action une seconde fois."),
    accepts=frozenset({"rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les résultats"),
    instruction=_("Le juste niveau d'ambition, action par action."),
    accepts=frozenset(),
    shows_results=True,
)
ROUND_OF = {FIRST.key: (1,), COMPARE.key: (1,), SECOND.key: (2,)}


class Ambition(Format):
    key = "ambition"
    title = _("Juste niveau d'ambition")
    explanation = _(
        "Chacun dit seul, de 1 à 5, jusqu'où aller sur chaque action et si le territoire en est "
        "capable ; on en parle, puis chacun juge une seconde fois. Le juste niveau est le plus "
        "élevé que la majorité soutient, quand quelqu'un pilote l'action."
    )
    letter = "J"
    phases = (FIRST, COMPARE, SECOND, RESULTS)
    criteria = tuple(one for number in ROUNDS for one in criteria_of_round(number, {}))
    shows_contributions = False
    takes_over = ("roadmap", "workbench", "national_levers")
    default_settings = {"of": "roadmap", "scales": {}, "minimum_voters": 5, "top": 3}

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> AmbitionCardForm:
        return AmbitionCardForm(data, workshop=workshop, **kwargs)

    def taken_over(self, card: Reachable) -> Sequence[Mapping[str, Any]]:
        """An action keeps who leads it; a lever, who holds it."""
        lead = card.payload.get("lead") or card.payload.get("holder") or ""
        return [{"title": card.title, "text": card.text, "lead": lead}]

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        lead = payload.get("lead")
        return [(_("Pilote"), str(lead))] if lead else []

    def criteria_of(self, workshop: Workshop) -> Sequence[Criterion]:
        """Those of the round being held; both once all is over."""
        scales = self.setting(workshop, "scales")
        rounds = ROUND_OF.get(self.phase(workshop.phase).key, ROUNDS)
        return [one for number in rounds for one in criteria_of_round(number, scales)]

    def cards_to_rate(self, workshop: Workshop) -> QuerySet[Card]:
        return rows.kept_cards_beside_or_own(workshop, self.setting(workshop, "of"))

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
            return context | {"before": self._before(workshop, viewer, context["ballot"].card)}
        if screen == "console" or self.shows_results(workshop, context["raters"]):
            results = self._results(workshop, context["judged"])
            context |= self._shown(workshop, results, screen)
        return context

    def _shown(self, workshop: Workshop, results: AmbitionResults, screen: str) -> dict[str, Any]:
        """What divides the room comes first while it compares; then the highest level."""
        comparing = self.phase(workshop.phase).key == COMPARE.key
        shown = results.most_divided if comparing else results.shown
        first = shown[:MOST_ON_WALL] if screen == "wall" else shown
        able = [one for one in first if one.capacity]
        with_level = screen == "wall" and not comparing
        blocks = []
        if first:
            blocks.append(chart(workshop, results, first, scale="ambition", with_level=with_level))
        if able and screen != "wall":
            blocks.append(chart(workshop, results, able, scale="capacity"))
        return {
            "results": results,
            "chart": drawn(blocks) if blocks else "",
            "lines": [line_of(one) for one in first],
            "headings": [label for label, _value in line_of(first[0]).figures] if first else [],
            "table_note": table_note(results) if first else "",
            "rest": len(shown) - len(first),
            "too_few": too_few(results.voters, results.vote.minimum_voters),
            "is_comparing": comparing,
        }

    def _results(self, workshop: Workshop, judged: Judged) -> AmbitionResults:
        """From the marks read for the screen: both rounds' are, but while the second is held."""
        phase = self.phase(workshop.phase).key
        return weigh_workshop(
            workshop,
            judged.cards,
            deciding_round=1 if phase in (FIRST.key, COMPARE.key) else None,
            marks=None if phase == SECOND.key else judged.marks,
        )

    def _before(self, workshop: Workshop, viewer: Viewer, card: Card | None) -> list[str]:
        """What this person answered in the first round, on the card in hand of the second."""
        is_second = self.phase(workshop.phase).key == SECOND.key
        if card is None or viewer.participant_id is None or not is_second:
            return []
        asked = criteria_of_round(1, self.setting(workshop, "scales"))
        given = {
            mark.criterion: mark.value
            for mark in rows.judgements_of([card], [one.key for one in asked], by=viewer)
        }
        return [str(one.scale[given[one.key]]) for one in asked if one.key in given]

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        cards = list(self.cards_to_rate(workshop))
        return note_parts(workshop, weigh_workshop(workshop, cards))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            cards=0,
        )


FORMAT = Ambition()

"""The actors of all territories on one map: matched by hand, compared, and whom to meet voted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from fabrique.document.tree import NetworkMap
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.actor_map import ActorMap
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults
from fabrique.stages.contribution.formats.actor_map.contribution import LISTED
from fabrique.stages.contribution.formats.actor_map.drawing import (
    SHEET,
    WALL,
    Size,
    network_map,
    poster_size,
)
from fabrique.stages.contribution.formats.actor_map.explorer import explorer_data
from fabrique.stages.contribution.formats.actor_map.panel import actor_lines, proposals
from fabrique.stages.contribution.formats.actor_map.tying import RoomTieForm
from fabrique.stages.contribution.formats.blocks import left_behind
from fabrique.stages.contribution.formats.consolidated_map.consolidation import (
    ConsolidatedResults,
    consolidate,
)
from fabrique.stages.contribution.formats.consolidated_map.note import (
    map_parts,
    too_few_words,
    vote_parts,
)
from fabrique.stages.contribution.formats.consolidated_map.vote import MEET, count_vote
from fabrique.stages.contribution.formats.consolidated_map.words import sentences, vote_chart
from fabrique.stages.contribution.formats.contract import (
    Answer,
    NotePart,
    Phase,
    PrintedMap,
    Refused,
)
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.rating import judged_in, rating_context, read_marks
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.models import Card, Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 8

MATCH = Phase(
    key="match",
    label=_("Rapprocher"),
    instruction=_("La carte de tous les territoires : qui revient, qui n'est cité qu'ici ?"),
    accepts=frozenset(),
    shows_results=True,
)
COMPLETE = Phase(
    key="complete",
    label=_("Compléter"),
    instruction=_("Quels acteurs nationaux manquent ? Un acteur à la fois."),
)
LINK = Phase(
    key="link",
    label=_("Relier"),
    instruction=_("Chacun relie les acteurs dont il connaît les liens."),
    accepts=frozenset({"link"}),
)
VOTE = Phase(
    key="vote",
    label=_("Voter"),
    instruction=_("Chacun dit, seul, quels acteurs nationaux rencontrer."),
    accepts=frozenset({"rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer le vote"),
    instruction=_("Les acteurs nationaux que nous voulons rencontrer."),
    accepts=frozenset(),
    shows_results=True,
)


class ConsolidatedMap(ActorMap):
    key = "consolidated_map"
    title = _("Carte consolidée des acteurs")
    explanation = _(
        "Les acteurs versés par chaque territoire se retrouvent sur une seule carte, en "
        "couleurs. On y voit qui revient partout, puis chacun dit quels acteurs nationaux "
        "rencontrer."
    )
    letter = "N"
    phases = (MATCH, COMPLETE, LINK, VOTE, RESULTS)
    criteria = (MEET,)
    names_authors = False
    takes_over = ("actor_map",)
    #: ``beside``: vote on the map that the same seminar drew in an earlier sequence.
    default_settings = {**ActorMap.default_settings, "top": 3, "beside": False}

    def taken_over(self, card: Reachable) -> Sequence[Mapping[str, Any]]:
        said = {name: card.payload.get(name, "") for name in (*LISTED, "means")}
        return [{"title": card.title, "text": card.text, **said}]

    def cards_to_rate(self, workshop: Workshop) -> QuerySet[Card]:
        return rows.kept_cards(self.map_of(workshop)).filter(payload__national=True)

    def map_of(self, workshop: Workshop) -> Workshop:
        """The workshop that holds the map: itself, or the earlier one it votes on."""
        if not self.setting(workshop, "beside"):
            return workshop
        others = rows.workshops_beside(workshop, self.key).exclude(pk=workshop.pk)
        return others.order_by("position", "pk").select_related("meeting").first() or workshop

    def read_answer(self, workshop: Workshop, data: Mapping[str, Any]) -> Answer:
        if data.get("relation") is not None or data.get("untie"):
            return super().read_answer(workshop, data)
        return read_marks(self, workshop, data)

    def consolidated(self, workshop: Workshop) -> ConsolidatedResults:
        source = self.map_of(workshop)
        return consolidate(source, self.lists(source))

    def results(self, workshop: Workshop) -> ActorMapResults:
        return self.consolidated(workshop).map

    def drawing(self, workshop: Workshop, results: ActorMapResults, size: Size) -> NetworkMap:
        return self._drawing(workshop, self.consolidated(workshop), size)

    def context(
        self,
        workshop: Workshop,
        viewer: Viewer,
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        phase = self.phase(workshop.phase)
        if screen == "phone":
            if "rating" not in phase.accepts:
                return super().context(workshop, viewer, screen, step=step, refused=refused)
            return rating_context(self, workshop, viewer, screen, step=step, refused=refused)
        context = rating_context(self, workshop, viewer, screen)
        consolidated = self.consolidated(workshop)
        results = consolidated.map
        context |= {"linkers": results.linkers, "results": None, "vote": None}
        context["to_link"] = [one.card for one in results.actors]
        raters = max(context["raters"], results.linkers)
        if screen == "wall" and not self.shows_results(workshop, raters):
            return context
        context |= self._map_context(workshop, consolidated, screen)
        if screen == "console" or phase in (VOTE, RESULTS):
            context |= self._vote_context(workshop, context, screen)
        if screen == "console":
            cards = [one.card for one in results.actors]
            context["proposals"] = proposals(cards, consolidated.cited_in)
            context["room_tie"] = RoomTieForm(cards, self.kinds(workshop))
            context["confirmed"] = [tie for tie in results.ties if tie.is_confirmed]
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        votes = count_vote(workshop, judged_in(self, workshop))
        if self.map_of(workshop) != workshop:
            return vote_parts(workshop, votes)
        results = self.consolidated(workshop)
        if not results.map.actors:
            return list(left_behind(workshop))
        told = [] if self._is_voted_elsewhere(workshop) else vote_parts(workshop, votes)
        drawing = self._drawing(workshop, results, SHEET)
        return [*map_parts(workshop, results, drawing), *told, *left_behind(workshop)]

    def _is_voted_elsewhere(self, workshop: Workshop) -> bool:
        """Whether another sequence of the seminar puts this map to the vote, and tells it."""
        others = rows.workshops_beside(workshop, self.key).exclude(pk=workshop.pk)
        return any(one.settings.get("beside") for one in others)

    def printed_map(self, workshop: Workshop) -> PrintedMap:
        results = self.consolidated(workshop)
        size = poster_size(len(results.map.actors))
        return PrintedMap(
            map=self._drawing(workshop, results, size),
            sentences=[one.words for one in sentences(results)],
        )

    def _map_context(
        self, workshop: Workshop, consolidated: ConsolidatedResults, screen: str
    ) -> dict[str, Any]:
        results = consolidated.map
        block = self._drawing(workshop, consolidated, WALL if screen == "wall" else SHEET)
        return {
            "results": results,
            "consolidated": consolidated,
            "sentences": sentences(consolidated),
            "drawing": drawn([block]) if results.actors else "",
            "lines": [
                (line, ", ".join(consolidated.territories_of(line.actor)))
                for line in actor_lines(results)
            ],
            "explorer": explorer_data(block, results) if screen == "page" else None,
        }

    def _vote_context(
        self, workshop: Workshop, context: Mapping[str, Any], screen: str
    ) -> dict[str, Any]:
        votes = count_vote(workshop, context["judged"])
        first = votes.shown[:MOST_ON_WALL] if screen == "wall" else votes.shown
        return {
            "vote": votes,
            "chart": drawn([vote_chart(workshop, votes, first)]) if first else "",
            "too_few": too_few_words(votes),
        }

    def _drawing(
        self, workshop: Workshop, consolidated: ConsolidatedResults, size: Size
    ) -> NetworkMap:
        """Coloured by territory; what several cite has a sign of its own, the first one."""
        groups = [say("Plusieurs territoires"), *consolidated.territories, say("Ajouté ici")]
        group_of = {}
        for one in consolidated.map.actors:
            places = consolidated.territories_of(one)
            one_of = groups.index(places[0], 1) if len(places) == 1 else 0
            group_of[one.place.actor] = one_of if places else len(groups) - 1
        return network_map(
            workshop,
            consolidated.map,
            size=size,
            groups=groups,
            group_of=group_of,
            mutual=self.mutual(workshop),
        )


FORMAT = ConsolidatedMap()

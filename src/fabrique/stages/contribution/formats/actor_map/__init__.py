"""The map of actors: who acts here, with whom, who funds, who depends on whom, who blocks."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from fabrique.document.tree import NetworkMap
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.actor_map import kumu
from fabrique.stages.contribution.formats.actor_map.analysis import (
    ActorMapResults,
    Lists,
    map_workshop,
)
from fabrique.stages.contribution.formats.actor_map.contribution import (
    LABELS,
    ActorCardForm,
    ActorForm,
    most_said,
)
from fabrique.stages.contribution.formats.actor_map.drawing import (
    SHEET,
    WALL,
    Size,
    by_type,
    network_map,
    poster_size,
)
from fabrique.stages.contribution.formats.actor_map.explorer import explorer_data
from fabrique.stages.contribution.formats.actor_map.note import note_parts, provenance_words
from fabrique.stages.contribution.formats.actor_map.panel import actor_lines, proposals
from fabrique.stages.contribution.formats.actor_map.sentences import sentences
from fabrique.stages.contribution.formats.actor_map.tying import (
    Kinds,
    RoomTieForm,
    TieForm,
    check_tie,
    own_ties,
    read_tie,
)
from fabrique.stages.contribution.formats.card_files import CardFile, ReadCards
from fabrique.stages.contribution.formats.contract import (
    Answer,
    Format,
    NotePart,
    Phase,
    PrintedMap,
    Refused,
    Sheet,
    Text,
    Tie,
)
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.models import Contribution, Workshop

COLLECT = Phase(
    key="collect",
    label=_("Citer les acteurs"),
    instruction=_("Chacun cite ceux qui agissent, un acteur à la fois."),
)
LINK = Phase(
    key="link",
    label=_("Relier"),
    instruction=_("Chacun relie les acteurs dont il connaît les liens."),
    accepts=frozenset({"link"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer la carte"),
    instruction=_("Qui agit avec qui, et ce qu'il reste à vérifier."),
    accepts=frozenset(),
    shows_results=True,
)
TIES: Kinds = {
    "works_with": _("travaille avec"),
    "funds": _("finance"),
    "depends_on": _("dépend de"),
    "blocks": _("bloque"),
}


class ActorMap(Format):
    key = "actor_map"
    title = _("Carte des acteurs")
    explanation = _(
        "Chacun cite ceux qui agissent sur le territoire, puis relie ceux dont il connaît les "
        "liens. La carte montre qui tient l'ensemble, qui est seul, et quelles familles manquent."
    )
    letter = "F"
    phases: ClassVar[Sequence[Phase]] = (COLLECT, LINK, RESULTS)
    link_kinds = frozenset(TIES)
    has_page = True
    prints_map = True
    brought_files = kumu.BROUGHT
    list_labels = {
        "types": _("Types d'acteurs"),
        "scales": _("Échelles"),
        "national_scales": _("Échelles qui comptent comme nationales"),
        "profiles": _("Profils"),
    }
    default_settings: ClassVar[Mapping[str, Any]] = {
        "types": (
            _("Association"),
            _("Entreprise"),
            _("Collectivité"),
            _("Service de l'État"),
            _("Établissement public"),
            _("Enseignement et recherche"),
            _("Chambre ou syndicat professionnel"),
            _("Collectif d'habitants"),
        ),
        "scales": (_("Local"), _("Départemental"), _("Régional"), _("National")),
        "national_scales": (_("National"),),
        "profiles": (_("Pionnier"), _("Attentiste"), _("Insaisissable")),
        "pioneer": _("Pionnier"),
        "links": TIES,
        "mutual_links": "works_with",
    }

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ActorForm:
        return ActorForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ActorCardForm:
        national = self.setting(workshop, "national_scales")
        lists = self._lists(workshop)
        return ActorCardForm(data, workshop=workshop, lists=lists, national=national, **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        return [(label, payload[name]) for name, label in LABELS.items() if payload.get(name)]

    def kinds(self, workshop: Workshop) -> Kinds:
        """Kinds of ties and their words, in the order they are offered."""
        links: Kinds = self.setting(workshop, "links")
        return links

    def mutual(self, workshop: Workshop) -> Sequence[str]:
        """Kinds of ties that hold both ways, by their keys."""
        keys = self.setting(workshop, "mutual_links")
        return keys.split() if isinstance(keys, str) else list(keys)

    def link_kinds_of(self, workshop: Workshop) -> Collection[str]:
        return self.kinds(workshop).keys()

    def read_answer(self, workshop: Workshop, data: Mapping[str, Any]) -> Answer:
        return read_tie(workshop, data, self.kinds(workshop), self.mutual(workshop))

    def check_tie(self, workshop: Workshop, tie: Tie) -> None:
        check_tie(workshop, tie, self.kinds(workshop))

    def results(self, workshop: Workshop) -> ActorMapResults:
        return map_workshop(workshop, self.lists(workshop))

    def lists(self, workshop: Workshop) -> Lists:
        return Lists(
            types=[str(word) for word in self.setting(workshop, "types")],
            kinds=self.kinds(workshop),
            mutual=self.mutual(workshop),
            pioneer=str(self.setting(workshop, "pioneer")),
        )

    def drawing(self, workshop: Workshop, results: ActorMapResults, size: Size) -> NetworkMap:
        types = [str(word) for word in self.setting(workshop, "types")]
        groups, group_of = by_type(results, types)
        return network_map(
            workshop,
            results,
            size=size,
            groups=groups,
            group_of=group_of,
            mutual=self.mutual(workshop),
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
            return self._phone(workshop, viewer, refused)
        results = self.results(workshop)
        context: dict[str, Any] = {"linkers": results.linkers, "results": None}
        if screen == "wall" and not self.shows_results(workshop, results.linkers):
            return context | {"to_link": [one.card for one in results.actors]}
        size = WALL if screen == "wall" else SHEET
        context |= {
            "results": results,
            "sentences": sentences(results),
            "drawing": drawn([self.drawing(workshop, results, size)]) if results.actors else "",
        }
        if screen == "console":
            cards = [one.card for one in results.actors]
            context["proposals"] = proposals(cards)
            context["room_tie"] = RoomTieForm(cards, self.kinds(workshop))
        if screen in ("console", "page"):
            context["lines"] = actor_lines(results)
            context["provenance"] = provenance_words(results)
            context["confirmed"] = [tie for tie in results.ties if tie.is_confirmed]
        if screen == "page":
            context["explorer"] = explorer_data(self.drawing(workshop, results, SHEET), results)
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        results = self.results(workshop)
        drawing = self.drawing(workshop, results, SHEET) if results.actors else None
        return note_parts(workshop, results, drawing)

    def files(self, workshop: Workshop) -> Sequence[CardFile]:
        return kumu.files(partial(self.results, workshop), self.mutual(workshop))

    def read_files(self, workshop: Workshop, files: Mapping[str, bytes]) -> ReadCards:
        lists = {
            "type": self.setting(workshop, "types"),
            "scale": self.setting(workshop, "scales"),
            "profile": self.setting(workshop, "profiles"),
        }
        there = [card.title for card in rows.kept_cards(workshop)]
        return kumu.read(files, lists=lists, kinds=self.kinds(workshop), there=there)

    def printed_map(self, workshop: Workshop) -> PrintedMap:
        results = self.results(workshop)
        return PrintedMap(
            map=self.drawing(workshop, results, poster_size(len(results.actors))),
            sentences=[one.words for one in sentences(results)],
        )

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Nom de l'acteur"), _("Type"), _("Échelle"), _("Moyens"), _("Profil")),
        )

    def _lists(self, workshop: Workshop) -> dict[str, Sequence[Text]]:
        return {name: self.setting(workshop, name) for name in ("types", "scales", "profiles")}

    def _phone(self, workshop: Workshop, viewer: Viewer, refused: Refused | None) -> dict[str, Any]:
        if "link" not in self.phase(workshop.phase).accepts:
            return {}
        actors, kinds = list(rows.kept_cards(workshop)), self.kinds(workshop)
        return {
            "actors": actors,
            "tie_form": TieForm(actors, kinds, refused=refused),
            "own_ties": own_ties(workshop, viewer, actors, kinds),
        }


FORMAT = ActorMap()

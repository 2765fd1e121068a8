"""What role the authority plays on each stake, and what role people wish it played."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats.contract import (
    ContributionForm,
    Criterion,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.positioning.analysis import (
    PositioningResults,
    position_workshop,
)
from fabrique.stages.contribution.formats.positioning.note import chart, note_parts, table
from fabrique.stages.contribution.formats.positioning.roles import ROLES, criteria
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.formats.rating import Judged, judged_in, rating_context
from fabrique.stages.contribution.models import Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 4
FEWEST_ROLES = 2

COLLECT = Phase(
    key="collect",
    label=_("Recueillir les enjeux"),
    instruction=_("Sur quoi faut-il dire quel rôle joue la collectivité ?"),
)
POSITION = Phase(
    key="position",
    label=_("Se positionner"),
    instruction=_("Chacun choisit seul, enjeu par enjeu : un rôle aujourd'hui, un rôle souhaité."),
    accepts=frozenset({"rating"}),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les résultats"),
    instruction=_("Ce qui devrait changer dans le rôle de la collectivité."),
    accepts=frozenset(),
    shows_results=True,
)


class RolesOfTheAuthority(Format):
    key = "positioning"
    title = _("Positionnement de la collectivité")
    explanation = _(
        "Pour chaque enjeu ou levier, chacun choisit le rôle que la collectivité joue surtout "
        "aujourd'hui, puis celui qu'elle devrait jouer. On lit d'un coup d'œil ce qui devrait "
        "changer, et si le groupe est d'accord."
    )
    letter = "R"
    phases = (COLLECT, POSITION, RESULTS)
    takes_over = (
        "swot",
        "consolidated_map",
        "national_levers",
        "workbench",
        "vulnerabilities",
        "inspiration",
    )
    default_settings = {"roles": ROLES, "minimum_voters": 5}
    list_labels = {"roles": _("Rôles de la collectivité")}

    def roles(self, workshop: Workshop) -> Sequence[Text]:
        found: Sequence[Text] = self.setting(workshop, "roles")
        return found if len({str(role) for role in found}) >= FEWEST_ROLES else ROLES

    def criteria_of(self, workshop: Workshop) -> Sequence[Criterion]:
        return criteria(self.roles(workshop))

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ContributionForm:
        form = ContributionForm(data, workshop=workshop, **kwargs)
        form.fields["text"].label = _("Un enjeu ou un levier")
        form.fields["text"].widget.attrs["rows"] = 3
        return form

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
            context["results"] = results = self._results(workshop, context["judged"])
            shown = results.shown
            first = shown[:MOST_ON_WALL] if screen == "wall" else shown
            context["chart"] = drawn([chart(workshop, results, first)]) if first else ""
            context["table"] = drawn([table(workshop, results, shown)]) if shown else ""
            context["rest"] = len(shown) - len(first)
            context["too_few"] = too_few(results.voters, results.minimum)
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, self._results(workshop, judged_in(self, workshop)))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(
                _("Un enjeu ou un levier"),
                _("Rôle aujourd'hui"),
                _("Rôle souhaité"),
                " · ".join(map(str, self.roles(workshop))),
            ),
        )

    def _results(self, workshop: Workshop, judged: Judged) -> PositioningResults:
        return position_workshop(workshop, judged, self.roles(workshop))


FORMAT = RolesOfTheAuthority()

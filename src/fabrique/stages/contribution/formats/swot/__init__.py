"""Strengths, weaknesses, opportunities and threats: what territories share, and what is theirs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import (
    CardForm,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.reach import ReferenceField
from fabrique.stages.contribution.formats.swot.analysis import compare_workshop
from fabrique.stages.contribution.formats.swot.contribution import (
    NATIONAL,
    StatementCardForm,
    StatementForm,
    most_said,
    speaks_for_several,
)
from fabrique.stages.contribution.formats.swot.note import (
    contested_words,
    note_parts,
)
from fabrique.stages.contribution.formats.swot.quadrants import QUADRANTS, quadrant_words
from fabrique.stages.contribution.formats.swot.wording import (
    shown_crosses,
    shown_quadrants,
    silence_words,
)
from fabrique.stages.contribution.models import Contribution, Workshop

COLLECT = Phase(
    key="collect",
    label=_("Recueillir"),
    instruction=_("Une phrase à la fois : force, faiblesse, opportunité ou menace ?"),
)
SHARE = Phase(
    key="share",
    label=_("Comparer les territoires"),
    instruction=_("Ce qui est commun à tous, ce qui est partagé, ce qui est propre à un seul."),
    accepts=frozenset(),
    shows_results=True,
)
CROSS = Phase(
    key="cross",
    label=_("Croiser"),
    instruction=_("Ce que nos forces et nos faiblesses peuvent faire de ce qui vient d'ailleurs."),
    accepts=frozenset(),
    shows_results=True,
)


class SwotOfTerritories(Format):
    key = "swot"
    title = _("Forces, faiblesses, opportunités, menaces")
    explanation = _(
        "Chacun écrit une phrase et dit si c'est une force, une faiblesse, une opportunité ou une "
        "menace pour son territoire. Ce qui compte est le nombre de territoires qui le disent, "
        "pas le nombre de phrases."
    )
    letter = "S"
    phases = (COLLECT, SHARE, CROSS)
    references = {
        "evidence": ReferenceField(
            label=_("Sur quoi cela s'appuie"),
            formats=("vulnerabilities", "past_actions", "crossing"),
            asked_of=frozenset({"card", "contribution"}),
        )
    }

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> StatementForm:
        return StatementForm(data, workshop=workshop, **kwargs)

    def begins_with(self, workshop: Workshop, viewer: Viewer) -> dict[str, Any]:
        if not speaks_for_several(workshop):
            return {}
        return {"territory": rows.territory_of(viewer.participant_id)}

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> CardForm:
        return StatementCardForm(data, workshop=workshop, **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        territory = payload.get("territory", "")
        named = _("Regard national") if territory == NATIONAL else territory
        pairs = (
            (_("Case"), quadrant_words(payload.get("quadrant"))),
            (_("Territoire"), named or ", ".join(payload.get("territories", []))),
        )
        return [(label, str(value)) for label, value in pairs if value]

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
        results = compare_workshop(workshop)
        is_crossing = screen == "console" or workshop.phase == CROSS.key
        waiting = list(rows.contributions_waiting(workshop)) if screen == "wall" else []
        return {
            "results": results,
            "quadrants": shown_quadrants(results, waiting),
            "crosses": shown_crosses(results) if is_crossing else [],
            "contested": [contested_words(one) for one in results.contested],
            "silences": [
                silence_words(*one) for one in (results.silences if results.compares else ())
            ],
        }

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        quadrants = " · ".join(str(words.one) for words in QUADRANTS.values())
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(quadrants, _("En une phrase"), _("Territoire"), _("Sur quoi cela s'appuie")),
        )


FORMAT = SwotOfTerritories()

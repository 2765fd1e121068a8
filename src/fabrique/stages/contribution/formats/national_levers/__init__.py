"""What the national scale would have to change, who holds it, and which schemes ask for it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
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
from fabrique.stages.contribution.formats.national_levers.analysis import (
    by_holder,
    levers_of,
    schemes_behind,
)
from fabrique.stages.contribution.formats.national_levers.contribution import (
    LeverForm,
    Lists,
    ReactionForm,
)
from fabrique.stages.contribution.formats.national_levers.lists import HOLDERS, KINDS, REACTIONS
from fabrique.stages.contribution.formats.national_levers.note import (
    alike_words,
    behind_words,
    common_words,
    note_parts,
)
from fabrique.stages.contribution.formats.reach import Reachable, ReferenceField
from fabrique.stages.contribution.formats.workbench.lists import lines_of
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, Workshop

#: What can be read at ten metres; the rest is on the console and in the note.
MOST_ON_WALL = 8

COLLECT = Phase(
    key="collect",
    label=_("Réagir"),
    instruction=_("Choisissez un levier et dites ce que vous en pensez, ou proposez-en un autre."),
)


class NationalLevers(Format):
    key = "national_levers"
    title = _("Leviers nationaux")
    explanation = _(
        "Ce que seul l'État peut lever, dans les dispositifs de chaque territoire, devient un "
        "levier : son type, ce qu'il débloque, qui le détient. Les organismes concernés disent "
        "ce qui est possible, et à quelles conditions."
    )
    letter = "L"
    phases = (COLLECT,)
    takes_over = ("workbench",)
    references = {
        "schemes": ReferenceField(label=_("Dispositifs qui le demandent"), formats=("workbench",))
    }
    default_settings = {"kinds": KINDS, "holders": HOLDERS, "reactions": REACTIONS}
    list_labels = {
        "kinds": _("Types de levier"),
        "holders": _("Organismes"),
        "reactions": _("Réactions possibles"),
    }

    def _lists(self, workshop: Workshop) -> Lists:
        names = ("kinds", "holders", "reactions")
        return {name: self.setting(workshop, name) for name in names}

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ReactionForm:
        return ReactionForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> LeverForm:
        return LeverForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def subject_of(self, workshop: Workshop, payload: Mapping[str, Any]) -> UUID | None:
        lever = payload.get("lever")
        return UUID(lever) if lever else None

    def taken_over(self, card: Reachable) -> Sequence[Mapping[str, Any]]:
        """One lever a line of what only the State can lift, each knowing its scheme."""
        return [
            {
                "title": Truncator(line).chars(CARD_TITLE_LIMIT),
                "text": line if len(line) > CARD_TITLE_LIMIT else "",
                "schemes": [str(card.card_id)],
            }
            for line in lines_of(card.payload.get("state_blocks"))
        ]

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        pairs: Sequence[tuple[Text, Any]] = (
            (_("Type"), payload.get("kind", "")),
            (_("Qui le détient"), payload.get("holder", "")),
            (_("Ce qu'il débloque"), payload.get("unlocks", "")),
            (_("Réaction"), payload.get("reaction", "")),
            (_("Au nom de"), payload.get("operator", "")),
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
        levers = levers_of(workshop)
        if screen == "wall":
            shown = levers[:MOST_ON_WALL]
            return {"levers": shown, "rest": len(levers) - len(shown)}
        schemes = schemes_behind(workshop)
        return {
            "held": [
                (held.holder, [(one, behind_words(one)) for one in held.levers])
                for held in by_holder(levers)
            ],
            "schemes": schemes,
            "alike": [
                (alike_words(pair), common_words(pair), pair.likeness.percent)
                for pair in schemes.alike
            ],
        }

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Levier"), _("Réaction"), _("À quelles conditions"), _("Organisme")),
        )


FORMAT = NationalLevers()

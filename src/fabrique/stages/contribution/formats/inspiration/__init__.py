"""Public initiatives from elsewhere: adopt, adapt or drop, and what the group keeps of each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats.contract import (
    CardForm,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.drawing import drawn
from fabrique.stages.contribution.formats.inspiration.analysis import (
    gallery_of,
    not_reacted_to,
    people_in,
)
from fabrique.stages.contribution.formats.inspiration.contribution import (
    InitiativeForm,
    ReactionForm,
)
from fabrique.stages.contribution.formats.inspiration.note import chart, note_parts
from fabrique.stages.contribution.formats.inspiration.reactions import REACTION_ALONE, REACTIONS
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.models import Contribution, Workshop

REACT = Phase(
    key="collect",
    label=_("Réagir"),
    instruction=_("Pour chaque initiative : à reprendre, à adapter ou à laisser, et pourquoi."),
)
RESULTS = Phase(
    key="results",
    label=_("Montrer les réactions"),
    instruction=_("Ce que le groupe en pense, avant de dire ce qu'il en garde."),
    accepts=frozenset(),
    shows_results=True,
)


class Inspiration(Format):
    key = "inspiration"
    title = _("Initiatives venues d'ailleurs")
    explanation = _(
        "Des initiatives d'autres territoires sont présentées : où, quoi, à quel coût, avec quel "
        "résultat. Chacun dit ce qu'il en ferait ici et pourquoi ; le groupe écrit ce qu'il en "
        "garde."
    )
    letter = "I"
    phases = (REACT, RESULTS)

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ReactionForm:
        return ReactionForm(data, workshop=workshop, **kwargs)

    def begins_with(self, workshop: Workshop, viewer: Viewer) -> dict[str, Any]:
        following = not_reacted_to(workshop, viewer.participant_id)
        return {"initiative": str(following.pk)} if following else {}

    def subject_of(self, workshop: Workshop, payload: Mapping[str, Any]) -> UUID | None:
        subject = payload.get("initiative")
        return UUID(subject) if subject else None

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> CardForm:
        return InitiativeForm(data, workshop=workshop, **kwargs)

    def shown(self, said: QuerySet[Contribution]) -> QuerySet[Contribution]:
        """Reasons only: reactions are judgements, shown together and from five people on."""
        return said.exclude(payload__has_key=REACTION_ALONE)

    def shows(self, contribution: Contribution) -> bool:
        return REACTION_ALONE not in contribution.payload

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        pairs = (
            (_("Réaction"), REACTIONS.get(payload.get("reaction", ""), "")),
            (_("Où"), payload.get("place", "")),
            (_("Ce qui a été fait"), payload.get("what", "")),
            (_("Coût"), payload.get("cost", "")),
            (_("Résultat"), payload.get("result", "")),
            (_("Source"), payload.get("source", "")),
            (_("Ce que le groupe en garde"), payload.get("kept", "")),
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
        gallery = gallery_of(workshop)
        if screen == "phone":
            reacted = [one.card.pk for one in gallery if viewer.participant_id in one.people]
            return {"gallery": gallery, "reacted": reacted}
        context: dict[str, Any] = {"gallery": gallery}
        people = people_in(gallery)
        if screen == "console" or self.shows_results(workshop, people):
            shown = [one for one in gallery if one.is_shown]
            context["chart"] = drawn([chart(workshop, shown)]) if shown else ""
            context["too_few"] = too_few(people)
        return context

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        reactions = " · ".join(map(str, REACTIONS.values()))
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Initiative"), reactions, _("Pourquoi ?")),
        )


FORMAT = Inspiration()

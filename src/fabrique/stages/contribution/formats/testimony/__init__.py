"""Guests tell « their » transition: what each listener keeps of it, testimony by testimony."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

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
from fabrique.stages.contribution.formats.testimony.analysis import heard_in, spoken_of_last
from fabrique.stages.contribution.formats.testimony.contribution import (
    ListenerForm,
    TestimonyForm,
)
from fabrique.stages.contribution.formats.testimony.kinds import BLOCKS, GUESTS, KINDS
from fabrique.stages.contribution.formats.testimony.note import note_parts
from fabrique.stages.contribution.models import Workshop

LISTEN = Phase(
    key="collect",
    label=_("Écouter"),
    instruction=_("Écoutez, puis dites ce que vous retenez de ce témoignage."),
)


class Testimony(Format):
    key = "testimony"
    title = _("Témoignages")
    explanation = _(
        "Une personne invitée raconte ce que son organisme a changé. Chacun dit ce qu'il en "
        "retient : ce qui a été changé, ce qui a aidé, ce qui a bloqué, ce que cela demande à la "
        "collectivité."
    )
    letter = "T"
    phases = (LISTEN,)
    default_settings = {"blocks": BLOCKS, "guests": GUESTS}
    list_labels = {"blocks": _("Ordres de blocage"), "guests": _("Types d'organismes")}

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ListenerForm:
        blocks = self.setting(workshop, "blocks")
        return ListenerForm(data, workshop=workshop, blocks=blocks, **kwargs)

    def begins_with(self, workshop: Workshop, viewer: Viewer) -> dict[str, Any]:
        last = spoken_of_last(heard_in(workshop))
        return {"testimony": str(last.card.pk)} if last and last.said else {}

    def subject_of(self, workshop: Workshop, payload: Mapping[str, Any]) -> UUID | None:
        subject = payload.get("testimony")
        return UUID(subject) if subject else None

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> CardForm:
        guests = self.setting(workshop, "guests")
        return TestimonyForm(data, workshop=workshop, guests=guests, **kwargs)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        kind = str(payload.get("kind", ""))
        pairs = (
            (_("Qui témoigne"), payload.get("guest", "")),
            (_("Retenu") if kind in KINDS else _("Type d'organisme"), KINDS.get(kind, kind)),
            (_("Ordre du blocage"), payload.get("block", "")),
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
        testimonies = heard_in(workshop)
        now = spoken_of_last(testimonies)
        others = [one for one in testimonies if one is not now]
        return {"testimonies": testimonies, "now_heard": now, "others": others}

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Témoignage"), *KINDS.values()),
        )


FORMAT = Testimony()

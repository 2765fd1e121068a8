"""The review of the last term: what the authority did, with what effect, whom it reached."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.card_files import CardFile, ReadCards
from fabrique.stages.contribution.formats.contract import (
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.past_actions import actions_sheet
from fabrique.stages.contribution.formats.past_actions.analysis import review
from fabrique.stages.contribution.formats.past_actions.contribution import (
    PastActionCardForm,
    PastActionForm,
    most_said,
)
from fabrique.stages.contribution.formats.past_actions.note import note_parts
from fabrique.stages.contribution.models import Contribution, Workshop

COLLECT = Phase(
    key="collect",
    label=_("Recueillir"),
    instruction=_("Chacun rappelle ce que la collectivité a fait, une action à la fois."),
)


class PastActions(Format):
    key = "past_actions"
    title = _("Actions réalisées")
    explanation = _(
        "Chacun rappelle une action de la collectivité pendant le dernier mandat. "
        "Il dit son secteur, l'effet qu'elle a eu et qui elle a touché."
    )
    letter = "A"
    brought_files = actions_sheet.BROUGHT
    phases = (COLLECT,)
    default_settings = {
        "sectors": (
            _("Aménagement et habitat"),
            _("Mobilités"),
            _("Énergie et bâtiments"),
            _("Économie et commerce"),
            _("Alimentation et agriculture"),
            _("Eau, déchets, milieux naturels"),
            _("Éducation, culture, solidarités"),
        ),
        "effects": (
            _("Un effet net"),
            _("Un effet partiel"),
            _("Pas d'effet visible"),
            _("Trop tôt pour le dire"),
        ),
        "publics": (
            _("Les habitants"),
            _("Les ménages modestes"),
            _("Les jeunes"),
            _("Les entreprises"),
            _("Les associations"),
            _("Les agents et les élus"),
        ),
    }

    def _lists(self, workshop: Workshop) -> dict[str, Sequence[Text]]:
        return {name: self.setting(workshop, name) for name in ("sectors", "effects", "publics")}

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> PastActionForm:
        return PastActionForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> PastActionCardForm:
        return PastActionCardForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        pairs = (
            (_("Secteur"), payload.get("sector", "")),
            (_("Effet"), payload.get("effect", "")),
            (_("Publics touchés"), ", ".join(payload.get("reached", []))),
        )
        return [(label, value) for label, value in pairs if value]

    def context(
        self,
        workshop: Workshop,
        viewer: Viewer,
        screen: str,
        *,
        step: str = "",
        refused: Refused | None = None,
    ) -> dict[str, Any]:
        return {} if screen == "phone" else {"results": review(workshop)}

    def files(self, workshop: Workshop) -> Sequence[CardFile]:
        return actions_sheet.files(rows.kept_cards(workshop))

    def read_files(self, workshop: Workshop, files: Mapping[str, bytes]) -> ReadCards:
        return actions_sheet.read(files[actions_sheet.ACTIONS], lists=self._lists(workshop))

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Action réalisée"), _("Secteur"), _("Effet"), _("Publics touchés")),
        )


FORMAT = PastActions()

"""Three schemes of the territory put on the workbench: what blocks them, what to make of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.formats.contract import (
    Box,
    Canvas,
    Format,
    NotePart,
    Phase,
    Refused,
    Sheet,
    Text,
)
from fabrique.stages.contribution.formats.workbench.analysis import OnBench, bench_of
from fabrique.stages.contribution.formats.workbench.contribution import (
    BlockForm,
    Lists,
    SchemeForm,
    most_said,
)
from fabrique.stages.contribution.formats.workbench.lists import DECISIONS, KINDS, lines_of
from fabrique.stages.contribution.formats.workbench.note import note_parts
from fabrique.stages.contribution.models import Contribution, Workshop

COLLECT = Phase(
    key="collect",
    label=_("Mettre sur l'établi"),
    instruction=_("Choisissez un dispositif, puis dites ce qui le bloque, une chose à la fois."),
)


class Workbench(Format):
    key = "workbench"
    title = _("Sur l'établi")
    explanation = _(
        "Trois dispositifs du territoire, en cours ou à l'étude, sont démontés : à quoi ils "
        "servent, qui y gagne, ce qui bloque. Le groupe décide ensuite de garder, d'infléchir, "
        "d'arrêter ou de tester, et dit ce que seul l'État peut lever."
    )
    letter = "E"
    phases = (COLLECT,)
    default_settings = {"kinds": KINDS, "decisions": DECISIONS}
    list_labels = {"kinds": _("Ordres de blocage"), "decisions": _("Décisions possibles")}

    def _lists(self, workshop: Workshop) -> Lists:
        return {name: self.setting(workshop, name) for name in ("kinds", "decisions")}

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> BlockForm:
        return BlockForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> SchemeForm:
        return SchemeForm(data, workshop=workshop, lists=self._lists(workshop), **kwargs)

    def card_payload(self, contributions: Sequence[Contribution]) -> dict[str, Any]:
        return most_said(contributions)

    def subject_of(self, workshop: Workshop, payload: Mapping[str, Any]) -> UUID | None:
        scheme = payload.get("scheme")
        return UUID(scheme) if scheme else None

    def details(self, payload: Mapping[str, Any]) -> Sequence[tuple[Text, str]]:
        pairs: Sequence[tuple[Text, Any]] = (
            (_("Décision"), payload.get("decision", "")),
            (_("Ce qui bloque"), ", ".join(payload.get("blocks", []))),
            (_("Ce que seul l'État peut lever"), " ; ".join(lines_of(payload.get("state_blocks")))),
            (_("À quoi il sert"), payload.get("aim", "")),
            (_("Pour qui"), payload.get("public", "")),
            (_("Moyens"), payload.get("means", "")),
            (_("Qui y gagne"), payload.get("gains", "")),
            (_("Variantes"), " ; ".join(lines_of(payload.get("variants")))),
            (_("Ordre du blocage"), payload.get("kind", "")),
            (_("Qui peut le lever"), _("L'État seul") if payload.get("state_only") else ""),
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
        return {} if screen == "phone" else {"bench": bench_of(workshop, self)}

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop, bench_of(workshop, self))

    def sheet(self, workshop: Workshop) -> Sheet:
        return Sheet(
            letter=self.letter,
            title=workshop.title or self.title,
            instruction=workshop.prompt or self.explanation,
            fields=(_("Dispositif"), _("Ce qui bloque"), _("Ordre"), _("L'État seul ?")),
        )

    def canvases(self, workshop: Workshop) -> Sequence[Canvas]:
        """A sheet a scheme, to be filled in by hand; an empty one while there is no scheme."""
        schemes = bench_of(workshop, self).schemes
        return [self._canvas(workshop, one) for one in schemes] or [self._canvas(workshop, None)]

    def _canvas(self, workshop: Workshop, one: OnBench | None) -> Canvas:
        payload = one.card.payload if one else {}
        kept = {blocked.kind: blocked for blocked in one.blocked} if one else {}
        kinds = [str(kind) for kind in self.setting(workshop, "kinds")]
        decisions = ", ".join(str(word).lower() for word in self.setting(workshop, "decisions"))
        return Canvas(
            title=one.card.title if one else _("Dispositif : …"),
            lead=one.card.text if one else "",
            rows=(
                tuple(
                    Box(title=label, lines=lines_of(payload.get(name)))
                    for name, label in (
                        ("aim", _("À quoi il sert")),
                        ("public", _("Pour qui")),
                        ("means", _("Avec quels moyens")),
                        ("gains", _("Qui y gagne, et quoi")),
                    )
                ),
                tuple(
                    Box(
                        title=_("Ce qui bloque : %(kind)s") % {"kind": kind.lower()},
                        lines=[said.text for said in kept[kind].said] if kind in kept else (),
                    )
                    for kind in kinds
                ),
                (
                    Box(title=_("Variantes à essayer"), lines=lines_of(payload.get("variants"))),
                    Box(
                        title=_("Ce que seul l'État peut lever"),
                        lines=lines_of(payload.get("state_blocks")),
                    ),
                    Box(
                        title=_("Décision : %(choices)s ?") % {"choices": decisions},
                        lines=[payload["decision"]] if payload.get("decision") else (),
                    ),
                ),
            ),
        )


FORMAT = Workbench()

"""« Pour moi, la Fabrique Prospective sera une réussite si… »: the round of expectations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import COLLECT, Format, NotePart
from fabrique.stages.contribution.formats.expectations.contribution import ExpectationForm
from fabrique.stages.contribution.formats.expectations.note import note_parts
from fabrique.stages.contribution.models import Workshop


class Expectations(Format):
    key = "expectations"
    title = _("Attentes")
    explanation = _(
        "Chacun complète la phrase avec ses propres mots. "
        "Le groupe rapproche ce qui se ressemble : ce seront les critères de réussite."
    )
    letter = "E"
    brings_criteria = True
    phases = (COLLECT,)
    default_settings = {"sentence": _("Pour moi, la Fabrique Prospective sera une réussite si…")}

    def contribution_form(
        self, workshop: Workshop, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> ExpectationForm:
        sentence = str(self.setting(workshop, "sentence"))
        return ExpectationForm(data, workshop=workshop, sentence=sentence, **kwargs)

    def note_parts(self, workshop: Workshop) -> Sequence[NotePart]:
        return note_parts(workshop)


FORMAT = Expectations()

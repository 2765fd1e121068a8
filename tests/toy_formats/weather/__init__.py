"""The weather of the group: one word for the sky, one sentence why; then each card is judged."""

from typing import Any

from django import forms

from fabrique.document.tree import Paragraph
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.citations import cite_contributions
from fabrique.stages.contribution.formats.contract import (
    COLLECT,
    ContributionForm,
    Criterion,
    Format,
    NotePart,
    Phase,
    Sheet,
)


class WeatherForm(ContributionForm):
    sky = forms.ChoiceField(
        label="Quel temps fait-il ?", choices=[("soleil", "Soleil"), ("orage", "Orage")]
    )


class Weather(Format):
    key = "weather"
    title = "Météo du groupe"
    explanation = "Chacun dit le temps qu'il fait pour lui. Puis chacun juge les nuages."
    letter = "M"
    phases = (
        COLLECT,
        Phase(
            key="judge",
            label="Juger",
            instruction="Jugez chaque nuage.",
            accepts=frozenset({"rating"}),
        ),
    )
    criteria = (
        Criterion(
            key="thickness", label="Épaisseur", question="Épais ?", scale={1: "Non", 2: "Oui"}
        ),
    )

    def contribution_form(self, workshop: Any, data: Any = None, **kwargs: Any) -> WeatherForm:
        return WeatherForm(data, workshop=workshop, **kwargs)

    def details(self, payload: Any) -> list[tuple[str, str]]:
        return [("Ciel", payload["sky"])]

    def note_parts(self, workshop: Any) -> list[NotePart]:
        said = list(rows.contributions_said(workshop))
        storms = [contribution for contribution in said if contribution.payload["sky"] == "orage"]
        words = f"{len(storms)} orage sur {len(said)}"
        block = Paragraph(words, id=f"sky:{workshop.pk}", citations=cite_contributions(storms))
        return [NotePart(section="debated", blocks=[block])]

    def sheet(self, workshop: Any) -> Sheet:
        return Sheet(letter="M", title="Météo", instruction=self.explanation, fields=("Ciel",))


FORMAT = Weather()

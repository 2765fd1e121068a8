"""Each component in each of its states, as a page would write it.

The gallery shows them; the tests render them in both themes and compare what they say. Everything
here is made up and says so: no territory, no person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from fabrique.kit.components.reading import Definition
from fabrique.kit.items import CalendarBand, CalendarRow, NavItem, Station


@dataclass(frozen=True)
class Sample:
    """One use of a component: its source, and nothing else to know."""

    component: str
    source: str


class SampleForm(forms.Form):
    """One field of each kind."""

    question = forms.CharField(
        label="La question posée", help_text="Une phrase, telle qu'elle sera lue par le groupe."
    )
    horizon = forms.IntegerField(label="Année d'horizon", min_value=2025, max_value=2100)
    contribution = forms.CharField(
        label="Votre contribution", widget=forms.Textarea, required=False, max_length=2000
    )
    scale = forms.ChoiceField(
        label="Échelle", choices=[("local", "Locale"), ("national", "Nationale")]
    )
    exposure = forms.ChoiceField(
        label="Exposition",
        choices=[("1", "1, faible"), ("2", "2"), ("3", "3"), ("4", "4, très forte")],
        widget=forms.RadioSelect,
        help_text="Telle que vous l'imaginez à l'horizon choisi.",
    )
    sectors = forms.MultipleChoiceField(
        label="Secteurs concernés",
        choices=[("a", "Alimentation"), ("b", "Logement"), ("c", "Mobilités")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    coming = forms.ChoiceField(
        label="jeudi 14 mars 2030, de 14 h à 17 h",
        choices=[("yes", "Oui"), ("if_need_be", "Si besoin"), ("no", "Non")],
        widget=forms.RadioSelect,
        required=False,
        initial="yes",
    )
    days = forms.MultipleChoiceField(
        label="Jours de la période prévue",
        choices=[(f"2030-03-{day}", f"{day} mars") for day in (12, 13, 14, 15, 18, 19, 20, 21, 22)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["2030-03-14"],
    )
    agreed = forms.BooleanField(label="J'ai lu comment ma parole sera utilisée")
    sheet = forms.FileField(label="Feuille des membres", required=False, help_text="XLSX, ODS, CSV")


PRESENT = datetime(2030, 3, 12, 9, 30, tzinfo=UTC)

_STATIONS = [
    Station("national", "launch", "", "Comité de lancement", "done", "23 janvier", "/a"),
    Station("local", "immersion", "", "Journées d'immersion", "done", "février et mars", "/b"),
    Station("local", "1", "#1", "Croiser projections et actions réalisées", "next",
            "12 mars", "/c", "2 territoires sur 4"),
    Station("national", "1", "#1", "Identifier ressources et angles morts", "planned",
            "semaine du 11 mai", "/d"),
    Station("local", "2", "#2", "Cartographier les forces vives de la transition", "planned",
            "juin ou juillet", "/e"),
    Station("national", "2", "#2", "Interroger le positionnement de la collectivité", "planned",
            "septembre", "/f"),
    Station("local", "3", "#3", "Trouver les bons leviers pour amplifier le mouvement", "planned",
            "automne", "/g"),
    Station("national", "3", "#3", "Renforcer l'articulation local / national", "planned",
            "automne", "/h"),
    Station("local", "4", "#4", "Bien doser le niveau d'ambition", "planned", "hiver", "/i"),
    Station("national", "4", "#4", "Partager les acquis de la démarche", "planned", "hiver", "/j"),
]  # fmt: skip


_CALENDAR_ROWS = [
    CalendarRow("Journées d'immersion", "immersion", "local",
                [(date(2030, 2, 1), date(2030, 3, 31))],
                [(date(2030, 2, 12), "done"), (date(2030, 3, 5), "told")]),
    CalendarRow("Séminaires locaux #1", "1", "local", [(date(2030, 3, 1), date(2030, 5, 2))],
                [(date(2030, 4, 9), "fixed")]),
    CalendarRow("Séminaire intersite #1", "1", "national",
                [(date(2030, 5, 11), date(2030, 5, 17)), (date(2030, 5, 25), date(2030, 5, 31))],
                [(date(2030, 5, 15), "fixed")]),
]  # fmt: skip
_CALENDAR_BANDS = [
    CalendarBand(date(2030, 2, 9), date(2030, 2, 24), "avoided", "Vacances d'hiver"),
    CalendarBand(date(2030, 3, 17), date(2030, 3, 24), "vote", "Élections"),
    CalendarBand(date(2030, 5, 1), date(2030, 5, 1), "closed", "Fête du Travail"),
]


def _wrong_form() -> SampleForm:
    """Sent with mistakes; its fields have names and places of their own beside the other form's."""
    form = SampleForm(
        {
            "horizon": "1999",
            "sectors": ["a"],
            "scale": "local",
            "coming": "perhaps",
            "days": ["2030-03-16"],
        },
        auto_id="wrong_%s",
    )
    form.fields["days"].label = "Jours de la période prévue, à corriger"
    return form


def sample_context() -> Mapping[str, Any]:
    """What the samples are rendered with."""
    return {
        "form": SampleForm(initial={"question": "Que peut l'action publique locale ?"}),
        "wrong": _wrong_form(),
        "stations": _STATIONS,
        "calendar_rows": _CALENDAR_ROWS,
        "calendar_bands": _CALENDAR_BANDS,
        "sites": ["Territoire A", "Territoire B", "Territoire C", "Territoire D"],
        "partners": ["Agence pilote", "Association d'élus", "Ministère"],
        "trail": [("Démarches", "/"), ("Villes moyennes", "/v"), ("Séminaire local #1", "")],
        "tab_items": [
            NavItem("Déroulé", "/d", True),
            NavItem("Groupe de travail", "/g", count=17),
            NavItem("Note", "/n"),
        ],
        "wizard": [("Question", "/1"), ("Territoires", "/2"), ("Équipe", "/3"), ("Relecture", "")],
        "page": Paginator(range(200), 20).page(4),
        "facts": [
            ("Date", "jeudi 12 mars"),
            ("Lieu", "Maison des associations"),
            Definition("Référente technique", "Direction du développement durable", "/r"),
        ],
        "columns": ["Vulnérabilité", "Votes", "Médiane", "Écart"],
        "rows": [
            ["Logements mal isolés", 17, 3, "2 à 4"],
            ["Dépendance à la voiture", 17, 4, "3 à 4"],
            ["Emplois d'une seule filière", 16, 2, "1 à 4"],
        ],
        "numeric": [1, 2],
        "nothing": [],
        "words": ["Élus", "Agents", "Associations", "Entreprises"],
        "fields": {"seance": "12"},
        "reasons": {"2030-03-19": "conseil municipal"},
        "ends_at": PRESENT + timedelta(minutes=12, seconds=5),
        "ended_at": PRESENT - timedelta(minutes=1, seconds=30),
        "left": timedelta(minutes=25),
        "present": PRESENT,
    }


_SOURCES = {
    "year_line": [
        '{% year_line stations title="L\'année de la démarche" sites=sites partners=partners %}'
    ],
    "calendar_chart": [
        '{% calendar_chart calendar_rows title="Le calendrier de la démarche" '
        "bands=calendar_bands %}"
    ],
    "step_mark": [
        '{% step_mark "launch" scale="national" %} {% step_mark "immersion" %} {% step_mark 1 %} '
        "{% step_mark 2 %} {% step_mark 3 %} {% step_mark 4 %}",
        '{% step_mark 1 scale="national" size="large" %} '
        '{% step_mark 2 scale="national" size="large" %} {% step_mark 3 size="small" %}',
    ],
    "page_header": [
        '{% page_header "Croiser projections et actions réalisées" eyebrow="Séminaire local #1"'
        ' lead="Vulnérabilités du territoire vues de 2030, et bilan du dernier mandat." step="1" %}'
        '{% button "Ouvrir la salle" variant="primary" href="/o" %}'
        '{% button "Imprimer le dossier" icon="print" href="/p" %}{% endpage_header %}',
    ],
    "beside": [
        '{% beside %}{% page_header "Villes moyennes" lead="Une question, quatre territoires." %}'
        '{% endpage_header %}{% card title="Croiser projections et actions" level=2 '
        'eyebrow="Prochaine étape" step=1 %}<p>12 mars</p>{% endcard %}{% endbeside %}'
    ],
    "button": [
        '{% button "Ouvrir la salle" variant="primary" %} {% button "Importer les membres" %} '
        '{% button "Annuler" variant="quiet" %} '
        '{% button "Écarter la carte" variant="danger" %}',
        '{% button "Ajouter une séquence" size="small" icon="plus" %} '
        '{% button "Envoyer" size="large" variant="primary" %} '
        '{% button "Figer la note" disabled=True %}',
        '{% button "Modifier" href="/m" context_label="la séquence 3" icon="edit" %}',
    ],
    "post_button": [
        '{% post_button "Fermer la salle" "/f" variant="danger" fields=fields '
        'confirm="Fermer la salle ? Plus personne ne pourra y entrer." %}'
    ],
    "link": [
        '{% link "Lire la note" "/n" %} — {% link "Le texte de la loi" "https://example.org" '
        'external=True %} — {% link "Télécharger la feuille" "/t" icon="download" quiet=True %}'
    ],
    "toolbar": [
        '{% toolbar "Actions sur la carte" %}{% button "Regrouper" size="small" %}'
        '{% button "Nommer" size="small" %}{% button "Écarter" size="small" variant="danger" %}'
        "{% endtoolbar %}"
    ],
    "actions": [
        '{% actions %}{% button "Enregistrer le déroulé" variant="primary" %}'
        '{% button "Annuler" variant="quiet" href="/a" %}{% endactions %}'
    ],
    "form_errors": ["{% form_errors wrong %}"],
    "field": [
        '{% field form.question %}{% field form.horizon width="number" %}'
        '{% field form.contribution %}{% field form.scale width="short" %}',
        "{% field form.exposure %}{% field form.sectors %}{% field form.agreed %}"
        "{% field form.sheet %}",
        '{% field wrong.question %}{% field wrong.horizon width="number" %}'
        "{% field wrong.exposure %}{% field wrong.agreed %}",
        '{% field form.question label="Chercher" hint="" hidden_label=True width="medium" %}',
    ],
    "choice_row": ["{% choice_row form.coming %}{% choice_row wrong.coming %}"],
    "day_choices": ["{% day_choices form.days reasons=reasons %}{% day_choices wrong.days %}"],
    "fields": ["{% fields form %}"],
    "fieldset": [
        '{% fieldset "Le groupe" hint="Quinze à vingt personnes." %}{% field form.question %}'
        "{% endfieldset %}"
    ],
    "one_line": [
        '{% one_line %}{% field form.question %}{% field form.horizon width="number" %}'
        '{% button "Ajouter" %}{% endone_line %}'
    ],
    "forget_drafts": ["{% forget_drafts %}"],
    "alert": [
        "{% alert %}<p>Le séminaire commence dans une heure.</p>{% endalert %}"
        '{% alert kind="success" title="Les 17 membres sont importés." %}{% endalert %}'
        '{% alert kind="warning" title="Deux témoignages se suivent." %}'
        "<p>Placez un temps de débat entre les deux.</p>{% endalert %}"
        '{% alert kind="error" title="La feuille n\'a pas été lue." live=True %}'
        "<p>Enregistrez-la au format XLSX ou CSV, puis recommencez.</p>{% endalert %}"
    ],
    "badge": [
        '{% badge "Brouillon" %} {% badge "Locale" kind="accent" %} '
        '{% badge "Prévue" kind="info" %} {% badge "Tenue" kind="success" %} '
        '{% badge "À confirmer" kind="warning" %} '
        '{% badge "Annulée" kind="error" %}'
    ],
    "tag": [
        '{% tag "Logement" %} {% tag "Mobilités" href="/m" %} '
        '{% tag "Emploi" href="/e" pressed=True %} {% tag "Eau" pressed=False name="eau" %} '
        '{% tag "Air" pressed=True name="air" %}'
    ],
    "toasts": ["{% toasts %}"],
    "live_region": ['{% live_region "arrivees" text="3 cartes reçues" hidden=False %}'],
    "notice_demo": ["{% notice_demo %}"],
    "section": [
        '{% section "Déroulé" lead="Trois heures, sept séquences." %}<p>Accueil à 9 h.</p>'
        "{% endsection %}"
    ],
    "card": [
        '{% grid %}{% card title="Séminaire local #1" href="/s" eyebrow="Territoire A" step="1" %}'
        "<p>12 mars, 17 personnes attendues.</p>{% endcard %}"
        '{% badge "Validée" kind="success" as state %}'
        '{% card title="Des logements difficiles à chauffer" footer=state %}'
        "<p>Regroupe quatre contributions.</p>{% endcard %}"
        "{% card %}<p>Une carte sans titre.</p>{% endcard %}{% endgrid %}"
    ],
    "tile": [
        '{% grid %}{% tile "Préparer le déroulé" "/d" text="Sept séquences" '
        'detail="Modifié hier" step="1" %}{% tile "Constituer le groupe" "/g" %}{% endgrid %}'
    ],
    "grid": [
        '{% grid width="narrow" %}{% stat 17 "personnes présentes" %}'
        '{% stat 64 "contributions" %}{% endgrid %}'
    ],
    "empty_state": [
        '{% empty_state "Aucun membre pour l\'instant" '
        'text="Commencez par importer la feuille envoyée par la référente technique." %}'
        '{% button "Importer les membres" variant="primary" href="/i" %}{% endempty_state %}'
    ],
    "disclosure": [
        '{% disclosure "Comment ce chiffre est obtenu" %}<p>Dix-sept votes, un par personne.</p>'
        '{% enddisclosure %}{% disclosure "Les voix minoritaires" open=True quiet=True %}'
        "<p>Deux personnes jugent l'exposition faible.</p>{% enddisclosure %}"
    ],
    "dialog": [
        '{% dialog "fusion" "Fusionner deux cartes" %}<p>Les contributions des deux cartes sont '
        "conservées.</p>{% enddialog %}"
    ],
    "dialog_button": [
        '{% dialog_button "Fusionner" "fusion" %} '
        '{% dialog_button "Nommer" "fusion" href="/nommer" variant="quiet" icon="edit" %}'
    ],
    "table": [
        '{% table "Séquences du matin" %}<thead><tr><th scope="col">Heure</th>'
        '<th scope="col">Séquence</th><th scope="col" class="numeric">Minutes</th></tr></thead>'
        '<tbody><tr><td>9:00</td><th scope="row">Accueil</th><td class="numeric">15</td></tr>'
        '<tr><td>9:15</td><th scope="row">Vues de 2030</th><td class="numeric">45</td></tr>'
        "</tbody>{% endtable %}"
    ],
    "data_table": [
        '{% data_table "Vulnérabilités jugées par le groupe" columns rows numeric=numeric %}',
        '{% data_table "Membres" columns nothing empty="Aucun membre : importez une feuille." %}',
    ],
    "definitions": ["{% definitions facts %}"],
    "stat": [
        '{% stat 3 "exposition médiane" unit="sur 4" '
        'provenance="17 votes individuels, moitié centrale de 2 à 4" %}'
    ],
    "progress": ['{% progress 17 20 label="ont répondu" %}'],
    "chips": ['{% chips words label="Collèges du groupe" %}'],
    "breadcrumb": ["{% breadcrumb trail %}"],
    "tabs": ['{% tabs tab_items label="Séminaire" %}'],
    "pagination": ["{% pagination page %}"],
    "language_switch": ["{% language_switch %}"],
    "skip_link": ["{% skip_link %}"],
    "stepper": ["{% stepper wizard current=2 %}"],
    "timer": [
        '{% timer ends_at=ends_at now=present label="Débat" %}',
        '{% timer ends_at=ended_at now=present label="Témoignage" %}',
        '{% timer remaining=left now=present label="En pause" size="large" %}',
    ],
}

SAMPLES = tuple(
    Sample(component, source) for component, sources in _SOURCES.items() for source in sources
)

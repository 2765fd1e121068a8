"""The columns of French plans of action: what they are called, and what a cell of each means.

They are a format of exchange: their names stay French whatever the language of the screen.
"""

from collections.abc import Mapping, Sequence

from fabrique.kit.sheets import match_columns

#: Each field, by the name we write; then the other names it goes by.
COLUMNS: Mapping[str, Sequence[str]] = {
    "number": ("Numéro", "N°", "Num", "No", "Code", "Référence", "Réf", "Identifiant",
               "Numéro de l'action", "N° de l'action", "N° action", "Number"),
    "title": ("Titre", "Titre de l'action", "Titre de la fiche action", "Intitulé",
              "Intitulé de l'action", "Nom de l'action", "Libellé", "Action", "Fiche action",
              "Title"),
    "category_1": ("Catégorie 1", "Catégorie", "Axe", "Axe stratégique", "Axe (niveau 1)", "Thème",
                   "Thématique", "Thématique principale", "Orientation", "Category 1"),
    "category_2": ("Catégorie 2", "Sous-catégorie", "Sous-axe", "Objectif", "Objectif opérationnel",
                   "Sous-thème", "Sous-thématique", "Sous-thématiques", "Category 2"),
    "text": ("Description", "Descriptif", "Descriptif de l'action", "Détail", "Contenu",
             "Présentation"),
    "status": ("Statut", "État", "État d'avancement", "Avancement", "Status"),
    "late": ("En retard", "Retard", "Action en retard", "Late"),
    "lead": ("Pilote", "Structure pilote", "Personne pilote", "Pilotage", "Porteur", "Porteuse",
             "Portage", "Porteur de l'action", "Maître d'ouvrage", "Maîtrise d'ouvrage",
             "Responsable", "Lead"),
    "referent": ("Référent", "Référente", "Référent technique", "Référente technique",
                 "Référent ou référente technique", "Service référent", "Chef de projet",
                 "Cheffe de projet", "Referent"),
    "elected_referent": ("Élu référent", "Élue référente", "Élu référent ou élue référente",
                         "Élu·e référent·e", "Élu", "Élue", "Élu délégué", "Élue déléguée",
                         "Elected referent"),
    "partners": ("Partenaires", "Partenaire", "Partenariats", "Acteurs associés", "Partners"),
    "budget": ("Budget", "Budget prévisionnel", "Budget prévisionnel total", "Coût",
               "Coût prévisionnel", "Montant", "Financement", "Financements"),
    "start": ("Début", "Date de début", "Date de démarrage", "Démarrage", "Lancement",
              "Date de lancement", "Start"),
    "end": ("Fin", "Date de fin", "Échéance", "Date d'échéance", "Achèvement", "End"),
    "depends_on": ("Actions liées", "Action liée", "Actions préalables", "Dépend de",
                   "Dépendances", "Linked actions"),
    "indicator": ("Indicateurs liés", "Indicateur lié", "Indicateurs", "Indicateur",
                  "Indicateurs de suivi", "Indicateur de suivi", "Linked indicators"),
    "means": ("Moyens", "Moyens humains et techniques", "Ressources", "Means"),
    "vulnerabilities": ("Vulnérabilités", "Vulnérabilité", "Vulnérabilités visées",
                        "Vulnerabilities"),
    "levers": ("Leviers", "Levier", "Leviers utilisés", "Levers"),
    "schemes": ("Dispositifs", "Dispositif", "Schemes"),
}  # fmt: skip
#: Fields holding several names in one cell.
LISTS = ("depends_on", "vulnerabilities", "levers", "schemes")
DAYS = ("start", "end")


def header(field: str) -> str:
    """The name we write over a column."""
    return COLUMNS[field][0]


def headers() -> list[str]:
    return [header(field) for field in COLUMNS]


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names the title of actions and something else of theirs."""
    found = match_columns(cells, COLUMNS)
    return "title" in found and len(found.places) > 1 and all(len(cell) <= 80 for cell in cells)

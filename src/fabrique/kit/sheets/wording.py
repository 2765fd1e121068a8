"""Why a sheet cannot be read, and what to do about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from fabrique.kit.sheets.sheet import SheetError

MOST_COLUMNS_SAID = 12


def say(error: SheetError) -> str:
    return _REFUSALS[error.code](error.params)


def say_missing(missing: Sequence[str], found: Sequence[str]) -> str:
    """« Il manque la colonne « Nom ». Colonnes trouvées : … » and what to do."""
    wanted = ", ".join(f"« {name} »" for name in missing)
    said = [name for name in found if name]
    listed = ", ".join(f"« {name[:60]} »" for name in said[:MOST_COLUMNS_SAID])
    if len(said) > MOST_COLUMNS_SAID:
        listed += ", …"
    return _(
        "Il manque la colonne %(wanted)s. Colonnes trouvées : %(found)s. "
        "Renommez la colonne concernée sur la première ligne, puis recommencez."
    ) % {"wanted": wanted, "found": listed or _("aucune")}


_REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "empty": lambda p: _("Le fichier est vide. Choisissez le tableau que vous avez rempli."),
    "not_a_sheet": lambda p: (
        _("C'est un fichier %(kind)s, pas un tableau. Choisissez un fichier XLSX, ODS ou CSV.") % p
    ),
    "old_or_locked": lambda p: _(
        "Ce fichier est protégé par un mot de passe, ou d'un ancien format (XLS). "
        "Enregistrez-le au format XLSX, ODS ou CSV, sans mot de passe."
    ),
    "damaged": lambda p: _(
        "Le fichier est abîmé : il ne s'ouvre pas. "
        "Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis recommencez."
    ),
    "encoding": lambda p: _(
        "Le texte du fichier n'est pas lisible (encodage inconnu). "
        "Enregistrez-le en XLSX, en ODS ou en CSV UTF-8."
    ),
    "too_big": lambda p: (
        _("Le fichier dépasse %(limit)d Mo. Gardez seulement la feuille utile, sans images.") % p
    ),
    "too_many_rows": lambda p: (
        _("Le tableau dépasse %(limit)d lignes. Partagez-le en plusieurs fichiers.") % p
    ),
    "not_a_table": lambda p: _(
        "Ce fichier JSON n'est pas un tableau : il faut une liste d'objets, un par ligne."
    ),
}

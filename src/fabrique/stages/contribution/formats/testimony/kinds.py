"""What one keeps of a testimony, and what blocks it came up against."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Text

BLOCKED = "blocked"
KINDS: Mapping[str, Text] = {
    "changed": _("Ce qui a été changé"),
    "helped": _("Ce qui a aidé"),
    BLOCKED: _("Ce qui a bloqué"),
    "calls_for": _("Ce que cela demande à la collectivité"),
}

#: The same words as on the workbench, so that blocks add up from one seminar to the next.
BLOCKS = (
    _("Juridique"),
    _("Argent"),
    _("Compétence"),
    _("Légitimité"),
    _("Demande"),
)

GUESTS = (_("Association"), _("Entreprise"), _("Organisme public"), _("Autre"))

"""The shared grid of the workbench: what may block a scheme, and what one may decide of it."""

from django.utils.translation import gettext_lazy as _

#: The same words as for testimonies, so that blocks add up from one seminar to the next.
KINDS = (_("Juridique"), _("Argent"), _("Compétence"), _("Légitimité"), _("Demande"))

DECISIONS = (_("Garder"), _("Infléchir"), _("Arrêter"), _("Tester"))


def lines_of(text: object) -> list[str]:
    """A text of one thing a line, as its lines."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]

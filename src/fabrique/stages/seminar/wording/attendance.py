"""Who was there, in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.stages.seminar.analyses.roll import Roll


def roll_words(roll: Roll) -> str:
    """« 14 présents sur 18, quorum atteint », with the substitutes told apart."""
    if not roll.expected:
        return _("personne n'est attendu : composez d'abord le groupe")
    if not roll.is_taken:
        return _("aucune présence notée, %(quorum)s") % {"quorum": quorum_words(roll)}
    present = ngettext(
        "%(count)d présent sur %(expected)d", "%(count)d présents sur %(expected)d", roll.present
    ) % {"count": roll.present, "expected": roll.expected}
    parts = [present]
    if roll.substitutes:
        words = ngettext("%(count)d remplaçant", "%(count)d remplaçants", roll.substitutes)
        parts.append(words % {"count": roll.substitutes})
    return ", ".join((*parts, quorum_words(roll)))


def quorum_words(roll: Roll) -> str:
    """Whether enough people are there to begin, nothing settled before any is noted."""
    facts = {"needed": roll.needed, "missing": roll.needed - roll.present}
    if not roll.is_taken:
        return _("quorum : %(needed)d") % facts
    if roll.has_quorum:
        return _("quorum atteint")
    return (
        ngettext(
            "quorum non atteint : il manque %(missing)d personne",
            "quorum non atteint : il manque %(missing)d personnes",
            facts["missing"],
        )
        % facts
    )

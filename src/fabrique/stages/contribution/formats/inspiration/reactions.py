"""The three reactions to an initiative from elsewhere."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Text

REACTIONS: Mapping[str, Text] = {
    "adopt": _("À reprendre"),
    "adapt": _("À adapter"),
    "drop": _("À laisser"),
}

#: In the payload of a reaction given without a reason.
REACTION_ALONE = "reaction_alone"

"""What expectations bring to the note: the criteria of success, in the group's words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fabrique.stages.contribution.formats.blocks import card_parts
from fabrique.stages.contribution.formats.contract import NotePart
from fabrique.stages.contribution.models import Workshop


def note_parts(workshop: Workshop) -> Sequence[NotePart]:
    return card_parts(workshop, lead=_("Ce que le groupe attend de la démarche :"))

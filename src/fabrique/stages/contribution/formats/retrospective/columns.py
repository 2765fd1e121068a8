"""The three columns of the look back, and the year each thing is placed at."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Text

ACCOMPLISHED, UNFINISHED, NEW = "accomplished", "unfinished", "new"
COLUMNS: Mapping[str, Text] = {
    ACCOMPLISHED: _("Transformations accomplies"),
    UNFINISHED: _("Mutations inachevées"),
    NEW: _("Nouvelles vulnérabilités"),
}
#: The same, of one thing: « c'est une transformation accomplie ».
ONE_OF_THEM: Mapping[str, Text] = {
    ACCOMPLISHED: _("Une transformation accomplie"),
    UNFINISHED: _("Une mutation inachevée"),
    NEW: _("Une nouvelle vulnérabilité"),
}
#: In which a vulnerability that was feared is said to have come back.
CAME_BACK = (UNFINISHED, NEW)

"""Lists a workshop's settings give (sectors, effects, publics): each line is its own value."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.local_words import LocalWord


def choices_of(lines: Iterable[Text], *, empty: Text = "") -> list[tuple[str, Text]]:
    """Choices for a field; with ``empty``, one may leave it unsaid."""
    choices: list[tuple[str, Text]] = [("", empty)] if empty else []
    return choices + [(str(line), _label(line)) for line in lines]


def _label(line: Text) -> Text:
    """Words that only this territory uses are marked where one chooses."""
    if isinstance(line, LocalWord):
        return _("%(word)s (ajout du territoire)") % {"word": line}
    return line

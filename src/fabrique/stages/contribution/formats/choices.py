"""Lists a workshop's settings give (sectors, effects, publics): each line is its own value."""

from collections.abc import Iterable

from fabrique.stages.contribution.formats.contract import Text


def choices_of(lines: Iterable[Text], *, empty: Text = "") -> list[tuple[str, Text]]:
    """Choices for a field; with ``empty``, one may leave it unsaid."""
    choices: list[tuple[str, Text]] = [("", empty)] if empty else []
    return choices + [(str(line), line) for line in lines]

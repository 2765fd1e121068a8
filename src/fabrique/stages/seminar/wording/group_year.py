"""A group over the year, cell by cell, in plain words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.stages.seminar.analyses.group_year import Cell, DriftCell


def cell_words(cell: Cell) -> tuple[str, str]:
    """What a member did of a seminar, and the kind of its badge (none when nothing is said)."""
    if not cell.code:
        return "–", ""
    return _CELLS[cell.code]


def drift_cell_words(cell: DriftCell) -> str:
    """« 5 (36 %) », and what the target lacks then: « 2 (14 %), il en manque 1 »."""
    said = f"{cell.have} ({cell.share} %)" if cell.have else "0"
    if not cell.missing:
        return said
    return _("%(said)s, il en manque %(missing)d") % {"said": said, "missing": cell.missing}


def drift_words(points: int | None) -> str:
    """How a share moved since the first seminar, in points."""
    if points is None:
        return "–"
    if not points:
        return _("stable")
    words = (
        ngettext("%(points)d point de plus", "%(points)d points de plus", points)
        if points > 0
        else ngettext("%(points)d point de moins", "%(points)d points de moins", -points)
    )
    return words % {"points": abs(points)}


_CELLS: dict[str, tuple[Any, str]] = {
    "present": (gettext_lazy("Présent(e)"), "success"),
    "excused": (gettext_lazy("Excusé(e)"), "neutral"),
    "absent": (gettext_lazy("Absent(e)"), "warning"),
    "unseen": (gettext_lazy("Pas vu(e)"), "warning"),
    "substitute": (gettext_lazy("Remplacé(e)"), "info"),
}

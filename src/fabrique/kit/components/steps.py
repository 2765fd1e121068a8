"""The steps of a programme: each keeps its colour everywhere, doubled by a number or a shape."""

from django.utils.translation import gettext as _

from fabrique.kit.components.actions import check_choice
from fabrique.kit.registry import Props, component

STEPS = ("launch", "immersion", "1", "2", "3", "4")
SCALES = ("local", "national")
#: On light paper, in print as on screens; ``tokens.css`` says them again, a test compares them.
ACCENTS = {
    "launch": "#5a468f",
    "immersion": "#5a468f",
    "1": "#1d5c9f",
    "2": "#8f4d06",
    "3": "#a22c5b",
    "4": "#3b681d",
}


def step_colour(step: str) -> str:
    """The colour class of a step; steps past the fourth go round again."""
    if step in ("launch", "immersion"):
        return step
    return str((int(step) - 1) % 4 + 1)


def step_accent(step: str) -> str:
    """The colour itself, for what is printed."""
    return ACCENTS[step_colour(step)]


def step_words(step: str) -> str:
    """What assistive technology says of a mark."""
    if step == "launch":
        return _("Lancement")
    if step == "immersion":
        return _("Immersion")
    return _("Étape %(number)s") % {"number": step}


@component()
def step_mark(
    step: object, *, label: str = "", size: str = "medium", scale: str = "local"
) -> Props:
    """The coloured, numbered mark of a step: a disc for a local one, a square for a national one.

    ``step`` is "launch", "immersion" or a number from 1. ``label`` replaces what is said aloud;
    the mark stays alone on screen.
    """
    key = str(step).lstrip("#")
    return {
        "step": key,
        "colour": step_colour(key),
        "mark": key if key.isdigit() else "",
        "label": label or step_words(key),
        "size": check_choice("size", size, ("small", "medium", "large", "wall")),
        "scale": check_choice("scale", scale, SCALES),
    }

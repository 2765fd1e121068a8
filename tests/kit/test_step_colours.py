"""A step has one colour, on screens and on paper."""

import re
from pathlib import Path

from fabrique.kit.components.steps import ACCENTS, step_accent

TOKENS = Path(__file__).parents[2] / "frontend" / "styles" / "tokens.css"


def test_screens_and_paper_use_the_same_colours() -> None:
    light = TOKENS.read_text().partition("@media")[0]
    on_screens = dict(re.findall(r"--step-(\w+): (#[0-9a-f]{6});", light))
    assert {**on_screens, "immersion": on_screens["launch"]} == ACCENTS


def test_a_fifth_step_takes_the_first_colour_again() -> None:
    assert step_accent("5") == step_accent("1")

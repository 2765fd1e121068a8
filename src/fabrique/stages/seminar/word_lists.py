"""The lists of words a workshop format asks for, told by the stage that knows formats.

A later stage registers, when its application starts, a question answered for one format: its
lists, each with how a person calls it. The blueprint and the team then say otherwise, or not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class WordList:
    """The method's own words, and the name of the list (none when the format gives none)."""

    words: Sequence[str]
    label: Any = ""


Lists = Callable[[str], Mapping[str, WordList]]
_questions: list[Lists] = []


def register_lists(question: Lists) -> None:
    if question not in _questions:
        _questions.append(question)


def lists_of(format: str) -> dict[str, WordList]:
    """The lists of a format by name, as the method has them."""
    return {name: found for question in _questions for name, found in question(format).items()}

"""Files in which a workshop's cards travel: given to the team, or brought by it, line by line.

Nothing is written here. A format says which files it gives and what it understands of those it is
brought; the page shows it first, and one action writes it whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fabrique.stages.contribution.formats.contract import Text


@dataclass(frozen=True, kw_only=True)
class CardFile:
    """A file a workshop gives, made when it is asked for."""

    name: str
    label: Text
    media_type: str
    make: Callable[[], bytes]


@dataclass(frozen=True, kw_only=True)
class BroughtFile:
    """A file a workshop may be brought: the name of its field, what to choose."""

    key: str
    label: Text
    hint: Text = ""


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """A card as a line says it; ``data`` is what its form is given."""

    line: int
    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TieLine:
    """A tie as a line says it, by the names of its two ends."""

    line: int
    source: str
    target: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class LineProblem:
    """What is wrong with one line, or only doubtful, in the reader's language."""

    file: Text
    line: int
    words: str
    is_only_a_doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadCards:
    """What was understood of the files, and what was not."""

    cards: Sequence[CardLine] = ()
    ties: Sequence[TieLine] = ()
    problems: Sequence[LineProblem] = ()
    unused: Sequence[str] = field(default_factory=tuple)


class UnreadableFile(ValueError):
    """A whole file cannot be read; ``key`` is its field, ``words`` say what to do."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__(key, words)
        self.key = key
        self.words = words

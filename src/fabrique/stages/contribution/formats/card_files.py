"""Files in which a workshop's cards travel: given to the team, or brought by it, line by line.

Nothing is written here. A format says which files it gives and what it understands of those it is
brought; the page shows it first, and one action writes it whole.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fabrique.kit.sheets import plain_name
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.imports import key_among


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

    @property
    def details(self) -> list[str]:
        """What the line says beside the name, each in one piece."""
        said = [value for name, value in self.data.items() if name != "title"]
        return [value if isinstance(value, str) else ", ".join(value) for value in said]


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


def card_trouble(
    title: str,
    seen: Mapping[str, int],
    limits: Iterable[tuple[Text, str, int]],
    *,
    missing: str,
) -> str:
    """Why no card can be made of a line, or nothing: no name (``missing`` says so), a name already
    ``seen`` (plain names and their lines), a cell too long (``limits``: column, cell, most)."""
    if not plain_name(title):
        return missing
    if plain_name(title) in seen:
        return _("« %(name)s » est déjà à la ligne %(line)d : gardez une seule des deux.") % {
            "name": title,
            "line": seen[plain_name(title)],
        }
    for column, cell, limit in limits:
        if len(cell) > limit:
            return _(
                "« %(column)s » compte %(count)d caractères : ramenez-le à %(limit)d au plus."
            ) % {"column": column, "count": len(cell), "limit": limit}
    return ""


def listed(
    typed: str,
    words: Iterable[Text],
    *,
    file: Text,
    line: int,
    list_name: Text,
    problems: list[LineProblem],
) -> str:
    """What was typed as its list writes it; a word of no list is left out, and said."""
    found = key_among(typed, [(str(one), str(one)) for one in words]) if typed else ""
    if found is None:
        said = _("« %(typed)s » n'est pas dans la liste « %(list)s » : laissé vide.") % {
            "typed": typed[:60],
            "list": list_name,
        }
        problems.append(LineProblem(file=file, line=line, words=said, is_only_a_doubt=True))
    return found or ""

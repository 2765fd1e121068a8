"""Which names may be one and the same actor: « association X » and « X », « ADEME » and its words.

Only pairs to propose: a person says whether they are one. It works offline, on the letters alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from re import findall

from fabrique.kit.sheets import plain_name

#: Words that say nothing of who it is.
SMALL = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur")
)
GENERIC = frozenset(
    (
        *("association", "asso", "assoc", "collectif", "federation", "groupe"),
        *("societe", "ste", "entreprise", "ets", "etablissements", "sarl", "sas", "scop"),
    )
)
#: Share of common pairs of letters from which two spellings look alike.
ALIKE = 0.84
SHORTEST_ACRONYM = 3
SHORTEST_ALIKE = 6


class Reason(StrEnum):
    """Why two names are proposed, the surest first."""

    SAME = "same"
    ACRONYM = "acronym"
    INSIDE = "inside"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class SameName:
    """Two names, by their places in what was given."""

    first: int
    second: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    telling: tuple[str, ...]
    between_brackets: frozenset[str]
    acronyms: frozenset[str]
    pairs: frozenset[str]

    @property
    def key(self) -> str:
        return "".join(self.telling)

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if any(one.isdigit() for one in word))


@lru_cache(maxsize=32)
def same_names(names: tuple[str, ...]) -> tuple[SameName, ...]:
    """Every two names that may be one actor's, the surest first.

    >>> [pair.reason.value for pair in same_names(("ADEME", "ademe"))]
    ['same']
    """
    read = [_read(name) for name in names]
    found = [
        SameName(one, other, reason)
        for one, other in combinations(range(len(read)), 2)
        if (reason := _reason(read[one], read[other])) is not None
    ]
    ranks = {reason: rank for rank, reason in enumerate(Reason)}
    return tuple(sorted(found, key=lambda pair: (ranks[pair.reason], pair.first, pair.second)))


def _read(name: str) -> _Name:
    inside = frozenset(plain_name(part) for part in findall(r"\(([^()]{2,40})\)", name))
    words = tuple(plain_name(name.split("(")[0] or name).split())
    telling = tuple(word for word in words if word not in SMALL and word not in GENERIC)
    telling = telling or words
    capitals = {plain_name(word) for word in findall(r"\b[A-ZÀ-Þ]{3,}\b", name)}
    acronyms = frozenset(
        word
        for word in telling
        if len(word) >= SHORTEST_ACRONYM and (len(words) == 1 or word in capitals)
    )
    letters = "".join(telling)
    pairs = frozenset(letters[place : place + 2] for place in range(len(letters) - 1))
    return _Name(words, telling, inside - {""}, acronyms, pairs)


def _reason(one: _Name, other: _Name) -> Reason | None:
    if not one.key or not other.key:
        return None
    if one.key == other.key:
        return Reason.SAME
    if _shortens(one, other) or _shortens(other, one):
        return Reason.ACRONYM
    if one.numbers != other.numbers:
        return None
    if _holds(one, other) or _holds(other, one):
        return Reason.INSIDE
    return Reason.CLOSE if _look_alike(one, other) else None


def _shortens(short: _Name, whole: _Name) -> bool:
    """« ADEME » for « Agence… (ADEME) », or for words whose initials it spells in order.

    What follows a place on one side (« CCI du Morbihan ») may be unsaid on the other, not differ.
    """
    if " ".join(short.words) in whole.between_brackets:
        return True
    acronym, *rest = short.telling
    if acronym not in short.acronyms or len(whole.telling) < 2:
        return False
    return any(
        _spells(acronym, words) and (not rest or not left or set(rest) == set(left))
        for words, left in _beginnings(whole)
    )


def _beginnings(name: _Name) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The words, then without the last ones, with what telling words are left out."""
    for left_out in range(4):
        kept = len(name.words) - left_out
        if kept >= 2:
            left = [word for word in name.words[kept:] if word in name.telling]
            yield name.words[:kept], left


def _spells(acronym: str, words: Sequence[str]) -> bool:
    telling = [word[0] for word in words if word not in SMALL]
    every = [word[0] for word in words]
    return len(telling) >= 2 and _in_order(telling, acronym) and _in_order(acronym, every)


def _in_order(wanted: Iterable[str], letters: Iterable[str]) -> bool:
    waiting = iter(letters)
    return all(letter in waiting for letter in wanted)


def _holds(whole: _Name, part: _Name) -> bool:
    """« Région Bretagne » holds « Région »: one word more, no less."""
    extra = len(whole.telling) - len(part.telling)
    return extra == 1 and len(part.key) >= SHORTEST_ALIKE and set(part.telling) < set(whole.telling)


def _look_alike(one: _Name, other: _Name) -> bool:
    if min(len(one.key), len(other.key)) < SHORTEST_ALIKE:
        return False
    common = len(one.pairs & other.pairs)
    return 2 * common / (len(one.pairs) + len(other.pairs)) >= ALIKE

"""Which schemes of different territories look alike: a hint to compare them, never a finding.

Likeness of two schemes, from 0 to 100: the mean of two shares of what they have in common.

- kinds of block: those both come up against, out of those either does (P. Jaccard, 1901);
- words: those both use in their name, summary and aim, out of those either uses. A word is four
  letters or more, without accent nor final s or x, and not a word of grammar.

Where neither scheme says what blocks it, words alone count. Nothing here understands a sentence:
two schemes that say one thing in other words are not found.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from fabrique.methods.grouping.stop_words import STOP_WORDS

SHORTEST_WORD = 4


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """What is compared of a scheme."""

    key: str
    territory: str
    kinds: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Two schemes of different territories, and what they have in common."""

    first: str
    second: str
    percent: int
    kinds: Sequence[str]
    words: Sequence[str]


def alike(schemes: Sequence[Scheme]) -> list[Likeness]:
    """Every pair with something in common, the most alike first, in a steady order."""
    pairs = [
        _compared(one, other)
        for one, other in combinations(schemes, 2)
        if one.territory != other.territory
    ]
    found = [pair for pair in pairs if pair.percent]
    return sorted(found, key=lambda pair: (-pair.percent, pair.first, pair.second))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words that say something, as they are compared."""
    bare = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    found = (word.rstrip("sx") for word in re.findall(r"[^\W\d_]+", bare) if word not in STOP_WORDS)
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD)


def _compared(one: Scheme, other: Scheme) -> Likeness:
    kinds, words = one.kinds & other.kinds, one.words & other.words
    shares = [_share(one.words, other.words)]
    if one.kinds | other.kinds:
        shares.append(_share(one.kinds, other.kinds))
    return Likeness(
        first=one.key,
        second=other.key,
        percent=round(100 * sum(shares) / len(shares)),
        kinds=sorted(kinds),
        words=sorted(words),
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0

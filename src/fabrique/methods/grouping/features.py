"""Texts as sparse rows: French stems and pieces of words, weighted by TF-IDF.

Stems gather inflections (`piétonne`, `piétons`); pieces of words (character 4-grams) gather
compounds, misspellings and missing accents. Each half of a row is brought to its share of
the weight before they are put side by side, so that pieces do not outnumber stems.

Weight of term t in text d: (1 + ln tf) × (ln((1 + N) / (1 + df)) + 1), G. Salton and C. Buckley,
"Term-weighting approaches in automatic text retrieval", 1988. Stems: Snowball French.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from fabrique.methods.grouping.spelling import without_accents, words
from fabrique.methods.grouping.stop_words import STOP_WORDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PIECES_SHARE = 0.4
"""Part of the squared length of a row given to pieces of words."""
PIECE = 4
"""Letters in a piece, counting the boundary of the word as one."""
CELLS_AT_ONCE = 20_000_000
"""Numbers held at once while rows are multiplied."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A sparse matrix, row after row."""

    starts: Ints
    """Where each row begins in the two arrays below; one more for the end."""
    terms: Ints
    """Column of each value."""
    values: Floats
    """Each value."""
    width: int
    """Number of columns."""

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def times(self, dense: Floats) -> Floats:
        """This matrix × a dense one of shape (width, c)."""
        product = np.zeros((self.height, dense.shape[1]))
        longest = int(np.diff(self.starts).max(initial=1))
        at_once = max(1, CELLS_AT_ONCE // (longest * dense.shape[1]))
        for first in range(0, self.height, at_once):
            last = min(first + at_once, self.height)
            begin, end = self.starts[first], self.starts[last]
            full = np.flatnonzero(np.diff(self.starts[first : last + 1]))
            if not len(full):
                continue
            cells = dense[self.terms[begin:end]] * self.values[begin:end, None]
            product[first + full] = np.add.reduceat(cells, self.starts[first + full] - begin)
        return product

    def transposed(self) -> "Rows":
        """Columns as rows."""
        order = np.argsort(self.terms, kind="stable")
        row_of = np.repeat(np.arange(self.height), np.diff(self.starts))
        return Rows(
            starts=_starts(self.terms, self.width),
            terms=row_of[order],
            values=self.values[order],
            width=self.height,
        )


def stems(texts: Sequence[str]) -> list[list[str]]:
    """The stems of each text, stop words and single letters left out, accents removed."""
    return [[stem for _, stem in pairs] for pairs in words_and_stems(texts)]


def words_and_stems(texts: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """Each word that counts with its stem, text after text."""
    stemmer = snowballstemmer.stemmer("french")

    @cache
    def stem_of(word: str) -> str | None:
        bare = without_accents(word)
        if len(bare) < 2 or bare in STOP_WORDS or bare.isdigit():
            return None
        return without_accents(stemmer.stemWord(word))

    for found in words(texts):
        yield [(word, stem) for word in found if (stem := stem_of(word)) is not None]


def pieces(texts: Sequence[str]) -> list[list[str]]:
    """The pieces of the words that count, accents removed, with boundaries."""

    @cache
    def pieces_of(word: str) -> tuple[str, ...]:
        bare = without_accents(word)
        if bare in STOP_WORDS or len(bare) < 2:
            return ()
        bounded = f" {bare} "
        return tuple(bounded[at : at + PIECE] for at in range(max(1, len(bounded) - PIECE + 1)))

    return [[piece for word in found for piece in pieces_of(word)] for found in words(texts)]


def rows(texts: Sequence[str]) -> Rows:
    """Stems and pieces of the texts, side by side; of length one where neither is empty."""
    by_stem = weighted(stems(texts), share=1 - PIECES_SHARE)
    by_piece = weighted(pieces(texts), share=PIECES_SHARE)
    return _beside(by_stem, by_piece)


def weighted(tokens: Sequence[Iterable[str]], *, share: float) -> Rows:
    """TF-IDF rows of squared length `share`; terms seen once in the corpus are left out."""
    text_of, term_of, width = _occurrences(tokens)
    cells, counts = np.unique(text_of * max(width, 1) + term_of, return_counts=True)
    text_of, term_of = cells // max(width, 1), cells % max(width, 1)
    seen_in = np.bincount(term_of, minlength=width)
    kept = seen_in[term_of] >= 2
    text_of, term_of, counts = text_of[kept], term_of[kept], counts[kept]
    rarity = np.log((1 + len(tokens)) / (1 + seen_in)) + 1
    values = (1 + np.log(counts)) * rarity[term_of]
    length = np.sqrt(np.bincount(text_of, weights=values**2, minlength=len(tokens)))
    return Rows(
        starts=_starts(text_of, len(tokens)),
        terms=term_of,
        values=values / length[text_of] * np.sqrt(share),
        width=width,
    )


def _occurrences(tokens: Sequence[Iterable[str]]) -> tuple[Ints, Ints, int]:
    """Text and term of each occurrence; terms are numbered as they come."""
    numbers: dict[str, int] = {}
    terms = [[numbers.setdefault(term, len(numbers)) for term in found] for found in tokens]
    text_of = np.repeat(np.arange(len(terms)), [len(found) for found in terms])
    flat = np.array([term for found in terms for term in found], dtype=np.int64)
    return text_of, flat, len(numbers)


def _starts(row_of: Ints, height: int) -> Ints:
    starts = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(row_of, minlength=height), out=starts[1:])
    return starts


def _beside(left: Rows, right: Rows) -> Rows:
    row_of = np.concatenate(
        [np.repeat(np.arange(side.height), np.diff(side.starts)) for side in (left, right)]
    )
    order = np.argsort(row_of, kind="stable")
    return Rows(
        starts=left.starts + right.starts,
        terms=np.concatenate([left.terms, right.terms + left.width])[order],
        values=np.concatenate([left.values, right.values])[order],
        width=left.width + right.width,
    )

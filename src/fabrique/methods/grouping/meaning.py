"""Texts as means of word vectors: what they speak of, when they share no letters.

The vectors come from outside (a method opens no file): for each word that counts, a direction
learnt from a large corpus. A text is the mean of its words, rarer ones weighing more, less the
mean of the corpus, because what all texts speak of tells none from another (S. Arora, Y. Liang,
T. Ma, "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017).

A text of n words takes 3 / (3 + n) of its weight from its meaning: a title of three words says
little by its letters, a page says enough. Where examples lead, two fifths: what a few examples
lack is the other words for the same thing.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from fabrique.methods.grouping.features import Floats, Rows, words_and_stems
from fabrique.methods.grouping.latent import unit

HALF_WAY = 3
"""Words from which letters say as much as meaning."""
LED_SHARE = 0.4


class WordVectors(Protocol):
    """A direction for each word of a language."""

    @property
    def name(self) -> str:
        """Which vectors these are, and their version."""

    def directions(self, words: Sequence[str]) -> Floats:
        """One row a word, lower case and accents kept; zeros for a word that is not known."""


def beside(letters: Floats, texts: Sequence[str], vectors: WordVectors, *, led: bool) -> Floats:
    """The points of the texts by their letters, and by their meaning beside; of unit length."""
    found = [[word for word, _ in pairs] for pairs in words_and_stems(texts)]
    counted = np.array([len(words) for words in found], dtype=np.float64)[:, None]
    meanings = _meanings(found, vectors)
    share = LED_SHARE if led else HALF_WAY / (HALF_WAY + counted)
    share = np.where(meanings.any(axis=1, keepdims=True), share, 0.0)
    return unit(np.hstack([np.sqrt(1 - share) * letters, np.sqrt(share) * meanings]))


def _meanings(found: Sequence[Sequence[str]], vectors: WordVectors) -> Floats:
    """Centred means of unit length; zeros for a text without a known word."""
    numbers = {word: number for number, word in enumerate(sorted({w for of in found for w in of}))}
    table = unit(vectors.directions(list(numbers)))
    known = [[numbers[word] for word in words if table[numbers[word]].any()] for words in found]
    starts = np.cumsum([0, *(len(words) for words in known)])
    terms = np.array([number for words in known for number in words], dtype=np.int64)
    weights = _rarity(known, len(numbers))[terms]
    rows = Rows(starts=starts, terms=terms, values=weights, width=len(numbers))
    totals = rows.times(np.ones((len(numbers), 1)))
    means = rows.times(table) / np.maximum(totals, 1e-9)
    speaking = totals[:, 0] > 0
    if speaking.any():
        means[speaking] -= means[speaking].mean(axis=0)
    return unit(means)


def _rarity(known: Sequence[Sequence[int]], words: int) -> Floats:
    """ln((1 + texts) / (1 + texts that hold the word)) + 1, as for letters."""
    distinct = [number for held in known for number in set(held)]
    seen_in = np.bincount(np.array(distinct, dtype=np.int64), minlength=words)
    rarity: Floats = np.log((1 + len(known)) / (1 + seen_in)) + 1
    return rarity

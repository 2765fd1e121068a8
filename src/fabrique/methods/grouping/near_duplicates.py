"""Every pair of texts whose sets of 3-grams are alike enough, without comparing all pairs.

Sets are ordered with the rarest gram first. Two sets that share enough must share a gram within
a short prefix of each (prefix filter), cannot differ much in size, and leave enough grams after
the shared one (positional filter). Survivors pass a 256-bit signature whose differing bits never
outnumber the differing grams, and the few left are counted exactly. All of it is done on arrays,
a few million candidates at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.errors import MethodError

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CANDIDATES_AT_ONCE = 2_000_000
MOST_PAIRS = 1_000_000
"""More pairs than anyone can look at: the request is refused."""
MOST_SURVIVORS = 20 * MOST_PAIRS
SIGNATURE_WORDS = 4
ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class GramSets:
    """Sets of grams, the smallest set first, each with its rarest gram first."""

    text_of_set: Ints
    """Which text each set belongs to."""
    starts: Ints
    """Where each set begins in `grams`; one more for the end."""
    grams: Ints
    """Grams by rarity rank, set after set."""
    width: int
    """Number of different grams."""

    @property
    def sizes(self) -> Ints:
        """Grams in each set."""
        return np.diff(self.starts)


def near_duplicates(texts: Sequence[str], *, likeness: float) -> list[tuple[int, int, float]]:
    """Pairs (i, j, Jaccard) with i < j and Jaccard ≥ likeness, sorted.

    `texts` are normalised, all different and not empty. Raises MethodError `too_many_duplicates`.
    """
    if len(texts) < 2:
        return []
    sets = _gram_sets(texts)
    small, large, jaccard = _verified(sets, _distinct(_survivors(sets, likeness)), likeness)
    if len(small) > MOST_PAIRS:
        raise MethodError("too_many_duplicates", limit=MOST_PAIRS)
    one, other = sets.text_of_set[small], sets.text_of_set[large]
    first, second = np.minimum(one, other), np.maximum(one, other)
    return sorted(zip(first.tolist(), second.tolist(), jaccard.tolist(), strict=True))


def _survivors(sets: GramSets, likeness: float) -> Ints:
    """Every pair worth counting, perhaps more than once."""
    kept: list[Ints] = [np.zeros(0, dtype=np.int64)]
    number = 0
    for batch in _candidates(sets, likeness):
        kept.append(batch)
        number += len(batch)
        if number > MOST_SURVIVORS:
            raise MethodError("too_many_duplicates", limit=MOST_PAIRS)
    return np.concatenate(kept)


def _distinct(values: Ints) -> Ints:
    """Sorted, each once; on whole numbers, ten times faster than the hashing of numpy.unique."""
    values = np.sort(values)
    distinct: Ints = values[np.diff(values, prepend=-1) != 0]
    return distinct


def _gram_sets(texts: Sequence[str]) -> GramSets:
    bounded = [f" {text} " for text in texts]
    letters = np.frombuffer("".join(bounded).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    text_of_letter = np.repeat(np.arange(len(texts)), [len(text) for text in bounded])
    inside = text_of_letter[:-2] == text_of_letter[2:]
    codes = ((letters[:-2] << 42) | (letters[1:-1] << 21) | letters[2:])[inside]
    known = _distinct(codes)
    gram = np.searchsorted(known, codes)
    cells = _distinct(text_of_letter[:-2][inside] * len(known) + gram)
    text, gram = cells // len(known), cells % len(known)
    rarity = np.empty(len(known), dtype=np.int64)
    rarity[np.argsort(np.bincount(gram), kind="stable")] = np.arange(len(known))
    sizes = np.bincount(text, minlength=len(texts))
    text_of_set = np.argsort(sizes, kind="stable")
    set_of_text = np.empty_like(text_of_set)
    set_of_text[text_of_set] = np.arange(len(texts))
    ordered = np.sort(set_of_text[text] * len(known) + rarity[gram])
    starts = np.concatenate([[0], np.cumsum(sizes[text_of_set])])
    return GramSets(
        text_of_set=text_of_set, starts=starts, grams=ordered % len(known), width=len(known)
    )


def _candidates(sets: GramSets, likeness: float) -> Iterator[Ints]:
    """Batches of pairs (smaller set × number of sets + larger set) that may be alike."""
    sizes, count = sets.sizes, len(sets.sizes)
    owner = np.repeat(np.arange(count), sizes)
    place = np.arange(len(sets.grams)) - sets.starts[owner]
    probing = sizes - np.ceil(likeness * sizes - ROUNDING).astype(np.int64) + 1
    kept = place < probing[owner]
    owner, place, gram = owner[kept], place[kept], sets.grams[kept]
    by_gram = np.lexsort((owner, gram))
    owner, place, gram = owner[by_gram], place[by_gram], gram[by_gram]
    largest = np.floor(sizes / likeness + ROUNDING).astype(np.int64)
    beyond = np.searchsorted(sizes, largest, side="right")
    posting = gram * (count + 1)
    last = np.searchsorted(posting + owner, posting + beyond[owner])
    partners = last - np.arange(len(owner)) - 1
    least = np.ceil(2 * likeness / (1 + likeness) * sizes - ROUNDING).astype(np.int64)
    partners[place >= (sizes - least + 1)[owner]] = 0
    signatures = _signatures(sets)
    for begin, end in _batches(partners):
        number = partners[begin:end]
        left = np.repeat(np.arange(begin, end), number)
        nth = np.arange(len(left)) - np.repeat(np.cumsum(number) - number, number)
        right = left + 1 + nth
        near = _places_allow(sizes, owner, place, left, right, likeness)
        pairs = owner[left[near]] * count + owner[right[near]]
        yield _distinct(pairs[_signatures_allow(signatures, sizes, pairs, likeness)])


def _batches(partners: Ints) -> Iterator[tuple[int, int]]:
    """Slices of entries that hold about CANDIDATES_AT_ONCE candidates each."""
    total = np.cumsum(partners)
    begin = 0
    while begin < len(partners):
        before = total[begin - 1] if begin else 0
        end = int(np.searchsorted(total, before + CANDIDATES_AT_ONCE, side="right"))
        end = max(end, begin + 1)
        yield begin, end
        begin = end


def _needed(total: Ints, likeness: float) -> Ints:
    """Grams two sets must share, given the sum of their sizes."""
    needed: Ints = np.ceil(likeness / (1 + likeness) * total - ROUNDING).astype(np.int64)
    return needed


def _places_allow(
    sizes: Ints, owner: Ints, place: Ints, left: Ints, right: Ints, likeness: float
) -> Flags:
    small, large = sizes[owner[left]], sizes[owner[right]]
    before = np.minimum(place[left], place[right])
    after = np.minimum(small - place[left], large - place[right])
    allowed: Flags = before + after >= _needed(small + large, likeness)
    return allowed


def _signatures(sets: GramSets) -> NDArray[np.uint64]:
    """For each set, the parity of its grams in each of 256 bins, as bits."""
    bins = 64 * SIGNATURE_WORDS
    owner = np.repeat(np.arange(len(sets.sizes)), sets.sizes)
    filled = np.bincount(owner * bins + sets.grams % bins, minlength=len(sets.sizes) * bins)
    bits = (filled & 1).astype(np.uint8).reshape(len(sets.sizes), bins)
    return np.packbits(bits, axis=1).view(np.uint64)


def _signatures_allow(
    signatures: NDArray[np.uint64], sizes: Ints, pairs: Ints, likeness: float
) -> Flags:
    small, large = np.divmod(pairs, len(sizes))
    total = sizes[small] + sizes[large]
    apart = np.bitwise_count(signatures[small] ^ signatures[large]).sum(axis=1, dtype=np.int64)
    allowed: Flags = total - apart >= 2 * _needed(total, likeness)
    return allowed


def _verified(
    sets: GramSets, pairs: Ints, likeness: float
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """The pairs that are alike enough, and how much, counted exactly."""
    sizes, count = sets.sizes, len(sets.sizes)
    small, large = np.divmod(pairs, count)
    cells = np.repeat(np.arange(count), sizes) * sets.width + sets.grams
    pair = np.repeat(np.arange(len(pairs)), sizes[small])
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(sizes[small]) - sizes[small], sizes[small])
    wanted = large[pair] * sets.width + sets.grams[sets.starts[small][pair] + nth]
    at = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    shared = np.bincount(pair, weights=cells[at] == wanted, minlength=len(pairs))
    jaccard = shared / (sizes[small] + sizes[large] - shared)
    alike = jaccard >= likeness - ROUNDING
    return small[alike], large[alike], jaccard[alike]

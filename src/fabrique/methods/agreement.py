"""Van der Eijk's measure of agreement in ordered scales (Quality and Quantity 35, 2001).

A histogram is peeled into layers, each a pattern of full and empty categories as thick as its
thinnest full category. A pattern with S full categories out of K agrees by

    U × (1 − (S − 1) / (K − 1)),
    U = ((K − 2) TU − (K − 1) TDU) / ((K − 2) (TU + TDU)),

where TU counts the triples of categories that look like one mode (110, 011) and TDU those that
look like two (101); U = 1 where there is neither. Layers are averaged by the people they hold.
"""

from collections.abc import Sequence
from itertools import combinations

UNIMODAL = {(True, True, False), (False, True, True)}
BIMODAL = (True, False, True)


def agreement(counts: Sequence[int]) -> float | None:
    """Agreement A of a histogram over at least three ordered categories: −1 to 1.

    Nothing when the histogram is empty.
    """
    people = sum(counts)
    if not people:
        return None
    left, total = list(counts), 0.0
    while any(left):
        pattern = tuple(count > 0 for count in left)
        thickness = min(count for count in left if count)
        total += thickness * sum(pattern) * _pattern_agreement(pattern)
        left = [count - thickness if count else 0 for count in left]
    return total / people


def _pattern_agreement(pattern: tuple[bool, ...]) -> float:
    size, full = len(pattern), sum(pattern)
    triples = list(combinations(pattern, 3))
    one_mode = sum(triple in UNIMODAL for triple in triples)
    two_modes = sum(triple == BIMODAL for triple in triples)
    unimodality = 1.0
    if one_mode + two_modes:
        unimodality = ((size - 2) * one_mode - (size - 1) * two_modes) / (
            (size - 2) * (one_mode + two_modes)
        )
    return unimodality * (1 - (full - 1) / (size - 1))

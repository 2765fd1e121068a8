"""Texts as points: the sparse rows seen through their main directions.

Truncated singular value decomposition by randomised subspace iteration, from a seed: N. Halko,
P.-G. Martinsson, J. Tropp, "Finding structure with randomness", SIAM Review 53 (2), 2011.
Deerwester et al., "Indexing by latent semantic analysis", 1990, for its use on texts.
"""

import numpy as np

from fabrique.methods.grouping.features import Floats, Rows

SPARE = 10
"""Directions followed beyond those kept, for accuracy."""
PASSES = 4
"""Power iterations; the spectrum of short texts falls slowly."""


def points(rows: Rows, *, dimensions: int, seed: int) -> Floats:
    """Each row as a point of unit length in at most `dimensions` directions (or the origin)."""
    if not rows.height or not rows.width:
        return np.zeros((rows.height, 1))
    wide = min(dimensions + SPARE, rows.height, rows.width)
    columns = rows.transposed()
    basis = np.random.default_rng(seed).standard_normal((rows.width, wide))
    for _ in range(PASSES):
        spread = np.linalg.qr(rows.times(basis)).Q
        basis = np.linalg.qr(columns.times(spread)).Q
    left, strengths, _ = np.linalg.svd(rows.times(basis), full_matrices=False)
    return unit(left[:, :dimensions] * strengths[:dimensions])


def unit(vectors: Floats) -> Floats:
    """Each row at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = np.where(lengths > 1e-9, vectors / np.maximum(lengths, 1e-9), 0.0)
    return scaled

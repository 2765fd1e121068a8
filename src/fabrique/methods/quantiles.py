"""Quartiles by the inverse of the empirical distribution, averaged where it jumps.

Definition 2 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
Statistician 50 (4), 1996: the usual median; a quartile is a value someone gave, or the middle of
two.
"""

from collections.abc import Sequence

import numpy as np

Quartiles = tuple[float, float, float] | tuple[None, None, None]


def quartiles(values: Sequence[float]) -> Quartiles:
    """Lower quartile, median, upper quartile, in any order of the values; nothing of nothing."""
    if not values:
        return None, None, None
    lower, median, upper = np.quantile(
        values, [0.25, 0.5, 0.75], method="averaged_inverted_cdf"
    ).tolist()
    return lower, median, upper

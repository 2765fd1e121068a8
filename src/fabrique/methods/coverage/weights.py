"""How likely each of many panels, for everybody to be exactly as likely as wanted.

    λ ≥ 0   such that   Σ λ[P] over the panels P that hold i = π[i]   for every person i

The panels dealt hold people about as often as wanted: equal λ are nearly right. The right ones are
the nearest that satisfy the equations (least squares, by conjugate gradients: M. Hestenes, E.
Stiefel, Journal of Research of the National Bureau of Standards 49, 1952). Panels whose λ come out
negative are left out, and the others weighed again.
"""

import numpy as np

from fabrique.methods.coverage.marginals import Reals
from fabrique.methods.coverage.panels import Chosen, Seated

TIMES = 20
"""Panels are weighed so often, at most."""
DESCENTS = 300
"""Gradients followed each time, at most."""
ROUGH, PRECISION = 1e-5, 1e-8
"""How near everybody is to what is wanted: while panels are left out, and in the end."""


def exact_weights(panels: Chosen, wanted: Reals) -> Reals | None:
    """Probabilities of the panels that give everybody what is `wanted`; nothing if none do."""
    if not len(panels):
        return None
    seated = np.nonzero(panels)[1].reshape(len(panels), -1)
    weights = np.full(len(panels), 1 / len(panels))
    used, precision = np.arange(len(panels)), ROUGH
    for _ in range(TIMES):
        solved, missed = _solved(seated[used], weights[used], wanted, precision)
        if missed > precision:
            return None
        weights[:] = 0
        weights[used] = np.maximum(0, solved)
        weights /= weights.sum()
        if np.abs(wanted - _chances(seated, weights, len(wanted))).max() <= 2 * PRECISION:
            return weights
        if solved.min() > 0:
            precision = PRECISION
        used = used[solved > 0]
    return None


def _solved(seated: Seated, weights: Reals, wanted: Reals, precision: float) -> tuple[Reals, float]:
    """The nearest weights that give everybody what is wanted, or as near as any; how near."""
    people = len(wanted)
    lacking = wanted - _chances(seated, weights, people)
    towards = slope = lacking[seated].sum(axis=1)
    steep = slope @ slope
    for _ in range(DESCENTS):
        if np.abs(lacking).max() <= precision or steep <= PRECISION**3:
            break
        gained = _chances(seated, towards, people)
        length = steep / (gained @ gained)
        weights = weights + length * towards
        lacking = lacking - length * gained
        slope = lacking[seated].sum(axis=1)
        before, steep = steep, slope @ slope
        towards = slope + steep / before * towards
    return weights, float(np.abs(lacking).max())


def _chances(seated: Seated, weights: Reals, people: int) -> Reals:
    """The probability of each person."""
    each = np.repeat(weights, seated.shape[1])
    return np.bincount(seated.ravel(), each, minlength=people).astype(np.float64, copy=False)

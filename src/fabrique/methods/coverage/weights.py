"""How likely each of many panels, for everybody to be exactly as likely as wanted.

    λ ≥ 0   such that   Σ λ[P] over the panels P that hold i = π[i]   for every person i

The panels dealt hold people about as often as wanted: equal λ are nearly right, and the right ones
are few steps away. A step goes to the nearest λ, of either sign, that satisfy the equations (least
squares, by conjugate gradients: M. Hestenes, E. Stiefel, Journal of Research of the National Bureau
of Standards 49, 1952); then those that are negative are mirrored (projection and reflection by
turns: J. von Neumann, Functional Operators II, 1950).
"""

import numpy as np

from fabrique.methods.coverage.marginals import Reals
from fabrique.methods.coverage.panels import Chosen, Seated

STEPS = 40
"""Steps, at most."""
DESCENTS = 300
"""Gradients followed in a step, at most."""
PRECISION = 1e-7
"""How near the equations are to be satisfied."""
LEAST = 0.1
"""Share of the mean λ that a mirror adds to each: what lands inside needs no more steps."""


def exact_weights(panels: Chosen, marginals: Reals) -> Reals | None:
    """Probabilities of the panels that give everybody theirs; nothing when none are found."""
    seated = np.nonzero(panels)[1].reshape(len(panels), -1)
    weights = np.full(len(panels), 1 / len(panels))
    for _ in range(STEPS):
        weights = _solved(seated, weights, marginals)
        likely = np.maximum(0, weights) / np.maximum(0, weights).sum()
        missed = np.abs(marginals - chances(seated, weights, len(marginals))).max()
        if missed > 10 * PRECISION:
            return None
        if np.abs(marginals - chances(seated, likely, len(marginals))).max() <= 2 * PRECISION:
            return likely
        weights = np.maximum(weights, LEAST / len(panels) - weights)
    return None


def chances(seated: Seated, weights: Reals, people: int) -> Reals:
    """The probability of each person."""
    each = np.repeat(weights, seated.shape[1])
    return np.bincount(seated.ravel(), each, minlength=people)


def _solved(seated: Seated, weights: Reals, marginals: Reals) -> Reals:
    """The nearest weights that give everybody theirs, or as nearly as any do."""
    people = len(marginals)
    lacking = marginals - chances(seated, weights, people)
    slope = towards = lacking[seated].sum(axis=1)
    steep = slope @ slope
    for _ in range(DESCENTS):
        if np.abs(lacking).max() <= PRECISION or steep <= PRECISION**2:
            break
        gained = chances(seated, towards, people)
        length = steep / (gained @ gained)
        weights = weights + length * towards
        lacking = lacking - length * gained
        slope = lacking[seated].sum(axis=1)
        before, steep = steep, slope @ slope
        towards = slope + steep / before * towards
    return weights

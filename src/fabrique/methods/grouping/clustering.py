"""Points into groups: spherical k-means, steadied by an ensemble, or led by examples."""

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.grouping.features import Floats, Ints
from fabrique.methods.grouping.latent import unit

STARTS = 12
"""k-means started this often; their partitions are merged."""
FINAL_STARTS = 5
ROUNDS = 50
EXAMPLE_WEIGHT = 20
"""How many ordinary texts one example weighs when a centre is moved."""
EXAMPLE_ROUNDS = 3


def consensus(points: Floats, *, groups: int, seed: int) -> Ints:
    """A group number for each point, agreed upon by several k-means.

    Every partition becomes columns of zeros and ones; points that often fell together lie close
    in the main directions of that table, where they are grouped once more.
    """
    draws = np.random.default_rng(seed)
    votes = [_columns(kmeans(points, groups, draws)[0]) for _ in range(STARTS)]
    left, strengths, _ = np.linalg.svd(np.hstack(votes), full_matrices=False)
    agreed = unit(left[:, :groups] * strengths[:groups])
    runs = [kmeans(agreed, groups, draws) for _ in range(FINAL_STARTS)]
    return max(runs, key=lambda run: run[1])[0]


def led_by_examples(points: Floats, examples: Floats, theme_of: Ints) -> Floats:
    """The centre of each theme, placed by its examples and moved towards the texts near it.

    `theme_of` numbers the theme of each example; every theme has at least one.
    """
    themes = int(theme_of.max()) + 1
    held = EXAMPLE_WEIGHT * (_indicator(theme_of, themes).T @ examples)
    centres = unit(held)
    for _ in range(EXAMPLE_ROUNDS):
        nearest = (points @ centres.T).argmax(axis=1)
        centres = unit(held + _indicator(nearest, themes).T @ points)
    return centres


def centres_of(points: Floats, labels: Ints) -> Floats:
    """The unit centre of each group."""
    return unit(_indicator(labels, int(labels.max()) + 1).T @ points)


def kmeans(points: Floats, groups: int, draws: np.random.Generator) -> tuple[Ints, float]:
    """Labels, and the sum of cosines they reach."""
    centres = _spread_centres(points, groups, draws)
    labels: Ints = (points @ centres.T).argmax(axis=1)
    for _ in range(ROUNDS):
        centres = unit(_indicator(labels, len(centres)).T @ points)
        moved = (points @ centres.T).argmax(axis=1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels, float((points * centres[labels]).sum())


def _spread_centres(points: Floats, groups: int, draws: np.random.Generator) -> Floats:
    """k-means++: each next centre drawn in proportion to its distance from those before."""
    centres = [points[draws.integers(len(points))]]
    far = 1 - points @ centres[0]
    while len(centres) < groups:
        chances = np.where(far > 1e-9, far, 0.0)
        if not chances.any():
            break
        centres.append(points[draws.choice(len(points), p=chances / chances.sum())])
        far = np.minimum(far, 1 - points @ centres[-1])
    return np.array(centres)


def _indicator(labels: NDArray[np.int64], groups: int) -> Floats:
    member: Floats = (labels[:, None] == np.arange(groups)).astype(np.float64)
    return member


def _columns(labels: Ints) -> Floats:
    """Points × groups, each column of unit length, so that a large group does not shout."""
    columns = _indicator(labels, int(labels.max()) + 1)
    scaled: Floats = columns / np.sqrt(np.maximum(columns.sum(axis=0), 1))
    return scaled

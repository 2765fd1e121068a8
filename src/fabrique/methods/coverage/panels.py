"""Panels within the limits that hold each person as often as wanted, one table after another.

At a table, people are dealt like cards, each as often as still wanted: panels are then nearly
right. Those that are not are repaired side by side, by one replacement each at a time
("min-conflicts": S. Minton et al., Artificial Intelligence 58, 1992). The one who leaves, then the
one who comes, is who costs least:

    8 × people more outside the limits + worth of who leaves − worth of who comes + chance

Worth is how often a person is still wanted. Chance grows while a repair lasts, so that few panels
stay stuck. Those that do are left out, and whom they held is wanted again at the next table: how
often a person is held never drifts far from what is wanted.
"""

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.coverage.case import Numbers
from fabrique.methods.coverage.marginals import Reals, Seating

OUTSIDE = 8
"""Worth of bringing one person within the limits."""
WANTED, MOST_WANTED = 4, 24
"""Worth of a person wanted once more; the most it is worth."""
CHANCE, MORE_CHANCE = 1.0, 0.5
"""The largest chance at first, and how much larger it is at each replacement."""
NEVER = np.float32(1e6)
TABLE = 50
"""Panels made side by side."""
REPLACEMENTS = 80
"""Replacements in a panel, at most."""
FEW = 4
"""Panels not worth another replacement, when no more are outside the limits."""
NEAR = 1e-6
"""Numbers nearer than this to a whole one are whole."""

Chosen = NDArray[np.bool_]
"""Panels as rows over candidates."""
Seated = NDArray[np.intp]
"""Panels as rows of the candidates they hold."""
Costs = NDArray[np.float32]


class Dealer:
    """Deals panels that hold each person about as often as `marginals` say."""

    def __init__(self, seating: Seating, marginals: Reals, draws: np.random.Generator) -> None:
        self.panels: Chosen = np.zeros((0, len(marginals)), dtype=np.bool_)
        self.tables = 0
        self._seating = _around(seating, marginals)
        self._people = seating.people.astype(np.float32)
        self._kinds = np.ascontiguousarray(self._people.T)
        self._marginals = marginals
        self._sure = marginals > 1 - NEAR
        self._staying = np.where(self._sure, NEVER, np.float32(0))
        self._draws = draws

    def deal(self) -> None:
        """One more table."""
        self.tables += 1
        wanted = self._marginals * (len(self.panels) + TABLE) - self.panels.sum(axis=0)
        cards = np.clip(wanted, 0, TABLE)
        cards *= TABLE * self._seating.seats / cards.sum()
        kinds = self._draws.permutation(self._kinds)
        order = np.lexsort((self._draws.random(len(cards)), *kinds))
        chosen = dealt(np.minimum(cards, TABLE)[order], TABLE, self._seating.seats)
        chosen = chosen[:, np.argsort(order)]
        chosen = self._repaired(chosen[chosen[:, self._sure].all(axis=1)], wanted)
        self.panels = np.vstack([self.panels, chosen])

    def _repaired(self, chosen: Chosen, wanted: Reals) -> Chosen:
        """The panels brought within the limits."""
        people = self._seating.people
        seated = np.nonzero(chosen)[1].reshape(len(chosen), self._seating.seats)
        counts = chosen @ people
        lacking = (wanted - chosen.sum(axis=0)).astype(np.float32)
        for turn in range(REPLACEMENTS):
            wrong = np.flatnonzero(self._outside(counts))
            if len(wrong) <= FEW:
                break
            worth = (WANTED * lacking).clip(-MOST_WANTED, MOST_WANTED)
            chance = np.float32(CHANCE + MORE_CHANCE * turn)
            theirs, have = seated[wrong], counts[wrong]
            seat = self._leaving(theirs, have, worth, chance)
            leaving = seated[wrong, seat]
            have -= people[leaving]
            coming = self._coming(theirs, have, worth, chance)
            counts[wrong] = have + people[coming]
            seated[wrong, seat] = coming
            np.add.at(lacking, leaving, 1)
            np.add.at(lacking, coming, -1)
        right = seated[~self._outside(counts)]
        repaired = np.zeros((len(right), len(wanted)), dtype=np.bool_)
        np.put_along_axis(repaired, right, True, axis=1)
        return repaired

    def _leaving(self, seated: Seated, counts: Numbers, worth: Costs, chance: np.float32) -> Seated:
        """The seat to empty in each panel."""
        low, high = self._seating.low, self._seating.high
        outside = OUTSIDE * np.subtract(counts <= low, counts > high, dtype=np.float32)
        costs = (self._people[seated] @ outside[:, :, None])[:, :, 0]
        costs += (worth + self._staying)[seated] + self._chance(costs.shape) * chance
        cheapest: Seated = np.argmin(costs, axis=1)
        return cheapest

    def _coming(self, seated: Seated, counts: Numbers, worth: Costs, chance: np.float32) -> Seated:
        """Who takes the empty seat of each panel."""
        low, high = self._seating.low, self._seating.high
        outside = OUTSIDE * np.subtract(counts >= high, counts < low, dtype=np.float32)
        # One small product a panel: a large one would wake the threads of the linear algebra.
        costs = (outside[:, None, :] @ self._kinds)[:, 0]
        costs += self._chance(costs.shape) * chance - worth
        costs[np.arange(len(seated))[:, None], seated] = NEVER
        cheapest: Seated = np.argmin(costs, axis=1)
        return cheapest

    def _chance(self, shape: tuple[int, ...]) -> Costs:
        return self._draws.random(shape, dtype=np.float32)

    def _outside(self, counts: Numbers) -> Chosen:
        """The panels outside some limit."""
        outside = (counts < self._seating.low) | (counts > self._seating.high)
        panels: Chosen = np.any(outside, axis=1)
        return panels


def _around(seating: Seating, marginals: Reals) -> Seating:
    """The same limits, no further from the expected numbers than a person."""
    expected = marginals @ seating.people
    return Seating(
        people=seating.people,
        low=np.maximum(seating.low, np.floor(expected + NEAR).astype(np.int64)),
        high=np.minimum(seating.high, np.ceil(expected - NEAR).astype(np.int64)),
        seats=seating.seats,
    )


def dealt(wanted: Reals, panels: int, seats: int) -> Chosen:
    """About `panels` panels of `seats` people, each person in about `wanted` of them.

    The people, one after the other, each as often as wanted, are dealt like cards. A panel that
    rounding leaves short, or deals the same person twice, is left out.
    """
    until = np.floor(np.cumsum(wanted) + NEAR).astype(np.int64)
    until = np.append(np.minimum(until[:-1], panels * seats), panels * seats)
    cards = np.repeat(np.arange(len(wanted)), np.diff(until, prepend=0))
    chosen = np.zeros((panels, len(wanted)), dtype=np.bool_)
    chosen[np.arange(panels * seats) % panels, cards] = True
    full: Chosen = chosen[chosen.sum(axis=1) == seats]
    return full

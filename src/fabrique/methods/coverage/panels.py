"""Many panels improved side by side, one replacement each at a time.

A local search ("min-conflicts": S. Minton et al., Artificial Intelligence 58, 1992): every panel
weighs all its replacements of one person by another, and makes the one that most lowers

    8 × people outside the limits − worth of the person who comes in + worth of who goes out

Many panels are weighed at once, by products of matrices: what a panel loses and gains by a
replacement is known kind by kind.
"""

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.coverage.case import penalties
from fabrique.methods.coverage.marginals import Reals, Seating

OUTSIDE = np.float32(8)
"""Worth of bringing one person within the limits."""
NEVER = np.float32(1e6)
CELLS = 4_000_000
"""Replacements weighed at once, at most: what memory and cache stand."""

Chosen = NDArray[np.bool_]
"""Panels as rows over candidates."""


class Panels:
    """Panels in progress; `chosen` holds `seats` candidates a row, within the limits or not."""

    def __init__(self, seating: Seating, chosen: Chosen, draws: np.random.Generator) -> None:
        self.chosen = chosen.copy()
        self._seating = seating
        self._people = seating.people.astype(np.float32)
        self._held = np.nonzero(chosen)[1].reshape(len(chosen), seating.seats)
        self._counts = chosen @ seating.people
        self._draws = draws

    def within_limits(self) -> Chosen:
        """The panels that meet every limit."""
        outside = self._outside(self._counts).sum(axis=1)
        within: Chosen = self.chosen[outside == 0]
        return within

    def balance(self, wanted: Reals, *, passes: int) -> None:
        """Bring panels within the limits and the panels each person is in near `wanted`."""
        total = len(self.chosen)
        together = max(1, min(total // 16, self._at_once()))
        worth = wanted - self.chosen.sum(axis=0)
        for _ in range(passes):
            order = self._draws.permutation(total)
            for start in range(0, total, together):
                rows = order[start : start + together]
                out, into = self._replace(rows, worth, threshold=2, noise=3)
                np.add.at(worth, out, 1)
                np.add.at(worth, into, -1)

    def enrich(self, worth: Reals, *, rounds: int) -> None:
        """Bring panels within the limits and raise the worth of the people they hold."""
        for _ in range(rounds):
            for start in range(0, len(self.chosen), self._at_once()):
                rows = np.arange(start, min(start + self._at_once(), len(self.chosen)))
                self._replace(rows, worth, threshold=0, noise=1)

    def _at_once(self) -> int:
        return max(1, CELLS // max(1, self._seating.seats * len(self._people)))

    def _replace(
        self, rows: NDArray[np.intp], worth: Reals, *, threshold: float, noise: float
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Make the best replacement of each row where it costs less than `threshold`.

        Returns who went out and who came in. `noise` parts near equals.
        """
        costs = self._costs(rows, worth.astype(np.float32), np.float32(noise))
        best = costs.reshape(len(rows), -1).argmin(axis=1)
        seat, into = np.divmod(best, len(self._people))
        made = costs[np.arange(len(rows)), seat, into] < threshold
        rows, seat, into = rows[made], seat[made], into[made]
        out = self._held[rows, seat]
        self._held[rows, seat] = into
        self.chosen[rows, out], self.chosen[rows, into] = False, True
        self._counts[rows] += self._seating.people[into] - self._seating.people[out]
        return out, into

    def _costs(
        self, rows: NDArray[np.intp], worth: NDArray[np.float32], noise: np.float32
    ) -> NDArray[np.float32]:
        """Cost of each replacement: rows × seats × candidates."""
        counts, held = self._counts[rows], self._held[rows]
        now = self._outside(counts)
        lost = OUTSIDE * (self._outside(counts - 1) - now).astype(np.float32)
        gained = OUTSIDE * (self._outside(counts + 1) - now).astype(np.float32)
        people = self._people
        theirs = people[held]
        # One small product a panel: a large one would wake the threads of the linear algebra.
        costs = -(theirs * (lost + gained)[:, None, :]) @ people.T
        costs += ((theirs @ lost[:, :, None])[:, :, 0] + worth[held])[:, :, None]
        parted = self._draws.random((len(rows), len(people)), dtype=np.float32) * noise
        costs += (gained @ people.T - worth + parted + NEVER * self.chosen[rows])[:, None, :]
        return costs

    def _outside(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        return penalties(counts, self._seating.low, self._seating.high)


def dealt(wanted: Reals, panels: int, seats: int) -> Chosen:
    """About `panels` panels of `seats` people, each person in about `wanted` of them.

    The people, one after the other, each as often as wanted, are dealt like cards. A panel that
    rounding leaves short, or deals the same person twice, is left out.
    """
    until = np.floor(np.cumsum(wanted) + 1e-6).astype(np.int64)
    until = np.append(np.minimum(until[:-1], panels * seats), panels * seats)
    cards = np.repeat(np.arange(len(wanted)), np.diff(until, prepend=0))
    chosen = np.zeros((panels, len(wanted)), dtype=np.bool_)
    chosen[np.arange(panels * seats) % panels, cards] = True
    full: Chosen = chosen[chosen.sum(axis=1) == seats]
    return full


def rounded(shares: Reals, panels: int, seats: int, draws: np.random.Generator) -> Chosen:
    """`panels` panels of `seats` people: those with large shares, give or take some chance."""
    near = np.clip(shares, 1e-4, 1 - 1e-4)
    keys = np.log(near / (1 - near)) + draws.gumbel(size=(panels, len(shares)))
    first = np.argpartition(-keys, seats - 1, axis=1)[:, :seats]
    chosen = np.zeros(keys.shape, dtype=np.bool_)
    np.put_along_axis(chosen, first, True, axis=1)
    return chosen

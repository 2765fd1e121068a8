"""The one-for-one replacement that lowers the shortfall most: every pair is weighed."""

import numpy as np

from fabrique.methods.coverage.case import Case, Numbers, penalties
from fabrique.methods.coverage.contracts import Person, Swap


def propose_swap(
    case: Case, members: tuple[Person, ...], candidates: tuple[Person, ...], *, seed: int
) -> Swap:
    """The best pair; among equals, one drawn by `seed`. Only replaceable members leave."""
    size = len(case.members)
    leaving = np.flatnonzero([member.replaceable for member in members])
    changes = _changes(case, leaving)
    if not changes.size or changes.min() >= 0:
        return Swap(removed=None, added=None, after=case.standing(case.counts, size))
    equals = np.argwhere(changes == changes.min())
    out, joining = np.random.default_rng(seed).choice(equals)
    counts = case.counts - case.members[leaving[out]] + case.candidates[joining]
    return Swap(
        removed=members[leaving[out]].person,
        added=candidates[joining].person,
        after=case.standing(counts, size),
    )


def _changes(case: Case, leaving: Numbers) -> Numbers:
    """Change of the shortfall for each member who may leave (rows) and candidate (columns).

    A kind loses one, gains one, or keeps its count where both are of it.
    """
    low, high = case.limits(len(case.members))
    now = penalties(case.counts, low, high)
    lost = penalties(case.counts - 1, low, high) - now
    gained = penalties(case.counts + 1, low, high) - now
    out = case.members[leaving]
    kept = (out * (lost + gained)) @ case.candidates.T
    changes: Numbers = (out @ lost)[:, None] + (case.candidates @ gained)[None, :] - kept
    return changes

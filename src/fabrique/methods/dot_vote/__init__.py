"""Which items a room puts first, when each person has a few dots to place.

Formulas
    dots         sum over people
    voter share  people who placed a dot on the item / people who placed any
    ranking      by dots, then by number of people, most first; equals share a rank (1, 1, 3)
    robustness   share of bootstrap resamples of *people* (all the dots of a person together) in
                 which the item has a dot and fewer than k items do strictly better than it

Sources
    Cumulative voting: J. G. Marshall, Minorities and Majorities; their Relative Rights, 1853; in
    workshops, "dotmocracy". B. Efron, "Bootstrap methods: another look at the jackknife",
    Annals of Statistics 7, 1979.

Limits
    A dot says "this first", not "only this" nor "not that": an item without a dot is not
    rejected. People who see the dots of others follow them: vote first, show next. Near items
    split the dots of those who want both, so merge duplicates before voting. A vote of fewer
    than `minimum_voters` people is counted and not ranked, and says so.
"""

from fabrique.methods.dot_vote.contracts import (
    Dots,
    DotVote,
    DotVoteRequest,
    ItemDots,
    Unranked,
)
from fabrique.methods.dot_vote.count import count_dots

__all__ = ["DotVote", "DotVoteRequest", "Dots", "ItemDots", "Unranked", "count_dots"]

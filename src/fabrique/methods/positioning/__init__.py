"""The role of the authority on each stake, as it is and as people would like it.

Each person chooses, for each stake, one role today and one role wished (be exemplary, plan and
regulate, animate, fund, operate, plead…). Roles are names without an order: nothing here adds
them, averages them or calls one higher than another.

Formulas, for K roles chosen by shares p
    leading share   max p, and every role that reaches it
    agreement       1 − H / ln K, H = −Σ p ln p: 1 everyone chooses the same, 0 evenly spread
    shift           people by role today and role wished, among those who gave both
    change share    those off the diagonal / those who gave both

Sources
    Entropy: C. Shannon, "A mathematical theory of communication", Bell System Technical Journal
    27, 1948; relative entropy as an index of qualitative variation: A. Wilcox, "Indices of
    qualitative variation and political measurement", Western Political Quarterly 26 (2), 1973.

Limits
    The leading share looks at one role, the agreement at all of them: both are given because two
    rooms with the same leading role may be one camp and some loners, or two camps. With few
    people entropy is biased down, so agreement up: fewer than `minimum_voters` answers are
    described and marked weak. One role is asked for where reality holds several; the answers say
    which one people put first.
"""

from fabrique.methods.positioning.contracts import (
    Position,
    Positioning,
    PositioningRequest,
    RoleDistribution,
    StakePositioning,
    Weakness,
)
from fabrique.methods.positioning.roles import compare_roles

__all__ = [
    "Position",
    "Positioning",
    "PositioningRequest",
    "RoleDistribution",
    "StakePositioning",
    "Weakness",
    "compare_roles",
]

"""Strengths, weaknesses, opportunities and threats, across territories.

A statement is worth the number of territories that make it, never the number of notes. Statements
that say the same are merged by hand beforehand and share a `group`; looking for candidates is the
work of the grouping method.

Formulas
    support(g, q)   different territories with a statement of group g in quadrant q
    spread          specific (support 1), shared by all (support = number of territories, two or
                    more), partly shared (in between)
    heard(q)        territories with any statement in quadrant q
    crosses         each strength or weakness with each opportunity or threat; joint support is
                    the number of territories that say both; never a group with itself
    blind spot      a territory and a quadrant in which it said nothing
    contested       a group that stands in more than one quadrant

Sources
    H. Weihrich, "The TOWS matrix: a tool for situational analysis", Long Range Planning 15 (2),
    1982, for the crosses. Support by territory is that of the launch deck of the Fabrique « Villes
    moyennes et transition écologique » (2020), inter-site seminar 1.

Limits
    A blind spot is a silence, not an absence: a territory may have run out of time. Support thus
    comes with how many territories said anything in the quadrant. What is shared by all may be a
    commonplace; what is specific may be the most precious. A cross is a question to put to the
    room: counting territories says where to look first, not which strategy is right.
"""

from fabrique.methods.swot.comparison import compare_swot
from fabrique.methods.swot.contracts import (
    BlindSpot,
    Cross,
    CrossKind,
    GroupSupport,
    Item,
    Quadrant,
    Spread,
    Swot,
    SwotRequest,
)

__all__ = [
    "BlindSpot",
    "Cross",
    "CrossKind",
    "GroupSupport",
    "Item",
    "Quadrant",
    "Spread",
    "Swot",
    "SwotRequest",
    "compare_swot",
]

"""Whether a group looks as it should, whom to add or replace, and a panel drawn by lot.

A working group of 15 to 20 people is wanted with so many of each sector, function, gender… This
counts it against those targets, and proposes; a person decides.

Formulas
    gap          max(0, minimum − have); a share asks for its part of the group, rounded up
    excess       max(0, have − maximum); a share allows its part, rounded down
    shortfall    Σ gaps + Σ excesses, the size of the group included
    additions    the candidates x who minimise the shortfall of members + x, at most the largest
                 size: an integer programme, written out in `joining.py`, solved to its bound
    relaxation   at that optimum, moving every missed target to what is reached is the smallest
                 total move that makes targets feasible: any smaller one would have been found
    swap         argmin of the shortfall over all (replaceable member, candidate)
    lottery      max over distributions λ on panels of min over candidates i of Σ λ[P], P ∋ i;
                 a panel completes the group to the largest size at which every target can be
                 met; made directly where the relaxation's bound is reached, which is nearly
                 always, and else by column generation: written out in `lottery.py`

Sources
    Lottery: B. Flanigan, P. Gölz, A. Gupta, B. Hennig, A. Procaccia, "Fair algorithms for
    selecting citizens' assemblies", Nature 596, 2021 (maximin). Column generation: P. Gilmore, R.
    Gomory, "A linear programming approach to the cutting-stock problem", Operations Research 9,
    1961. Repair of panels: S. Minton et al., "Minimizing conflicts", Artificial Intelligence 58,
    1992. Weights of panels: M. Hestenes, E. Stiefel, "Methods of conjugate gradients for solving
    linear systems", Journal of Research of the National Bureau of Standards 49, 1952. Solvers:
    OR-Tools (CP-SAT, GLOP).

Limits
    Every missing person weighs the same, whatever the target: two targets that matter unequally
    are for people to part. Who is counted by a category is who said so: an attribute left out
    counts nowhere. The largest of the smallest chances says nothing of the others, which may
    differ much: targets that volunteers fit badly make rare kinds near certain. Anybody who knows
    the seed can tell the draw beforehand: draw the seed in public. The same request gives the
    same answer on one machine with the same solvers; elsewhere, equals may be parted otherwise.
"""

from fabrique.methods.coverage.assessment import assess_coverage
from fabrique.methods.coverage.contracts import (
    Additions,
    Category,
    Chance,
    Coverage,
    CoverageRequest,
    Draw,
    Limit,
    Obstacle,
    Panel,
    Part,
    Person,
    Proof,
    Relaxation,
    Standing,
    Swap,
    ValueCoverage,
    ValueTarget,
)

__all__ = [
    "Additions",
    "Category",
    "Chance",
    "Coverage",
    "CoverageRequest",
    "Draw",
    "Limit",
    "Obstacle",
    "Panel",
    "Part",
    "Person",
    "Proof",
    "Relaxation",
    "Standing",
    "Swap",
    "ValueCoverage",
    "ValueTarget",
    "assess_coverage",
]

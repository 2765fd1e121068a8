"""How far the room wants to go on each action, and how able it feels, in two rounds.

The coloured chart of François Régnier: each person marks each item alone, the marks are shown,
people discuss those on which they differ, then mark once more. Ambition and capacity go from 1
to 5 and are never multiplied.

Formulas
    quantiles      inverse of the empirical distribution, averaged where it jumps (definition 2 of
                   Hyndman and Fan): the usual median
    polarisation   (1 − A) / 2, with A the agreement of van der Eijk over the five marks: 0 all
                   alike, ½ evenly spread, 1 two halves at the two ends
    shift          second mark − first mark, among the people who gave both
    right level    « juste niveau »: the highest level L such that more than half of those who
                   judged the ambition put L or more; only for an item that somebody carries
    ranking        by median ambition, then mean, highest first; equals share a rank (1, 1, 3)
    robustness     share of bootstrap resamples of *people* in which fewer than k items do
                   strictly better than this one

Sources
    F. Régnier, Annoncer la couleur, Nancy, 1989; the chart dates from the 1970s. Polarisation: C.
    van der Eijk, "Measuring agreement in ordered rating scales", Quality and Quantity 35, 2001,
    turned as in the R package agrmt (D. Ruedin). R. J. Hyndman, Y. Fan, "Sample quantiles in
    statistical packages", The American Statistician 50 (4), 1996. B. Efron, "Bootstrap methods:
    another look at the jackknife", Annals of Statistics 7, 1979. The right level is that of the
    launch deck of the Fabrique « Villes moyennes et transition écologique » (2020), made exact.

Limits
    Marks are opinions of the people present. A shift is counted on the same people: those who
    came or left between the rounds change the distribution, not the shift. A second round moves
    towards the middle by itself when people see the first: less polarisation is not yet
    agreement. Two votes for one against make a majority: an item judged by fewer than
    `minimum_voters` people is described, neither ranked nor given a level, and says so.
"""

from fabrique.methods.ambition.contracts import (
    AmbitionItem,
    AmbitionRequest,
    AmbitionVote,
    ItemAmbition,
    Judgement,
    LevelSummary,
    NoLevel,
    RoundSummary,
    Shift,
    Unranked,
)
from fabrique.methods.ambition.vote import weigh_ambition

__all__ = [
    "AmbitionItem",
    "AmbitionRequest",
    "AmbitionVote",
    "ItemAmbition",
    "Judgement",
    "LevelSummary",
    "NoLevel",
    "RoundSummary",
    "Shift",
    "Unranked",
    "weigh_ambition",
]

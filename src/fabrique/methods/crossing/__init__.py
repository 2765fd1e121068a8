"""Which past actions answer which vulnerabilities, and what nothing answers.

People link a vulnerability to an action that answers it. The incidence table holds, for each
vulnerability (row) and action (column), the number of different people who drew the link. A row
is covered when at least one of its links has `minimum_supporters` people; an uncovered row is a
blind spot; an action with no such link answers nothing on the table.

Formulas
    supporters(v, a)   different people who linked v to a
    share(v, a)        supporters(v, a) / asked(v)
    covered(v)         there is an a with supporters(v, a) ≥ minimum_supporters
    blind spots        the rows that are not covered

Source
    The incidence matrix of a bipartite graph (C. Berge, Graphes et hypergraphes, 1970), whose
    empty rows and columns are read as the launch deck of the Fabrique « Villes moyennes et
    transition écologique » (2020) asks: seminar 1, projections crossed with the actions of the
    last term, then blind spots.

Limits
    An empty cell is not evidence: it may mean that nothing answers, that nobody was asked, or
    that nobody thought of it. Each row therefore carries how many people could answer and how
    many said in so many words that nothing does, and each finding that rests on too few of them
    is marked weak, with the reason. A link says that an action *concerns* a vulnerability, not
    that it works.
"""

from fabrique.methods.crossing.contracts import (
    ActionUse,
    Answer,
    AskedVulnerability,
    Coverage,
    Crossing,
    CrossingRequest,
    SupportedLink,
    Weakness,
)
from fabrique.methods.crossing.incidence import cross

__all__ = [
    "ActionUse",
    "Answer",
    "AskedVulnerability",
    "Coverage",
    "Crossing",
    "CrossingRequest",
    "SupportedLink",
    "Weakness",
    "cross",
]

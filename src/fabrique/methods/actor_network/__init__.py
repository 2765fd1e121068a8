"""How the actors people cited are linked, as far as they drew it.

Ties are read both ways and merged: the graph is undirected and simple, with one edge between two
actors whatever the number, the kinds and the directions of the ties drawn between them.

Formulas, for n actors
    degree        edges of the actor
    closeness     ((r − 1) / (n − 1)) × ((r − 1) / sum of distances), r actors in its component,
                  itself included; 0 when it is alone
    betweenness   for each pair of others, the share of their shortest paths that pass by the
                  actor, summed and divided by (n − 1)(n − 2) / 2
    reach         other actors within two steps / (n − 1)
    efficiency    reach / degree
    component     actors joined by a path; an edge is a bridge, and an actor an articulation, when
                  its removal leaves more components
    isolated      degree 0; an isolated pioneer is one whose profile is the one asked about

Sources
    Closeness, in the form that holds on a graph in several pieces: S. Wasserman, K. Faust,
    Social Network Analysis, 1994, formula 5.22. Betweenness: L. Freeman, "A set of measures of
    centrality based on betweenness", Sociometry 40, 1977; U. Brandes, "A faster algorithm for
    betweenness centrality", Journal of Mathematical Sociology 25, 2001. Bridges and articulation
    points: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing
    1, 1972. Reach and reach efficiency as defined by Kumu (UCINET divides otherwise, by the
    neighbours of the neighbours). Computed by NetworkX.

Limits
    The map is what fifteen to twenty people thought of saying in one morning. The absence of a
    link means nothing: nobody may know it, nobody may have had the time to draw it. So nothing
    here concludes from one: isolated actors and missing families are things to check, and a map
    drawn by fewer than `minimum_informants` people, like an actor cited by fewer than
    `minimum_cited_by`, is marked weak. A link of conflict counts as a link: who blocks whom is
    near, not friendly. Measures compare actors of one map, never two maps of different sizes.
"""

from fabrique.methods.actor_network.contracts import (
    Actor,
    ActorNetwork,
    ActorNetworkRequest,
    ActorPlace,
    Edge,
    FamilyPresence,
    Tie,
    Weakness,
)
from fabrique.methods.actor_network.mapping import map_actors

__all__ = [
    "Actor",
    "ActorNetwork",
    "ActorNetworkRequest",
    "ActorPlace",
    "Edge",
    "FamilyPresence",
    "Tie",
    "Weakness",
    "map_actors",
]

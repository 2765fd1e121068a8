"""What is asked of an actor network, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Weakness(StrEnum):
    """Why a finding should not be leant on."""

    NO_INFORMANT = "no_informant"
    """Nobody is known to have cited anything."""
    TOO_FEW_INFORMANTS = "too_few_informants"
    """Fewer people than the minimum cited it."""


@contract
class Actor:
    """Someone, or an organisation, that people in the room cited."""

    key: str
    """Its identifier, once in the request."""
    family: str | None = None
    """Its family (association, firm, State service…), in the words of the team."""
    profile: str | None = None
    """Its attitude to change, in the words of the team; see `pioneer`."""
    sites: tuple[str, ...] = ()
    """Territories where it was cited."""
    cited_by: int | None = None
    """How many people cited it (0 or more); null when nobody counted."""


@contract
class Tie:
    """A link someone drew between two actors."""

    source: str
    """Key of one actor."""
    target: str
    """Key of another."""
    kind: str | None = None
    """What kind of link (works with, funds, depends on, blocks…), in the words of the team."""


@contract
class ActorNetworkRequest:
    """Actors, the links drawn between them, and how many people drew."""

    actors: tuple[Actor, ...]
    """Each once, in the order wanted in the answer."""
    ties: tuple[Tie, ...]
    """In any order; ties between the same two actors, of any kind and direction, are one edge."""
    informants: int
    """People who took part in citing and linking (0 or more)."""
    expected_families: tuple[str, ...] = ()
    """Families one would look for, each once, in the order wanted in the answer."""
    pioneer: str = "pioneer"
    """The `profile` of those who are ahead of the others."""
    minimum_informants: int = 5
    """A map drawn by fewer people is marked weak (at least 1)."""
    minimum_cited_by: int = 2
    """An actor cited by fewer people is marked weak (at least 1)."""


@contract
class ActorPlace:
    """Where one actor stands in the map as drawn."""

    actor: str
    """Its key."""
    degree: int
    """Actors it is linked to."""
    closeness: float
    """Closeness of Wasserman and Faust (0 to 1): 1 when linked to all the others."""
    betweenness: float
    """Share of the shortest paths between two others that pass by it (0 to 1)."""
    reached: int
    """Other actors within two steps."""
    reach: float
    """reached / all the other actors (0 to 1)."""
    reach_efficiency: float | None
    """reach / degree: what each direct link gives; nothing without a link."""
    component: int
    """Number of its component, from 1 (position in `components`)."""
    weak: Weakness | None
    """Why the place of this actor should not be leant on; nothing when it can, or when nobody
    counted who cited it."""


@contract
class Edge:
    """Two actors that are linked, whatever the kinds and directions."""

    first: str
    """The one that comes first in the request."""
    second: str
    """The other."""
    kinds: tuple[str, ...]
    """Kinds of the ties it stands for, each once, in alphabetical order."""
    ties: int
    """How many ties of the request it stands for."""
    bridge: bool
    """Whether it alone holds its two sides together."""


@contract
class FamilyPresence:
    """A family of actors, and the territories where one of them was cited."""

    family: str
    """Its name."""
    expected: bool
    """Whether it is one of the `expected_families`."""
    actors: tuple[str, ...]
    """Its actors, in the order of the request."""
    cited_in: tuple[str, ...]
    """Territories where one of them was cited."""
    not_cited_in: tuple[str, ...]
    """Other territories of the request: nobody cited it there, which does not mean there is
    none."""


@contract
class ActorNetwork:
    """The places of the actors, the shape of the map, and what to look at twice.

    No field says that a link does not exist: only that nobody drew it.
    """

    actors: tuple[ActorPlace, ...]
    """In the order of the request."""
    edges: tuple[Edge, ...]
    """By first actor, then second, in the order of the request."""
    components: tuple[tuple[str, ...], ...]
    """Actors held together by edges, largest component first, then by first actor."""
    bridges: tuple[tuple[str, str], ...]
    """Edges without which a component falls in two."""
    articulation_actors: tuple[str, ...]
    """Actors without whom a component falls apart, in the order of the request."""
    isolated_actors: tuple[str, ...]
    """Actors to whom nobody drew a link, in the order of the request."""
    isolated_pioneers: tuple[str, ...]
    """Those of them whose profile is `pioneer`."""
    shared_actors: tuple[str, ...]
    """Actors cited in two territories or more, the most widely cited first."""
    families: tuple[FamilyPresence, ...]
    """Expected families first, then the others, as they come."""
    missing_families: tuple[str, ...]
    """Expected families of which no actor was cited: to look for, not to conclude from."""
    informants: int
    """As in the request, and so are the two that follow."""
    minimum_informants: int
    """People needed for the map not to be weak."""
    minimum_cited_by: int
    """People needed for an actor not to be weak."""
    weak: Weakness | None
    """Why the map should not be leant on. Even when it can, the absence of a link means
    nothing."""

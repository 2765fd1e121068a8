"""The actors of every territory side by side: where each was cited, and what is heard here only.

An actor comes from the cards it was taken over from, and from those merged into it; a territory
that withdrew its card no longer counts. What a territory did not cite is never said to be absent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fabrique.methods.actor_network import FamilyPresence
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.actor_map.analysis import (
    ActorMapResults,
    Lists,
    MappedActor,
    map_workshop,
)
from fabrique.stages.contribution.formats.reach import resolved
from fabrique.stages.contribution.models import Workshop


@dataclass(frozen=True, kw_only=True)
class ConsolidatedResults:
    """The map, the territories it speaks of, and those each actor was cited in."""

    map: ActorMapResults
    territories: Sequence[str]
    cited_in: Mapping[UUID, Sequence[str]]

    def territories_of(self, actor: MappedActor) -> Sequence[str]:
        return self.cited_in.get(actor.card.pk, ())

    @property
    def shared(self) -> list[MappedActor]:
        """Actors cited in two territories or more, the most widely cited first."""
        return self.map.named(self.map.network.shared_actors)

    @property
    def national(self) -> list[MappedActor]:
        """National actors, those that most territories cite first."""
        found = [one for one in self.map.actors if one.card.payload.get("national")]
        return sorted(found, key=lambda one: -len(self.territories_of(one)))

    @property
    def families(self) -> list[FamilyPresence]:
        """Families cited somewhere: where they were, and where nobody cited one."""
        return [one for one in self.map.network.families if one.actors]

    @property
    def uneven(self) -> list[FamilyPresence]:
        """Families cited in some of the territories heard and not in others."""
        return [one for one in self.families if one.cited_in and one.not_cited_in]

    @property
    def heard(self) -> list[str]:
        """The territories of which an actor is on the map, in the programme's order."""
        cited = {name for names in self.cited_in.values() for name in names}
        return [name for name in self.territories if name in cited]


def consolidate(workshop: Workshop, lists: Lists) -> ConsolidatedResults:
    origins = rows.earlier_behind(workshop)
    known = resolved(workshop, {one for found in origins.values() for one in found})
    order = rows.territories_of(workshop)
    cited_in = {
        card_id: _in_order(
            {
                known[one].site_name
                for one in found
                if not known[one].is_withdrawn and known[one].site_name
            },
            order,
        )
        for card_id, found in origins.items()
    }
    return ConsolidatedResults(
        map=map_workshop(workshop, lists, sites=cited_in),
        territories=order,
        cited_in=cited_in,
    )


def _in_order(names: set[str], order: Sequence[str]) -> list[str]:
    return [name for name in order if name in names]

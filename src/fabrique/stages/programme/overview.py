"""One's programmes at a glance: how far each is, and what comes next in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.people.viewer import Viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.models import Meeting, Programme


@dataclass(frozen=True)
class Overview:
    programme: Programme
    held: int
    total: int
    sites: Sequence[str]
    next_step: year.NextStep | None


def overviews(viewer: Viewer) -> list[Overview]:
    """Three queries whatever the number of programmes."""
    meetings: dict[object, list[Meeting]] = defaultdict(list)
    for meeting in queries.meetings_visible_to(viewer):
        meetings[meeting.programme_id].append(meeting)
    sites: dict[object, list[str]] = defaultdict(list)
    for site in queries.sites_visible_to(viewer):
        sites[site.programme_id].append(site.territory.name)
    return [
        _overview(programme, meetings[programme.pk], sites[programme.pk])
        for programme in queries.programmes_visible_to(viewer)
    ]


def _overview(programme: Programme, meetings: Sequence[Meeting], sites: Sequence[str]) -> Overview:
    blueprint = queries.blueprint_of(programme)
    return Overview(
        programme=programme,
        held=year.held_count(meetings),
        total=len(meetings),
        sites=sites,
        next_step=year.next_step(blueprint, meetings),
    )

"""Where the stations of the year stand, and the curves that join them.

Each station takes one column, two when the next one is on the same line, so that titles on one
line never touch: a title may then be almost two columns wide. The curves are drawn in columns
across and in percent down; the page stretches them over the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fabrique.kit.components.steps import step_colour
from fabrique.kit.items import Station

NATIONAL_Y = 14.0
LOCAL_Y = 86.0


@dataclass(frozen=True)
class Stop:
    """A station and its place: how many columns it takes and where its node stands."""

    station: Station
    columns: int
    x: float
    y: float
    colour: str


@dataclass(frozen=True)
class Stretch:
    """The curve between two stations; travelled once the second one is done or next."""

    path: str
    travelled: bool
    colour: str


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs to draw the year."""

    stops: tuple[Stop, ...]
    stretches: tuple[Stretch, ...]
    columns: int

    @property
    def rail(self) -> float:
        """Length of a rail, which runs a little past the first and last stations."""
        return self.columns + 0.9


def _columns(stations: Sequence[Station], index: int) -> int:
    following = stations[index + 1] if index + 1 < len(stations) else None
    return 2 if following is not None and following.scale == stations[index].scale else 1


def _stops(stations: Sequence[Station]) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    edge = 0
    for index, station in enumerate(stations):
        columns = _columns(stations, index)
        y = NATIONAL_Y if station.scale == "national" else LOCAL_Y
        stops.append(Stop(station, columns, edge + columns / 2, y, step_colour(station.key)))
        edge += columns
    return tuple(stops)


def _curve(start: Stop, end: Stop) -> str:
    middle = (start.x + end.x) / 2
    return (
        f"M{start.x:g} {start.y:g} C{middle:g} {start.y:g} {middle:g} {end.y:g} {end.x:g} {end.y:g}"
    )


def draw(stations: Sequence[Station]) -> Drawing:
    """Lay the stations out in the order given."""
    stops = _stops(stations)
    stretches = tuple(
        Stretch(_curve(start, end), end.station.state != "planned", end.colour)
        for start, end in pairwise(stops)
    )
    return Drawing(stops, stretches, sum(stop.columns for stop in stops))

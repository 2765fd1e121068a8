"""The year as a picture: two lines, national and local, and the way that weaves between them."""

from collections.abc import Iterable, Sequence

from fabrique.kit.items import Station
from fabrique.kit.registry import Props, component
from fabrique.kit.year_line import draw


@component()
def year_line(
    stations: Iterable[Station],
    *,
    title: str,
    sites: Sequence[str] = (),
    partners: Sequence[str] = (),
) -> Props:
    """The whole year, in the order one lives it: national above, local below.

    ``sites`` are the territories named on the local line, ``partners`` those on the national one.
    The drawing is decoration over an ordered list, so it reads aloud and turns vertical on phones.
    """
    drawing = draw(list(stations))
    return {"title": title, "sites": list(sites), "partners": list(partners), "drawing": drawing}

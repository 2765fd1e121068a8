"""The year as a picture: two lines, national and local, and the way that weaves between them."""

from collections.abc import Iterable, Sequence

from fabrique.kit import calendar_picture
from fabrique.kit.items import CalendarBand, CalendarRow, Station
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


@component()
def calendar_chart(
    rows: Sequence[CalendarRow], *, title: str, bands: Iterable[CalendarBand] = ()
) -> Props:
    """The calendar of a series: each step's period, the days fixed in it, the closed days behind.

    A drawing over a table the page writes beside it: the table says the same in words.
    """
    bands = list(bands)
    return {
        "title": title,
        "drawing": calendar_picture.draw(rows, bands),
        "kinds": {band.kind for band in bands},
    }

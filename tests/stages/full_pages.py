"""The main pages of a whole year, and where they are."""

from collections.abc import Callable

from django.urls import reverse

from tests.stages.full_programme import Full

Address = Callable[[Full], str]


def _of_the_programme(name: str) -> Address:
    return lambda full: reverse(name, args=[full.programme.slug])


def _of_the_territory(name: str) -> Address:
    def address(full: Full) -> str:
        site = full.programme.sites.select_related("territory").first()
        assert site is not None
        return reverse(name, args=[full.programme.slug, site.territory.code])

    return address


def _of_the_seminar(name: str, key: str) -> Address:
    return lambda full: reverse(name, args=[full.room(key).meeting_id])


def _wall(key: str) -> Address:
    return lambda full: reverse("contribution:wall", args=[full.room(key).wall_key])


SEMINARS = [f"{scale}-{number}" for number in range(1, 5) for scale in ("local", "intersite")]
PAGES: dict[str, Address] = {
    "programme": _of_the_programme("programme:detail"),
    "territory": _of_the_territory("programme:site"),
    "releases": _of_the_programme("synthesis:released"),
    "release desk": _of_the_territory("synthesis:desk"),
    "roadmap": _of_the_territory("synthesis:roadmap"),
    **{f"seminar, {key}": _of_the_seminar("seminar:detail", key) for key in SEMINARS},
    **{f"console, {key}": _of_the_seminar("contribution:console", key) for key in SEMINARS},
    **{f"wall, {key}": _wall(key) for key in SEMINARS},
}


def address_of(full: Full, page: str) -> str:
    return PAGES[page](full)

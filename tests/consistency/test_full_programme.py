"""A whole year with ten thousand contributions is read in as many queries as one with a tenth.

Fifteen hundred cards and a hundred and fifty actors, in four territories. The pages are those one
opens once the year is over; `benchmarks/full_programme.py` says how long they take.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fabrique.stages.contribution.models import Card, Contribution
from tests.stages.full_pages import PAGES, address_of
from tests.stages.full_programme import Full

pytestmark = [pytest.mark.django_db, pytest.mark.year]


def test_each_page_of_a_full_year_asks_as_little_as_that_of_a_light_one() -> None:
    light = Full.of(said=12, kept=2, actors=4)
    full = Full.of(said=190, kept=29, actors=38)
    counts = Contribution.objects.filter(workshop__meeting__programme=full.programme).count()
    cards = Card.objects.filter(workshop__meeting__programme=full.programme)
    assert counts >= 10_000
    assert cards.count() >= 1_500
    assert cards.filter(workshop__format="actor_map").count() >= 150
    grown = {}
    for page in PAGES:
        few, many = (_asked(one, page) for one in (light, full))
        if len(few) != len(many):
            grown[page] = f"{len(few)}, then {len(many)}: {_repeated(many)}"
    assert not grown


def _asked(full: Full, page: str) -> list[str]:
    client = Client()
    client.force_login(full.account, backend="sesame.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address_of(full, page))
    assert answer.status_code == 200, page
    return [query["sql"] for query in captured.captured_queries]


def _repeated(queries: list[str]) -> str:
    """The query said most often, without its values."""
    shapes = [re.sub(r"'[^']*'|\d+", "…", query)[:200] for query in queries]
    return max(shapes, key=shapes.count)

"""Choosing territories on a page: the fragment, and the same by JSON."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from fabrique.territory.api import router
from fabrique.territory.picker import describe, pick
from fabrique.territory.queries import by_codes

pytestmark = pytest.mark.usefixtures("excerpt")


def fragment(client: Client, **asked: object) -> str:
    answer = client.get(reverse("territory:search"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_option_says_what_the_territory_is(client: Client) -> None:
    page = fragment(client, q="st die")
    assert 'type="radio"' in page
    assert 'value="88413"' in page
    for words in ("Saint-Dié-des-Vosges", "commune", "Vosges (88)", "19\xa0251 habitants"):
        assert words in page


def test_an_intercommunality_is_described_in_plain_french() -> None:
    with translation.override("fr"):
        described = describe(by_codes(["200042174"])[0])
    assert described == (
        "communauté d'agglomération, Morbihan (56), 2 communes, 208\xa0113 habitants"
    )


def test_a_territory_without_published_population_says_so() -> None:
    assert describe(by_codes(["98901"])[0]).endswith("population non publiée")


def test_what_was_chosen_stays_ticked_through_the_next_search(client: Client) -> None:
    page = fragment(
        client, q="lorient", name="territories", several="1", territories=["88413", "56121"]
    )
    assert page.count('type="checkbox"') == 3
    assert page.count("checked") == 2
    assert page.index('value="88413"') < page.index('value="56121"') < page.index("200042174")


def test_vintage_and_licence_are_shown(client: Client) -> None:
    page = fragment(client, q="lorient")
    assert "2026" in page
    assert "Licence Ouverte" in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = fragment(client, q="<script>alert(1)</script>", territory="88413")
    assert "Aucun territoire" in page
    assert "<script>" not in page
    assert 'value="88413"' in page


def test_too_long_a_search_says_what_to_do(client: Client) -> None:
    page = fragment(client, q="x" * 101)
    assert "trop longue" in page


def test_a_hostile_input_name_is_not_repeated(client: Client) -> None:
    page = fragment(client, q="lorient", name='x" autofocus onfocus="alert(1)')
    assert "onfocus" not in page
    assert 'name="territory"' in page


def test_an_empty_search_is_an_empty_fragment(client: Client) -> None:
    assert fragment(client).strip() == ""


def test_a_search_costs_two_queries_whatever_is_found(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        fragment(client, q="e", territory="88413")
    assert len([q for q in queries if "territory_territory" in q["sql"]]) == 2


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(reverse("territory:search")).status_code == 405


def test_the_same_search_by_json() -> None:
    api = NinjaAPI(urls_namespace="territory-test")
    api.add_router("", router)
    client = TestClient(router)
    answer = client.get("/territories?q=st+die&limit=1")
    assert answer.status_code == 200
    assert answer.json()["reference"]["licence"] == "Licence Ouverte"
    (found,) = answer.json()["territories"]
    assert (found["code"], found["population"], found["epci_id"]) == ("88413", 19251, None)
    assert client.get(f"/territories?q={'x' * 101}").status_code == 422


def test_the_whole_picker_works_with_and_without_scripts() -> None:
    page = render_to_string(
        "territory/_picker.html", {"picker": pick("lorient", name="sites", several=True)}
    )
    assert 'hx-get="/territoires/recherche/"' in page
    assert "{&quot;name&quot;: &quot;sites&quot;, &quot;several&quot;: &quot;1&quot;}" in page
    assert 'value="lorient"' in page
    assert 'type="submit"' in page
    assert 'name="search"' in page
    assert 'type="checkbox" name="sites" value="56121"' in page


def test_no_tag_of_the_picker_repeats_an_attribute() -> None:
    page = render_to_string("territory/_picker.html", {"picker": pick("lorient")})
    for tag in re.findall(r"<\w+ [^>]*>", page):
        names = re.findall(r"\s([\w-]+)=", tag)
        assert len(names) == len(set(names)), tag

"""The page around every page: what the law asks for, and what to do when something fails."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from fabrique.portal.views import errors

pytestmark = pytest.mark.django_db


def test_every_page_says_it_is_not_compliant_until_audited(client: Client) -> None:
    body = client.get("/mentions-legales/").content.decode()
    assert "non conforme" in body
    assert 'href="/accessibilite/"' in body


@pytest.mark.parametrize("address", ["/accessibilite/", "/mentions-legales/"])
def test_legal_pages_are_open_to_all(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_page_has_nothing_inline_that_the_security_policy_would_block(client: Client) -> None:
    body = client.get("/accessibilite/").content.decode()
    assert " style=" not in body
    assert "<style" not in body
    assert "<script>" not in body
    assert " onclick=" not in body


def test_the_gallery_does_not_exist_in_production(client: Client, settings: Settings) -> None:
    settings.FABRIQUE_GALLERY = False
    assert client.get("/galerie/").status_code == 404


def test_the_gallery_shows_every_component(client: Client, settings: Settings) -> None:
    settings.FABRIQUE_GALLERY = True
    body = client.get("/galerie/").content.decode()
    assert "<h2" in body
    assert "year__stops" in body


def test_a_page_that_does_not_exist_says_what_to_do(client: Client) -> None:
    response = client.get("/rien-ici/")
    assert response.status_code == 404
    assert "vérifiez le code affiché au mur" in response.content.decode().replace("\xa0", " ")


def test_a_breakdown_is_told_without_reading_anything(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "en panne" in response.content.decode()


def test_a_stale_form_is_answered_in_plain_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/langue/", {"language": "en"})
    assert response.status_code == 403
    assert "à refaire" in response.content.decode().replace("\xa0", " ")


def test_the_language_is_chosen_in_the_footer(client: Client) -> None:
    with translation.override("fr"):
        client.post("/langue/", {"language": "en", "next": "/accessibilite/"})
        assert '<html lang="en"' in client.get("/accessibilite/").content.decode()

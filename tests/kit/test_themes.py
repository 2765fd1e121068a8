"""Two themes, one set of pages: a theme changes how a page looks, never what it says."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings

from fabrique.kit.registry import COMPONENTS, THEMES, theme_in_force
from fabrique.kit.samples import SAMPLES, Sample, sample_context
from tests.kit.spoken_page import SpokenPage, spoken


@pytest.fixture
def request_to_page(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/demarches/", {"filtre": "logement"})
    request.META["CSRF_COOKIE"] = "a" * 32
    return request


def said(sample: Sample, theme: str, request: HttpRequest, settings: Settings) -> SpokenPage:
    settings.FABRIQUE_THEME = theme
    request.user = SimpleNamespace(is_authenticated=False)  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    template = engines["django"].from_string("{% load kit %}" + sample.source)
    return spoken(template.render(dict(sample_context()), request))


def test_every_component_has_a_sample_in_the_gallery() -> None:
    assert {sample.component for sample in SAMPLES} == set(COMPONENTS)


def test_every_component_says_when_to_use_it() -> None:
    assert all(component.purpose for component in COMPONENTS.values())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.component)
def test_both_themes_say_the_same_words_in_the_same_order(
    sample: Sample, request_to_page: HttpRequest, settings: Settings
) -> None:
    plain, dsfr = (said(sample, theme, request_to_page, settings) for theme in THEMES)
    assert plain.words == dsfr.words
    assert plain.words or sample.component in {
        "forget_drafts",
        "language_switch",
        "step_mark",
        "toasts",
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.component)
def test_both_themes_give_the_same_names_and_controls_to_assistive_technology(
    sample: Sample, request_to_page: HttpRequest, settings: Settings
) -> None:
    plain, dsfr = (said(sample, theme, request_to_page, settings) for theme in THEMES)
    assert plain.names == dsfr.names
    assert _without_tokens(plain) == _without_tokens(dsfr)


def _without_tokens(page: SpokenPage) -> list[tuple[str, ...]]:
    return [control for control in page.controls if "name=csrfmiddlewaretoken" not in control]


def test_the_themes_do_not_share_the_class_of_a_button(settings: Settings) -> None:
    template = engines["django"].from_string('{% load kit %}{% button "Ouvrir la salle" %}')
    settings.FABRIQUE_THEME = "plain"
    plain = template.render()
    settings.FABRIQUE_THEME = "dsfr"
    dsfr = template.render()
    assert 'class="button' in plain
    assert "fr-btn" not in plain
    assert 'class="fr-btn' in dsfr


def test_an_unknown_theme_is_refused(settings: Settings) -> None:
    settings.FABRIQUE_THEME = "marianne"
    with pytest.raises(ValueError, match="plain, dsfr"):
        theme_in_force()

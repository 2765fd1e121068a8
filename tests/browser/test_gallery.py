"""The look, checked where it is made: every component, every width, light and dark."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from playwright.sync_api import BrowserContext

from tests.harness.application import Application, Instance

pytestmark = pytest.mark.browser

Visitor = Callable[..., BrowserContext]
Axe = Callable[..., None]

SCREENS = [
    pytest.param({"viewport": {"width": 320, "height": 640}}, id="small phone"),
    pytest.param({"viewport": {"width": 1280, "height": 800}}, id="laptop"),
    pytest.param({"viewport": {"width": 1920, "height": 1080}}, id="projector"),
    pytest.param({"viewport": {"width": 640, "height": 400}, "color_scheme": "dark"}, id="dark"),
    pytest.param({"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"}, id="hc"),
]


@pytest.fixture(scope="module")
def gallery(empty_instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    instance = empty_instance.copy(tmp_path_factory.mktemp("gallery") / "home")
    application = Application(instance, extra_environment={"FABRIQUE_GALLERY": "1"}).start()
    yield application.url + "/galerie/"
    application.stop()
    instance.remove()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_component_is_accessible_and_fits_its_screen(
    gallery: str, visitor: Visitor, axe: Axe, screen: dict[str, object]
) -> None:
    page = visitor(**screen).new_page()
    page.goto(gallery)
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} px past the edge"


def test_no_two_titles_of_the_year_touch_on_the_picture(gallery: str, visitor: Visitor) -> None:
    page = visitor().new_page()
    for width in (1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(gallery)
        # One reading of all the boxes: the page may be scrolling.
        boxes = page.evaluate(
            "[...document.querySelectorAll('.year__text')]"
            ".map((text) => text.getBoundingClientRect().toJSON())"
        )
        assert len(boxes) == 10
        touching = [(a, b) for a, b in combinations(boxes, 2) if _overlap(a, b)]
        assert not touching, f"at {width} px: {touching}"


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 0.5 and down > 0.5


def test_what_is_typed_comes_back_after_a_reload_until_the_server_has_it(
    gallery: str, visitor: Visitor
) -> None:
    page = visitor().new_page()
    page.goto(gallery)
    box = page.locator("#brouillon textarea")
    box.fill("Une idée à ne pas perdre")
    page.reload()
    assert box.input_value() == "Une idée à ne pas perdre"


def test_closing_asks_first_and_does_nothing_when_one_declines(
    gallery: str, visitor: Visitor, axe: Axe
) -> None:
    page = visitor().new_page()
    page.goto(gallery)
    page.get_by_role("button", name="Fermer la salle").click()
    dialog = page.get_by_role("dialog")
    assert "Plus personne ne pourra y entrer" in dialog.inner_text()
    axe(page)
    dialog.get_by_role("button", name="Annuler").click()
    assert page.url == gallery


def test_a_dialog_opens_from_its_button_and_closes_by_the_keyboard(
    gallery: str, visitor: Visitor, axe: Axe
) -> None:
    page = visitor().new_page()
    page.goto(gallery)
    page.get_by_role("button", name="Fusionner").click()
    assert page.get_by_role("dialog", name="Fusionner deux cartes").is_visible()
    axe(page)
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_the_time_left_follows_the_server_even_on_a_phone_a_day_late(
    gallery: str, visitor: Visitor
) -> None:
    context = visitor()
    page = context.new_page()
    page.clock.set_system_time("2001-01-01T00:00:00Z")
    page.goto(gallery)
    clock = page.locator("[data-countdown-clock]").first
    assert clock.inner_text() in {"12:05", "12:04", "12:03"}
    page.wait_for_timeout(1_600)
    assert clock.inner_text() in {"12:03", "12:02", "12:01"}


def test_everything_can_be_read_without_scripts(gallery: str, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(gallery)
    assert page.locator("h1").first.inner_text() == "Galerie des composants"
    assert page.locator(".year__title").count() == 10

"""The console and the wall in a real browser: what one is doing survives what happens."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.harness.accessibility import check_accessible
from tests.harness.application import Application, Instance

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1280, "height": 800}}
WALL = {"viewport": {"width": 1280, "height": 720}}


SITE = "http://site"


@pytest.fixture(scope="module")
def as_opened(
    empty_instance: Instance, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Instance, dict[str, str]]]:
    """The room with fourteen things said in it. To be copied, not served."""
    instance = empty_instance.copy(tmp_path_factory.mktemp("room") / "home")
    yield instance, tell(instance, SITE, "14")
    instance.remove()


@pytest.fixture
def held(
    as_opened: tuple[Instance, dict[str, str]], tmp_path: Path
) -> Iterator[tuple[Application, dict[str, str]]]:
    opened, addresses = as_opened
    server = Application(opened.copy(tmp_path / "home")).start()
    yield server, {name: at.replace(SITE, server.url) for name, at in addresses.items()}
    server.stop()
    server.instance.remove()


def tell(instance: Instance, *words: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.held_room", *words],
        env=instance.environment(),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def console(held, visitor: Callable[..., BrowserContext]) -> Page:
    _server, room = held
    page = visitor(**DESK).new_page()
    page.goto(room["way_in"])
    page.get_by_role("button", name="Me connecter").click()
    page.goto(room["console"])
    return page


@pytest.fixture
def wall(held, visitor: Callable[..., BrowserContext]) -> Page:
    _server, room = held
    page = visitor(**WALL).new_page()
    page.goto(room["wall"])
    return page


def to_sort(page: Page, text: str):
    return page.locator(".board__column [data-said]").filter(has_text=text)


def test_what_is_ticked_and_typed_survives_what_comes_in(held, console: Page) -> None:
    server, _room = held
    console.keyboard.press("ArrowDown")
    console.keyboard.press("Space")
    console.get_by_label("Nom de la carte").first.fill("Un nom en cours")
    tell(server.instance, "say", "Une voix de plus")
    expect(to_sort(console, "Une voix de plus")).to_have_count(1)
    expect(console.get_by_label("Nom de la carte").first).to_have_value("Un nom en cours")
    expect(console.get_by_label("Nom de la carte").first).to_be_focused()
    expect(console.locator("input[data-item]:checked")).to_have_count(1)
    console.keyboard.press("Enter")
    expect(console.locator("[data-card]")).to_contain_text("Un nom en cours")
    expect(console.locator("input[data-item]:checked")).to_have_count(0)
    check_accessible(console)


def test_a_sequence_chosen_in_the_list_stays_chosen_while_people_speak(held, console: Page) -> None:
    server, _room = held
    console.get_by_text("Changer de séquence").click()
    choice = console.locator("#sequence-choice")
    choice.select_option(index=2)
    chosen = choice.input_value()
    choice.evaluate("one => one.blur()")
    tell(server.instance, "say", "Une voix de plus")
    expect(to_sort(console, "Une voix de plus")).to_have_count(1)
    assert choice.input_value() == chosen
    console.get_by_role("button", name="Commencer cette séquence").click()
    expect(console.locator(".rail__step[aria-current=step]")).to_contain_text("Séquence 3")


def test_the_console_never_scrolls_as_a_whole(console: Page) -> None:
    expect(console.locator(".board__column [data-said]").nth(13)).to_be_attached()
    heights = console.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert heights[0] == heights[1]


def test_a_card_being_reworded_in_its_dialog_is_not_disturbed(held, console: Page) -> None:
    server, _room = held
    console.keyboard.press("ArrowDown")
    console.keyboard.press("c")
    console.locator("[data-card] a[data-open]").first.click()
    title = console.locator("dialog[open] input[name=title]").first
    title.fill("Un nom à moitié écr")
    tell(server.instance, "say", "Une voix de plus")
    expect(to_sort(console, "Une voix de plus")).to_have_count(1)
    expect(title).to_have_value("Un nom à moitié écr")
    check_accessible(console, within="dialog[open]")


def test_the_keys_can_be_switched_off(console: Page) -> None:
    console.keyboard.press("?")
    console.get_by_label("Raccourcis actifs").uncheck()
    console.keyboard.press("Escape")
    console.reload()
    console.keyboard.press("ArrowDown")
    console.keyboard.press("c")
    console.wait_for_timeout(400)
    expect(console.locator("[data-card]")).to_have_count(0)


def test_refused_by_the_server_a_reason_stays_where_it_was_typed(held, console: Page) -> None:
    server, _room = held
    console.keyboard.press("ArrowDown")
    console.keyboard.press("x")
    console.keyboard.type("Hors sujet")
    server.kill()
    console.keyboard.press("Enter")
    expect(console.locator("[data-refusal]")).to_be_visible()
    expect(console.locator("#selection-reason")).to_have_value("Hors sujet")


def test_what_is_said_reaches_the_wall_and_too_much_turns_in_pages(held, wall: Page) -> None:
    server, _room = held
    expect(wall.locator("[data-pages]")).to_contain_text("Page 1 sur")
    tell(server.instance, "say", "Une voix de plus")
    # Each page stays twelve seconds.
    expect(wall.get_by_text("Une voix de plus")).to_be_visible(timeout=40_000)
    check_accessible(wall)


def test_a_page_turns_though_more_keeps_coming_in(held, wall: Page) -> None:
    server, _room = held
    pages = wall.locator("[data-pages]")
    expect(pages).to_contain_text("Page 1 sur")
    for number in range(40):
        tell(server.instance, "say", f"Une voix de plus, la {number}")
        wall.wait_for_timeout(500)  # forty of these are longer than the time of a page
        if "Page 2" in pages.inner_text():
            return
    pytest.fail("each voice starts the time of the page again")


def test_a_wall_that_lost_its_line_keeps_its_last_good_state_and_says_its_age(
    held, wall: Page
) -> None:
    server, _room = held
    expect(wall.get_by_text("la 14e du matin")).to_be_visible()
    server.kill()
    expect(wall.locator("[data-frozen]")).to_contain_text("Connexion perdue", timeout=20_000)
    expect(wall.get_by_text("la 14e du matin")).to_be_visible()
    server.start()
    expect(wall.locator("[data-frozen]")).to_be_hidden(timeout=20_000)

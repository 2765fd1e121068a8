"""The watch kept on every page opened by a browser test: each is shown to go red."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

SOUND = "<html lang=fr><title>Page</title><main><h1>Page</h1><p>Texte</p></main></html>"


def test_a_sound_page_passes_axe(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(SOUND)
    axe(page)


def test_an_image_without_words_fails_with_its_place(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.set_content(SOUND.replace("<p>", "<img id=nue src='data:,'><p>"))
    with pytest.raises(AssertionError, match=r"image-alt[\s\S]*#nue"):
        axe(page)


def test_axe_runs_under_a_strict_policy(page: Page, axe: Callable[[Page], None]) -> None:
    page.route(
        "http://fabrique.test/",
        lambda route: route.fulfill(
            body=SOUND,
            content_type="text/html",
            headers={"content-security-policy": "default-src 'none'"},
        ),
    )
    page.goto("http://fabrique.test/")
    axe(page)


def visit(browser: Browser, *, body: str, headers: dict[str, str]) -> None:
    with watched_context(browser) as context:
        page = context.new_page()
        page.route(
            "http://fabrique.test/",
            lambda route: route.fulfill(body=body, content_type="text/html", headers=headers),
        )
        page.goto("http://fabrique.test/")
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    ("content", "policy"),
    [
        ("<script>throw new Error('cassé')</script>", ""),
        ("<script>document.title = 'inline'</script>", "script-src 'self'"),
    ],
)
def test_a_script_that_fails_or_is_refused_fails_the_test(
    browser: Browser, content: str, policy: str
) -> None:
    headers = {"content-security-policy": policy} if policy else {}
    with pytest.raises(AssertionError, match="in the page"):
        visit(browser, body=f"{SOUND}{content}", headers=headers)

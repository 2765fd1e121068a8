"""Writing the note: what was typed an instant ago is never taken off the page.

Seen red without the ``save-first`` behaviour: the passage came back with its words of before.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_every_page import hold_the_next_seminar
from tests.browser.words import said
from tests.harness.application import Application, Instance
from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

TYPED = "Un centre-ville suspendu à ses livraisons"


@pytest.fixture
def editor(
    browser: Browser, demo_instance: Instance, serve: Callable[..., Application]
) -> Iterator[Page]:
    server = serve(demo_instance)
    demo = hold_the_next_seminar(server.instance, server.url)
    with watched_context(browser) as context:
        page = context.new_page()
        page.goto(demo["ways_in"]["director"])
        page.locator("main form button").first.click()
        page.goto(f"{server.url}/seminaires/{demo['held_meeting_id']}/note/")
        page.get_by_role("button", name=said("Préparer une nouvelle version")).click()
        yield page


def passage(page: Page, words: str) -> Locator:
    return page.locator("[data-passage]", has_text=said(words)).first


def type_in(page: Page, words: str) -> Locator:
    passage(page, words).get_by_role("link", name=said("Modifier")).click()
    text = page.locator("[data-passage][data-open] textarea")
    text.fill(TYPED)
    return text


def test_searching_what_to_cite_keeps_what_was_just_typed(editor: Page) -> None:
    text = type_in(editor, "Un centre-ville qui ne tient que")
    opened = editor.locator("[data-passage][data-open]")
    opened.get_by_role("searchbox").fill("logistique")
    opened.get_by_role("button", name=said("Chercher")).click()
    expect(opened.get_by_role("button", name=re.compile("^Citer"))).not_to_have_count(0)
    expect(text).to_have_value(TYPED)


def test_removing_another_passage_keeps_what_was_just_typed(editor: Page) -> None:
    type_in(editor, "Un centre-ville qui ne tient que")
    passage(editor, "Un carburant cher").get_by_role("button", name=said("Retirer")).click()
    expect(editor.locator("[data-removed]")).to_have_count(1)
    expect(passage(editor, TYPED)).to_be_visible()

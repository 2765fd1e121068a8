"""The phone in a real browser: nothing typed is lost, whatever the network and the room do."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.fault.test_kill import talk_to
from tests.harness.accessibility import check_accessible
from tests.harness.application import Application, Instance

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}


@pytest.fixture(scope="module")
def held(empty_instance: Instance, tmp_path_factory: pytest.TempPathFactory):
    instance = empty_instance.copy(tmp_path_factory.mktemp("phone") / "home")
    room = talk_to(instance, "open", "0")
    server = Application(instance).start()
    yield server, room
    server.stop()
    instance.remove()


@pytest.fixture
def phone(held, visitor: Callable[..., BrowserContext]) -> Page:
    return join(held, visitor(**PHONE).new_page())


def join(held, page: Page) -> Page:
    server, room = held
    page.goto(f"{server.url}/r/{room['code'].lower()}/")
    page.get_by_label("Votre pseudonyme").fill(f"Voix {page.evaluate('Date.now()')}")
    page.get_by_role("button", name="Entrer dans la salle").click()
    page.wait_for_url(f"**/salle/{room['code']}/")
    return page


def write(page: Page, text: str) -> None:
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="Envoyer").click()


def stored(held) -> list[str]:
    server, _room = held
    return [text for _id, text, _number in talk_to(server.instance, "read")]


def test_one_writes_and_sees_it_sent(held, phone: Page):
    write(phone, "Relier la gare au centre")
    expect(phone.locator(".mine .said")).to_contain_text("Relier la gare au centre")
    expect(phone.locator("[data-outbox-list]")).to_be_hidden()
    expect(phone.locator("textarea[name=text]")).to_have_value("")
    assert stored(held).count("Relier la gare au centre") == 1
    check_accessible(phone)


def test_what_a_phone_sends_is_named_by_time_unless_nobody_is_known(held, phone, visitor):
    server, _room = held
    anonymous = talk_to(server.instance, "open", "0", "anonymous")
    unknown = visitor(**PHONE).new_page()
    unknown.goto(f"{server.url}/r/{anonymous['code']}/")
    unknown.get_by_role("button", name="Entrer dans la salle").click()
    unknown.wait_for_url(f"**/salle/{anonymous['code']}/")
    for page, text in ((phone, "Dite par quelqu'un"), (unknown, "Dite par personne")):
        write(page, text)
        expect(page.locator(".mine .said")).to_contain_text(text[:5])
    versions = {text: UUID(id).version for id, text, _ in talk_to(server.instance, "read")}
    assert versions["Dite par quelqu'un"] == 7
    assert versions["Dite par personne"] == 4


def test_without_network_texts_wait_on_the_phone_survive_a_reload_and_leave_later(held, phone):
    server, room = held
    phone.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    phone.wait_for_timeout(1_500)
    server.kill()
    for text in ("Première hors réseau", "Seconde hors réseau"):
        write(phone, text)
    expect(phone.locator("[data-pending]")).to_have_count(2)
    check_accessible(phone)
    phone.reload()
    expect(phone.locator("[data-pending]")).to_have_count(2)
    assert phone.url.endswith(f"/salle/{room['code']}/")
    server.start()
    expect(phone.locator("[data-pending]")).to_have_count(0, timeout=30_000)
    assert sorted(text for text in stored(held) if "hors réseau" in text) == [
        "Première hors réseau",
        "Seconde hors réseau",
    ]


def test_a_finger_in_the_field_stays_there_when_something_comes_in(held, visitor):
    page = visitor(**PHONE).new_page()
    coming: list[Route] = []
    page.route(
        lambda address: "/salle/" in address,
        lambda route: (
            coming.append(route) if "x-fragment" in route.request.headers else route.continue_()
        ),
    )
    join(held, page)
    while not coming:
        page.wait_for_timeout(50)
    field = page.locator("textarea[name=text]")
    field.focus()
    with page.expect_response(lambda answer: "x-fragment" in answer.request.headers):
        coming[0].continue_()
    page.wait_for_timeout(200)
    expect(field).to_be_focused()


def test_what_is_refused_is_said_in_the_form_and_forgotten_once_mended(held, phone: Page):
    write(phone, "   ")
    expect(phone.locator("form [data-refusal]")).to_be_visible()
    expect(phone.locator("[data-pending]")).to_have_count(0)
    check_accessible(phone)
    phone.reload()
    expect(phone.locator("[data-refusal], [data-pending]")).to_have_count(0)
    write(phone, "Cette fois, des mots")
    expect(phone.locator(".mine .said")).to_contain_text("Cette fois, des mots")
    expect(phone.locator("[data-refusal]")).to_have_count(0)


def test_what_the_server_refused_before_the_script_was_there_stays_on_the_page(held, visitor):
    page = visitor(**PHONE).new_page()
    page.route("**/phone.js", lambda route: route.abort())
    join(held, page)
    write(page, "   ")
    page.unroute("**/phone.js")
    refusal = page.get_by_role("alert").filter(has_text="Écrivez quelque chose")
    expect(refusal.first).to_be_visible()
    with page.expect_response(lambda answer: "x-fragment" in answer.request.headers):
        page.evaluate(
            "document.head.append(Object.assign(document.createElement('script'),"
            " {src: '/static/fabrique/phone.js'}))"
        )
    page.wait_for_timeout(200)
    expect(refusal.first).to_be_visible()
    write(page, "Des mots, cette fois")
    expect(page.locator(".mine .said").first).to_contain_text("Des mots, cette fois")
    expect(refusal).to_have_count(0)


def test_a_draft_survives_a_reload(phone: Page):
    phone.locator("textarea[name=text]").fill("Un début de phrase")
    while "Un début" not in phone.evaluate("Object.values(localStorage).join()"):
        phone.wait_for_timeout(100)
    phone.reload()
    expect(phone.locator("textarea[name=text]")).to_have_value("Un début de phrase")


def test_a_workshop_that_closes_keeps_what_was_being_written(held, phone: Page):
    server, room = held
    phone.locator("textarea[name=text]").fill("Pas encore fini")
    talk_to(server.instance, "close", room["workshop"])
    try:
        expect(phone.locator("[data-pending]")).to_contain_text("Pas encore fini", timeout=10_000)
        expect(phone.get_by_text(re.compile("Rien à faire"))).to_be_visible()
        check_accessible(phone)
    finally:
        talk_to(server.instance, "reopen", room["workshop"])
    phone.locator("textarea[name=text]").wait_for(timeout=10_000)
    phone.get_by_role("button", name="Reprendre le texte").click()
    expect(phone.locator("textarea[name=text]")).to_have_value("Pas encore fini")


def test_a_phone_whose_store_does_not_open_sends_all_the_same(held, visitor):
    """Another tab holds the table, and a change of its version that waits for that tab."""
    browser = visitor(**PHONE)
    holding = browser.new_page()
    holding.goto(f"{held[0].url}/r/")
    holding.evaluate(
        "() => new Promise((done) => { const first = indexedDB.open('fabrique-outbox', 1);"
        " first.onsuccess = () => { window.held = first.result;"
        " indexedDB.open('fabrique-outbox', 2).onblocked = done } })"
    )
    phone = join(held, browser.new_page())
    write(phone, "Dite sans attendre le magasin")
    expect(phone.locator(".mine .said")).to_contain_text("Dite sans attendre le magasin")


def test_the_join_page_weighs_little(held, visitor: Callable[..., BrowserContext]):
    """At most 150 kB and 15 requests."""
    server, room = held
    page = visitor(**PHONE).new_page()
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto(f"{server.url}/r/{room['code']}/", wait_until="networkidle")
    assert len(weights) <= 15
    assert sum(weights) <= 150_000
    check_accessible(page)
    page.screenshot(path=Path(server.instance.home) / "join.png")


def test_without_scripts_one_joins_writes_and_sees_it_sent(held, visitor):
    server, room = held
    page = visitor(java_script_enabled=False, **PHONE).new_page()
    page.goto(f"{server.url}/r/")
    page.get_by_label("Code de la salle").fill(room["code"])
    page.get_by_role("button", name="Entrer").click()
    page.get_by_label("Votre pseudonyme").fill("Sans script")
    page.get_by_role("button", name="Entrer dans la salle").click()
    write(page, "Écrit sans script")
    expect(page.locator(".mine .said")).to_contain_text("Écrit sans script")

"""A seminar with scripts off: forms and links alone, on the console, a phone and the note.

What needs scripts is the wall's own refresh, drag and drop, and live refresh: nothing else.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, LocatorAssertions, Page, expect

from tests.browser.people import DESK, PHONE
from tests.browser.words import said
from tests.harness.application import Application, Instance

pytestmark = pytest.mark.browser

SAID = ("Bâtir sur le bâti", "Garder les terres agricoles", "Essai de micro")
ON_PAPER = "Écrit au dos d'une carte"


def test_a_seminar_is_held_and_its_note_frozen_by_forms_alone(
    demo_instance: Instance,
    serve: Callable[..., Application],
    visitor: Callable[..., BrowserContext],
) -> None:
    application = serve(demo_instance)
    desk = visitor(java_script_enabled=False, **DESK).new_page()
    phone = visitor(java_script_enabled=False, **PHONE).new_page()
    sign_in(desk, application)
    code = open_the_room(desk)
    speak(phone, f"{application.url}/r/{code}/")
    sort_what_was_said(desk)
    key_in_a_card(desk)
    read_what_became_of_it(phone)
    freeze_the_note(desk)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=said(label)).first.click()


def follow(page: Page, label: str) -> None:
    page.get_by_role("link", name=said(label)).first.click()


def main_of(page: Page) -> LocatorAssertions:
    return expect(page.locator("main"))


def sign_in(page: Page, application: Application) -> None:
    way_in = application.run("access", "directrice@demo.example").stdout.split()[-1]
    page.goto(application.url + way_in[way_in.index("/compte/") :])
    press(page, "Me connecter")


def open_the_room(desk: Page) -> str:
    follow(desk, "Villes moyennes")
    row = desk.get_by_role("row", name=re.compile("Bourg"))
    row.get_by_role("link", name=re.compile("2 avril")).click()
    desk.goto(re.sub(r"(/seminaires/[0-9a-f-]+/).*", r"\1console/", desk.url))
    press(desk, "Ouvrir la salle")
    press(desk, "Commencer la première séquence")
    press(desk, "Ouvrir l'atelier")
    return desk.locator(".console-bar__code").inner_text().strip()


def speak(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.get_by_role("radio").first.check()
    press(phone, "Entrer")
    for text in SAID:
        phone.locator("textarea[name=text]").fill(text)
        press(phone, "Envoyer")
        main_of(phone).to_contain_text(said(text))


def sort_what_was_said(desk: Page) -> None:
    desk.reload()
    tick(desk, SAID[0], SAID[1])
    press(desk, "Faire une carte")
    expect(desk.locator("[data-card]").first).to_contain_text("2 contributions")
    tick(desk, SAID[2])
    selection = desk.locator("#selection")
    selection.locator("[name=reason]").fill("Essai")
    selection.get_by_role("button", name=said("Mettre de côté")).click()
    expect(desk.locator("#aside")).to_contain_text("1")
    press(desk, "Annuler")
    main_of(desk).to_contain_text(SAID[2])
    expect(desk.locator("#aside")).to_have_count(0)


def tick(desk: Page, *texts: str) -> None:
    for text in texts:
        desk.locator(".said", has_text=text).first.get_by_role("checkbox").check()


def key_in_a_card(desk: Page) -> None:
    follow(desk, "Papier")
    desk.locator("textarea[name=text]").fill(ON_PAPER)
    press(desk, "Enregistrer")
    expect(desk.get_by_role("row", name=said(ON_PAPER))).to_be_visible()
    follow(desk, "Revenir à la console")


def read_what_became_of_it(phone: Page) -> None:
    phone.get_by_text(said("Garder mon lien")).click()
    phone.locator("a[href*='/suivi/']").first.click()
    main_of(phone).to_contain_text("Retenue dans une carte")
    main_of(phone).to_contain_text("Pas encore examinée")


def freeze_the_note(desk: Page) -> None:
    follow(desk, "Note")
    press(desk, "Rédiger le projet de note")
    main_of(desk).to_contain_text(SAID[0])
    adding = desk.locator("details", has_text=said("Ajouter un passage")).first
    adding.locator("summary").first.click()
    adding.get_by_role("textbox").first.fill("Écrit sans script.")
    adding.get_by_role("button", name=said("Ajouter ce passage")).click()
    main_of(desk).to_contain_text("Écrit sans script.")
    desk.get_by_role("link", name=re.compile("^Figer")).or_(
        desk.get_by_role("button", name=re.compile("^Figer"))
    ).first.click()
    press(desk, "Figer")
    main_of(desk).to_contain_text("Version 1")
    main_of(desk).to_contain_text("Écrit sans script.")

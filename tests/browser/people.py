"""Those who hold a seminar in the journeys: a facilitator's console, a wall, phones."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.words import said

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
WALL: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
DESK: dict[str, Any] = {"viewport": {"width": 1366, "height": 850}, "accept_downloads": True}


@dataclass
class Phone:
    """Someone in the room, with their phone."""

    context: BrowserContext
    page: Page
    sent: list[list[list[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, context: BrowserContext) -> "Phone":
        return cls(context, context.new_page())

    def join(self, address: str, name: str) -> None:
        self.page.goto(address)
        choice = self.page.get_by_role("radio", name=said(name))
        choice.check()
        self.page.locator("form", has=choice).get_by_role("button").first.tap()
        expect(self.page.locator("[data-phone]")).to_be_visible()

    def has(self, workshop: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(said(workshop), timeout=15_000)

    def write(self, text: str, **choices: str) -> None:
        form = self.page.locator("[data-outbox=contribution]")
        for name, value in choices.items():
            fill(form, name, value)
        form.locator("textarea[name=text]").fill(text)
        self._send(form)

    def says(self, text: str, **choices: str) -> None:
        self.write(text, **choices)
        expect(self.page.locator(".mine")).to_contain_text(said(text))

    def judge(self, marks: dict[str, int]) -> None:
        """The card in hand, then the next one comes by itself."""
        card = self.page.locator("[data-outbox=answer] h2")
        before = card.inner_text()
        for name, value in marks.items():
            self.page.locator(f"input[name={name}][value='{value}']").check()
        self._save(before)

    def tie(self, action: str | None) -> None:
        before = self.page.locator("[data-outbox=answer] h2").inner_text()
        box = self.page.locator("input[name=none]")
        if action:
            box = self.page.get_by_role("checkbox", name=said(action))
        box.check()
        self._save(before)

    def answer(self, **choices: str) -> None:
        """The card in hand, or the tie, by the words of each question."""
        form = self.page.locator("[data-outbox=answer]").first
        card = form.locator("h2")
        before = card.inner_text() if card.count() else ""
        for name, value in choices.items():
            fill(form, name, value)
        self._send(form)
        if before:
            expect(form.locator("h2", has_text=before)).to_have_count(0)

    def place_dots(self, card: str, dots: int) -> None:
        form = self.page.locator("[data-outbox=answer]")
        form.get_by_label(said(card)).select_option(value=str(dots))
        self._send(form)
        expect(self.page.locator("main")).to_contain_text(said("Votre bulletin est enregistré"))

    def _send(self, form: Locator) -> None:
        """What leaves is kept, for others of the room to say the same."""
        self.sent.append(form.evaluate("one => [...new FormData(one).entries()]"))
        form.locator("button").last.tap()

    def _save(self, before: str) -> None:
        form = self.page.locator("[data-outbox=answer]")
        self.sent.append(form.evaluate("one => [...new FormData(one).entries()]"))
        form.get_by_role("button").first.tap()
        expect(self.page.locator("[data-outbox=answer] h2", has_text=before)).to_have_count(0)


@dataclass
class Voices:
    """Others of the room, whose phones are elsewhere: each by the ticket it holds."""

    address: str
    tickets: list[str]

    def follow(self, phone: Phone) -> None:
        """Each of them sends all that this phone last sent in this workshop, as its own."""
        said = [dict(one) for one in phone.sent]
        for ticket in self.tickets:
            for one in said:
                if one["workshop"] == said[-1]["workshop"]:
                    self._send(ticket, one)
        phone.sent.clear()

    def _send(self, ticket: str, said: dict[str, str]) -> None:
        token = "a" * 32
        body = urlencode({**said, "id": str(uuid4()), "csrfmiddlewaretoken": token})
        headers = {"Cookie": f"{ticket}; csrftoken={token}", "Accept": "application/json"}
        with urlopen(Request(self.address, data=body.encode(), headers=headers)) as answer:
            assert answer.status in (200, 201)


@dataclass
class Console:
    """The facilitator, at the console."""

    page: Page

    def press(self, label: str, then: str = "") -> None:
        """The one button of the moment; ``then`` is what it says next."""
        self.page.locator(".rail__next").get_by_role("button", name=said(label)).click()
        if then:
            expect(self.page.locator(".rail__next button")).to_contain_text(said(then))

    def start(self, workshop: str) -> None:
        """Go through the run sheet as far as a workshop, and open it."""
        step = self.page.locator(".rail__step[aria-current=step]")
        following = self.page.locator(".rail__next").get_by_role("button", name=said("séquence"))
        for _place in range(8):
            before = step.inner_text() if step.count() else ""
            if re.search(said(workshop), before):
                break
            following.click()
            expect(step).to_be_visible()
            expect(step).not_to_have_text(before, use_inner_text=True)
        self.press("Ouvrir l'atelier sur les téléphones")
        expect(self.page.locator(".workshop-bar__state")).to_contain_text("Ouvert")

    def line(self, text: str) -> Locator:
        return self.page.locator("[data-said]", has_text=said(text))

    def turn_to(self, sequence: str) -> None:
        """Straight to a sequence of the run sheet, and open its workshop."""
        choice = self.page.locator("#sequence-choice")
        if not choice.is_visible():
            self.page.get_by_text(said("Changer de séquence")).click()
        choice.select_option(value=value_of(choice, sequence))
        self.page.get_by_role("button", name=said("Commencer cette séquence")).click()
        expect(self.page.locator(".rail__step[aria-current=step]")).to_contain_text(said(sequence))
        self.press("Ouvrir l'atelier sur les téléphones")
        expect(self.page.locator(".workshop-bar__state")).to_contain_text("Ouvert")

    def close(self) -> None:
        """Before its last phase, with the button beside the phases."""
        phases = self.page.locator(".workshop-bar__phases")
        phases.get_by_role("button", name=said("Fermer l'atelier")).click()
        expect(self.page.locator(".workshop-bar__state")).not_to_contain_text("Ouvert")

    def phase(self, label: str) -> None:
        button = self.page.locator(".workshop-bar__phases").get_by_role("button", name=said(label))
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def write_card(self, title: str, **fields: str) -> None:
        self._open("Écrire une carte")
        self._fill({"title": title, **fields})
        self._confirm("Ajouter cette carte")
        expect(self.card(title)).to_have_count(1)

    def complete(self, title: str, **fields: str) -> None:
        """Open a card of the board and write what the group makes of it."""
        link = self.card(title).get_by_role("link", name=said(title))
        again = self.page.locator("#again > summary")
        expect(link.or_(again).filter(visible=True).first).to_be_visible()
        if not link.is_visible():
            again.click()
        link.click()
        self._fill(fields)
        self._confirm("Enregistrer la carte")

    def take_over(self, *titles: str) -> None:
        """What earlier seminars kept, ticked and taken over as cards of this workshop."""
        self._open("Reprendre des cartes")
        for title in titles:
            self.detail.get_by_role("checkbox", name=said(title), exact=True).check()
        self._confirm("Reprendre les cartes cochées")

    @property
    def detail(self) -> Locator:
        return self.page.locator("dialog[data-detail]")

    def _open(self, label: str) -> None:
        self.page.locator(".board-tools").get_by_role("link", name=said(label)).first.click()
        expect(self.detail).to_be_visible()

    def _fill(self, fields: dict[str, str]) -> None:
        form = self.detail.locator("form[data-drafts]")
        for name, value in fields.items():
            fill(form, name, value)

    def _confirm(self, label: str) -> None:
        self.detail.get_by_role("button", name=said(label)).click()
        expect(self.detail).to_be_hidden()

    def end(self) -> None:
        self.page.locator("#end-session").get_by_text(said("Terminer la séance")).first.click()
        self.page.locator("#end-session").get_by_role("button").click()
        self.page.get_by_role("dialog").get_by_role("button", name=said("Terminer")).click()
        expect(self.page.locator(".rail__now")).to_contain_text(said("La séance est terminée"))

    def draft_the_note(self) -> Locator:
        """The note as the session proposes it."""
        links = self.page.get_by_role("navigation", name=said("Autres écrans"))
        links.get_by_role("link", name="Note").click()
        self.page.get_by_role("button", name=said("Rédiger le projet de note")).click()
        expect(self.page.locator("#draft")).to_be_visible()
        return self.page.locator("#draft")

    def card(self, title: str) -> Locator:
        return self.page.locator("[data-card]", has=self.page.get_by_role("link", name=said(title)))

    def tick(self, *texts: str) -> None:
        for text in texts:
            self.line(text).get_by_role("checkbox").check()

    def group(self, title: str, *texts: str) -> None:
        """Tick, name, make the card: with the form at the foot of the board."""
        self.tick(*texts)
        form = self.page.locator("#selection")
        form.locator("[name=title]").fill(title)
        form.get_by_role("button", name=said("Faire une carte")).click()
        expect(self.card(title)).to_be_visible()

    def undo(self) -> None:
        self.page.get_by_role("button", name=re.compile("^Annuler")).click()


def fill(form: Locator, name: str, value: str) -> None:
    """Answer one question of a form, however it is asked; choices by their words."""
    control = form.locator(f"[name={name}]:not([type=hidden])")
    kind = control.first.evaluate("one => one.type")
    if kind.startswith("select"):
        control.select_option(value=value_of(control, value))
    elif kind in ("radio", "checkbox"):
        box = control.and_(form.get_by_role(kind, name=said(value)))
        if not box.is_visible():
            form.locator("summary").first.click()
        box.check()
    else:
        control.fill(value)


def value_of(choice: Locator, words: str) -> str:
    option = choice.locator("option", has_text=said(words)).first
    return str(option.get_attribute("value"))


def newcomer(browser: Browser, **options: Any) -> BrowserContext:
    return browser.new_context(**{"locale": "fr-FR", **options})

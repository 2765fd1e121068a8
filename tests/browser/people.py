"""Those who hold a seminar in the journeys: a facilitator's console, a wall, phones."""

import re
from dataclasses import dataclass
from typing import Any

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
        for name, value in choices.items():
            self.page.locator(f"select[name={name}]").select_option(label=value)
        self.page.locator("textarea[name=text]").fill(text)
        self.page.locator("[data-outbox=contribution]").get_by_role("button").first.tap()

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

    def _save(self, before: str) -> None:
        self.page.locator("[data-outbox=answer]").get_by_role("button").first.tap()
        expect(self.page.locator("[data-outbox=answer] h2", has_text=before)).to_have_count(0)


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


def newcomer(browser: Browser, **options: Any) -> BrowserContext:
    return browser.new_context(**{"locale": "fr-FR", **options})

"""A year is planned, told, and planned again: one journey, from the officer's screen and phones.

Three members say from their phones when they can come to a first seminar; one day is refused by
someone indispensable, and another is kept. The whole year is then searched for, compared, kept and
announced; a date falls, and the year is planned again with the fewest moves. What people receive
is read where it was written: mails in the instance's folder, each with a calendar file.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.people import DESK, PHONE
from tests.browser.planned_year import PLANNER, REFERENT, SHOPKEEPER, address_of
from tests.browser.words import said
from tests.harness.accessibility import check_accessible
from tests.harness.application import WITH_WORKER, Application, Instance
from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

YES, IF_NEED_BE, NO = "Oui", "Si besoin", "Non"
#: Best on paper, the first day is refused by the elected: the second is the one that suits.
ANSWERS = {
    PLANNER: (YES, YES, NO),
    SHOPKEEPER: (YES, NO, NO),
    REFERENT: (NO, IF_NEED_BE, YES),
}
SECOND_LOCAL = "Séminaire local #2, Lorient"
#: Two calendars of four territories, in the worker.
SEARCH = 120_000
#: What the mail folder puts between two mails.
BETWEEN_MAILS = b"-" * 79


@dataclass
class Year:
    """The instance, the officer's screen, phones, and what was written to people."""

    server: Application
    browser: Browser
    stack: ExitStack
    programme: str
    first_local: str
    page: Page

    def phone(self, address: str) -> Page:
        """Someone without an account opens a link of theirs."""
        page = self._context(**PHONE).new_page()
        page.goto(address)
        return page

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(said(one))

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=said(button)).first.click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=said(link)).first.click()

    def has_title(self, words: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(said(words))

    def a_night_passes(self) -> None:
        run_on(self.server.instance, "--a-night")

    def send_what_waits(self) -> None:
        self.page.goto(f"{self.programme}courriels/")
        self.press("Envoyer maintenant")
        self.sees("Les courriels partent")
        gone = self.page.get_by_text(said("Rien n'attend de partir"))
        for _ in range(60):
            if gone.is_visible():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        expect(gone).to_be_visible()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """On disk, in the order they left."""
        written = (self.server.instance.home / "mails").glob("*.log")
        mails = [
            mail
            for path in sorted(written, key=lambda one: one.stat().st_mtime_ns)
            for mail in mails_in(path.read_bytes())
        ]
        return [mail for mail in mails if mail["To"] == address]

    def _context(self, **options: object) -> BrowserContext:
        context = self.stack.enter_context(watched_context(self.browser, **options))
        context.set_default_timeout(30_000)
        return context


def run_on(instance: Instance, asked: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.planned_year", asked],
        env=instance.environment(),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def year(empty_instance: Instance, browser: Browser, tmp_path: Path) -> Iterator[Year]:
    with a_year(empty_instance.copy(tmp_path / "home"), browser) as year:
        yield year


@pytest.fixture
def year_of_endless_searches(
    empty_instance: Instance, browser: Browser, tmp_path: Path
) -> Iterator[Year]:
    endless = {"DJANGO_SETTINGS_MODULE": "tests.browser.endless_search.settings"}
    with a_year(empty_instance.copy(tmp_path / "home"), browser, **endless) as year:
        yield year


@contextmanager
def a_year(instance: Instance, browser: Browser, **environment: str) -> Iterator[Year]:
    server = Application(instance, extra_environment=WITH_WORKER | environment)
    laid_out = json.loads(run_on(instance, server.url))
    server.start()
    with ExitStack() as stack:
        desk = stack.enter_context(watched_context(browser, **DESK))
        page = desk.new_page()
        page.goto(laid_out.pop("way_in"))
        page.get_by_role("button", name="Me connecter").click()
        expect(page.locator("h1")).to_be_visible()
        yield Year(server, browser, stack, page=page, **laid_out)
    server.stop()
    instance.remove()


def test_a_year_is_planned_told_and_planned_again(year: Year) -> None:
    ask_who_can_come(year)
    year.send_what_waits()
    for name, answers in ANSWERS.items():
        refused, suits, _last = answer_by_phone(year, name, answers)
    keep_the_day_that_suits(year, refused=refused, suits=suits)

    search_and_keep_a_calendar(year)
    announce(year)
    year.a_night_passes()
    year.send_what_waits()

    meeting, before = lose_a_date(year)
    after = plan_again(year)
    announce(year)
    year.a_night_passes()
    year.send_what_waits()

    change = the_change_on_disk(year, meeting)
    assert change != before
    assert str(change.day) in after
    answer_the_invitation(year, meeting)


def test_a_search_shows_how_far_it_is_and_keeps_what_it_found_when_stopped(
    year_of_endless_searches: Year,
) -> None:
    year = year_of_endless_searches
    year.page.goto(year.programme)
    year.follow("Calendrier")
    year.follow("Chercher un calendrier")
    year.press("Chercher ces calendriers")
    year.has_title("Calendriers à comparer")
    year.sees("Cette page se met à jour seule", "Un calendrier est trouvé ; on en cherche un")
    check_accessible(year.page)
    assert year.page.get_by_role("button", name=said("Retenir ce calendrier")).count() == 0

    year.press("Arrêter, garder le meilleur")
    year.sees("La recherche s'arrête : le meilleur calendrier trouvé est gardé.")
    expect(year.page.locator("#dates")).to_be_visible()
    year.sees(
        "Recherche arrêtée : voici le meilleur calendrier trouvé jusque-là.",
        "Arrêtée avant d'avoir trouvé un calendrier.",
    )
    expect(year.page.get_by_role("button", name=said("Arrêter"))).to_have_count(0)
    check_accessible(year.page)
    year.press("Retenir ce calendrier")
    year.sees("Personne n'est encore prévenu")


def ask_who_can_come(year: Year) -> None:
    """Three of the days the page proposes, in one click each."""
    year.page.goto(year.first_local)
    year.follow("Demander les disponibilités")
    year.has_title("Demander les disponibilités")
    check_accessible(year.page)
    proposed = year.page.locator("input[name=days]:checked")
    asked = len(ANSWERS[REFERENT])
    assert proposed.count() > asked
    while proposed.count() > asked:
        proposed.last.uncheck()
    year.press("Demander les disponibilités")
    year.sees("La demande partira à", "Personne n'a encore répondu")


def answer_by_phone(year: Year, name: str, answers: tuple[str, ...]) -> list[str]:
    """From the link of their mail, without an account; the days as they are read there."""
    (mail,) = year.mails_to(address_of(name))
    phone = year.phone(link_in(mail, "/dispo/"))
    expect(phone.locator("h1")).to_contain_text(said("Quand pouvez-vous venir ?"))
    rows = phone.locator("fieldset.choice-row")
    expect(rows).to_have_count(len(answers))
    check_accessible(phone)
    for row, answer in zip(rows.all(), answers, strict=True):
        row.get_by_text(answer, exact=True).tap()
    phone.get_by_role("button", name="Envoyer mes réponses").tap()
    expect(phone.locator("main")).to_contain_text(said("Merci, vos réponses sont enregistrées"))
    for row, answer in zip(rows.all(), answers, strict=True):
        expect(row.get_by_role("radio", name=answer, exact=True)).to_be_checked()
    return [words.strip() for words in rows.locator("legend").all_inner_texts()]


def keep_the_day_that_suits(year: Year, *, refused: str, suits: str) -> None:
    year.page.goto(f"{year.first_local.replace('/seminaires/', '/reunions/')}disponibilites/")
    days = year.page.locator("#jours tbody")
    expect(row_of(days, refused)).to_contain_text(said("Indispensable, ne peut pas"))
    expect(row_of(days, refused)).to_contain_text(said(REFERENT))
    expect(row_of(days, suits)).to_contain_text(said("Convient le mieux"))
    year.sees(f"La date qui convient le mieux : {suits}")
    check_accessible(year.page)
    year.follow("Retenir cette date")
    year.has_title("Retenir le")
    year.press("Retenir cette date")
    expect(year.page.locator("main")).to_contain_text(said("La date est fixée"))


def search_and_keep_a_calendar(year: Year) -> None:
    """Two calendars side by side; the first one is kept, and nobody hears of it yet."""
    year.page.goto(year.programme)
    year.follow("Calendrier")
    year.has_title("Calendrier")
    check_accessible(year.page)
    year.follow("Chercher un calendrier")
    check_accessible(year.page)
    search(year, "Chercher ces calendriers")
    found = year.page.get_by_role("button", name=said("Retenir ce calendrier"))
    assert found.count() > 1, "calendars to compare"
    year.sees("Les dates, étape par étape", "Réunion par réunion")
    check_accessible(year.page)
    found.first.click()
    year.sees("Personne n'est encore prévenu", "Les dates annoncées pour la première fois")


def lose_a_date(year: Year) -> tuple[str, datetime]:
    """« Cette date ne tient plus », of one that everyone was told: which meeting, and when."""
    year.page.goto(f"{year.programme}calendrier/")
    opened(year.page, SECOND_LOCAL)
    year.follow(f"Cette date ne tient plus {SECOND_LOCAL}")
    year.has_title("Cette date ne tient plus")
    year.sees(SECOND_LOCAL, "Date annoncée")
    check_accessible(year.page)
    found = re.search(r"/reunions/([^/]+)/date-tombe/", year.page.url)
    assert found is not None
    (told,) = events_of(year.mails_to(address_of(REFERENT)), found[1])
    assert told["SEQUENCE"] == 0
    return found[1], in_paris(told)


def plan_again(year: Year) -> str:
    """The fewest moves, and the difference before anyone hears of it: the new date, as shown."""
    year.page.get_by_label(said("Pourquoi cette date ne tient-elle plus")).fill("Salle inondée")
    search(year, "Chercher une autre date")
    year.sees("il n'est pas possible d'en changer moins")
    check_accessible(year.page)
    year.press("Retenir ce calendrier")
    year.has_title("Avant d'envoyer")
    moved = row_of(year.page.locator("#changements tbody"), SECOND_LOCAL)
    expect(moved.locator("del")).to_be_visible()
    check_accessible(year.page)
    return moved.locator("strong").inner_text()


def announce(year: Year) -> None:
    year.press("Annoncer ces dates")
    year.sees("les messages partiront avec le prochain envoi")


def the_change_on_disk(year: Year, meeting: str) -> datetime:
    """The new date, as an agenda reads it: the same event, raised, at Paris time."""
    (*_others, mail) = year.mails_to(address_of(REFERENT))
    text = mail.get_body(("plain",))
    assert text is not None
    assert said("était annoncée pour le").search(text.get_content())
    (told,) = events_of([mail], meeting)
    assert told["SEQUENCE"] == 1
    return in_paris(told)


def answer_the_invitation(year: Year, meeting: str) -> None:
    (*_others, mail) = year.mails_to(address_of(REFERENT))
    phone = year.phone(link_in(mail, f"/reunions/{meeting}/", start="/moi/"))
    check_accessible(phone)
    phone.get_by_role("radio", name=said("Je viendrai")).check()
    phone.get_by_role("button", name="Envoyer ma réponse").tap()
    expect(phone.locator("main")).to_contain_text(said("vous viendrez"))
    check_accessible(phone)

    year.page.goto(year.programme.split("/demarches/")[0] + f"/seminaires/{meeting}/invitations/")
    expect(row_of(year.page.locator("#attendus tbody"), REFERENT)).to_contain_text(said("Viendra"))
    year.sees("Rien à envoyer")
    check_accessible(year.page)


def search(year: Year, button: str) -> None:
    """A search is shown once it ended."""
    year.page.get_by_role("button", name=said(button)).click(timeout=SEARCH)
    expect(year.page.locator("h1")).to_contain_text(said("Calendriers à comparer"), timeout=SEARCH)
    searching = year.page.get_by_role("button", name=said("Arrêter"))
    expect(searching).to_have_count(0, timeout=SEARCH)
    expect(year.page.locator("#dates")).to_be_visible()


def row_of(rows: Locator, words: str) -> Locator:
    return rows.locator("tr", has_text=said(words))


def opened(page: Page, words: str) -> None:
    """The folded part that says these words."""
    part = page.locator("#reunions details", has_text=said(words)).first
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def mails_in(written: bytes) -> list[EmailMessage]:
    parts = written.split(b"\n" + BETWEEN_MAILS + b"\n")
    read = [message_from_bytes(part.strip() + b"\n", policy=policy.default) for part in parts]
    return [mail for mail in read if mail["To"]]


def link_in(mail: EmailMessage, holding: str, *, start: str = "") -> str:
    """The personal link a mail gives."""
    text = mail.get_body(("plain",))
    assert text is not None
    found = [one for one in re.findall(r"http\S+", text.get_content()) if holding in one]
    (link,) = {one for one in found if start in one}
    return str(link)


def events_of(mails: list[EmailMessage], meeting: str) -> list[Event]:
    """A meeting in the calendar files these mails carry."""
    files = [
        part.get_payload(decode=True)
        for mail in mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    events = [event for one in files for event in Calendar.from_ical(one).walk("VEVENT")]
    return [event for event in events if event["UID"] == f"meeting-{meeting}@fabrique"]


def in_paris(event: Event) -> datetime:
    start = event["DTSTART"]
    assert start.params["TZID"] == "Europe/Paris"
    assert isinstance(start.dt, datetime)
    return start.dt

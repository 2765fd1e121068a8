"""Every page of a seminar being held, seen by everyone it is for and refused to everyone else.

The table below is checked against the URL configuration: a route without a row fails.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

from tests.harness.accessibility import violations
from tests.harness.application import Application, Instance
from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).resolve().parents[2]
FACILITATORS = ("director", "pilot", "officer")
TEAM = (*FACILITATORS, "referent")
RELEASERS = ("referent", "director")
ROLES = ("nobody", "participant", *TEAM)
ANYONE = ROLES
LAPTOP: ViewportSize = {"width": 1280, "height": 720}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Shown:
    """A page, whom it is for (the first sees every check), and what its address is made of.

    The others are turned away: another page, or none.
    """

    seen_by: tuple[str, ...]
    query: str = ""
    made_of: dict[str, str] = field(default_factory=dict)
    heaviest: int = 500_000
    most_requests: int = 25


@dataclass(frozen=True)
class Posted:
    """Takes a form and shows no page: reading it is refused."""

    made_of: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """A file or an answer for a script; ``is_endless`` for a stream nobody waits for."""

    query: str = ""
    made_of: dict[str, str] = field(default_factory=dict)
    is_endless: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """Checked by another test, which ``where`` names."""

    where: str


FROZEN = {
    "meeting_id": "held_meeting_id",
    "deliverable_id": "frozen_id",
    "block_id": "frozen_block_id",
    "number": "=1",
    "format": "=pdf",
}
MAPPED = {
    "meeting_id": "map_meeting_id",
    "workshop_id": "map_workshop_id",
    "name": "=acteurs.csv",
}
INVITED = {"link_key": "contact_key"}
MEETING = "seminaires/<uuid:meeting_id>/"
MAP = f"{MEETING}ateliers/<uuid:workshop_id>/"
POLL = "reunions/<uuid:meeting_id>/disponibilites/"
OWN = "dispo/<str:link_key>/"
ASKED = {"link_key": "asked_link_key"}
NOTE = "notes/<uuid:deliverable_id>/"
PASSAGE = "notes/passages/<uuid:block_id>/"
LINK = "suivi/<str:link_key>/"
ROADMAP = "demarches/<slug:slug>/territoires/<str:code>/feuille-de-route"
CALENDAR = "demarches/<slug:slug>/calendrier/"
DESK = "demarches/<slug:slug>/territoires/<str:code>/versements/"
GROUP = "demarches/<slug:slug>/territoires/<str:code>/groupe/"
NATIONAL_GROUP = "demarches/<slug:slug>/groupe/"
THERE = {"code": "site_code"}
CRITERIA = "demarches/<slug:slug>/criteres/"
SETTINGS = "demarches/<slug:slug>/reglages/"
IMMERSION = "reunions/<uuid:meeting_id>/immersion/"
THAT_DAY = {"meeting_id": "immersion_meeting_id"}
COMMITTEE = {"meeting_id": "committee_meeting_id"}
VERSION = f"{NOTE}v<int:number>/"
SOURCES = "notes/blocs/<uuid:block_id>/sources/"

ROUTES: dict[str, Shown | Posted | File | Elsewhere] = {
    "": Shown(ANYONE),
    "accessibilite/": Shown(ANYONE),
    "mentions-legales/": Shown(ANYONE),
    "galerie/": Elsewhere("tests/browser/test_gallery.py"),
    "langue/": Elsewhere("tests/browser/test_journey.py, in English"),
    "compte/connexion/": Shown(("nobody", "participant")),
    "compte/connexion/messagerie/": Shown(ANYONE),
    "compte/connexion/lien/": Elsewhere("the sign-in of this file's fixture"),
    "compte/deconnexion/": Posted(),
    "territoires/recherche/": File("?q=lorient"),
    "demarches/nouvelle/": Elsewhere("tests/browser/test_journey.py"),
    "demarches/nouvelle/<slug:step>/": Shown(TEAM, made_of={"step": "=question"}),
    "demarches/<slug:slug>/": Shown(TEAM),
    "demarches/<slug:slug>/territoires/<str:code>/": Shown(TEAM, made_of={"code": "site_code"}),
    "demarches/<slug:slug>/versements/": Shown(TEAM),
    DESK: Shown(TEAM, made_of=THERE),
    f"{DESK}verser/": Shown(RELEASERS, "?carte=<card_id>", THERE),
    f"{DESK}<uuid:release_id>/retirer/": Shown(RELEASERS, made_of=THERE),
    f"{DESK}<uuid:release_id>/verser-a-nouveau/": Shown(RELEASERS, made_of=THERE),
    CALENDAR: Shown(FACILITATORS),
    f"{CALENDAR}periodes/": Shown(FACILITATORS),
    f"{CALENDAR}delais/": Shown(FACILITATORS),
    f"{CALENDAR}annonce/": Shown(FACILITATORS),
    f"{CALENDAR}fermetures/nouvelle/": Shown(FACILITATORS),
    f"{CALENDAR}fermetures/conseils/": Shown(FACILITATORS),
    f"{CALENDAR}fermetures/jours-feries/": Posted(),
    f"{CALENDAR}fermetures/<uuid:period_id>/": Shown(FACILITATORS),
    f"{CALENDAR}fermetures/<uuid:period_id>/retirer/": Posted(),
    f"{CALENDAR}propositions/": Shown(FACILITATORS),
    f"{CALENDAR}propositions/<uuid:batch>/": Shown(FACILITATORS),
    f"{CALENDAR}propositions/<uuid:batch>/arreter/": Posted(),
    f"{CALENDAR}propositions/<uuid:batch>/retenir/": Posted(),
    "reunions/<uuid:meeting_id>/attendus/": Shown(FACILITATORS),
    "reunions/<uuid:meeting_id>/date-tombe/": Shown(FACILITATORS),
    SETTINGS: Shown(FACILITATORS),
    f"{SETTINGS}question/": Shown(FACILITATORS),
    f"{SETTINGS}partenaires/": Shown(FACILITATORS),
    f"{SETTINGS}equipe/nouvelle/": Shown(FACILITATORS),
    f"{SETTINGS}equipe/<int:place_id>/": Shown(FACILITATORS),
    f"{SETTINGS}equipe/<int:place_id>/retirer/": Posted(),
    # ── Committee, criteria, immersion ──
    "demarches/<slug:slug>/decisions/": Shown(TEAM),
    "demarches/<slug:slug>/decisions.<str:format>": File(made_of={"format": "=ods"}),
    CRITERIA: Shown(TEAM),
    "demarches/<slug:slug>/criteres.<str:format>": File(made_of={"format": "=ods"}),
    f"{CRITERIA}nouveau/": Shown(FACILITATORS),
    f"{CRITERIA}<int:criterion_id>/": Shown(FACILITATORS),
    f"{CRITERIA}<int:criterion_id>/retirer/": Posted(),
    f"{CRITERIA}bilan/<slug:moment>/": Shown(FACILITATORS, made_of={"moment": "=intersite-4"}),
    f"{CRITERIA}attentes/": Shown(TEAM),
    IMMERSION: Shown(TEAM, made_of=THAT_DAY),
    f"{IMMERSION}synthese/": Shown(TEAM, made_of=THAT_DAY),
    f"{IMMERSION}acteurs.<str:format>": File(made_of=THAT_DAY | {"format": "=csv"}),
    f"{IMMERSION}rendez-vous/": Shown(FACILITATORS, made_of=THAT_DAY),
    f"{IMMERSION}rendez-vous/<uuid:appointment_id>/": Shown(TEAM, made_of=THAT_DAY),
    f"{MEETING}points/": Shown(TEAM, made_of=COMMITTEE),
    f"{MEETING}points/<uuid:point_id>/": Shown(FACILITATORS, made_of=COMMITTEE),
    "reunions/<uuid:meeting_id>/date/": Shown(FACILITATORS),
    "reunions/<uuid:meeting_id>/<slug:move>/": Posted(),
    POLL: Shown(FACILITATORS),
    f"{POLL}demander/": Shown(FACILITATORS),
    f"{POLL}relancer/": Posted(),
    f"{POLL}arreter/": Posted(),
    f"{POLL}<uuid:option_id>/retenir/": Shown(FACILITATORS),
    OWN: Shown(ANYONE, made_of=ASKED),
    f"{OWN}<uuid:poll_id>/": Shown(ANYONE, made_of=ASKED),
    f"{OWN}agenda/": Shown(ANYONE, made_of=ASKED),
    f"{OWN}agenda/<uuid:unavailability_id>/retirer/": Posted(ASKED),
    MEETING: Shown(TEAM),
    f"{MEETING}deroule/": Shown(TEAM),
    f"{MEETING}deroule/nouvelle/": Shown(FACILITATORS),
    f"{MEETING}deroule/<uuid:sequence_id>/": Shown(FACILITATORS),
    f"{MEETING}deroule/<uuid:sequence_id>/deplacer/": Posted(),
    f"{MEETING}deroule/<uuid:sequence_id>/retirer/": Posted(),
    f"{MEETING}groupe/": Elsewhere("its new address, {GROUP}, where it leads"),
    "demarches/<slug:slug>/composition/": Shown(FACILITATORS),
    NATIONAL_GROUP: Shown(FACILITATORS),
    f"{NATIONAL_GROUP}modele.<str:format>": File(made_of={"format": "=xlsx"}),
    f"{NATIONAL_GROUP}nouveau/": Shown(FACILITATORS),
    f"{NATIONAL_GROUP}importer/": Shown(FACILITATORS),
    f"{NATIONAL_GROUP}inviter/": Shown(FACILITATORS),
    f"{NATIONAL_GROUP}tableau.<str:format>": File(made_of={"format": "=xlsx"}),
    GROUP: Shown(TEAM, made_of=THERE),
    f"{GROUP}nouveau/": Shown(FACILITATORS, made_of=THERE),
    f"{GROUP}importer/": Shown(FACILITATORS, made_of=THERE),
    f"{GROUP}inviter/": Shown(FACILITATORS, made_of=THERE),
    f"{GROUP}tableau.<str:format>": File(made_of={**THERE, "format": "=xlsx"}),
    f"{GROUP}qui-ajouter/": Shown(FACILITATORS, made_of=THERE),
    f"{GROUP}annee/": Shown(TEAM, made_of=THERE),
    "membres/<uuid:member_id>/": Shown(FACILITATORS),
    "membres/<uuid:member_id>/retirer/": Posted(),
    "membres/<uuid:member_id>/effacer/": Shown(FACILITATORS),
    f"{MEETING}presences/": Shown(TEAM),
    f"{MEETING}presences/<uuid:member_id>/": Shown(FACILITATORS),
    f"{MEETING}feuille-de-route/importer/": Shown(FACILITATORS),
    f"{ROADMAP}/": Shown(TEAM, made_of={"code": "site_code"}),
    f"{ROADMAP}.<str:format>": File(made_of={"code": "site_code", "format": "=xlsx"}),
    # ── Invitations, mails, calendars ──
    f"{MEETING}invitations/": Shown(FACILITATORS),
    f"{MEETING}invitations/<uuid:contact_id>/": Shown(FACILITATORS),
    "moi/<str:link_key>/": Shown(ANYONE, made_of=INVITED),
    "moi/<str:link_key>/agenda/": Posted(INVITED),
    "moi/<str:link_key>/copie.ods": File(made_of=INVITED),
    "moi/<str:link_key>/groupe/": Shown(ANYONE, made_of=INVITED),
    "moi/<str:link_key>/reunions/<uuid:meeting_id>/": Shown(ANYONE, made_of=INVITED),
    "demarches/<slug:slug>/courriels/": Shown(FACILITATORS),
    "demarches/<slug:slug>/agendas/": Shown(TEAM),
    "agenda/<str:feed_key>.ics": File(),
    "courriels/<str:contact_keys>/arret/": Shown(ANYONE),
    "courriels/<str:contact_keys>/reprise/": Posted(),
    f"{MEETING}salle/": Shown(FACILITATORS),
    f"{MEETING}salle/code.svg": File(),
    "salle/<uuid:room_id>/sonnette/": File(is_endless=True),
    "salle/<uuid:room_id>/numeros/": File(),
    "r/": Shown(ANYONE),
    "r/<str:code>/": Shown(("nobody", *TEAM), heaviest=150_000, most_requests=15),
    "salle/service-worker.js": File(),
    "salle/<str:code>/": Shown(("participant",)),
    "salle/<str:code>/envoyer/": Posted(),
    "salle/<str:code>/quitter/": Posted(),
    f"{MEETING}console/": Shown(FACILITATORS),
    f"{MEETING}console/agir/": Posted(),
    f"{MEETING}console/cartes/<uuid:card_id>/": Shown(FACILITATORS),
    f"{MEETING}console/contributions/<uuid:contribution_id>/": Shown(FACILITATORS),
    f"{MEETING}console/propositions/<uuid:workshop_id>/": Shown(FACILITATORS),
    f"{MEETING}console/reprise/<uuid:workshop_id>/": Shown(FACILITATORS),
    f"{MEETING}console/nouvelle-carte/<uuid:workshop_id>/": Shown(FACILITATORS),
    f"{MEETING}console/mains-levees/<uuid:workshop_id>/": Shown(FACILITATORS),
    MAP: Shown(FACILITATORS, made_of=MAPPED, heaviest=1_000_000),
    f"{MAP}importer/": Shown(FACILITATORS, made_of=MAPPED),
    f"{MAP}fichiers/<str:name>": File(made_of=MAPPED),
    f"{MEETING}transcription/": Shown(FACILITATORS),
    f"{MEETING}impression/": Shown(FACILITATORS),
    f"{MEETING}impression/tout.zip": File(),
    f"{MEETING}impression/<slug:key>.pdf": File(made_of={"key": "=presence"}),
    "mur/<str:wall_key>/": Shown(ANYONE),
    LINK: Shown(ANYONE),
    f"{LINK}copie.ods": File(),
    f"{LINK}contributions/<uuid:contribution_id>/niveau/": Posted(),
    f"{MEETING}note/": Shown(TEAM),
    f"{MEETING}note/rediger/": Posted(),
    f"{MEETING}note/projet/<str:format>/": File(made_of={"format": "=html"}),
    f"{NOTE}figer/": Shown(FACILITATORS),
    f"{NOTE}reprendre/": Posted(),
    f"{NOTE}passages/": Posted(),
    PASSAGE: Elsewhere("tests/browser/test_journey.py, where it opens in the note"),
    f"{PASSAGE}retirer/": Posted(),
    f"{PASSAGE}retablir/": Posted(),
    f"{PASSAGE}deplacer/": Posted(),
    f"{PASSAGE}citer/": Posted(),
    f"{PASSAGE}ne-plus-citer/": Posted(),
    VERSION: Shown(FACILITATORS, made_of=FROZEN),
    f"{VERSION}export/<str:format>/": File(made_of=FROZEN),
    f"{VERSION}fichiers/": Posted(FROZEN),
    SOURCES: Shown(FACILITATORS, "?version=1", FROZEN),
    f"{LINK}{VERSION}": Shown(ANYONE, made_of=FROZEN),
    f"{LINK}{VERSION}export/<str:format>/": File(made_of=FROZEN),
    f"{LINK}{SOURCES}": Shown(ANYONE, "?version=1", FROZEN),
}
PAGES = {route: row for route, row in ROUTES.items() if isinstance(row, Shown)}


@dataclass
class Watch:
    """What a page asked for and complained of since it was last looked at."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def clear(self) -> None:
        self.requests.clear()
        self.complaints.clear()

    def check(self, server: str, row: Shown) -> None:
        ended = [one for one in self.requests if one.timing["responseEnd"] >= 0]
        weight = sum(one.sizes()["responseBodySize"] for one in ended)
        asked = {
            f"{urlsplit(one.url).scheme}://{urlsplit(one.url).netloc}" for one in self.requests
        }
        assert not self.complaints, self.complaints
        assert asked - {"data://"} == {server}
        assert weight <= row.heaviest, f"{weight} bytes"
        assert len(self.requests) <= row.most_requests, [one.url for one in self.requests]
        self.clear()


class Visitor:
    """Someone's browser, and the one page they read everything on: opening one costs a second."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()
        self.watch = Watch()
        self._network = context.new_cdp_session(self.page)
        self._network.send("Network.enable")
        self.page.on("request", lambda request: self.watch.requests.append(request))
        self.page.on("pageerror", lambda error: self.watch.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.watch.complaints.append(said.text) if said.type == "error" else None,
        )

    def comes_anew(self, viewport: ViewportSize, *, with_cache: bool) -> None:
        """By day, and nothing of the page before held against the next."""
        self.page.goto("about:blank")
        self._network.send("Network.setCacheDisabled", {"cacheDisabled": not with_cache})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size(viewport)
        self.watch.clear()


@dataclass
class Demo:
    """The served demonstration, what its addresses are made of, and everyone's browser."""

    server: Application
    facts: dict[str, str]
    visitors: dict[str, Visitor]

    def address(self, route: str, row: Shown | Posted | File) -> str:
        query = "" if isinstance(row, Posted) else row.query

        def value(part: re.Match[str]) -> str:
            source = row.made_of.get(part[1], part[1])
            return source[1:] if source.startswith("=") else self.facts.get(source, "inconnu")

        query = re.sub(r"<([a-z_]+)>", value, query)
        return f"{self.server.url}/{re.sub(r'<[a-z]+:([a-z_]+)>', value, route)}{query}"


@pytest.fixture(scope="module")
def demo(
    demo_instance: Instance, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    instance = demo_instance.copy(tmp_path_factory.mktemp("pages") / "home")
    server = Application(instance)
    facts = hold_the_next_seminar(instance, server.url)
    server.start()
    with ExitStack() as stack:
        visitors = {role: Visitor(stack.enter_context(watched_context(browser))) for role in ROLES}
        for role, link in facts.pop("ways_in").items():
            page = visitors[role].page
            page.goto(link)
            assert not violations(page)
            page.get_by_role("button", name="Me connecter").click()
            expect(page.get_by_role("button", name="Se déconnecter")).to_be_attached()
        join(visitors["participant"].page, f"{server.url}/r/{facts['code']}/")
        yield Demo(server, facts, visitors)
    server.stop()
    instance.remove()


def hold_the_next_seminar(instance: Instance, address: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.held_demo", address],
        env=instance.environment(),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def join(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("radio", disabled=False).nth(3).check()
    page.get_by_role("button", name="Entrer dans la salle").click()
    page.wait_for_url("**/salle/*/")


def test_every_route_has_its_row() -> None:
    missing = sorted(declared_routes() - set(ROUTES))
    assert not missing, "add a row for " + ", ".join(missing)
    assert set(ROUTES) <= declared_routes(), "a row for a page that is gone"


@cache
def declared_routes() -> frozenset[str]:
    def walk(patterns: list[object], before: str) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLPattern):
                yield before + str(one.pattern)
            else:
                yield from walk(one.url_patterns, before + str(one.pattern))  # type: ignore[attr-defined]

    everything = walk(get_resolver().url_patterns, "")
    return frozenset(route for route in everything if not route.startswith("api/"))


@pytest.mark.parametrize("route", PAGES)
def test_a_page_is_sound_for_those_it_is_for(demo: Demo, route: str) -> None:
    """By day on a laptop, in the dark on a small phone: accessible, nothing past the edge, nothing
    wrong, light. Axe reads each make of the page once: roles shown the same elements share it."""
    row = PAGES[route]
    faults: list[str] = []
    makes: set[str] = set()
    for role in row.seen_by:
        visitor, is_first = demo.visitors[role], role == row.seen_by[0]
        page, watch = visitor.page, visitor.watch
        visitor.comes_anew(LAPTOP if is_first else SMALL_PHONE, with_cache=not is_first)
        seen(page, demo.address(route, row))
        if is_first:
            faults += [f"{role}, on a laptop: {fault}" for fault in violations(page)]
            watch.check(demo.server.url, row)
            page.set_viewport_size(SMALL_PHONE)
            in_the_dark(page)
        faults += [f"{role}: {fault}" for fault in past_the_edge(page)]
        if (make := make_of(page)) not in makes:
            faults += [f"{role}, on a small phone: {fault}" for fault in violations(page)]
        makes.add(make)
        watch.check(demo.server.url, row)
    assert not faults, f"{route}\n\n" + "\n\n".join(faults)


def in_the_dark(page: Page) -> None:
    """The page opened again by someone whose screen is dark, drawn to its last colour."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.reload()
    page.evaluate("document.fonts.ready.then(() => 1)")
    settled(page)


def settled(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


@pytest.mark.parametrize("route", PAGES)
def test_a_page_turns_everyone_else_away(demo: Demo, route: str) -> None:
    row = PAGES[route]
    address = demo.address(route, row)
    for role in set(ROLES) - set(row.seen_by):
        answer = demo.visitors[role].context.request.get(address)
        elsewhere = urlsplit(answer.url).path != urlsplit(address).path
        assert elsewhere or answer.status in (403, 404), f"{role} reads {address}"


@pytest.mark.parametrize("route", [route for route in ROUTES if isinstance(ROUTES[route], Posted)])
def test_what_only_takes_forms_shows_no_page(demo: Demo, route: str) -> None:
    row = ROUTES[route]
    assert isinstance(row, Posted)
    answer = demo.visitors["director"].context.request.get(demo.address(route, row))
    assert answer.status == 405, answer.url


@pytest.mark.parametrize("route", [route for route in ROUTES if isinstance(ROUTES[route], File)])
def test_a_file_answers_those_it_is_for(demo: Demo, route: str) -> None:
    row = ROUTES[route]
    assert isinstance(row, File)
    if row.is_endless:
        assert demo.visitors["nobody"].context.request.get(demo.address(route, row)).status == 404
        return
    answer = demo.visitors["director"].context.request.get(demo.address(route, row))
    assert answer.ok, f"{answer.status} {answer.url}"
    assert answer.body()


def seen(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, f"{answer.status} {address}"
    assert urlsplit(page.url).path == urlsplit(address).path, page.url
    page.evaluate("document.fonts.ready.then(() => 1)")


def past_the_edge(page: Page) -> list[str]:
    settled(page)
    past = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"320 px: {past} px past the edge: {widest(page)}"] if past > 0 else []


def make_of(page: Page) -> str:
    """Its elements with their attributes, but for values that differ from one visit to another."""
    found: Callable[[str], str] = page.evaluate
    return str(
        found(
            "[...document.querySelectorAll('*')].map((one) => one.tagName + [...one.attributes]"
            ".filter(({name}) => name !== 'value' && name !== 'content')"
            ".map(({name, value}) => ` ${name}=${value}`).join('')).join('\\n')"
        )
    )


def widest(page: Page) -> str:
    found: Callable[[str], str] = page.evaluate
    return str(
        found(
            "[...document.querySelectorAll('body *')]"
            ".filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
            ".slice(-3).map((one) => one.outerHTML.slice(0, 160)).join(' ⏎ ')"
        )
    )

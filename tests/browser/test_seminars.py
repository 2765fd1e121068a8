"""Every other seminar of the method, one journey each: local #2, #3, #4 and the four inter-site.

The year is already under way: earlier seminars kept cards and their territories released some.
In each journey the team leads from the console, people answer on their phones, the wall follows
and the note holds what was said. Where figures need five people, others of the room, whose phones
are elsewhere, send the same answers as one phone.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import PHONE, WALL, Console, Phone, Voices
from tests.browser.words import said
from tests.harness.accessibility import check_accessible
from tests.harness.application import Application, Instance
from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
ELECTED, DIRECTOR = "Élue à l'urbanisme", "Directeur de l'aménagement"
VOSGIAN, NATIONAL = "Cheffe du service habitat", "Cheffe de bureau"
TOO_FEW = "aucun chiffre n'est montré"


class Held:
    """A seminar being held: its console, its wall, phones and the voices of the others."""

    def __init__(self, place: dict[str, Any], name: str, stack: ExitStack, browser: Browser,
                 signed_in: Any) -> None:  # fmt: skip
        self.place, self.name, self._stack, self._browser = place, name, stack, browser
        self.voices = Voices(place["send"], place["voices"])
        self.desk = self._page(**DESK, storage_state=signed_in)
        self.desk.goto(place["console"])
        self.console = Console(self.desk)
        self.wall = self._page(**WALL)
        self.wall.goto(place["wall"])

    def phone(self, name: str) -> Phone:
        phone = Phone.of(self._context(**PHONE))
        phone.join(self.place["join"], name)
        return phone

    def shows(self, *words: str) -> None:
        for one in words:
            expect(self.wall.locator("main")).to_contain_text(said(one), timeout=15_000)

    def hides(self, *words: str) -> None:
        for one in words:
            expect(self.wall.locator("main")).not_to_contain_text(said(one))

    def draws(self) -> None:
        expect(self.wall.locator("main figure svg").first).to_be_visible(timeout=15_000)

    def look(self, moment: str, *phones: Phone) -> None:
        """The screens as they stand: accessible, and kept as pictures where one asks for them."""
        screens = {"console": self.desk, "wall": self.wall}
        screens |= {f"phone-{number}": phone.page for number, phone in enumerate(phones, 1)}
        for screen, page in screens.items():
            check_accessible(page)
            if folder := os.environ.get("JOURNEY_PICTURES"):
                path = Path(folder) / f"{self.name}-{moment}-{screen}.png"
                page.screenshot(path=path, full_page=screen != "console")

    def note_holds(self, *words: str) -> None:
        draft = self.console.draft_the_note()
        for one in words:
            expect(draft).to_contain_text(said(one))

    def _page(self, **options: Any) -> Page:
        return self._context(**options).new_page()

    def _context(self, **options: Any) -> BrowserContext:
        context = self._stack.enter_context(watched_context(self._browser, **options))
        context.set_default_timeout(15_000)
        return context


Hold = Callable[[str], Held]


@pytest.fixture(scope="module")
def year(
    empty_instance: Instance, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    instance = empty_instance.copy(tmp_path_factory.mktemp("year") / "home")
    server = Application(instance)
    laid_out = subprocess.run(
        [sys.executable, "-m", "tests.browser.held_year", server.url],
        env=instance.environment(),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert laid_out.returncode == 0, laid_out.stderr
    year = json.loads(laid_out.stdout)
    server.start()
    with watched_context(browser) as context:
        page = context.new_page()
        page.goto(year["way_in"])
        page.get_by_role("button", name="Me connecter").click()
        expect(page.locator("h1")).to_be_visible()
        year["signed_in"] = context.storage_state()
    yield year
    server.stop()
    instance.remove()


@pytest.fixture
def hold(year: dict[str, Any], browser: Browser) -> Iterator[Hold]:
    with ExitStack() as stack:
        yield lambda name: Held(year["seminars"][name], name, stack, browser, year["signed_in"])


def test_local_2_guests_are_heard_and_the_actors_mapped(hold: Hold) -> None:
    held = hold("local-2")
    console, one, other = held.console, held.phone(ELECTED), held.phone(DIRECTOR)
    console.turn_to("Témoignages d'associations")
    console.write_card("La recyclerie du port", guest="Directrice d'une recyclerie")
    one.has("Témoignages d'associations")
    one.says("Le bail a été refusé deux fois", kind="Ce qui a bloqué", block="Juridique")
    other.says("Un local prêté par le port", kind="Ce qui a aidé")
    held.shows("Directrice d'une recyclerie", "Le bail a été refusé", "Un local prêté")
    held.look("testimony", one)
    writing = other.page.locator("textarea[name=text]")
    writing.fill("Des légumes livrés le mardi")
    other.page.get_by_label(said("Ce qui a été changé")).check()
    console.write_card("La légumerie de la régie", guest="Gérante d'une régie")
    offered = other.page.locator("select[name=testimony] option", has_text=said("La légumerie"))
    expect(offered).to_have_count(1)
    expect(writing).to_have_value("Des légumes livrés le mardi")
    other.says("Des légumes livrés le mardi", testimony="La légumerie")
    expect(other.page.locator("[data-outbox=contribution] input:checked")).to_have_count(0)
    held.shows("Gérante d'une régie", "Des légumes livrés")
    console.press("Fermer l'atelier")

    console.turn_to("La carte des acteurs")
    one.has("La carte des acteurs")
    one.says("Recyclerie du bourg", type="Association", scale="Local", profile="Pionnier")
    other.says("Ville centre", type="Collectivité")
    console.group("Recyclerie du bourg", "Recyclerie du bourg")
    console.group("Ville centre", "Ville centre")
    held.look("actors", one)
    console.phase("Relier")
    one.answer(source="Ville centre", relation="finance", target="Recyclerie du bourg")
    expect(one.page.locator("#own-ties")).to_contain_text("Mon lien")
    held.hides("finance")
    held.look("ties", one)
    console.phase("Montrer la carte")
    held.draws()
    held.look("map")
    console.press("Fermer l'atelier")

    console.turn_to("Jusqu'où cette dynamique")
    one.says("Jusqu'à une filière du réemploi")
    held.shows("une filière du réemploi")
    held.look("question", one)
    console.end()
    held.note_holds("Le bail a été refusé", "Recyclerie du bourg", "une filière du réemploi")


def test_intersite_1_strengths_and_threats_rest_on_released_cards(hold: Hold) -> None:
    held = hold("intersite-1")
    console, breton, vosgian = held.console, held.phone(ELECTED), held.phone(VOSGIAN)
    console.turn_to("Forces, faiblesses")
    breton.has("Forces, faiblesses")
    breton.says("L'eau monte plus vite que prévu", quadrant="Menace", evidence="Port submergé")
    vosgian.says("Les crues reviennent chaque hiver", quadrant="Menace", territory="Saint-Dié")
    breton.says("Des techniciens formés", quadrant="Force")
    held.shows("Des techniciens formés")
    console.group("L'eau menace nos villes", "L'eau monte", "Les crues reviennent")
    console.group("Des techniciens formés", "Des techniciens formés")
    held.look("collect", breton)
    console.phase("Comparer les territoires")
    held.shows("L'eau menace nos villes", "Menaces")
    held.look("compare", vosgian)
    console.phase("Croiser")
    held.shows("Des techniciens formés")
    held.look("cross")
    console.end()
    held.note_holds("L'eau menace nos villes", "Lorient", "Saint-Dié", "Port submergé")


def test_intersite_2_maps_are_matched_roles_chosen_and_actors_voted(hold: Hold) -> None:
    held = hold("intersite-2")
    console, one, vosgian = held.console, held.phone(NATIONAL), held.phone(VOSGIAN)
    console.turn_to("La cartographie consolidée")
    console.take_over(
        "Agence de l'eau Loire-Bretagne", "Agence de l'eau, bassin Loire-Bretagne",
        "Recyclerie du port", "Agence nationale de l'habitat",
    )  # fmt: skip
    held.shows("4 acteurs, cités dans 2 territoires")
    held.draws()
    held.look("match", one)
    console.phase("Compléter")
    one.says("Caisse des dépôts", type="Établissement public", scale="National")
    console.group("Caisse des dépôts", "Caisse des dépôts")
    console.phase("Relier")
    held.shows("Caisse des dépôts")
    console.close()

    console.turn_to("Quel rôle pour la collectivité")
    console.take_over("Recyclerie du port")
    console.write_card("Logement vacant")
    console.phase("Se positionner")
    for _stake in range(2):
        one.answer(role_today="Financer", role_wished="Animer")
    expect(one.page.locator("main")).to_contain_text(said("Toutes les cartes sont notées"))
    vosgian.answer(role_today="Plaider", role_wished="Opérer")
    held.hides("Médiane")
    held.look("roles", vosgian)
    held.voices.follow(one)
    console.phase("Montrer les résultats")
    held.shows("Recyclerie du port")
    held.draws()
    held.look("roles-shown", one)
    console.press("Fermer l'atelier")

    console.turn_to("Les acteurs nationaux à rencontrer")
    console.phase("Voter")
    one.answer(meet="Oui, en priorité")
    held.look("vote", vosgian)
    console.phase("Montrer le vote")
    held.shows(TOO_FEW)
    console.end()
    held.note_holds("Agence de l'eau", "Caisse des dépôts", "Logement vacant")


def test_local_3_initiatives_inspire_and_schemes_go_on_the_workbench(hold: Hold) -> None:
    held = hold("local-3")
    console, one, other = held.console, held.phone(ELECTED), held.phone(DIRECTOR)
    console.turn_to("Ce qui est transposable ici")
    console.write_card(
        "Permis de végétaliser", place="Une ville de l'Ouest", what="Des pieds de mur"
    )
    one.has("Ce qui est transposable ici")
    one.says("Il faut une charte", initiative="Permis de végétaliser", reaction="À adapter")
    other.says("Simple et peu cher", initiative="Permis de végétaliser", reaction="À reprendre")
    held.shows("Permis de végétaliser")
    held.look("inspiration", one)
    console.phase("Montrer les réactions")
    held.shows(TOO_FEW)
    console.complete("Permis de végétaliser", kept="Une charte de deux pages")
    held.shows("Une charte de deux pages")
    held.look("inspired")
    console.press("Fermer l'atelier")

    console.turn_to("Trois dispositifs sur l'établi")
    for title in ("Prime à la rénovation", "Bourse aux locaux"):
        console.write_card(title, aim="Remettre en usage")
    for phone in (one, other):
        offered = phone.page.locator("select[name=scheme] option", has_text=said("Bourse aux"))
        expect(offered).to_have_count(1)
    one.says("Le seuil est fixé par décret", scheme="Prime à la rénovation", kind="Juridique",
             state_only="Seul l'État")  # fmt: skip
    other.says("Personne ne la connaît", scheme="Bourse aux locaux", kind="Demande")
    held.shows("Le seuil est fixé par décret", "Personne ne la connaît")
    console.complete("Prime à la rénovation", decision="Infléchir")
    held.shows("Infléchir")
    held.look("workbench", one)
    console.press("Fermer l'atelier")

    console.turn_to("Les leviers que nous retenons")
    console.phase("Voter")
    one.place_dots("Prime à la rénovation", 2)
    held.look("dots", one)
    held.voices.follow(one)
    console.phase("Montrer les résultats")
    held.draws()
    held.look("dots-shown", other)
    console.end()
    held.note_holds("Permis de végétaliser", "Le seuil est fixé par décret", "Infléchir")


def test_intersite_3_what_only_the_state_can_lift_becomes_levers(hold: Hold) -> None:
    held = hold("intersite-3")
    console, operator, vosgian = held.console, held.phone(NATIONAL), held.phone(VOSGIAN)
    console.turn_to("Ce que nous demandons")
    console.take_over("Bail réel solidaire")
    held.shows("Allonger la durée du bail", "Ouvrir le bail aux commerces", "Saint-Dié")
    operator.says("Un texte est en préparation", lever="Allonger la durée", reaction="À l'étude",
                  operator="Administration centrale")  # fmt: skip
    vosgian.says("Rendre le fonds vert pluriannuel", operator="Pour mon territoire")
    held.shows("Rendre le fonds vert pluriannuel")
    console.group("Fonds vert pluriannuel", "Rendre le fonds vert")
    console.complete("Allonger la durée du bail", kind="Loi", holder="Administration centrale")
    held.shows("Fonds vert pluriannuel", "Administration centrale")
    held.look("levers", operator)
    console.end()
    held.note_holds("Allonger la durée du bail", "Un texte est en préparation", "À l'étude")


def test_local_4_looks_back_plans_and_weighs_its_ambition(hold: Hold) -> None:
    held = hold("local-4")
    console, one, other = held.console, held.phone(ELECTED), held.phone(DIRECTOR)
    console.turn_to("où en sommes-nous")
    one.says("La digue a tenu", column="accompli", year="2033", vulnerabilities="Port submergé")
    other.says("Les assurances se retirent", column="Nouvelle vulnérabilité")
    console.group("La digue a tenu", "La digue a tenu")
    console.group("Les assurances se retirent", "Les assurances se retirent")
    held.look("retrospective", one)
    console.phase("Montrer le récit")
    held.shows("La digue a tenu", "2033")
    held.look("story")
    console.phase("Revenir à ce qui était craint")
    held.shows("Port submergé")
    held.look("fears")
    console.press("Fermer l'atelier")

    console.turn_to("Construction de la feuille de route")
    one.says("Reculer les logements du quai", lead="Service habitat", half_year="2029")
    other.says("Planter mille arbres", lead="Espaces verts", half_year="2028")
    console.group("Reculer les logements", "Reculer les logements")
    console.group("Planter mille arbres", "Planter mille arbres")
    console.complete("Reculer les logements", end="2031-06-30", vulnerabilities="Port submergé")
    held.look("roadmap", one)
    console.phase("Montrer la feuille de route")
    held.shows("Reculer les logements")
    held.draws()
    held.look("plan")
    console.press("Fermer l'atelier")

    console.turn_to("Le juste niveau d'ambition")
    for _action in range(2):
        one.answer(ambition_1="Transformer", capacity_1="à plusieurs")
    held.look("ambition", other)
    held.voices.follow(one)
    console.phase("Comparer")
    held.draws()
    held.look("compared")
    console.phase("Second tour")
    expect(one.page.locator("main")).to_contain_text(said("Au premier tour, vous aviez répondu"))
    for _action in range(2):
        one.answer(ambition_2="Changer nettement", capacity_2="Dès maintenant")
    held.look("ambition-again", one)
    held.voices.follow(one)
    console.phase("Montrer les résultats")
    held.look("right-level")
    console.end()
    held.note_holds("La digue a tenu", "Reculer les logements", "Service habitat")


def test_intersite_4_tells_what_was_learnt_and_weighs_the_manifesto(hold: Hold) -> None:
    held = hold("intersite-4")
    console, one, vosgian = held.console, held.phone(NATIONAL), held.phone(VOSGIAN)
    console.turn_to("Ce que nous avons appris ensemble")
    one.says("Que nos lois se contredisent")
    vosgian.says("Que l'eau nous relie")
    console.group("L'eau nous relie", "Que l'eau nous relie")
    held.shows("Que nos lois se contredisent", "L'eau nous relie")
    console.phase("Montrer les réponses")
    held.look("learnt", one)
    console.press("Fermer l'atelier")

    console.turn_to("Le Manifeste en discussion")
    console.take_over("Port submergé", "Bail réel solidaire")
    vosgian.says("Un droit à expérimenter")
    console.group("Un droit à expérimenter", "Un droit à expérimenter")
    held.look("proposed", vosgian)
    console.phase("Voter")
    one.place_dots("Bail réel solidaire", 3)
    vosgian.place_dots("Un droit à expérimenter", 5)
    expect(held.wall.locator("main figure")).to_have_count(0)
    held.look("vote", one)
    held.voices.follow(one)
    console.phase("Montrer les résultats")
    held.draws()
    held.look("weighed", vosgian)
    console.end()
    held.note_holds("Que l'eau nous relie", "Bail réel solidaire", "Un droit à expérimenter")

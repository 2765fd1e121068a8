"""One seminar, end to end: from an empty instance to the note in people's hands.

A facilitator, a wall and six phones (five in French, one in English) share one served
application; each station below goes on from where the one before left. Nothing is carried but
by the screens.
"""

import email
import email.policy
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import DESK, PHONE, WALL, Console, Phone
from tests.browser.words import french_words_in, said
from tests.harness.accessibility import check_accessible
from tests.harness.application import Application, Instance
from tests.harness.browser import watched_context

pytestmark = pytest.mark.browser

TITLE = "Villes moyennes et sobriété foncière"
ADDRESS = "directrice@exemple.fr"
MEMBERS = [
    ("Élue à l'urbanisme", "Ville de Lorient"),
    ("Directeur de l'aménagement", "Ville de Lorient"),
    ("Cheffe du service habitat", "Agglomération"),
    ("Responsable d'association", "Association de quartier"),
    ("Gérant d'entreprise", "Entreprise du bâtiment"),
    ("Chercheuse invitée", "Université"),
]
EXPECTATIONS = [
    "On en sort avec trois actions",
    "Les élus restent jusqu'au bout",
    "Trois actions, pas plus",
    "Le foncier n'est plus tabou",
    "On se revoit dans un an",
]
WRITTEN_BY_THE_TEAM = {"Évaluation à chaud"}
TOUR = {"exposure": 3, "sensitivity": 4, "adaptive_capacity": 2}


class Seminar:
    """What one holds in one's hands from a station to the next: screens, never rows."""

    server: Application
    desk: Page
    wall: Page
    console: Console
    phones: list[Phone]
    code: str
    note_url: str

    def __init__(self, server: Application, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.phones = []
        self.broken_at = ""
        self.pictures = Path(os.environ.get("JOURNEY_PICTURES") or folder / "pictures")
        self.pictures.mkdir(parents=True, exist_ok=True)

    def station(self, name: str, page: Page | None = None, *, axe: bool = True) -> None:
        """The screen as one would find it: accessible, and kept as a picture."""
        page = page or self.desk
        if axe:
            check_accessible(page)
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    @property
    def french(self) -> list[Phone]:
        return self.phones[:5]

    @property
    def english(self) -> Phone:
        return self.phones[5]


@pytest.fixture(scope="module")
def seminar(
    instance_with_territories: Instance, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Seminar]:
    folder = tmp_path_factory.mktemp("journey")
    instance = instance_with_territories.copy(folder / "home")
    instance.run("access", ADDRESS, "--create")
    server = Application(instance).start()
    with ExitStack() as stack:
        seminar = Seminar(server, folder)
        for options in (DESK, WALL, *[PHONE] * 5, {**PHONE, "locale": "en-GB"}):
            context = stack.enter_context(watched_context(browser, **options))
            context.set_default_timeout(15_000)
            if options is DESK:
                seminar.desk = context.new_page()
            elif options is WALL:
                seminar.wall = context.new_page()
            else:
                seminar.phones.append(Phone.of(context))
        seminar.console = Console(seminar.desk)
        yield seminar
    server.stop()
    instance.remove()


@pytest.fixture(autouse=True)
def _stations_follow_one_another(
    request: pytest.FixtureRequest, seminar: Seminar
) -> Iterator[None]:
    if seminar.broken_at:
        pytest.fail(f"the journey stopped at {seminar.broken_at}")
    seminar.broken_at = request.node.name
    before = request.session.testsfailed
    yield
    if request.session.testsfailed == before:
        seminar.broken_at = ""


def button(page: Page, label: str) -> Any:
    return page.get_by_role("button", name=said(label))


def link(page: Page, label: str) -> Any:
    return page.get_by_role("link", name=said(label))


def settle(page: Page, point: str) -> None:
    """From the page of the seminar, follow one of the points to settle."""
    term = page.locator("dt", has_text=said(point))
    term.locator("xpath=following-sibling::dd[1]").get_by_role("link").click()


def last_mail(server: Application) -> str:
    letters = sorted(
        (server.instance.home / "mails").iterdir(), key=lambda one: one.stat().st_mtime
    )
    letter = email.message_from_bytes(letters[-1].read_bytes(), policy=email.policy.default)
    return str(letter.get_content())


def test_one_signs_in_by_a_link_sent_to_ones_address(seminar: Seminar) -> None:
    page = seminar.desk
    page.goto(f"{seminar.server.url}/compte/connexion/")
    page.get_by_label(said("Adresse électronique")).fill(ADDRESS)
    button(page, "Recevoir mon lien de connexion").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Consultez votre messagerie")
    found = re.search(r"http\S+", last_mail(seminar.server))
    assert found
    page.goto(found[0])
    button(page, "Me connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mes démarches")
    seminar.station("01-accueil")


def test_one_opens_a_programme_and_is_put_right_on_the_way(seminar: Seminar) -> None:
    page = seminar.desk
    link(page, "Nouvelle démarche").first.click()
    page.get_by_label(said("Titre de la démarche")).fill(TITLE)
    page.get_by_label(said("Question posée")).fill("Comment bâtir sans s'étaler ?")
    page.get_by_label(said("Horizon")).fill("2050")
    page.get_by_label(said("Année d'étape")).fill("2035")
    seminar.station("02-question")
    button(page, "Continuer").click()
    page.get_by_label(said("Début")).fill("2027-01-15")
    page.get_by_label(said("Fin")).fill("2026-01-15")
    button(page, "Continuer").click()
    expect(page.locator("main")).to_contain_text(re.compile("avant|après"))
    expect(page.get_by_label(said("Début"))).to_have_value("2027-01-15")
    page.get_by_label(said("Fin")).fill("2027-12-15")
    seminar.station("03-dates")
    button(page, "Continuer").click()
    choose_the_territories(seminar)
    themes = page.get_by_role("textbox")
    expect(themes).to_have_count(4)
    themes.first.fill("Densifier sans serrer")
    button(page, "Continuer").click()
    page.get_by_label(said("Fonction affichée")).first.fill("Directrice de projet")
    page.get_by_label(said("Partenaires nationaux")).fill("Agence nationale : pilote")
    seminar.station("05-equipe")
    button(page, "Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(said("Vérification"))
    seminar.station("06-verification")
    button(page, "Ouvrir la démarche").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def choose_the_territories(seminar: Seminar) -> None:
    """By name as one types, by name and by code, one code unknown and one territory twice."""
    page = seminar.desk
    search = page.get_by_role("searchbox")
    for typed, name in (("lorient", "^Lorient 56121"), ("88413", "^Saint-Dié-des-Vosges 88413")):
        search.fill(typed)
        page.get_by_role("checkbox", name=re.compile(name)).check()
    codes = page.get_by_label(said("Codes Insee ou Siren"))
    if not codes.is_visible():
        page.get_by_text(said("Saisir directement des codes")).click()
    for wrong, named in (("200067999 01999", "01999"), ("200067999 56121", "deux fois")):
        codes.fill(wrong)
        button(page, "Continuer").click()
        expect(codes).to_have_value(wrong)
        expect(page.locator("main")).to_contain_text(said(named))
        expect(page.get_by_role("checkbox", name=re.compile("^Lorient "))).to_be_checked()
    seminar.station("04-territoires")
    codes.fill("200067999 200071751")
    button(page, "Continuer").click()


def test_the_year_is_laid_out_and_a_first_date_is_fixed(seminar: Seminar) -> None:
    page = seminar.desk
    expect(page.locator("main")).to_contain_text("Croiser projections et actions réalisées")
    seminar.station("07-annee")
    page.get_by_role("link", name=re.compile("Lorient")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lorient")
    seminar.station("08-territoire")
    row = page.get_by_role("row", name=said("Croiser projections et actions réalisées"))
    row.get_by_role("link", name=said("Fixer la date")).click()
    page.get_by_label(said("Jour")).fill("2027-03-18")
    page.get_by_label(said("Début")).fill("14:00")
    page.get_by_label(said("Fin")).fill("13:00")
    button(page, "Fixer cette date").click()
    expect(page.get_by_label(said("Jour"))).to_have_value("2027-03-18")
    page.get_by_label(said("Fin")).fill("17:00")
    page.get_by_label(said("Lieu")).fill("Hôtel de ville, Lorient")
    seminar.station("09-date")
    button(page, "Fixer cette date").click()
    expect(page.locator("main")).to_contain_text("18 mars 2027")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Croiser projections")
    seminar.station("10-seminaire")


def test_the_run_sheet_recomputes_its_hours_and_gives_advice(seminar: Seminar) -> None:
    page = seminar.desk
    settle(page, "Déroulé")
    expect(page.get_by_role("heading", level=1)).to_contain_text(said("Le déroulé"))
    page.get_by_role("row", name=said("Le territoire en 2050")).get_by_role("link").first.click()
    page.get_by_label(said("Durée, en minutes")).fill("0")
    button(page, "Enregistrer la séquence").click()
    expect(page.get_by_label(said("Durée, en minutes"))).to_have_value("0")
    page.get_by_label(said("Durée, en minutes")).fill("35")
    page.get_by_role("radio", name="Débat").check()
    button(page, "Enregistrer la séquence").click()
    expect(page.get_by_role("row", name=said("Vulnérabilités du territoire"))).to_contain_text(
        "14 h 50"
    )
    expect(page.locator("main")).to_contain_text(said("Ce que conseille la méthode"))
    seminar.station("11-deroule")
    page.go_back()
    page.goto(page.url.partition("deroule/")[0])


def test_the_group_comes_from_a_sheet_with_its_errors_line_by_line(seminar: Seminar) -> None:
    page = seminar.desk
    hub = page.url
    settle(page, "Groupe de travail")
    seminar.station("12-groupe-vide")
    link(page, "Importer").first.click()
    page.locator("input[type=file]").set_input_files(a_sheet_of_members(seminar.folder))
    button(page, "Voir l'aperçu").click()
    expect(page.locator("main")).to_contain_text(said("Ligne 8"))
    expect(page.locator("main")).to_contain_text(said("Gérant d'entreprise"))
    seminar.station("13-apercu-import")
    button(page, "Importer").click()
    for name, _institution in MEMBERS:
        expect(page.locator("main")).to_contain_text(said(name))
    seminar.station("14-groupe")
    page.goto(hub)


def a_sheet_of_members(folder: Path) -> Path:
    """Six good lines, and one without a name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Institution", "Type d'institution", "Fonction", "Courriel"])
    for name, institution in MEMBERS:
        sheet.append([name, institution, "commune", "élu", ""])
    sheet.append(["", "Sans nom", "commune", "élu", "pas une adresse"])
    target = folder / "groupe.xlsx"
    book.save(target)
    return target


def test_everything_to_print_comes_as_pdf(seminar: Seminar) -> None:
    page = seminar.desk
    hub = page.url
    link(page, "Imprimer ce qu'il faut").first.click()
    seminar.station("15-impression")
    files = page.locator("main a[href$='.pdf']")
    assert files.count() >= 3
    for address in {str(one.get_attribute("href")) for one in files.all()}:
        answer = page.request.get(f"{seminar.server.url}{address}")
        assert answer.body().startswith(b"%PDF"), address
    page.goto(hub)


def test_the_room_opens_and_six_people_come_in_by_their_name(seminar: Seminar) -> None:
    page = seminar.desk
    settle(page, "Salle")
    page.get_by_role("radio", name=said("Chacun choisit son nom")).check()
    button(page, "Retenir ce choix").click()
    button(page, "Ouvrir la salle").click()
    expect(page.locator("main")).to_contain_text(said("La salle est ouverte"))
    seminar.station("16-salle")
    people_come_in(seminar)


def people_come_in(seminar: Seminar) -> None:
    page = seminar.desk
    shown = re.search(r"/r/([A-Z0-9]{6})", page.locator("main").inner_text())
    assert shown
    seminar.code = shown[1]
    seminar.wall.goto(str(link(page, "Ouvrir le mur").get_attribute("href")))
    expect(seminar.wall.locator("main")).to_contain_text(seminar.code)
    seminar.station("17-mur-accueil", seminar.wall)
    seminar.phones[0].page.goto(f"{seminar.server.url}/r/")
    seminar.phones[0].page.get_by_label(said("Code de la salle")).fill("ZZZZZZ")
    button(seminar.phones[0].page, "Entrer").click()
    expect(seminar.phones[0].page.get_by_label(said("Code de la salle"))).to_have_value("ZZZZZZ")
    seminar.english.page.goto(f"{seminar.server.url}/r/{seminar.code}/")
    speaks_english(seminar, seminar.english.page, "Your name")
    for phone, (name, _institution) in zip(seminar.phones, MEMBERS, strict=True):
        phone.join(f"{seminar.server.url}/r/{seminar.code}/", name)
    seminar.station("18-telephone", seminar.phones[0].page)
    speaks_english(seminar, seminar.english.page, "Nothing to do")
    button(page, "Conduire la séance").or_(link(page, "Conduire la séance")).first.click()
    expect(page.locator("[data-console]")).to_be_visible()


def speaks_english(seminar: Seminar, page: Page, words: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_contain_text(re.compile(words, re.IGNORECASE))
    assert set(french_words_in(page)) <= WRITTEN_BY_THE_TEAM


def test_expectations_reach_the_wall_even_from_a_phone_without_network(seminar: Seminar) -> None:
    console = seminar.console
    console.press("Commencer la première séquence", then="Ouvrir l'atelier")
    console.start("Accueil et attentes")
    for phone in seminar.phones:
        phone.has("Accueil et attentes")
    for phone, text in zip(seminar.french[:4], EXPECTATIONS[:4], strict=True):
        phone.says(text)
    away = seminar.french[4]
    away.context.set_offline(True)
    away.write(EXPECTATIONS[4])
    expect(away.page.locator("[data-outbox-list]")).to_contain_text(EXPECTATIONS[4])
    seminar.station("19-telephone-hors-reseau", away.page)
    expect(seminar.wall.locator("main")).not_to_contain_text(EXPECTATIONS[4])
    away.context.set_offline(False)
    expect(away.page.locator("[data-pending]")).to_have_count(0, timeout=30_000)
    speaks_english(seminar, seminar.english.page, "Send")
    seminar.english.says("A common language")
    for text in (*EXPECTATIONS, "A common language"):
        expect(seminar.wall.locator("main")).to_contain_text(said(text), timeout=15_000)
        expect(console.line(text)).to_be_visible()
    seminar.station("20-mur-attentes", seminar.wall)
    seminar.station("21-console-attentes")


def test_the_facilitator_groups_names_merges_sets_aside_and_takes_back(seminar: Seminar) -> None:
    console, page = seminar.console, seminar.desk
    console.group("Trois actions", EXPECTATIONS[0])
    console.line(EXPECTATIONS[2]).drag_to(console.card("Trois actions"))
    expect(console.card("Trois actions")).to_contain_text("2 contributions")
    group_by_keyboard(console)
    page.get_by_role("link", name=said("Le foncier")).last.click()
    detail = page.locator("[data-detail]")
    detail.get_by_text(said("Réunir avec une autre carte")).click()
    detail.locator("select[name=into]").select_option(label="Trois actions")
    detail.get_by_role("button", name=said("Réunir les deux cartes")).click()
    expect(console.card("Le foncier")).to_have_count(0)
    console.undo()
    expect(console.card("Le foncier")).to_be_visible()
    console.tick(EXPECTATIONS[4])
    form = page.locator("#selection")
    form.get_by_role("button", name=said("Mettre de côté")).click()
    form.locator("[name=reason]").fill("Hors sujet")
    form.get_by_role("button", name=said("Mettre de côté")).click()
    expect(page.locator("#aside")).to_contain_text("1")
    expect(seminar.wall.locator("main")).not_to_contain_text(EXPECTATIONS[4])
    expect(seminar.wall.locator("main")).to_contain_text("Trois actions")
    seminar.station("22-console-cartes")
    seminar.station("23-mur-cartes", seminar.wall)
    console.press("Fermer l'atelier", then="séquence")


def group_by_keyboard(console: Console) -> None:
    """No mouse: reach the line, tick it, make a card that bears its words."""
    page = console.page
    box = console.line(EXPECTATIONS[3]).get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("c")
    expect(console.card("Le foncier")).to_be_visible()


def test_vulnerabilities_are_told_judged_alone_and_shown_together(seminar: Seminar) -> None:
    console = seminar.console
    console.start("Vulnérabilités du territoire")
    for phone in seminar.phones:
        phone.has("Vulnérabilités du territoire")
    seminar.phones[0].says("Les logements anciens surchauffent")
    seminar.phones[1].says("Le port est submergé aux grandes marées")
    console.group("Logements surchauffés", "Les logements anciens surchauffent")
    console.group("Port submergé", "Le port est submergé")
    seminar.station("24-console-vulnerabilites")
    console.press("Passer à la phase", then="Passer à la phase")
    speaks_english(seminar, seminar.english.page, "Save and continue")
    for place, phone in enumerate(seminar.phones):
        expect(phone.page.locator("[data-outbox=answer]")).to_be_visible(timeout=15_000)
        if place == 0:
            seminar.station("25-telephone-vote", phone.page)
        phone.judge({**TOUR, "exposure": 1 + place % 4})
        phone.judge(TOUR)
    seminar.station("26-mur-vote", seminar.wall)
    expect(seminar.wall.locator("main")).not_to_contain_text("Médiane")
    console.press("Passer à la phase", then="Fermer l'atelier")
    expect(seminar.wall.locator("main")).to_contain_text("Port submergé", timeout=15_000)
    expect(seminar.wall.locator("main svg").first).to_be_visible()
    seminar.station("27-mur-resultats", seminar.wall)
    console.press("Fermer l'atelier", then="séquence")


def test_past_actions_are_told_and_crossed_with_vulnerabilities(seminar: Seminar) -> None:
    console = seminar.console
    console.start("Actions réalisées")
    for phone in seminar.phones:
        phone.has("Actions réalisées")
    seminar.station("28-telephone-actions", seminar.phones[0].page)
    seminar.phones[0].says("Une prime a payé l'isolation de cent logements")
    seminar.phones[2].says("Un plan de circulation a été voté")
    console.group("Prime à l'isolation", "Une prime a payé")
    console.group("Plan de circulation", "Un plan de circulation")
    console.press("Fermer l'atelier", then="séquence")
    console.start("Croise")
    for place, phone in enumerate(seminar.phones):
        expect(phone.page.locator("[data-outbox=answer]")).to_be_visible(timeout=15_000)
        if place == 0:
            seminar.station("29-telephone-croisement", phone.page)
        for _card in range(2):
            is_port = "Port" in phone.page.locator("[data-outbox=answer] h2").inner_text()
            phone.tie(None if is_port else "Prime à l'isolation")
    console.press("Passer à la phase", then="Fermer l'atelier")
    expect(seminar.wall.locator("main")).to_contain_text(re.compile("angles? morts?", re.I))
    seminar.station("30-mur-croisement", seminar.wall)
    console.press("Fermer l'atelier", then="séquence")


def test_the_seminar_is_judged_on_the_spot_on_phones_and_on_paper(seminar: Seminar) -> None:
    console, page = seminar.console, seminar.desk
    console.start("valuation")
    for phone in seminar.phones:
        expect(phone.page.locator("input[name=q1]").first).to_be_visible(timeout=15_000)
        phone.page.locator("input[name=q1][value='3']").check()
        phone.page.locator("input[name=word]").fill("Utile")
        phone.page.locator("[data-outbox=contribution]").get_by_role("button").first.tap()
        expect(phone.page.locator(".mine")).to_contain_text("Utile")
    speaks_english(seminar, seminar.english.page, "Send")
    seminar.station("31-mur-evaluation", seminar.wall)
    console.press("Fermer l'atelier")
    link(page, "Papier").click()
    page.wait_for_url("**/transcription/*")
    choice = page.get_by_label(said("Atelier"))
    with page.expect_navigation():
        choice.select_option(index=1)
    page.locator("textarea[name=text]").fill("Écrit au dos d'une carte")
    page.locator("textarea[name=text]").press("Enter")
    expect(page.get_by_role("row", name=said("Écrit au dos d'une carte"))).to_be_visible()
    seminar.station("32-papier")
    link(page, "Revenir à la console").click()


def test_the_room_closes_and_the_note_writes_itself(seminar: Seminar) -> None:
    console, page = seminar.console, seminar.desk
    expect(page.locator(".rail__next button")).to_be_visible()
    while not page.locator(".rail__next").get_by_role("button", name=said("Terminer")).count():
        before = page.locator(".rail__step[aria-current=step]").inner_text()
        console.press("séquence")
        expect(page.locator(".rail__step[aria-current=step]")).not_to_have_text(before)
    console.press("Terminer la séance")
    page.get_by_role("dialog").get_by_role("button", name=said("Terminer")).click()
    expect(page.locator(".rail__now")).to_contain_text(said("La séance est terminée"))
    expect(seminar.wall.locator("main")).to_contain_text(said("La séance est terminée"))
    seminar.station("33-mur-fin", seminar.wall)
    for phone in seminar.french:
        expect(phone.page.locator("main")).to_contain_text(said("La séance est terminée"))
    page.get_by_role("navigation", name=said("Autres écrans")).get_by_role(
        "link", name="Note"
    ).click()
    button(page, "Rédiger le projet de note").click()
    for words in ("Trois actions", "Port submergé", "Prime à l'isolation"):
        expect(page.locator("#draft")).to_contain_text(said(words))
    seminar.station("34-note")


def test_the_note_is_edited_cited_frozen_and_leaves_in_three_formats(seminar: Seminar) -> None:
    page = seminar.desk
    title = page.get_by_role("heading", name=said("Pour la prochaine fois"))
    part = page.locator("section", has=title).last
    part.get_by_text(said("Ajouter un passage")).click()
    part.get_by_role("textbox").first.fill("Revenir avec les chiffres du port.")
    part.get_by_role("button", name=said("Ajouter ce passage")).click()
    passage = page.locator("[data-passage]", has_text="Revenir avec les chiffres du port")
    passage.last.get_by_role("link", name=said("Modifier")).click()
    opened = page.locator("[data-passage][data-open]")
    opened.get_by_role("searchbox").fill("submergé")
    opened.get_by_role("button", name="Chercher").click()
    opened.get_by_role("button", name=re.compile("^Citer")).first.click()
    expect(opened).to_contain_text(said("Ne plus citer"))
    words = opened.get_by_label(said("Texte du passage"))
    words.fill("Revenir avec les chiffres du port, quartier par quartier.")
    opened.get_by_role("button", name=said("Enregistrer")).click()
    expect(opened).to_have_count(0)
    seminar.station("35-note-modifiee")
    seminar.note_url = page.url
    link(page, "Figer et diffuser").click()
    seminar.station("36-figer")
    button(page, "Figer la version 1").click()
    files = page.locator("a[download]")
    for _again in range(30):
        if files.count() >= 3:
            break
        page.reload()
    starts = {"PDF": b"%PDF", "DOCX": b"PK", "ODT": b"PK"}
    for name, first_bytes in starts.items():
        address = page.get_by_role("link", name=re.compile(name)).first.get_attribute("href")
        body = page.request.get(f"{seminar.server.url}{address}").body()
        assert body.startswith(first_bytes), name
        assert len(body) > 5_000, name
    seminar.station("37-version")


def test_one_click_goes_from_a_sentence_to_what_people_said(seminar: Seminar) -> None:
    page = seminar.desk
    sentence = page.locator("[data-reading-text]").get_by_text(said("quartier par quartier")).first
    sentence.locator("xpath=ancestor-or-self::*[.//a][1]").get_by_role("link").first.click()
    expect(page.locator("#sources")).to_contain_text(
        said("Le port est submergé aux grandes marées")
    )
    seminar.station("38-sources")


def test_a_personal_link_tells_what_became_of_what_one_said(seminar: Seminar) -> None:
    kept, aside = seminar.phones[0].page, seminar.french[4].page
    link(kept, "Voir ce que j'ai dit").click()
    expect(kept.locator("main")).to_contain_text(said("Trois actions"))
    expect(kept.locator("main")).to_contain_text(re.compile("Cité dans"))
    seminar.station("39-suivi", kept)
    link(aside, "Voir ce que j'ai dit").click()
    expect(aside.locator("main")).to_contain_text("Hors sujet")
    english = seminar.english.page
    english.get_by_role("link", name=re.compile("what I said", re.I)).click()
    speaks_english(seminar, english, "A common language")
    seminar.station("40-follow-up", english)

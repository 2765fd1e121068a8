"""« Nouvelle démarche », as someone without JavaScript fills it in."""

import pytest
from django.test import Client

from fabrique.people.models import User
from fabrique.stages.programme.models import Programme
from tests.stages.programme.plain_words import plain

pytestmark = pytest.mark.usefixtures("territories")

ROOT = "/demarches/nouvelle"
FOUR = ["56121", "88413", "200067999", "200071751"]
QUESTION = {
    "title": "Villes moyennes",
    "question": "Quelles mutations ?",
    "horizon_year": "2040",
    "midterm_year": "2032",
    "blueprint": "fabrique-prospective",
}
DATES = {"starts_on": "2027-01-20", "ends_on": "2028-01-20"}
TEAM = {
    "rows": "2",
    "member-0-email": "pilote@exemple.fr",
    "member-0-role": "director",
    "member-0-label": "Directrice de projet",
    "member-1-email": "referent@exemple.fr",
    "member-1-role": "referent",
    "member-1-sites": "56121",
    "partners": "Villes de France : pilote\nCGDD",
}


@pytest.fixture
def pilot(client: Client) -> Client:
    user = User.objects.create_user("pilote@exemple.fr")
    client.force_login(user, backend="sesame.backends.ModelBackend")
    return client


def fill_up_to_review(client: Client) -> None:
    client.post(f"{ROOT}/question/", QUESTION)
    client.post(f"{ROOT}/dates/", DATES)
    client.post(f"{ROOT}/territoires/", {"territory": FOUR})
    client.post(f"{ROOT}/themes/", {"theme-56121": "Logistique urbaine"})
    client.post(f"{ROOT}/equipe/", TEAM)


def test_the_whole_year_is_opened_in_six_steps(pilot: Client) -> None:
    fill_up_to_review(pilot)
    review = plain(pilot.get(f"{ROOT}/verification/").content.decode())
    assert "Logistique urbaine" in review
    assert not Programme.objects.exists()
    answer = pilot.post(f"{ROOT}/verification/", {"action": "open"})
    programme = Programme.objects.get()
    assert answer.url == f"/demarches/{programme.slug}/"
    assert programme.meetings.count() == 25
    assert programme.sites.get(territory_id="56121").theme == "Logistique urbaine"
    assert [p.name for p in programme.partners.all()] == ["Villes de France", "CGDD"]
    assert programme.team.get(role="referent").sites.get().territory_id == "56121"


def test_once_opened_the_form_is_empty_again(pilot: Client) -> None:
    fill_up_to_review(pilot)
    pilot.post(f"{ROOT}/verification/", {"action": "open"})
    assert 'Villes moyennes"' not in pilot.get(f"{ROOT}/question/").content.decode()
    pilot.post(f"{ROOT}/verification/", {"action": "open"})
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "typed", "said", "still_there"),
    [
        ("question", {**QUESTION, "title": ""}, "Donnez un titre", "Quelles mutations ?"),
        ("question", {**QUESTION, "midterm_year": "2050"}, "avant l'horizon (2040)", "2050"),
        ("dates", {**DATES, "ends_on": "2026-01-01"}, "doit venir après le début", "2026-01-01"),
        ("dates", {**DATES, "ends_on": "2028-02-30"}, "Cette date n'existe pas", "2028-02-30"),
        ("territoires", {}, "Aucun territoire n'est choisi : il en faut au moins 4", "territoires"),
        ("territoires", {"territory": FOUR[:2]}, "il en faut au moins 4", "Lorient"),
        (
            "territoires",
            {"territory": FOUR, "codes": "56121"},
            "Lorient (56121) est indiqué deux fois",
            'value="56121"',
        ),
        (
            "territoires",
            {"territory": FOUR, "codes": "56122"},
            "Aucun territoire n'a le code 56122",
            'value="56122"',
        ),
        ("equipe", {**TEAM, "member-1-email": "pas fini"}, "n'est pas complète", "pas fini"),
        ("equipe", {**TEAM, "member-1-role": ""}, "Choisissez le rôle", "referent@exemple.fr"),
        (
            "equipe",
            {**TEAM, "member-0-email": "autre@exemple.fr"},
            "Gardez votre adresse (pilote@exemple.fr)",
            "autre@exemple.fr",
        ),
    ],
)
def test_a_refused_step_says_what_to_do_and_keeps_what_was_typed(
    pilot: Client, step: str, typed: dict, said: str, still_there: str
) -> None:
    fill_up_to_review(pilot)
    refused = pilot.post(f"{ROOT}/{step}/", typed)
    assert refused.status_code == 422
    assert said in plain(refused.content.decode())
    # And it is all there again after leaving the page and coming back.
    assert still_there in plain(pilot.get(f"{ROOT}/{step}/").content.decode())
    assert pilot.get(f"{ROOT}/verification/").url == f"{ROOT}/{step}/"
    pilot.post(f"{ROOT}/verification/", {"action": "open"})
    assert not Programme.objects.exists()


def test_going_back_keeps_what_is_half_typed(pilot: Client) -> None:
    answer = pilot.post(f"{ROOT}/dates/", {"starts_on": "2027", "ends_on": "", "action": "back"})
    assert answer.url == f"{ROOT}/question/"
    assert 'value="2027"' in pilot.get(f"{ROOT}/dates/").content.decode()


def test_looking_for_a_territory_keeps_those_already_ticked(pilot: Client) -> None:
    pilot.post(f"{ROOT}/territoires/", {"territory": ["88413"], "q": "lorient", "search": "1"})
    page = pilot.get(f"{ROOT}/territoires/").content.decode()
    assert "Saint-Dié-des-Vosges" in page
    assert "Lorient" in page


def test_codes_typed_become_ticked_territories(pilot: Client) -> None:
    pilot.post(f"{ROOT}/territoires/", {"territory": FOUR[:2], "codes": "200067999, 200071751"})
    assert "CA du Beauvaisis" in pilot.get(f"{ROOT}/themes/").content.decode()


def test_more_rows_can_be_asked_for_without_losing_any(pilot: Client) -> None:
    page = pilot.post(f"{ROOT}/equipe/", {**TEAM, "member-1-email": "a", "action": "add"})
    assert 'name="member-3-email"' in page.content.decode()
    assert 'value="a"' in page.content.decode()


def test_a_year_before_the_start_is_refused_at_the_dates(pilot: Client) -> None:
    pilot.post(f"{ROOT}/question/", QUESTION)
    refused = pilot.post(f"{ROOT}/dates/", {"starts_on": "2033-01-20", "ends_on": "2034-01-20"})
    assert "L'année d'étape (2032) doit venir après le début (2033)" in plain(
        refused.content.decode()
    )


def test_what_a_stranger_types_never_reaches_another_session(pilot: Client) -> None:
    fill_up_to_review(pilot)
    other = Client()
    other.force_login(
        User.objects.create_user("b@exemple.fr"), backend="sesame.backends.ModelBackend"
    )
    assert 'Villes moyennes"' not in other.get(f"{ROOT}/question/").content.decode()


@pytest.mark.parametrize("step", ["", "question/", "verification/"])
def test_one_must_sign_in_first(client: Client, step: str) -> None:
    assert client.get(f"{ROOT}/{step}").url.startswith("/compte/connexion/")


def test_an_unknown_step_does_not_exist(pilot: Client) -> None:
    assert pilot.get(f"{ROOT}/toto/").status_code == 404


@pytest.mark.parametrize("rows", ["", "-1", "99999", "deux", "²"])
def test_a_doctored_number_of_rows_is_harmless(pilot: Client, rows: str) -> None:
    assert pilot.post(f"{ROOT}/equipe/", {**TEAM, "rows": rows}).status_code in (302, 422)

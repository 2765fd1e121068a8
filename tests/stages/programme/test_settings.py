"""« Réglages de la démarche »: what it says of itself, and what each change leaves behind it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fabrique.stages.programme import queries
from fabrique.stages.programme.actions import PartnerEntry, TeamEntry
from fabrique.stages.programme.actions.presentation import change_partners
from fabrique.stages.programme.actions.sites import narrow_theme
from fabrique.stages.programme.actions.team import add_team_member
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Programme
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme(partners=[PartnerEntry(name="Villes de France", role="copilote")])


@pytest.fixture
def director(programme: Programme) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account(DIRECTOR), backend="sesame.backends.ModelBackend")
    return client


@pytest.fixture
def home(programme: Programme) -> str:
    return f"/demarches/{programme.slug}/reglages/"


def read(client: Client, address: str, data: dict | None = None) -> str:
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return plain(answer.content.decode())


def test_facilitators_come_from_the_home_of_the_programme(
    programme: Programme, director: Client, home: str
) -> None:
    assert home in read(director, f"/demarches/{programme.slug}/")
    referent = Client()
    referent.force_login(account(REFERENT), backend="sesame.backends.ModelBackend")
    assert home not in read(referent, f"/demarches/{programme.slug}/")
    assert referent.get(home).status_code == 404


class TestPartners:
    def test_are_added_corrected_and_removed_all_at_once(
        self, programme: Programme, director: Client, home: str
    ) -> None:
        page = read(director, f"{home}partenaires/")
        assert "Villes de France : copilote" in page
        typed = "CGDD\nDHUP : appui à l'urbanisme"
        said = read(director, f"{home}partenaires/", {"partners": typed})
        found = [(one.name, one.role) for one in programme.partners.all()]
        assert found == [("CGDD", ""), ("DHUP", "appui à l'urbanisme")]
        assert "Partenaires ajoutés : CGDD, DHUP. Partenaires retirés : Villes de France." in said

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("A : pilote\nB", "Rôles changés : B, sans rôle désormais."),
            ("A : pilote\nB : appui", "Rôles changés : B, désormais « appui »."),
            ("B : soutien\nA : pilote", "Les partenaires sont cités dans un autre ordre."),
        ],
    )
    def test_the_journal_says_only_what_changed(
        self, director: Client, home: str, typed: str, told: str
    ) -> None:
        read(director, f"{home}partenaires/", {"partners": "A : pilote\nB : soutien"})
        assert told in read(director, f"{home}partenaires/", {"partners": typed})

    def test_all_may_be_removed(self, programme: Programme, director: Client, home: str) -> None:
        said = read(director, f"{home}partenaires/", {"partners": ""})
        assert "Aucun partenaire national pour l'instant" in said
        assert not programme.partners.exists()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("CGDD\ncgdd : appui", "est écrit deux fois"), ("C" * 161, "160 caractères au plus")],
    )
    def test_what_is_wrong_is_said_and_kept(
        self, programme: Programme, director: Client, home: str, typed: str, said: str
    ) -> None:
        answer = director.post(f"{home}partenaires/", {"partners": typed})
        page = plain(answer.content.decode())
        assert answer.status_code == 422
        assert said in page
        assert typed in page
        assert programme.partners.get().name == "Villes de France"

    def test_the_same_list_leaves_no_line(self, programme: Programme) -> None:
        before = programme.audit_lines.count()
        same = [PartnerEntry(name="Villes de France", role="copilote")]
        change_partners(programme, same, actor="")
        assert programme.audit_lines.count() == before


class TestWording:
    def test_pages_take_the_new_words_and_the_address_stays(
        self, programme: Programme, director: Client, home: str
    ) -> None:
        new = {"title": "Villes moyennes en transition", "question": "Comment produire ici ?"}
        said = read(director, f"{home}question/", new)
        assert (
            "Le titre « Villes moyennes et transition écologique » devient "
            "« Villes moyennes en transition »." in said
        )
        page = read(director, f"/demarches/{programme.slug}/")
        assert new["title"] in page
        assert new["question"] in page

    def test_criteria_keep_the_question_they_were_written_with(
        self, programme: Programme, director: Client, home: str
    ) -> None:
        former = {one.text for one in queries.criteria_of(programme)}
        assert any(programme.question in text for text in former)
        read(director, f"{home}question/", {"title": "Titre", "question": "Autrement ?"})
        assert {one.text for one in queries.criteria_of(programme)} == former

    def test_an_empty_title_is_refused_and_the_question_typed_stays(
        self, programme: Programme, director: Client, home: str
    ) -> None:
        answer = director.post(f"{home}question/", {"title": " ", "question": "Autrement ?"})
        page = plain(answer.content.decode())
        assert answer.status_code == 422
        assert "Donnez un titre à la démarche." in page
        assert "Autrement ?" in page


def test_a_theme_changed_in_a_territory_is_told_here(
    programme: Programme, director: Client, home: str
) -> None:
    lorient = programme.sites.get(territory_id="56121")
    for theme in ("les derniers kilomètres", "", "la boucle"):
        narrow_theme(lorient.pk, theme=theme, actor="Directrice de projet")
    page = read(director, home)
    assert (
        "Le thème de Lorient, « logistique urbaine », devient « les derniers kilomètres »." in page
    )
    assert "Le thème de Lorient est effacé : il était « les derniers kilomètres »." in page
    assert "Le thème de Lorient est fixé : « la boucle »." in page


def test_a_programme_nobody_changed_says_so(director: Client, home: str) -> None:
    assert "Rien n'a changé depuis l'ouverture de la démarche." in read(director, home)


def test_a_larger_team_asks_no_more_of_the_database(
    programme: Programme, director: Client, home: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            director.get(home)
        return len(queries_made)

    add_one(programme, 1)
    one = asked()
    for number in (2, 3):
        add_one(programme, number)
    assert asked() == one


def add_one(programme: Programme, number: int) -> None:
    add_team_member(
        programme,
        TeamEntry(
            email=f"referente-{number}@exemple.fr", role=TeamRole.REFERENT, site_codes=["88413"]
        ),
        actor="",
    )
    partners = [PartnerEntry(name=f"Partenaire {each}") for each in range(number)]
    change_partners(programme, partners, actor="")

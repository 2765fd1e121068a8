"""« Télécharger une copie de ce qui me concerne »: all of one person, nothing of another."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from odf.opendocument import load
from odf.table import Table, TableRow
from odf.teletype import extractText

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.models import Rating
from fabrique.stages.programme.actions.members import remove_member
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.seminar.actions.rooms import join_room
from fabrique.stages.seminar.enums import Identity
from tests.stages.contribution.known_people import a_named_seminar, known_at
from tests.stages.rooms import Held, a_card, a_held_seminar, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Held:
    return a_named_seminar()


def copy_at(address: str) -> dict[str, str]:
    """The file's sheets, by their titles, each as one text."""
    answer = Client().get(f"{address}copie.ods")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Robots-Tag"] == "noindex"
    document = load(io.BytesIO(answer.content))
    return {
        sheet.getAttribute("name"): "\n".join(
            extractText(row) for row in sheet.getElementsByType(TableRow)
        )
        for sheet in document.spreadsheet.getElementsByType(Table)
    }


class TestByThePersonalLinkOfMails:
    def test_it_holds_who_they_are_as_it_is_recorded(self, patronne):
        who = copy_at(patronne.link)["Qui vous êtes"]
        for fact in ("Patronne du bac", "patronne@exemple.fr", "Maison de marée", "04/03/2020"):
            assert fact in who

    def test_it_holds_what_they_said_and_what_became_of_it(self, patronne):
        said = copy_at(patronne.link)["Ce que vous avez dit"]
        assert "Dit de vive voix : marée" in said
        assert "Retenue dans une carte" in said
        assert "Carte sur marée" in said
        assert "Groupe de travail" in said

    def test_it_holds_what_was_typed_from_paper_under_their_name(self, patronne):
        assert "Écrit sur papier : marée" in copy_at(patronne.link)["Ce que vous avez dit"]

    def test_what_was_typed_under_a_name_two_people_have_is_nobodys(self, held, patronne):
        GroupMember.objects.create(
            programme=held.meeting.programme,
            site=held.meeting.site,
            name="Patronne du bac",
            institution="Une autre maison",
        )
        said = copy_at(patronne.link)["Ce que vous avez dit"]
        assert "Dit de vive voix : marée" in said
        assert "Écrit sur papier : marée" not in said

    def test_it_holds_their_judgements_in_words(self, patronne):
        judged = copy_at(patronne.link)["Vos avis"]
        assert "Carte jugée par marée" in judged
        assert "Poids" in judged
        assert "4 (fort)" in judged

    def test_it_holds_presences_answers_and_availability(self, patronne):
        copy = copy_at(patronne.link)
        assert "Entrée dans la salle" in copy["Vos présences"]
        assert "Adjoint de marée" in copy["Vos réponses aux invitations"]
        assert "Si besoin" in copy["Vos disponibilités"]
        assert "du 07/09/2020 au 08/09/2020" in copy["Vos disponibilités"]
        assert "pas encore parti" in copy["Ce qui vous a été écrit"]

    def test_it_holds_nothing_of_another(self, patronne, gardienne):
        whole = "\n".join(copy_at(patronne.link).values())
        for theirs in ("Gardienne", "gardienne@exemple.fr", "tramway"):
            assert theirs not in whole

    def test_what_was_said_where_nobody_is_named_stays_untied_and_the_file_says_so(self, patronne):
        hidden = a_held_seminar(identity=Identity.ANONYMOUS, site=patronne.member.site)
        join_room(hidden.room, member_id=patronne.member.pk)
        copy = copy_at(patronne.link)
        assert copy["Vos entrées en salle"].count("Patronne du bac") == 1
        assert "Participant ou participante" not in "\n".join(copy.values())
        assert "rien ne le relie à vous" in copy["À lire"]

    def test_a_formula_stays_a_text(self, held):
        known = known_at(held, "=1+1", "formule@exemple.fr", "calcul")
        assert "=1+1" in copy_at(known.link)["Qui vous êtes"]

    def test_who_left_the_group_has_a_link_no_longer(self, patronne):
        remove_member(patronne.member.pk, actor="")
        assert Client().get(f"{patronne.link}copie.ods").status_code == 404


class TestByTheLinkOfARoom:
    def test_it_holds_that_room_and_no_mail_address(self, patronne, gardienne):
        copy = copy_at(patronne.seat_link)
        whole = "\n".join(copy.values())
        assert "Dit de vive voix : marée" in copy["Ce que vous avez dit"]
        assert "4 (fort)" in copy["Vos avis"]
        for absent in ("patronne@exemple.fr", "Adjoint de marée", "tramway", "Gardienne"):
            assert absent not in whole

    def test_a_nameless_participant_takes_theirs_too(self):
        hidden = a_held_seminar(identity=Identity.ANONYMOUS)
        seat = someone(hidden.room)
        rooms = copy_at(f"/suivi/{seat.link_key}/")["Vos entrées en salle"]
        assert "Participant ou participante" in rooms

    def test_an_unknown_link_opens_nothing(self):
        assert Client().get("/suivi/inconnu/copie.ods").status_code == 404
        assert Client().get("/moi/inconnu/copie.ods").status_code == 404


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        copy_at(address)
    return len(asked)


def test_it_costs_as_much_when_three_things_were_said_as_one(held, patronne):
    before = queries_of(patronne.link), queries_of(patronne.seat_link)
    for number in (1, 2):
        contribute(
            id=new_id(),
            workshop_id=held.workshops["talk"].pk,
            data={"text": f"Encore {number}"},
            source=Source.PHONE,
            participant=patronne.seat,
            actor="",
        )
        card = a_card(held.workshops["judge"])
        Rating.objects.create(card=card, participant=patronne.seat, criterion="weight", value=1)
    assert (queries_of(patronne.link), queries_of(patronne.seat_link)) == before


def test_both_pages_offer_it(patronne):
    for address in (patronne.link, patronne.seat_link):
        page = Client().get(address).content.decode()
        assert f'href="{address}copie.ods"' in page
        assert "Télécharger une copie de ce qui me concerne" in page

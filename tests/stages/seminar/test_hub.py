"""The page of a seminar, its room, and what is printed for it."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fabrique.stages.programme.actions.meetings import cancel_meeting
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import prepare_room
from fabrique.stages.seminar.enums import Identity, RoomState
from tests.stages.programme.plain_words import plain
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return a_seminar()


@pytest.fixture
def director(meeting: Meeting) -> Client:
    return signed_in(meeting)


def body(client: Client, name: str, meeting: Meeting) -> str:
    return plain(client.get(reverse(name, args=[meeting.pk])).content.decode())


class TestHub:
    def test_says_what_is_left_to_settle(self, director: Client, meeting: Meeting) -> None:
        said = body(director, "seminar:detail", meeting)
        assert "17 septembre 2020, de 14 h à 17 h" in said
        assert "9 séquences, 3 h" in said
        assert ", pour 15 à 20 attendus" in said
        assert "Rédiger la note" in said

    def test_without_a_date_the_date_comes_first(self) -> None:
        meeting = a_seminar(dated=False)
        said = body(signed_in(meeting), "seminar:detail", meeting)
        assert "Régler : date et lieu" in said

    def test_while_the_room_is_open_the_console_is_the_way(
        self, director: Client, meeting: Meeting
    ) -> None:
        director.post(reverse("seminar:room", args=[meeting.pk]), {"move": "open"})
        said = body(director, "seminar:detail", meeting)
        assert "Conduire la séance" in said
        assert "Salle ouverte" in said

    def test_a_cancelled_meeting_is_only_planned_again(
        self, director: Client, meeting: Meeting
    ) -> None:
        cancel_meeting(meeting.pk, actor="a")
        said = body(director, "seminar:detail", meeting)
        assert "Prévoir à nouveau cette réunion" in said
        assert "Ouvrir la salle" not in said
        assert "Rédiger la note" not in said

    def test_a_referent_reads_it_without_buttons(self, meeting: Meeting) -> None:
        said = body(signed_in(meeting, TeamRole.REFERENT), "seminar:detail", meeting)
        assert "Préparer" in said
        assert "Ouvrir la salle" not in said
        assert "/salle/" not in said
        assert "/deroule/" in said

    def test_every_meeting_of_the_method_has_its_page(self) -> None:
        for key in ("comite-de-lancement", "immersion", "intersite-1", "local-2"):
            meeting = a_seminar(key=key)
            assert meeting.title in body(signed_in(meeting), "seminar:detail", meeting)


class TestRoom:
    def test_identity_is_settled_before_and_never_after(
        self, director: Client, meeting: Meeting
    ) -> None:
        address = reverse("seminar:room", args=[meeting.pk])
        director.post(address, {"move": "identity", "identity": "anonymous"})
        director.post(address, {"move": "open"})
        answer = director.post(address, {"move": "identity", "identity": "named"})
        assert prepare_room(meeting).identity == Identity.ANONYMOUS
        assert answer.status_code == 200

    def test_opens_closes_and_opens_again(self, director: Client, meeting: Meeting) -> None:
        address = reverse("seminar:room", args=[meeting.pk])
        for move, state in (
            ("open", "open"),
            ("open", "open"),
            ("close", "closed"),
            ("open", "open"),
        ):
            director.post(address, {"move": move})
            assert prepare_room(meeting).state == RoomState(state)

    def test_a_new_wall_link_kills_the_former(self, director: Client, meeting: Meeting) -> None:
        before = prepare_room(meeting).wall_key
        director.post(reverse("seminar:room", args=[meeting.pk]), {"move": "renew-wall"})
        assert prepare_room(meeting).wall_key != before

    def test_an_unknown_move_is_nothing(self, director: Client, meeting: Meeting) -> None:
        address = reverse("seminar:room", args=[meeting.pk])
        assert director.post(address, {"move": "explode"}).status_code == 404

    def test_the_qr_code_holds_no_personal_link(self, director: Client, meeting: Meeting) -> None:
        answer = director.get(reverse("seminar:room-qr", args=[meeting.pk]))
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert b"<svg" in answer.content

    def test_only_facilitators_come_in(self, meeting: Meeting) -> None:
        referent = signed_in(meeting, TeamRole.REFERENT)
        for name in ("seminar:room", "seminar:room-qr", "contribution:print-kit"):
            assert referent.get(reverse(name, args=[meeting.pk])).status_code == 404


class TestPrinting:
    def test_lists_the_sheets_of_the_seminar_and_of_its_formats(
        self, director: Client, meeting: Meeting
    ) -> None:
        said = body(director, "contribution:print-kit", meeting)
        assert "Affichette d'entrée" in said
        assert "Feuille de présence" in said
        assert "24 cartes numérotées, de V-01 à V-24" in said

    def test_the_run_sheet_is_one_page(self, director: Client, meeting: Meeting) -> None:
        address = reverse("contribution:print-file", args=[meeting.pk, "deroule"])
        assert len(PdfReader(io.BytesIO(director.get(address).content)).pages) == 1

    def test_everything_comes_in_one_archive(self, director: Client, meeting: Meeting) -> None:
        address = reverse("contribution:print-everything", args=[meeting.pk])
        with zipfile.ZipFile(io.BytesIO(director.get(address).content)) as package:
            names = package.namelist()
            assert names[0] == "01-affichette-dentree.pdf"
            assert len(names) == len(set(names)) == 12
            assert all(package.read(name).startswith(b"%PDF") for name in names)

    def test_an_unknown_sheet_is_not_there(self, director: Client, meeting: Meeting) -> None:
        address = reverse("contribution:print-file", args=[meeting.pk, "autre"])
        assert director.get(address).status_code == 404

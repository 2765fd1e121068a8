import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution import guesses
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.enums import Source
from fabrique.stages.seminar.actions.rooms import close_room, join_room, leave_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.tickets import cookie_name
from tests.stages.rooms import Held, a_held_seminar, a_meeting, a_member, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_guesses_yet() -> None:
    cache.clear()


def say(held: Held, participant: Participant, text: str) -> None:
    workshop = held.workshops["expectations"]
    contribute(
        id=new_id(),
        workshop_id=workshop.pk,
        data={"text": text},
        source=Source.PHONE,
        participant=participant,
        actor=participant.label,
    )


class TestTheCode:
    def test_it_leads_to_the_room_however_it_is_typed(self, client):
        room = a_held_seminar().room
        typed = f" {room.code[:3].lower()} {room.code[3:].lower()} "
        answer = client.post("/r/", {"code": typed})
        assert (answer.status_code, answer["Location"]) == (302, f"/r/{room.code}/")

    @pytest.mark.parametrize("code", ["ZZZZZZ", "zzz", "é' OR 1=1 --"])
    def test_a_wrong_one_stays_on_screen_with_what_to_do(self, client, code):
        answer = client.post("/r/", {"code": code}, follow=True)
        assert answer.status_code == 404
        assert "Aucune salle n'a ce code" in answer.content.decode().replace("’", "'").replace(
            "&#x27;", "'"
        )
        assert answer.context["form"]["code"].value() == code

    def test_a_closed_room_says_so(self, client):
        held = a_held_seminar()
        close_room(held.room.pk, actor="")
        answer = client.get(f"/r/{held.room.code}/")
        assert answer.status_code == 409
        assert "terminée" in answer.content.decode()
        assert held.meeting.title not in answer.content.decode()

    def test_guesses_from_ever_new_devices_find_nothing_and_are_soon_refused(self, monkeypatch):
        monkeypatch.setattr(guesses, "ALL_SECONDS", 3_600)
        a_held_seminar()
        statuses = []
        for number in range(130):
            browser = Client()
            statuses.append(browser.get(f"/r/{_code(number)}/").status_code)
        assert set(statuses) == {404, 429}
        assert statuses.count(404) == 120

    def test_one_device_is_refused_after_a_few(self, client):
        client.get("/r/")
        statuses = [client.get(f"/r/{_code(number)}/").status_code for number in range(12)]
        assert statuses == [404] * 8 + [429] * 4

    def test_a_device_refused_by_one_worker_is_refused_by_the_others(self, client):
        client.get("/r/")
        for number in range(8):
            client.get(f"/r/{_code(number)}/")
        assert _guess_in_another_process(client.cookies[guesses.COOKIE].value) == 429

    def test_the_room_beside_still_enters_by_the_same_address(self, client):
        room = a_held_seminar().room
        guesser = Client()
        guesser.get("/r/")
        for number in range(12):
            guesser.get(f"/r/{_code(number)}/")
        assert client.get(f"/r/{room.code}/").status_code == 200

    def test_looking_creates_nothing(self, client):
        room = a_held_seminar().room
        for _ in range(3):
            client.get(f"/r/{room.code}/")
        assert not Participant.objects.exists()

    def test_the_phone_page_says_nothing_of_which_codes_exist(self, client):
        room = a_held_seminar().room
        for code in (room.code, "ZZZZZZ"):
            answer = client.get(f"/salle/{code}/")
            assert (answer.status_code, answer["Location"]) == (302, f"/r/{code}/")


class TestWhoOneIs:
    def test_a_member_picks_their_name_and_holds_a_ticket(self, client):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        page = client.get(f"/r/{held.room.code}/").content.decode()
        assert member.name in page
        answer = client.post(f"/r/{held.room.code}/", {"member": str(member.pk)})
        assert answer["Location"] == f"/salle/{held.room.code}/"
        ticket = answer.cookies[cookie_name(held.room.pk)]
        assert (ticket["httponly"], ticket["samesite"]) == (True, "Lax")
        assert client.get(answer["Location"]).status_code == 200

    def test_a_name_already_taken_may_be_mine_on_a_new_phone(self, client):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        seated = join_room(held.room, member_id=member.pk)
        address = f"/r/{held.room.code}/"
        assert "déjà dans la salle" in client.get(address).content.decode()
        refused = client.post(address, {"member": str(member.pk)})
        assert refused.status_code == 422
        assert "nouveau téléphone" in refused.content.decode()
        assert client.post(address, {"member": str(member.pk), "again": str(member.pk)}).url
        assert list(Participant.objects.all()) == [seated]

    def test_a_seat_taken_again_shows_nothing_said_from_it_before(self, client):
        """Seen red with `seated_since` left out of the ticket."""
        held = a_held_seminar("expectations", identity=Identity.NAMED)
        member = a_member(held.meeting)
        seated = join_room(held.room, member_id=member.pk)
        say(held, seated, "Dit sur le premier téléphone")
        client.post(f"/r/{held.room.code}/", {"member": str(member.pk), "again": str(member.pk)})
        room = f"/salle/{held.room.code}/"
        page = client.get(room).content.decode()
        assert "Dit sur" not in page
        assert seated.link_key not in page
        say(held, seated, "Dit sur le second")
        assert "Dit sur le second" in client.get(room).content.decode()

    def test_someone_who_left_and_comes_back_is_not_a_second_voice(self, client):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        seated = join_room(held.room, member_id=member.pk)
        leave_room(seated.pk)
        back = join_room(held.room, member_id=member.pk)
        assert (back.pk, back.left_at) == (seated.pk, None)
        assert back.seated_since is not None

    def test_a_pseudonym_refused_is_still_in_its_field(self, client):
        held = a_held_seminar(identity=Identity.PSEUDONYM)
        someone(held.room, "Chêne")
        answer = client.post(f"/r/{held.room.code}/", {"label": "chêne"})
        assert answer.status_code == 422
        assert answer.context["form"]["label"].value() == "chêne"

    def test_anonymous_asks_nothing(self, client):
        held = a_held_seminar(identity=Identity.ANONYMOUS)
        assert b'<input type="text"' not in client.get(f"/r/{held.room.code}/").content
        client.post(f"/r/{held.room.code}/")
        assert Participant.objects.get().label == "Participant ou participante"

    def test_one_who_is_in_goes_straight_to_their_place(self, client):
        held = a_held_seminar(identity=Identity.ANONYMOUS)
        for _ in range(2):
            client.post(f"/r/{held.room.code}/")
        assert Participant.objects.count() == 1

    def test_a_ticket_of_another_room_or_a_made_up_one_opens_nothing(self, client):
        held, other = a_held_seminar(), a_held_seminar()
        client.post(f"/r/{other.room.code}/", {"label": "Chêne"})
        stolen = client.cookies[cookie_name(other.room.pk)].value
        for ticket in (stolen, "made-up", stolen[:-1] + "x"):
            client.cookies[cookie_name(held.room.pk)] = ticket
            assert client.get(f"/salle/{held.room.code}/").status_code == 302

    def test_a_room_not_open_yet_lets_nobody_in(self, client):
        from fabrique.stages.seminar.actions.rooms import prepare_room

        room = prepare_room(a_meeting(), identity=Identity.ANONYMOUS)
        assert client.post(f"/r/{room.code}/").status_code == 409
        assert not Participant.objects.exists()


def _code(number: int) -> str:
    letters = "ABCDEFGHJK"
    return "ZZZ" + "".join(letters[int(digit)] for digit in f"{number:03d}")


def _guess_in_another_process(device: str) -> int:
    """What a worker that never saw this device would answer it."""
    worker = f"""
import django; django.setup()
from django.test import RequestFactory
from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution import guesses
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.enums import Source
request = RequestFactory().get("/r/ZZZZZZ/")
request.COOKIES[guesses.COOKIE] = {device!r}
try:
    guesses.check_guesses(request)
    print(404)
except guesses.TooManyGuesses:
    print(429)
"""
    done = subprocess.run(
        [sys.executable, "-c", worker],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "fabrique.config.settings",
            "FABRIQUE_HOME": str(settings.FABRIQUE_HOME),
            "FABRIQUE_SECRET_KEY": settings.SECRET_KEY,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)

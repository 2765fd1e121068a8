import json

import pytest
from django.core.cache import cache
from django.test import Client

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.workshops import change_phase, close_workshop
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.models import Contribution, Rating
from fabrique.stages.seminar.actions.rooms import close_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.rooms import Held, a_card, a_held_seminar, a_member, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_guesses_yet() -> None:
    cache.clear()


class Phone:
    """A device that speaks to the API with its ticket."""

    def __init__(self, held: Held, ticket: str = "") -> None:
        self.code, self.workshop = held.room.code, next(iter(held.workshops.values()))
        self.ticket = ticket or make_ticket(someone(held.room))
        self.client = Client(enforce_csrf_checks=True)

    def call(self, method: str, path: str, body: object = None, **headers: str):
        headers = {"HTTP_AUTHORIZATION": f"Bearer {self.ticket}"} | headers
        return self.client.generic(
            method,
            f"/api/rooms/{self.code}{path}",
            json.dumps(body, default=str) if body is not None else b"",
            content_type="application/json",
            **headers,
        )

    def send(self, text: str = "Une idée", **more: object):
        body = {"id": new_id(), "workshop_id": self.workshop.pk, "text": text, **more}
        return self.call("POST", "/contributions", body)


class TestJoining:
    def test_a_device_reads_the_door_joins_and_holds_a_ticket(self, client):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        door = client.get(f"/api/rooms/{held.room.code.lower()}").json()
        assert door["members"] == [{"id": str(member.pk), "name": member.name, "is_taken": False}]
        joined = client.post(
            f"/api/rooms/{held.room.code}/participants",
            {"member_id": str(member.pk)},
            content_type="application/json",
        )
        assert joined.status_code == 201
        assert Phone(held, joined.json()["ticket"]).call("GET", "/now").status_code == 200
        assert client.get(joined.json()["follow_up"]).status_code == 200

    def test_refusals_have_a_code_and_a_sentence_in_the_language_asked_for(self, client):
        answer = client.get("/api/rooms/ZZZZZZ", HTTP_ACCEPT_LANGUAGE="fr")
        assert answer.status_code == 404
        assert answer.json()["code"] == "unknown_room"
        assert "Aucune salle" in answer.json()["message"]

    def test_a_thousand_guesses_find_nothing(self, client, monkeypatch):
        from fabrique.stages.contribution import guesses

        monkeypatch.setattr(guesses, "ALL_SECONDS", 3_600)
        a_held_seminar()
        letters = "ABCDEFGHJK"
        codes = ["ZZZ" + "".join(letters[int(d)] for d in f"{n:03d}") for n in range(1_000)]
        statuses = [client.get(f"/api/rooms/{code}").status_code for code in codes]
        assert (statuses.count(404), statuses.count(429)) == (120, 880)


class TestSending:
    def test_201_then_200_and_the_same_answer(self):
        held = a_held_seminar()
        phone, id = Phone(held), new_id()
        first, again = phone.send(id=id), phone.send(id=id)
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json() | {"created": False}
        mine = phone.call("GET", "/contributions/mine").json()
        assert [(one["id"], one["is_shown"]) for one in mine] == [(str(id), True)]

    def test_a_closed_workshop_says_so(self):
        held = a_held_seminar()
        phone = Phone(held)
        close_workshop(held.workshops["talk"].pk, actor="")
        assert (phone.send().status_code, phone.send().json()["code"]) == (409, "workshop_closed")

    def test_an_empty_text_names_its_field(self):
        answer = Phone(a_held_seminar()).send("")
        assert answer.status_code == 422
        assert answer.json()["fields"]["text"]

    def test_without_a_ticket_or_with_another_rooms_nothing_opens(self):
        held, other = a_held_seminar(), a_held_seminar()
        for ticket in ("nothing", make_ticket(someone(other.room))):
            phone = Phone(held, ticket)
            for answer in (phone.send(), phone.call("GET", "/now")):
                assert (answer.status_code, answer.json()["code"]) == (403, "ticket_needed")
        assert not Contribution.objects.exists()

    def test_the_cookie_reads_but_does_not_write_from_another_site(self):
        held = a_held_seminar()
        phone = Phone(held)
        phone.client.cookies[cookie_name(held.room.pk)] = phone.ticket
        assert phone.call("GET", "/now", HTTP_AUTHORIZATION="").status_code == 200
        body = {"id": new_id(), "workshop_id": phone.workshop.pk, "text": "Une idée"}
        answer = phone.call("POST", "/contributions", body, HTTP_AUTHORIZATION="")
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")

    def test_one_judges_and_ties(self):
        held = a_held_seminar("judge")
        phone, workshop = Phone(held), held.workshops["judge"]
        one, two = a_card(workshop), a_card(workshop)
        change_phase(workshop.pk, phase="rate", actor="")
        mark = {"workshop_id": workshop.pk, "card_id": one.pk, "criterion": "weight", "value": 4}
        assert phone.call("PUT", "/ratings", mark).json() == {"done": True}
        assert phone.call("PUT", "/ratings", mark | {"value": 7}).status_code == 422
        assert Rating.objects.get().value == 4
        change_phase(workshop.pk, phase="tie", actor="")
        tie = {"workshop_id": workshop.pk, "source_id": one.pk, "target_id": two.pk}
        assert phone.call("PUT", "/links", tie | {"kind": "answers"}).status_code == 200
        now = phone.call("GET", "/now").json()["workshop"]
        assert (now["accepts"], len(now["cards"])) == (["link"], 2)

    def test_one_keeps_what_one_said_and_gives_it_back(self):
        held = a_held_seminar()
        phone = Phone(held)
        said = Contribution.objects.get(pk=phone.send("Entre nous").json()["id"])
        for level in (Level.PRIVATE, Level.GROUP):
            answer = phone.call("PUT", f"/contributions/{said.pk}/level", {"level": level})
            assert answer.json() == {"done": True}
            said.refresh_from_db()
            assert said.level == level
        to_all = phone.call("PUT", f"/contributions/{said.pk}/level", {"level": "public"})
        assert to_all.status_code == 422

    def test_what_another_said_stays_as_they_chose(self):
        held = a_held_seminar()
        said = Phone(held).send("À tous").json()["id"]
        answer = Phone(held).call("PUT", f"/contributions/{said}/level", {"level": "private"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_in_this_room")
        assert Contribution.objects.get().level == Level.GROUP

    def test_one_leaves_and_the_ticket_opens_nothing_more(self):
        phone = Phone(a_held_seminar())
        phone.send("Une idée")
        assert phone.call("DELETE", "/participants/me").json() == {"done": True}
        assert phone.call("GET", "/now").status_code == 403
        assert Contribution.objects.count() == 1


class TestTheWall:
    def test_it_shows_what_may_be_shown_and_a_wrong_key_nothing(self, client):
        held = a_held_seminar()
        phone = Phone(held)
        phone.send("À tous")
        hidden = phone.send("Entre nous").json()["id"]
        Contribution.objects.filter(pk=hidden).update(level=Level.PRIVATE)
        wall = client.get(f"/api/walls/{held.room.wall_key}").json()
        assert [one["text"] for one in wall["contributions"]] == ["À tous"]
        assert client.get("/api/walls/nothing").status_code == 404

    def test_a_closed_room_shows_nothing_more(self, client):
        held = a_held_seminar()
        Phone(held).send("À tous")
        close_room(held.room.pk, actor="")
        wall = client.get(f"/api/walls/{held.room.wall_key}").json()
        assert (wall["workshop"], wall["contributions"]) == (None, [])


def test_every_operation_is_described(client):
    document = client.get("/api/openapi.json").json()
    ours = {path: verbs for path, verbs in document["paths"].items() if "/rooms" in path}
    assert len(ours) == 9
    for verbs in ours.values():
        for operation in verbs.values():
            assert operation["summary"]
            assert operation["description"]

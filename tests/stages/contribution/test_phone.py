import pytest
from django.test import Client

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.workshops import change_phase, close_workshop
from fabrique.stages.contribution.models import Contribution, Placement, Rating
from fabrique.stages.seminar.actions.rooms import close_room, leave_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import Held, a_card, a_held_seminar

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def seated(held: Held) -> Client:
    browser = Client()
    browser.post(f"/r/{held.room.code}/", {"label": f"Voix {new_id().hex[-6:]}"})
    return browser


def said(held: Held, text: str = "Une idée", **more: object) -> dict[str, object]:
    workshop = next(iter(held.workshops.values()))
    return {"kind": "contribution", "id": new_id(), "workshop": workshop.pk, "text": text, **more}


class TestWithoutScripts:
    def test_one_writes_sends_and_sees_it_sent(self):
        held = a_held_seminar()
        browser = seated(held)
        page = browser.get(f"/salle/{held.room.code}/")
        form = page.context["form"]
        assert "text" in form.fields
        answer = browser.post(f"/salle/{held.room.code}/envoyer/", said(held), follow=True)
        assert answer.redirect_chain == [(f"/salle/{held.room.code}/", 302)]
        assert [one.text for one in answer.context["all_mine"]] == ["Une idée"]
        assert "affiché" in answer.content.decode()

    def test_a_double_tap_sends_once(self):
        held = a_held_seminar()
        browser, form = seated(held), said(held)
        for _ in range(2):
            assert browser.post(f"/salle/{held.room.code}/envoyer/", form).status_code == 302
        assert Contribution.objects.count() == 1

    def test_what_is_refused_is_still_in_the_field(self):
        held = a_held_seminar()
        answer = seated(held).post(f"/salle/{held.room.code}/envoyer/", said(held, "é" * 2_001))
        assert answer.status_code == 422
        assert "é" * 2_001 in answer.content.decode()
        assert "2001" in answer.content.decode().replace("\u202f", "").replace("\xa0", "")

    @pytest.mark.parametrize("end", ["workshop", "room", "ticket"])
    def test_a_text_that_comes_too_late_comes_back(self, end):
        held = a_held_seminar()
        browser = seated(held)
        if end == "workshop":
            close_workshop(held.workshops["talk"].pk, actor="")
        elif end == "room":
            close_room(held.room.pk, actor="")
        else:
            leave_room(Participant.objects.get().pk)
        answer = browser.post(f"/salle/{held.room.code}/envoyer/", said(held, "Trop tard ?"))
        assert answer.status_code == (403 if end == "ticket" else 409)
        assert "Trop tard ?" in answer.content.decode()

    def test_nothing_to_do_says_so(self):
        held = a_held_seminar()
        close_workshop(held.workshops["talk"].pk, actor="")
        page = seated(held).get(f"/salle/{held.room.code}/").content.decode()
        assert "Rien à faire pour l" in page

    def test_one_judges_a_card(self):
        held = a_held_seminar("judge")
        card = a_card(held.workshops["judge"])
        change_phase(held.workshops["judge"].pk, phase="rate", actor="")
        browser = seated(held)
        assert card.title in browser.get(f"/salle/{held.room.code}/").content.decode()
        mark = {"kind": "answer", "card": card.pk, "weight": 4}
        answer = browser.post(f"/salle/{held.room.code}/envoyer/", said(held) | mark)
        assert answer.status_code == 302
        assert Rating.objects.get().value == 4

    def test_a_judgement_out_of_its_scale_is_said(self):
        held = a_held_seminar("judge")
        card = a_card(held.workshops["judge"])
        change_phase(held.workshops["judge"].pk, phase="rate", actor="")
        mark = {"kind": "answer", "card": card.pk, "weight": 9}
        answer = seated(held).post(f"/salle/{held.room.code}/envoyer/", said(held) | mark)
        assert answer.status_code == 422
        assert not Rating.objects.exists()

    def test_the_page_speaks_english_too(self):
        browser = seated(held := a_held_seminar())
        page = browser.get(f"/salle/{held.room.code}/", HTTP_ACCEPT_LANGUAGE="en")
        assert 'lang="en"' in page.content.decode()


class TestWithTheOutbox:
    def test_the_answer_says_what_is_stored(self):
        held = a_held_seminar()
        browser, form = seated(held), said(held)
        address = f"/salle/{held.room.code}/envoyer/"
        first, again = browser.post(address, form, **JSON), browser.post(address, form, **JSON)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() | {"created": False} == again.json()

    @pytest.mark.parametrize(
        ("change", "status", "code"),
        [
            ({"text": ""}, 422, "invalid_contribution"),
            ({"id": "not-one"}, 403, "not_in_this_room"),
            ({"workshop": new_id()}, 403, "not_in_this_room"),
            ({"kind": "answer"}, 422, "invalid_answer"),
        ],
    )
    def test_a_refusal_has_a_code_and_a_sentence(self, change, status, code):
        held = a_held_seminar("judge")
        if change.get("kind") == "answer":
            change_phase(held.workshops["judge"].pk, phase="rate", actor="")
        answer = seated(held).post(f"/salle/{held.room.code}/envoyer/", said(held) | change, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["message"]

    def test_the_fragment_is_the_page_without_its_shell(self):
        browser = seated(held := a_held_seminar())
        fragment = browser.get(f"/salle/{held.room.code}/", HTTP_X_FRAGMENT="1").content.decode()
        page = browser.get(f"/salle/{held.room.code}/").content.decode()
        assert fragment.lstrip().startswith('<div class="running"')
        assert "<html" not in fragment
        assert "<html" in page

    def test_a_page_of_another_site_cannot_send(self):
        held = a_held_seminar()
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = seated(held).cookies
        assert browser.post(f"/salle/{held.room.code}/envoyer/", said(held)).status_code == 403
        assert not Contribution.objects.exists()

    def test_the_page_costs_the_same_with_two_hundred_texts(self, django_assert_max_num_queries):
        held = a_held_seminar()
        browser = seated(held)

        def count() -> int:
            with django_assert_max_num_queries(15) as counted:
                browser.get(f"/salle/{held.room.code}/")
            return len(counted)

        browser.post(f"/salle/{held.room.code}/envoyer/", said(held))
        with_one = count()
        for number in range(40):
            browser.post(f"/salle/{held.room.code}/envoyer/", said(held, f"Idée {number}"))
        assert count() == with_one


class TestMyLink:
    def test_it_says_what_became_of_what_i_said_even_after_i_left(self, client):
        held = a_held_seminar(identity=Identity.PSEUDONYM)
        browser = seated(held)
        browser.post(f"/salle/{held.room.code}/envoyer/", said(held, "Réparer la halle"))
        card = a_card(held.workshops["talk"], "Commerce de centre-ville")
        Placement.objects.create(contribution=Contribution.objects.get(), card=card)
        me = Participant.objects.get()
        browser.post(f"/salle/{held.room.code}/quitter/")
        page = client.get(f"/suivi/{me.link_key}/").content.decode()
        assert "Réparer la halle" in page
        assert "Commerce de centre-ville" in page

    def test_nobody_elses_words_are_on_it_and_a_wrong_link_is_nothing(self, client):
        held = a_held_seminar()
        one, other = seated(held), seated(held)
        one.post(f"/salle/{held.room.code}/envoyer/", said(held, "De l'une"))
        other.post(f"/salle/{held.room.code}/envoyer/", said(held, "De l'autre"))
        first, _second = Participant.objects.all()
        page = client.get(f"/suivi/{first.link_key}/").content.decode()
        assert "autre" not in page
        assert client.get("/suivi/nothing/").status_code == 404


def test_the_join_page_is_light(client):
    """At most 150 kB and 15 requests: what the page names, fonts its style sheet uses apart."""
    room = a_held_seminar().room
    page = client.get(f"/r/{room.code}/").content.decode()
    assert page.count("<script") == 0
    assert page.count('rel="stylesheet"') <= 2
    assert len(page) < 30_000

"""Paper cards are keyed in fast, once, and can be put right."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.transcriptions import correct, take_back, transcribe
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import CannotUndo, NotKeyedIn
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.contribution.paper import next_paper_code, plain_paper_code
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Held:
    return a_held_seminar("talk")


@pytest.fixture
def workshop(held: Held) -> Workshop:
    return held.workshops["talk"]


@pytest.fixture
def client(held: Held) -> Client:
    client = Client()
    client.force_login(an_account(held.meeting), backend="sesame.backends.ModelBackend")
    return client


def key_in(client: Client, workshop: Workshop, code: str, text: str, **more: Any) -> Any:
    address = reverse("contribution:transcription", args=[workshop.meeting_id])
    data = {"id": new_id(), "workshop": workshop.pk, "paper_code": code, "text": text}
    return client.post(address, data | more)


def keyed(workshop: Workshop, code: str, text: str) -> Contribution:
    return transcribe(
        id=new_id(),
        workshop_id=workshop.pk,
        letter="T",
        data={"text": text},
        paper_code=code,
        actor=FACILITATOR,
    ).contribution


@pytest.mark.parametrize("typed", ["v-07", "V7", " v 07 ", "7", "V.7"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert plain_paper_code(typed, letter="V") == "V-07"


@pytest.mark.parametrize("typed", ["", "V", "V-0", "V-1234", "07-V", "VV-7"])
def test_what_is_not_a_code_is_no_code(typed: str) -> None:
    assert plain_paper_code(typed, letter="V") == ""


def test_the_next_code_follows_the_last_one_keyed() -> None:
    assert next_paper_code(["V-09", "V-03"], letter="V") == "V-10"
    assert next_paper_code(["", "V-03"], letter="V") == "V-04"
    assert next_paper_code([], letter="V") == "V-01"


def test_a_card_is_keyed_in_and_the_next_code_is_ready(client: Client, workshop: Workshop) -> None:
    assert key_in(client, workshop, "t7", "Des mots écrits à la main").status_code == 302
    stored = Contribution.objects.get()
    assert (stored.paper_code, stored.source) == ("T-07", Source.PAPER)
    address = reverse("contribution:transcription", args=[workshop.meeting_id])
    assert 'value="T-08"' in client.get(address).content.decode()


def test_a_code_already_keyed_is_refused_and_the_text_kept(
    client: Client, workshop: Workshop
) -> None:
    key_in(client, workshop, "T-07", "Premier")
    answer = key_in(client, workshop, "T-7", "Second, à ne pas perdre")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "T-07" in page
    assert "Second, à ne pas perdre" in page
    assert Contribution.objects.count() == 1


def test_a_code_that_cannot_be_one_is_refused_and_the_text_kept(
    client: Client, workshop: Workshop
) -> None:
    answer = key_in(client, workshop, "sept", "À ne pas perdre")
    assert answer.status_code == 409
    assert "À ne pas perdre" in answer.content.decode()
    assert "T-07" in answer.content.decode()


def test_an_empty_card_is_refused_and_its_code_kept(client: Client, workshop: Workshop) -> None:
    answer = key_in(client, workshop, "T-11", "  ")
    assert answer.status_code == 422
    assert 'value="T-11"' in answer.content.decode()


def test_the_same_card_sent_twice_is_one_row(client: Client, workshop: Workshop) -> None:
    id = new_id()
    for _turn in range(2):
        assert key_in(client, workshop, "T-07", "Une idée", id=id).status_code == 302
    assert Contribution.objects.count() == 1


def test_a_workshop_that_is_closed_still_takes_paper(client: Client, held: Held) -> None:
    held = a_held_seminar("talk", opened=False)
    client = Client()
    client.force_login(an_account(held.meeting), backend="sesame.backends.ModelBackend")
    assert key_in(client, held.workshops["talk"], "T-01", "Sans téléphone").status_code == 302


def test_what_was_keyed_in_is_put_right_and_the_correction_undone(
    held: Held, workshop: Workshop
) -> None:
    one = keyed(workshop, "T-01", "Une idee")
    correct(one.pk, data={"text": "Une idée"}, paper_code="T-02", actor=FACILITATOR)
    one.refresh_from_db()
    assert (one.text, one.paper_code) == ("Une idée", "T-02")
    undo(held.room.pk, actor=FACILITATOR)
    one.refresh_from_db()
    assert (one.text, one.paper_code) == ("Une idee", "T-01")


def test_taking_back_frees_the_code_and_undoing_gives_it_again(
    held: Held, workshop: Workshop
) -> None:
    one = keyed(workshop, "T-01", "Par erreur")
    take_back(one.pk, actor=FACILITATOR)
    one.refresh_from_db()
    assert one.set_aside_at is not None
    undo(held.room.pk, actor=FACILITATOR)
    one.refresh_from_db()
    assert (one.set_aside_at, one.paper_code) == (None, "T-01")


def test_taking_back_cannot_be_undone_once_the_code_is_keyed_again(
    held: Held, workshop: Workshop
) -> None:
    one = keyed(workshop, "T-01", "Par erreur")
    take_back(one.pk, actor=FACILITATOR)
    keyed(workshop, "T-01", "La bonne")
    with pytest.raises(CannotUndo):
        undo(held.room.pk, actor=FACILITATOR)


def test_what_someone_wrote_on_their_phone_is_never_reworded(
    held: Held, workshop: Workshop
) -> None:
    person = someone(held.room)
    theirs = contribute(
        id=new_id(), workshop_id=workshop.pk, data={"text": "Mes mots"}, source=Source.PHONE,
        participant=person, actor=person.label,
    ).contribution  # fmt: skip
    with pytest.raises(NotKeyedIn):
        correct(theirs.pk, data={"text": "D'autres"}, actor=FACILITATOR)
    with pytest.raises(NotKeyedIn):
        take_back(theirs.pk, actor=FACILITATOR)

"""What a territory adds to the shared grid: after it, marked, and never lost on the way."""

import pytest

from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.formats.local_words import LocalWord, details_of
from tests.stages.contribution.formats.played import Seminar, a_seminar
from tests.stages.rooms import FACILITATOR, rename_card

pytestmark = pytest.mark.django_db
KEY = "past_actions"


@pytest.fixture
def seminar() -> Seminar:
    seminar = a_seminar(1, KEY)
    workshop = seminar.workshop(KEY)
    workshop.settings = {
        "sectors": ["Mobilités"],
        "local": {"sectors": ["Port", "Mobilités"]},
        "local_fields": ["Quartier concerné"],
    }
    workshop.save()
    return seminar


def test_words_come_after_the_shared_ones_each_once(seminar: Seminar):
    words = seminar.format(KEY).setting(seminar.workshop(KEY), "sectors")
    assert words == ["Mobilités", "Port"]
    assert [isinstance(word, LocalWord) for word in words] == [False, True]


def test_where_one_chooses_they_are_marked_and_what_is_kept_is_the_word(seminar: Seminar):
    form = seminar.format(KEY).contribution_form(seminar.workshop(KEY))
    assert list(form.fields["sector"].choices)[1:] == [
        ("Mobilités", "Mobilités"),
        ("Port", "Port (ajout du territoire)"),
    ]
    said = seminar.say(KEY, {"text": "Le quai", "sector": "Port"})
    assert said.payload == {"sector": "Port"}


def test_a_field_comes_last_and_its_answer_is_kept_by_its_name(seminar: Seminar):
    form = seminar.format(KEY).contribution_form(seminar.workshop(KEY))
    assert [field.label for field in form][-1] == "Quartier concerné"
    said = seminar.say(KEY, {"text": "Le quai", "local-0": "Kergroise"})
    assert said.payload == {"local": {"Quartier concerné": "Kergroise"}}
    assert details_of(seminar.format(KEY), said.payload)[-1] == ("Quartier concerné", "Kergroise")


def test_a_card_renamed_or_written_again_keeps_it(seminar: Seminar):
    workshop = seminar.workshop(KEY)
    card = cards.create_card(
        workshop.pk, data={"title": "Le quai", "local-0": "Kergroise"}, actor=FACILITATOR
    )
    rename_card(card.pk, title="Les quais", actor=FACILITATOR)
    card.refresh_from_db()
    assert card.payload == {"local": {"Quartier concerné": "Kergroise"}}
    form = seminar.format(KEY).card_form(workshop, card=card, initial=dict(card.payload))
    assert form["local-0"].value() == "Kergroise"

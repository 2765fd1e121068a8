"""The round of expectations, and the review of the last term."""

import pytest
from django.utils import timezone

from fabrique.stages.contribution.enums import CardState, Level
from tests.stages.contribution.formats.played import a_seminar, sections, words

pytestmark = pytest.mark.django_db

ACTION = {"text": "Cantine bio", "sector": "Alimentation et agriculture"}


class TestExpectations:
    def test_the_phone_begins_the_sentence(self):
        seminar = a_seminar(1)
        form = seminar.format("expectations").contribution_form(seminar.workshop("expectations"))
        assert "sera une réussite si…" in str(form.fields["text"].label)

    def test_cards_are_the_criteria_of_success(self):
        seminar = a_seminar(2)
        said = [seminar.say("expectations", "On décide", who) for who in seminar.people]
        card = seminar.card("expectations", "Décider ensemble", *said)
        parts = seminar.note("expectations")
        assert sections(parts) == ["kept"]
        (item,) = parts[0].blocks[1].items
        assert item.text == "Décider ensemble"
        assert item.citations[0].ref == f"card:{card.pk}"
        assert "2 contributions" in item.citations[0].label

    def test_what_nobody_grouped_waits_in_the_open_questions(self):
        seminar = a_seminar(1)
        said = seminar.say("expectations", "On décide")
        parts = seminar.note("expectations")
        assert sections(parts) == ["open_questions"]
        assert "1 contribution n'a pas encore été regroupée" in words(parts, "open_questions")
        assert f"contribution:{said.pk}" in words(parts, "open_questions")

    def test_what_was_set_aside_says_why(self):
        seminar = a_seminar(1)
        seminar.card(
            "expectations",
            "Refaire la gare",
            state=CardState.SET_ASIDE,
            set_aside_reason="Hors du sujet",
        )
        said = seminar.say("expectations", "Une phrase déplacée")
        said.set_aside_at, said.set_aside_reason = timezone.now(), "Doublon"
        said.save()
        debated = words(seminar.note("expectations"), "debated")
        assert "Refaire la gare" in debated
        assert "Hors du sujet." in debated
        assert "une contribution a été mise de côté, pour ce motif : « Doublon »" in debated
        assert "Une phrase déplacée" not in debated

    def test_what_is_private_never_reaches_the_note(self):
        seminar = a_seminar(1)
        said = seminar.say("expectations", "Entre nous")
        said.level = Level.PRIVATE
        said.save()
        seminar.card("expectations", "Carte entre nous", said, level=Level.PRIVATE)
        assert seminar.note("expectations") == []


class TestPastActions:
    def test_the_lists_come_from_the_workshop(self):
        seminar = a_seminar(1)
        workshop = seminar.workshop("past_actions")
        workshop.settings = {"sectors": ["Port"]}
        form = seminar.format("past_actions").contribution_form(workshop)
        assert [value for value, _words in form.fields["sector"].choices] == ["", "Port"]

    def test_a_card_takes_over_what_was_said_most(self):
        seminar = a_seminar(3)
        seminar.turn_to("past_actions")
        net, partial = "Un effet net", "Un effet partiel"
        said = [
            seminar.say("past_actions", {**ACTION, "effect": net, "reached": ["Les jeunes"]}),
            seminar.say("past_actions", {**ACTION, "effect": net}),
            seminar.say(
                "past_actions", {**ACTION, "effect": partial, "reached": ["Les habitants"]}
            ),
        ]
        payload = seminar.format("past_actions").card_payload(said)
        assert payload == {
            "sector": "Alimentation et agriculture",
            "effect": net,
            "reached": ["Les jeunes", "Les habitants"],
        }

    def test_the_card_form_says_the_same_fields(self):
        seminar = a_seminar(1)
        form = seminar.format("past_actions").card_form(
            seminar.workshop("past_actions"),
            {"title": "Cantine bio", "text": "", "effect": "Un effet net"},
        )
        assert form.is_valid(), form.errors
        assert form.payload == {"effect": "Un effet net"}

    def test_the_note_tells_each_action_its_effect_and_whom_it_reached(self):
        seminar = a_seminar(1)
        payload = {"sector": "Mobilités", "effect": "Un effet net", "reached": ["Les jeunes"]}
        card = seminar.card("past_actions", "Plan vélo", payload=payload)
        parts = seminar.note("past_actions")
        (table,) = parts[0].blocks
        assert table.rows[0].cells == ("Plan vélo", "Mobilités", "Un effet net", "Les jeunes")
        assert table.rows[0].citations[0].ref == f"card:{card.pk}"
        assert sections(parts) == ["kept", "figures"]

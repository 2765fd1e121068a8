"""The round of expectations, and the review of the last term."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fabrique.kit.sheets import write_sheet
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.models import Card, Workshop
from tests.stages.contribution.formats.played import Seminar, a_seminar, plain, sections, words
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import a_held_seminar, an_account

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


def a_review() -> Seminar:
    held = a_held_seminar("past_actions", site=a_territory())
    held.meeting.key = "local-1"
    held.meeting.save()
    return Seminar(held, [])


class TestBroughtFromASheet:
    """A review the services already keep: previewed, refused line by line, written once."""

    COLUMNS = ("Action", "Précision", "Secteur", "Effet", "Publics touchés", "Budget")
    LINES = (
        (
            "Zone à faibles émissions",
            "Depuis 2019",
            "mobilites",
            "effet visible et durable",
            "Jeunes ; entreprises et commerces",
            "3 M€",
        ),
        ("", "", "Mobilités", "", "", ""),
        ("Cantine bio", "", "Cuisine", "", "Les Martiens", ""),
        ("cantine BIO", "", "", "", "", ""),
        ("R" * 301, "", "", "", "", ""),
    )

    def brought(self, seminar: Seminar, format: str = "xlsx"):
        sheet = write_sheet(self.COLUMNS, self.LINES, format=format)
        file = SimpleUploadedFile(f"bilan.{format}", sheet)
        return self.team(seminar).post(self.address(seminar), {"actions": file})

    @staticmethod
    def team(seminar: Seminar) -> Client:
        client = Client()
        client.force_login(an_account(seminar.held.meeting), backend="sesame.backends.ModelBackend")
        return client

    @staticmethod
    def address(seminar: Seminar) -> str:
        keys = [seminar.held.meeting.pk, seminar.workshop("past_actions").pk]
        return reverse("contribution:cards-import", args=keys)

    @staticmethod
    def cards(workshop: Workshop) -> list[tuple[str, str, dict]]:
        kept = Card.objects.filter(workshop=workshop, state=CardState.KEPT).order_by("position")
        return [(card.title, card.text, card.payload) for card in kept]

    @pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
    def test_the_preview_writes_nothing_and_names_each_line_it_refuses(self, format):
        seminar = a_review()
        page = plain(self.brought(seminar, format).content.decode())
        assert not self.cards(seminar.workshop("past_actions"))
        assert "ligne 3 : il manque l'action" in page
        assert "ligne 5 : « cantine BIO » est déjà à la ligne 4" in page
        assert "ligne 6 : « Action » compte 301 caractères" in page
        assert "« Cuisine » n'est pas dans la liste « Secteur » : laissé vide." in page
        assert "« Les Martiens » n'est pas dans la liste « Publics touchés »" in page
        assert "Colonnes laissées de côté : « Budget »." in page
        assert "Jeunes, Entreprises et commerces" in page

    def test_what_was_understood_becomes_cards_once(self):
        seminar, written = a_review(), []
        for _time in range(2):
            understood = self.brought(seminar).context["understood"]
            self.team(seminar).post(self.address(seminar), {"understood": understood})
            written.append(self.cards(seminar.workshop("past_actions")))
        reached = ["Jeunes", "Entreprises et commerces"]
        said = {"sector": "Mobilités", "effect": "Effet visible et durable", "reached": reached}
        assert written[0][0] == ("Zone à faibles émissions", "Depuis 2019", said)
        assert [title for title, _text, _payload in written[0]] == [
            "Zone à faibles émissions",
            "Cantine bio",
        ]
        assert written[1] == written[0]

    def test_what_is_given_can_be_brought_back_unchanged(self):
        seminar = a_review()
        understood = self.brought(seminar).context["understood"]
        self.team(seminar).post(self.address(seminar), {"understood": understood})
        workshop = seminar.workshop("past_actions")
        for given in seminar.format("past_actions").files(workshop):
            file = SimpleUploadedFile(given.name, given.make())
            page = self.team(seminar).post(self.address(seminar), {"actions": file})
            assert "il n'y a rien à importer" in plain(page.content.decode())

    def test_a_sheet_without_the_column_says_which_one_it_needs(self):
        seminar = a_review()
        file = SimpleUploadedFile("budget.csv", "Prix;Quantité\n3;4\n".encode())
        page = self.team(seminar).post(self.address(seminar), {"actions": file})
        assert "Action" in plain(page.content.decode())
        assert "field__error" in page.content.decode()

"""Looking back from the midterm year: three columns in time, and what became of the fears."""

from typing import Any

import pytest

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import create_card, set_card_aside
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.reach import in_reach
from fabrique.stages.contribution.formats.retrospective.analysis import look_back
from fabrique.stages.contribution.models import Card, CardReference
from tests.stages.contribution.formats.played import Seminar, plain, sections, words
from tests.stages.rooms import FACILITATOR, a_held_seminar, someone

pytestmark = pytest.mark.django_db


def a_look_back(people: int = 1, fears: tuple[str, ...] = ("Crues", "Chaleur", "Exode")) -> Seminar:
    first = a_held_seminar("vulnerabilities")
    for title in fears:
        Card.objects.create(workshop=first.workshops["vulnerabilities"], title=title)
    held = a_held_seminar("retrospective", site=first.meeting.site)
    return Seminar(held, [someone(held.room) for _ in range(people)])


def fear(seminar: Seminar, title: str) -> str:
    reachable = in_reach(seminar.workshop("retrospective"), ("vulnerabilities",))
    return next(str(one.card_id) for one in reachable if one.title == title)


def told(seminar: Seminar, title: str, column: str = "", **payload: Any) -> Card:
    data = {"title": title, "text": "", "column": column, **payload}
    return create_card(seminar.workshop("retrospective").pk, data=data, actor=FACILITATOR)


def played() -> Seminar:
    """Floods came back in 2023 and were answered in 2025; heat was answered; nobody speaks of
    people leaving; the shortage of water is new."""
    seminar = a_look_back()
    floods, heat = fear(seminar, "Crues"), fear(seminar, "Chaleur")
    told(seminar, "Digues rehaussées", "accomplished", year="2025", vulnerabilities=[floods])
    told(seminar, "Cours d'école plantées", "accomplished", vulnerabilities=[heat])
    told(seminar, "Crue de 2023", "unfinished", year="2023", vulnerabilities=[floods])
    told(seminar, "Manque d'eau l'été", "new", year="2024")
    return seminar


class TestTelling:
    def test_one_says_what_happened_in_which_column_and_year(self):
        seminar = a_look_back()
        said = seminar.say(
            "retrospective",
            {
                "text": "Les digues tiennent",
                "column": "accomplished",
                "year": "2025",
                "vulnerabilities": [fear(seminar, "Crues")],
            },
        )
        assert said.payload == {
            "column": "accomplished",
            "year": 2025,
            "vulnerabilities": [fear(seminar, "Crues")],
        }

    def test_the_phone_stands_in_the_midterm_year(self):
        seminar = a_look_back()
        form = seminar.format("retrospective").contribution_form(seminar.workshop("retrospective"))
        assert "Nous sommes en 2026" in str(form.fields["text"].label)
        years = [value for value, _words in form.fields["year"].choices]
        assert (years[1], years[-1]) == (2020, 2026)

    def test_without_a_column_it_comes_back_with_what_to_do(self):
        seminar = a_look_back()
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say("retrospective", "Les digues tiennent")
        assert "l'une des trois colonnes" in plain(refusal.value.errors["column"])
        assert refusal.value.typed["text"] == "Les digues tiennent"

    def test_without_a_first_seminar_the_tie_is_not_asked(self):
        held = a_held_seminar("retrospective")
        seminar = Seminar(held, [])
        form = seminar.format("retrospective").contribution_form(seminar.workshop("retrospective"))
        assert "vulnerabilities" not in form.fields

    def test_a_card_takes_over_what_was_said_most(self):
        seminar = a_look_back(3)
        floods = fear(seminar, "Crues")
        said = [
            seminar.say("retrospective", {"text": "x", "column": column, "year": year, **tied}, who)
            for who, column, year, tied in zip(
                seminar.people,
                ("new", "unfinished", "new"),
                ("2024", "2024", ""),
                ({}, {"vulnerabilities": [floods]}, {}),
                strict=True,
            )
        ]
        payload = seminar.format("retrospective").card_payload(said)
        assert payload == {"column": "new", "year": 2024, "vulnerabilities": [floods]}
        workshop = seminar.workshop("retrospective")
        ids = [one.pk for one in said]
        card = create_card(workshop.pk, contribution_ids=ids, actor=FACILITATOR)
        assert CardReference.objects.get(card=card).role == "vulnerabilities"


class TestLookBack:
    def test_columns_are_in_the_order_of_time(self):
        found = look_back(played().workshop("retrospective"))
        accomplished = found.columns[0]
        assert [card.title for card in accomplished.cards] == [
            "Digues rehaussées",
            "Cours d'école plantées",
        ]
        assert [one.year for one in found.years] == [2023, 2024, 2025, None]

    def test_what_came_back_and_what_answered_it(self):
        found = look_back(played().workshop("retrospective"))
        by_title = {one.vulnerability.title: one for one in found.feared}
        assert [card.title for card in by_title["Crues"].came_back] == ["Crue de 2023"]
        assert [card.title for card in by_title["Crues"].answered_by] == ["Digues rehaussées"]
        assert by_title["Chaleur"].came_back == []
        assert [one.vulnerability.title for one in found.unsaid] == ["Exode"]
        assert [card.title for card in found.unforeseen] == ["Manque d'eau l'été"]

    def test_a_card_without_a_column_waits_and_is_told(self):
        seminar = a_look_back()
        told(seminar, "À placer")
        found = look_back(seminar.workshop("retrospective"))
        assert [card.title for card in found.unplaced] == ["À placer"]
        said = words(seminar.note("retrospective"), "open_questions")
        assert "1 carte n'est encore dans aucune colonne" in said

    def test_private_and_set_aside_cards_count_for_nothing(self):
        seminar = played()
        Card.objects.filter(title="Crue de 2023").update(level=Level.PRIVATE)
        dykes = Card.objects.get(title="Digues rehaussées")
        set_card_aside(dykes.pk, reason="Hors sujet", actor=FACILITATOR)
        found = look_back(seminar.workshop("retrospective"))
        assert "Crues" in [one.vulnerability.title for one in found.unsaid]
        assert "Crue de 2023" not in str(seminar.note("retrospective"))

    def test_a_fear_set_aside_in_the_first_seminar_is_not_one_any_more(self):
        seminar = played()
        Card.objects.filter(title="Exode").update(
            state=CardState.SET_ASIDE, set_aside_reason="Hors sujet"
        )
        found = look_back(seminar.workshop("retrospective"))
        assert found.unsaid == []

    def test_a_constant_number_of_queries(self, django_assert_max_num_queries):
        seminar = played()
        for place in range(5):
            told(seminar, f"Fait {place}", "new", vulnerabilities=[fear(seminar, "Crues")])
        workshop = seminar.workshop("retrospective")
        with django_assert_max_num_queries(3):
            look_back(workshop)


class TestScreens:
    @pytest.mark.parametrize(
        ("phase", "said"),
        [
            ("collect", "Transformations accomplies"),
            ("look", "ce que le groupe raconte"),
            ("fears", "Ce que le premier séminaire craignait"),
        ],
    )
    def test_every_screen_is_drawn_in_every_phase(self, phase, said):
        seminar = played()
        seminar.people.append(someone(seminar.held.room))
        seminar.turn_to("retrospective", phase)
        assert said in seminar.screen("retrospective", "wall")
        assert "Digues rehaussées" in seminar.screen("retrospective", "console")
        asked = "Une transformation accomplie" in seminar.screen("retrospective", "phone")
        assert asked == (phase == "collect")


class TestNote:
    def test_the_note_tells_the_years_the_fears_and_what_nobody_foresaw(self):
        seminar = played()
        parts = seminar.note("retrospective")
        assert sections(parts) == ["kept", "figures", "blind_spots", "open_questions"]
        years = parts[0].blocks[0]
        assert years.rows[0].cells == ("2023", "–", "Crue de 2023", "–")
        assert years.rows[-1].cells[0] == "Sans année"
        assert "« Nous sommes en 2026 »" in words(parts, "kept")
        assert f"card:{fear(seminar, 'Crues')}" in words(parts, "figures")
        assert "Manque d'eau l'été" in words(parts, "blind_spots")
        assert "levée, ou oubliée ? « Exode »." in words(parts, "open_questions")

    def test_an_empty_look_back_is_no_error(self):
        seminar = a_look_back()
        assert seminar.note("retrospective") == []
        viewer = Viewer(participant_id=seminar.people[0].pk)
        format = seminar.format("retrospective")
        context = format.context(seminar.workshop("retrospective"), viewer, "wall")
        assert context["found"].years == []

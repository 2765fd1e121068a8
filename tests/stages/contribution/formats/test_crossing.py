"""Which action answers which vulnerability, and what nothing answers."""

import pytest
from django.http import QueryDict

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.links import link, unlink
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.formats.contract import InvalidAnswer, Refused
from fabrique.stages.contribution.formats.crossing.analysis import CrossingResults, cross_workshop
from fabrique.stages.contribution.models import Link
from tests.stages.contribution.formats.played import Seminar, a_seminar, sections, words
from tests.stages.rooms import FACILITATOR

pytestmark = pytest.mark.django_db


def table(people: int = 6) -> tuple[Seminar, list, list]:
    """Two vulnerabilities and two actions; the workshop is open to everyone."""
    seminar = a_seminar(people)
    rows = [seminar.card("vulnerabilities", title) for title in ("Crues", "Chaleur")]
    columns = [seminar.card("past_actions", title) for title in ("Digue", "Cantine bio")]
    seminar.turn_to("crossing")
    return seminar, rows, columns


def crossed(people: int = 6) -> tuple[Seminar, list, list]:
    """Everyone ties the dyke to the floods, and nothing to the heat."""
    seminar, rows, columns = table(people)
    for who in seminar.people:
        seminar.tie(rows[0], who, columns[0])
        seminar.tie(rows[1], who)
    return seminar, rows, columns


def results_of(seminar: Seminar) -> CrossingResults:
    return cross_workshop(seminar.workshop("crossing"), seminar.format("crossing"))


def phone_of(seminar: Seminar, **options):
    viewer = Viewer(participant_id=seminar.people[0].pk)
    return seminar.format("crossing").context(
        seminar.workshop("crossing"), viewer, "phone", **options
    )


class TestAnswering:
    def test_a_second_answer_replaces_the_first(self):
        seminar, rows, columns = table(1)
        who = seminar.people[0]
        seminar.tie(rows[0], who, *columns)
        seminar.tie(rows[0], who, columns[1])
        standing = Link.objects.filter(ended_at=None)
        assert [tie.source for tie in standing] == [columns[1]]
        assert Link.objects.count() == 2

    def test_what_one_ticked_before_is_ticked_again(self):
        seminar, rows, columns = table(1)
        seminar.tie(rows[0], seminar.people[0], columns[1])
        row = phone_of(seminar, step=str(rows[0].pk))["row"]
        assert row.initial == {"action": [str(columns[1].pk)], "none": False}

    def test_a_posted_form_reads_as_json_does(self):
        seminar, rows, columns = table(1)
        workshop, crossing = seminar.workshop("crossing"), seminar.format("crossing")
        several = [str(card.pk) for card in columns]
        posted = QueryDict(mutable=True)
        posted["card"] = str(rows[0].pk)
        posted.setlist("action", several)
        plain = {"card": str(rows[0].pk), "action": several}
        assert crossing.read_answer(workshop, posted) == crossing.read_answer(workshop, plain)

    @pytest.mark.parametrize("both", [True, False])
    def test_ticking_both_or_nothing_comes_back_as_typed(self, both):
        seminar, rows, columns = table(1)
        typed = {"card": str(rows[0].pk)}
        if both:
            typed |= {"action": [str(columns[0].pk)], "none": "on"}
        with pytest.raises(InvalidAnswer) as refusal:
            seminar.format("crossing").read_answer(seminar.workshop("crossing"), typed)
        row = phone_of(seminar, refused=Refused(typed, refusal.value.errors))["row"]
        assert row.errors["none"]
        assert bool(row["none"].value()) is both

    def test_an_action_of_another_seminar_is_refused(self):
        seminar, rows, _columns = table(1)
        elsewhere = a_seminar(1).card("past_actions", "Ailleurs")
        with pytest.raises(InvalidAnswer):
            seminar.tie(rows[0], seminar.people[0], elsewhere)

    def test_a_vulnerability_cannot_be_tied_to_a_vulnerability(self):
        seminar, rows, _columns = table(1)
        with pytest.raises(InvalidAnswer):
            seminar.tie(rows[0], seminar.people[0], rows[1])


class TestBlindSpots:
    def test_what_nothing_answers_is_a_blind_spot(self):
        seminar, rows, _columns = crossed()
        results = results_of(seminar)
        assert [line.card for line in results.blind_spots] == [rows[1]]
        assert [line.card for line in results.covered] == [rows[0]]
        assert [card.title for card in results.idle] == ["Cantine bio"]

    def test_a_row_nobody_looked_at_is_not_a_blind_spot(self):
        seminar, rows, columns = table()
        for who in seminar.people:
            seminar.tie(rows[0], who, columns[0])
        results = results_of(seminar)
        assert results.blind_spots == []
        assert [line.card for line in results.unsure] == [rows[1]]

    def test_four_people_are_too_few_to_conclude(self):
        seminar, _rows, _columns = crossed(4)
        assert results_of(seminar).blind_spots == []
        parts = seminar.note("crossing")
        assert "blind_spots" not in sections(parts)
        assert "figures" not in sections(parts)
        assert "moins de 5 personnes" in words(parts, "open_questions")

    def test_what_the_room_confirms_is_covered_and_said_so(self):
        seminar, rows, columns = crossed()
        tie = link(
            workshop_id=seminar.workshop("crossing").pk,
            source_id=columns[1].pk,
            target_id=rows[1].pk,
            kind="answers",
            actor=FACILITATOR,
        )
        results = results_of(seminar)
        assert results.blind_spots == []
        assert results.idle == []
        assert "Cantine bio (confirmé par la salle)" in words(seminar.note("crossing"), "figures")
        unlink(tie.pk, actor=FACILITATOR)
        assert [line.card for line in results_of(seminar).blind_spots] == [rows[1]]

    def test_ties_follow_an_action_merged_afterwards(self):
        seminar, rows, columns = crossed()
        dyke, canteen = columns
        dyke.state, dyke.merged_into = CardState.MERGED, canteen
        dyke.save()
        line = results_of(seminar).lines[0]
        assert line.card == rows[0]
        assert [(cell.action, cell.people) for cell in line.answering] == [(canteen, 6)]

    def test_two_actions_merged_count_a_person_once(self):
        seminar, rows, columns = table()
        for who in seminar.people:
            seminar.tie(rows[0], who, *columns)
        columns[0].state, columns[0].merged_into = CardState.MERGED, columns[1]
        columns[0].save()
        assert [cell.people for cell in results_of(seminar).lines[0].cells] == [6]

    def test_nothing_to_cross_is_not_an_error(self):
        seminar = a_seminar(1)
        seminar.turn_to("crossing")
        assert results_of(seminar).lines == []
        assert seminar.note("crossing") == []

    def test_a_constant_number_of_queries(self, django_assert_max_num_queries):
        seminar, _rows, _columns = crossed(7)
        workshop = seminar.workshop("crossing")
        with django_assert_max_num_queries(5):
            cross_workshop(workshop, seminar.format("crossing"))


class TestNote:
    def test_blind_spots_cite_their_card_and_call_for_a_check(self):
        seminar, rows, _columns = crossed()
        parts = seminar.note("crossing")
        said = words(parts, "blind_spots")
        assert "Chaleur. 6 personnes ont répondu, aucune ne cite d'action." in said
        assert "Une case vide n'est pas une preuve" in said
        assert f"card:{rows[1].pk}" in said

    def test_what_answers_what_is_told_with_its_numbers(self):
        seminar, _rows, _columns = crossed()
        assert "Digue (6)" in words(seminar.note("crossing"), "figures")

    def test_a_row_that_too_few_looked_at_has_no_number(self):
        seminar, rows, columns = table()
        for who in seminar.people:
            seminar.tie(rows[0], who, columns[0])
        for who in seminar.people[:4]:
            seminar.tie(rows[1], who, columns[1])
        told = words(seminar.note("crossing"), "figures")
        assert "Digue (6)" in told
        assert "Cantine bio" in told
        assert "Cantine bio (" not in told

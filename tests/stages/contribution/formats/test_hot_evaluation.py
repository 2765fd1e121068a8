"""Before leaving: one answer a person, shown from five on."""

import pytest

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.hot_evaluation.analysis import Evaluation, summarise
from fabrique.stages.contribution.models import Contribution
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)

pytestmark = pytest.mark.django_db


def evaluated(people: int) -> Seminar:
    seminar = a_seminar(people)
    seminar.turn_to("hot_evaluation")
    for who in seminar.people:
        seminar.say("hot_evaluation", {"q1": "4", "q2": "2", "word": "Dense"}, who)
    return seminar


def results_of(seminar: Seminar) -> Evaluation:
    workshop = seminar.workshop("hot_evaluation")
    return summarise(workshop, seminar.format("hot_evaluation").questionnaire(workshop))


def test_the_last_answer_of_a_person_counts_and_all_are_kept():
    seminar = evaluated(5)
    seminar.say("hot_evaluation", {"q1": "1"}, seminar.people[0])
    assert results_of(seminar).spreads[0].counts == [1, 0, 0, 4]
    assert results_of(seminar).people == 5
    assert Contribution.objects.count() == 6


def test_nothing_is_shown_under_five_answers():
    seminar = evaluated(4)
    screen = seminar.format("hot_evaluation").context(
        seminar.workshop("hot_evaluation"), Viewer(), "wall"
    )
    assert screen["chart"] == ""
    assert "figures" not in sections(seminar.note("hot_evaluation"))


def test_from_five_answers_the_spread_is_shown_with_its_number():
    seminar = evaluated(5)
    (figures,) = seminar.note("hot_evaluation")
    (chart,) = figures.blocks
    assert figures.section == "figures"
    assert chart.bars[0].counts == (0, 0, 0, 5)
    assert plain(chart.note).startswith("5 réponses, le ")


def test_a_question_that_four_people_answered_stays_hidden():
    seminar = evaluated(5)
    seminar.say("hot_evaluation", {"q1": "1"}, seminar.people[0])
    assert [spread.is_shown for spread in results_of(seminar).spreads] == [True, False, False]


def test_an_empty_evaluation_is_refused_with_what_to_do():
    seminar = a_seminar(1)
    seminar.turn_to("hot_evaluation")
    with pytest.raises(InvalidContribution) as refusal:
        seminar.say("hot_evaluation", {"text": "   "})
    assert "Répondez à une question au moins" in plain(refusal.value.errors)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"text": "On se reverra", "word": "Utile"}, "On se reverra"),
        ({"word": "Utile", "q1": "3"}, "Utile"),
        ({"improve": "Plus court"}, "Plus court"),
        ({"q1": "3"}, "Ce séminaire a répondu à mes attentes. 3 sur 4"),
    ],
)
def test_what_one_sent_can_always_be_read_again(data, text):
    seminar = a_seminar(1)
    seminar.turn_to("hot_evaluation")
    assert plain(seminar.say("hot_evaluation", data).text) == text


def test_what_to_improve_goes_to_next_time_without_a_name():
    seminar = evaluated(5)
    said = seminar.say(
        "hot_evaluation", {"improve": "Plus de temps", "text": "Le lien avec 2030"},
        seminar.people[0],
    )  # fmt: skip
    next_time = words(seminar.note("hot_evaluation"), "next_time")
    assert "« Plus de temps »" in next_time
    assert "« Le lien avec 2030 »" in next_time
    assert f"contribution:{said.pk}" in next_time
    assert seminar.people[0].label not in next_time
    assert not seminar.format("hot_evaluation").names_authors

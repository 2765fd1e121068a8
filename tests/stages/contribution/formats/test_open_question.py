"""Words as said, and choices counted from five people on."""

import pytest

from fabrique.document.tree import BarChart
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.open_question.analysis import Answers, answers_to
from tests.stages.contribution.formats.played import Seminar, a_seminar, sections, words

pytestmark = pytest.mark.django_db
KEY = "open_question"
CHOICES = ["Oui", "Non", "Cela dépend"]


def asked(people: int, *chosen: str, choices: list[str] | None = None) -> Seminar:
    """A question answered by as many people, each with their choice."""
    seminar = a_seminar(people, KEY)
    workshop = seminar.workshop(KEY)
    workshop.settings = {"choices": CHOICES if choices is None else choices}
    workshop.prompt = "Faut-il continuer ?"
    workshop.save()
    seminar.turn_to(KEY)
    for who, choice in zip(seminar.people, chosen, strict=False):
        seminar.say(KEY, {"text": "", "choice": choice}, who)
    return seminar


def results_of(seminar: Seminar) -> Answers:
    workshop = seminar.workshop(KEY)
    return answers_to(workshop, seminar.format(KEY).choices(workshop))


class TestAnswering:
    def test_a_choice_without_a_word_is_kept_as_words(self):
        seminar = asked(1)
        assert seminar.say(KEY, {"choice": "Non"}).text == "Non"

    def test_words_are_enough(self):
        seminar = asked(1)
        assert seminar.say(KEY, "Pas sans la région").payload == {}

    def test_an_empty_answer_is_refused_with_what_to_do(self):
        seminar = asked(1)
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say(KEY, {"text": "  "})
        assert "Choisissez une réponse ou écrivez la vôtre." in str(refusal.value.errors)

    def test_without_proposed_answers_words_are_needed(self):
        seminar = asked(1, choices=[])
        with pytest.raises(InvalidContribution):
            seminar.say(KEY, {"choice": "Oui", "text": ""})

    def test_a_choice_off_the_list_is_refused(self):
        seminar = asked(1)
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say(KEY, {"choice": "Peut-être"})
        assert "choice" in refusal.value.errors


class TestCounting:
    def test_the_last_choice_of_each_person_counts(self):
        seminar = asked(5, "Oui", "Oui", "Oui", "Non", "Non")
        seminar.say(KEY, {"choice": "Cela dépend"}, seminar.people[0])
        assert results_of(seminar).counts == [2, 2, 1]
        assert results_of(seminar).people == 5

    def test_a_word_said_after_a_choice_does_not_undo_it(self):
        seminar = asked(5, "Oui", "Oui", "Oui", "Non", "Non")
        seminar.say(KEY, "Avec des moyens", seminar.people[0])
        assert results_of(seminar).counts == [3, 2, 0]

    def test_what_is_private_or_set_aside_counts_for_nothing(self):
        seminar = asked(5, "Oui", "Oui", "Oui", "Non", "Non")
        hidden = seminar.workshop(KEY).contributions.first()
        hidden.level = Level.PRIVATE
        hidden.save()
        assert results_of(seminar).counts == [2, 2, 0]
        assert not results_of(seminar).is_shown

    def test_no_figure_under_five_people_anywhere(self):
        seminar = asked(4, "Oui", "Oui", "Oui", "Non")
        seminar.turn_to(KEY, "results")
        assert "aucun chiffre n'est montré" in seminar.screen(KEY, "wall")
        assert "<svg" not in seminar.screen(KEY, "wall")
        assert "figures" not in sections(seminar.note(KEY))
        assert "trop peu de réponses" in words(seminar.note(KEY), "open_questions")

    def test_the_wall_shows_no_count_while_people_answer(self):
        seminar = asked(5, "Oui", "Oui", "Oui", "Non", "Non")
        assert seminar.format(KEY).context(seminar.workshop(KEY), Viewer(), "wall") == {}
        seminar.turn_to(KEY, "results")
        assert "<svg" in seminar.screen(KEY, "wall")

    def test_a_choice_alone_is_never_shown_as_words(self):
        seminar = asked(2, "Oui", "Non")
        seminar.say(KEY, "Avec la région", seminar.people[0])
        wall = seminar.screen(KEY, "wall")
        assert "Avec la région" in wall
        assert "<p>Oui</p>" not in wall


class TestNote:
    def test_words_are_quoted_as_said_and_lead_back(self):
        seminar = asked(1, choices=[])
        said = seminar.say(KEY, "Pas sans la région")
        kept = words(seminar.note(KEY), "kept")
        assert "« Pas sans la région »" in kept
        assert f"contribution:{said.pk}" in kept
        assert seminar.people[0].label not in kept

    def test_a_choice_alone_is_not_quoted(self):
        seminar = asked(5, "Oui", "Oui", "Oui", "Non", "Non")
        assert sections(seminar.note(KEY)) == ["figures"]

    def test_cards_stand_for_the_words_once_made(self):
        seminar = asked(1, choices=[])
        said = seminar.say(KEY, "Pas sans la région")
        seminar.card(KEY, "Associer la région", said)
        kept = words(seminar.note(KEY), "kept")
        assert "Associer la région" in kept
        assert "« Pas sans la région »" not in kept

    def test_bars_say_how_many_answered_and_when(self):
        seminar = asked(6, "Oui", "Oui", "Oui", "Non", "Non", "Non")
        (figures,) = seminar.note(KEY)
        (chart,) = figures.blocks
        assert isinstance(chart, BarChart)
        assert [bar.value for bar in chart.bars] == [3, 3, 0]
        assert chart.note.startswith("6 réponses, le ")

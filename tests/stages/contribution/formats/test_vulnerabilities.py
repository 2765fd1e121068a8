"""Said, grouped, then judged by each person alone."""

import pytest
from django.utils import translation

from fabrique.document.tree import RangeChart, Table
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.workshops import close_workshop
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.contract import InvalidAnswer, Refused
from fabrique.stages.contribution.formats.vulnerabilities.analysis import assess_workshop
from fabrique.stages.contribution.models import Rating
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)
from tests.stages.rooms import FACILITATOR

pytestmark = pytest.mark.django_db
WALL = Viewer()


def judged(people: int = 6) -> tuple[Seminar, list]:
    """Three cards: everyone fears the first, nobody the third, the second splits the room."""
    seminar = a_seminar(people)
    seminar.turn_to("vulnerabilities", "rate")
    cards = [seminar.card("vulnerabilities", title) for title in ("Crues", "Chaleur", "Gel")]
    for place, who in enumerate(seminar.people):
        seminar.judge(cards[0], who, (4, 4, 2))
        seminar.judge(cards[1], who, (1, 2, 3) if place % 2 else (4, 2, 3))
        seminar.judge(cards[2], who, (1, 1, 4))
    return seminar, cards


def ballot_of(seminar: Seminar, who, **options):
    workshop = seminar.workshop("vulnerabilities")
    viewer = Viewer(participant_id=who.pk)
    return seminar.format("vulnerabilities").context(workshop, viewer, "phone", **options)["ballot"]


class TestSaying:
    def test_a_vulnerability_may_say_what_it_touches(self):
        seminar = a_seminar()
        seminar.turn_to("vulnerabilities")
        said = seminar.say(
            "vulnerabilities", {"text": "Le fleuve déborde", "touched": "Les services publics"}
        )
        assert said.payload == {"touched": "Les services publics"}
        assert seminar.format("vulnerabilities").card_payload([said]) == said.payload

    def test_something_off_the_list_is_refused(self):
        seminar = a_seminar()
        seminar.turn_to("vulnerabilities")
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say("vulnerabilities", {"text": "Le fleuve déborde", "touched": "Le roi"})
        assert "touched" in refusal.value.errors


class TestJudging:
    def test_one_card_at_a_time_until_none_is_left(self):
        seminar = a_seminar(1)
        seminar.turn_to("vulnerabilities", "rate")
        for title in ("Crues", "Chaleur", "Gel"):
            seminar.card("vulnerabilities", title)
        who, met = seminar.people[0], []
        while card := ballot_of(seminar, who).card:
            met.append(card.title)
            seminar.judge(card, who, (3, 3, 3))
        assert sorted(met) == ["Chaleur", "Crues", "Gel"]
        assert ballot_of(seminar, who).is_complete

    def test_a_judgement_can_be_changed(self):
        seminar, cards = judged(1)
        who = seminar.people[0]
        seminar.judge(cards[0], who, (1, 1, 1))
        ballot = ballot_of(seminar, who, step=str(cards[0].pk))
        assert ballot.card == cards[0]
        assert ballot.form.initial == {"exposure": 1, "sensitivity": 1, "adaptive_capacity": 1}
        assert Rating.objects.filter(card=cards[0]).count() == 3

    def test_passing_leads_to_another_card(self):
        seminar = a_seminar(1)
        seminar.turn_to("vulnerabilities", "rate")
        cards = [seminar.card("vulnerabilities", title) for title in ("Crues", "Gel")]
        ballot = ballot_of(seminar, seminar.people[0])
        assert {ballot.card.pk, ballot.next_id} == {card.pk for card in cards}

    def test_nobody_sees_what_another_person_judged(self):
        seminar, cards = judged(2)
        newcomer = a_seminar(1).people[0]
        ballot = ballot_of(seminar, newcomer, step=str(cards[0].pk))
        assert ballot.form.initial == {}
        assert ballot.done == 0

    def test_an_answer_without_any_mark_comes_back_with_what_to_do(self):
        seminar, cards = judged(1)
        with pytest.raises(InvalidAnswer) as refusal:
            seminar.judge(cards[0], seminar.people[0], ())
        refused = Refused({"card": str(cards[0].pk)}, refusal.value.errors)
        ballot = ballot_of(seminar, seminar.people[0], refused=refused)
        assert ballot.card == cards[0]
        assert "au moins une réponse" in str(ballot.form.non_field_errors())

    @pytest.mark.parametrize("mark", [0, 5, "quatre", -1])
    def test_a_mark_off_the_scale_is_refused(self, mark):
        seminar, cards = judged(1)
        with pytest.raises(InvalidAnswer):
            seminar.judge(cards[0], seminar.people[0], (mark,))

    @pytest.mark.parametrize(
        "change",
        [
            {"state": CardState.SET_ASIDE, "set_aside_reason": "Hors sujet"},
            {"level": Level.PRIVATE},
        ],
    )
    def test_a_card_no_longer_put_to_the_group_is_refused(self, change):
        seminar = a_seminar(1)
        seminar.turn_to("vulnerabilities", "rate")
        card = seminar.card("vulnerabilities", "Crues", **change)
        with pytest.raises(InvalidAnswer):
            seminar.judge(card, seminar.people[0], (1, 1, 1))

    def test_a_workshop_may_give_its_own_words_to_a_scale(self):
        seminar = a_seminar()
        workshop = seminar.workshop("vulnerabilities")
        workshop.settings = {"scales": {"exposure": ["A", "B", "C", "D"], "sensitivity": ["A"]}}
        exposure, sensitivity, _ = seminar.format("vulnerabilities").criteria_of(workshop)
        assert list(exposure.scale.values()) == ["A", "B", "C", "D"]
        assert len(sensitivity.scale) == 4


class TestResults:
    def test_the_most_worrying_comes_first_with_its_spread(self):
        seminar, cards = judged()
        results = assess_workshop(seminar.workshop("vulnerabilities"))
        assert [one.card for one in results.cards] == cards
        assert results.cards[0].item.gross.median == 16
        assert results.cards[1].item.exposure.counts == (3, 0, 0, 3)

    def test_no_figure_on_fewer_than_five_people_whatever_the_settings(self):
        seminar, _cards = judged(4)
        workshop = seminar.workshop("vulnerabilities")
        workshop.settings["minimum_voters"] = 1
        workshop.save()
        assert assess_workshop(workshop).shown == []
        assert "figures" not in sections(seminar.note("vulnerabilities"))
        seminar.turn_to("vulnerabilities", "results")
        wall = seminar.format("vulnerabilities").context(
            seminar.workshop("vulnerabilities"), WALL, "wall"
        )
        assert wall["chart"] == ""
        assert "Moins de 5 personnes ont répondu" in plain(wall["too_few"])

    def test_five_people_are_enough(self):
        seminar, cards = judged(5)
        assert [one.card for one in assess_workshop(seminar.workshop("vulnerabilities")).shown] == (
            cards
        )

    def test_a_capacity_judged_by_too_few_stays_hidden(self):
        seminar = a_seminar(6)
        seminar.turn_to("vulnerabilities", "rate")
        card = seminar.card("vulnerabilities", "Crues")
        for place, who in enumerate(seminar.people):
            seminar.judge(card, who, (4, 4, 1) if place < 4 else (4, 4))
        (one,) = assess_workshop(seminar.workshop("vulnerabilities")).shown
        assert one.capacity is None

    def test_the_wall_shows_no_result_while_people_judge(self):
        seminar, _cards = judged()
        screen = seminar.format("vulnerabilities").context
        assert "results" not in screen(seminar.workshop("vulnerabilities"), WALL, "wall")
        assert screen(seminar.workshop("vulnerabilities"), WALL, "wall")["raters"] == 6
        assert "results" in screen(seminar.turn_to("vulnerabilities", "results"), WALL, "wall")

    def test_closing_before_anyone_judged_leaves_the_cards_on_the_wall(self):
        seminar = a_seminar(6)
        workshop = seminar.turn_to("vulnerabilities")
        seminar.card("vulnerabilities", "Crues")
        close_workshop(workshop.pk, actor=FACILITATOR)
        screen = seminar.format("vulnerabilities").context
        assert "results" not in screen(seminar.workshop("vulnerabilities"), WALL, "wall")

    def test_as_many_queries_for_many_judgements_as_for_few(self, django_assert_max_num_queries):
        seminar, _cards = judged(7)
        workshop = seminar.workshop("vulnerabilities")
        with django_assert_max_num_queries(2):
            assess_workshop(workshop)


class TestNote:
    def test_figures_say_who_voted_how_and_when(self):
        seminar, cards = judged()
        (figures,) = [p for p in seminar.note("vulnerabilities") if p.section == "figures"]
        chart, table = figures.blocks
        assert isinstance(chart, RangeChart)
        assert isinstance(table, Table)
        assert plain(chart.note).startswith("6 personnes, vote individuel sur téléphone, le ")
        assert [bar.label for bar in chart.bars] == ["Crues", "Chaleur", "Gel"]
        assert chart.bars[0].citations[0].ref == f"card:{cards[0].pk}"
        assert table.rows[0].cells[:4] == ("Crues", "4 (4)", "4 (4)", "2 (2)")

    def test_where_the_room_is_divided_is_said_in_so_many_answers(self):
        seminar, _cards = judged()
        debated = words(seminar.note("vulnerabilities"), "debated")
        assert "« Chaleur » divise le groupe" in debated
        assert "très peu, 3 ;" in debated
        assert "Crues" not in debated

    def test_what_cannot_be_ranked_is_said(self):
        seminar, _cards = judged(4)
        parts = seminar.note("vulnerabilities")
        assert "3 vulnérabilités ne sont pas classées" in words(parts, "open_questions")
        assert "le groupe retient 3 vulnérabilités" in words(parts, "kept")

    def test_the_note_follows_the_language_in_force(self):
        seminar, _cards = judged()
        with translation.override("fr"):
            assert "Vues de 2030" in words(seminar.note("vulnerabilities"), "kept")

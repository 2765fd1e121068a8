"""Ambition and capacity judged twice: levels, shift, and the right level or why there is none."""

from collections.abc import Sequence
from typing import Any

import pytest

from fabrique.document.tree import AbacusChart
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.formats.ambition import FORMAT
from fabrique.stages.contribution.formats.ambition.analysis import (
    AmbitionResults,
    Weighed,
    weigh_workshop,
)
from fabrique.stages.contribution.formats.ambition.wording import level_words, shift_words
from fabrique.stages.contribution.formats.contract import InvalidAnswer
from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.models import Card, Rating
from fabrique.stages.seminar.models import Participant
from tests.stages.contribution.formats.played import Seminar, plain, sections, words
from tests.stages.rooms import a_held_seminar, someone

pytestmark = pytest.mark.django_db


def a_vote(people: int = 6, **leads: str) -> tuple[Seminar, list[Card]]:
    """A roadmap beside the vote; each action with its lead, or none."""
    held = a_held_seminar("roadmap", "ambition")
    seminar = Seminar(held, [someone(held.room) for _ in range(people)])
    actions = leads or {"Digue": "Ville", "Navettes": ""}
    cards = [
        seminar.card("roadmap", title, payload={"lead": lead} if lead else {})
        for title, lead in actions.items()
    ]
    seminar.turn_to("ambition", "round_1")
    return seminar, cards


def judge(
    seminar: Seminar,
    card: Card,
    who: Participant,
    ambition: int,
    capacity: int | str,
    turn: int = 1,
) -> None:
    data = {
        "card": str(card.pk),
        f"ambition_{turn}": str(ambition),
        f"capacity_{turn}": str(capacity),
    }
    answer(workshop_id=seminar.workshop("ambition").pk, participant=who, data=data)


def judged(
    seminar: Seminar, card: Card, marks: Sequence[int], turn: int = 1, capacity: int = 3
) -> None:
    for who, mark in zip(seminar.people, marks, strict=False):
        judge(seminar, card, who, mark, capacity, turn)


def results_of(seminar: Seminar, **options: Any) -> AmbitionResults:
    workshop = seminar.workshop("ambition")
    cards = list(seminar.format("ambition").cards_to_rate(workshop))
    return weigh_workshop(workshop, cards, **options)


def of(seminar: Seminar, card: Card) -> Weighed:
    return next(one for one in results_of(seminar).cards if one.card == card)


def context(seminar: Seminar, screen: str, who: int = 0, **options: Any) -> dict[str, Any]:
    viewer = Viewer(participant_id=seminar.people[who].pk)
    workshop = seminar.workshop("ambition")
    return seminar.format("ambition").context(workshop, viewer, screen, **options)


class TestWhatIsJudged:
    def test_the_actions_of_the_roadmap_beside_are_put_before_each_person(self):
        seminar, cards = a_vote(1)
        shown = seminar.format("ambition").cards_to_rate(seminar.workshop("ambition"))
        assert list(shown) == cards

    def test_without_a_roadmap_it_is_its_own_cards(self):
        held = a_held_seminar("ambition")
        seminar = Seminar(held, [someone(held.room)])
        own = seminar.card("ambition", "Levier", payload={"lead": "Ville"})
        shown = seminar.format("ambition").cards_to_rate(seminar.workshop("ambition"))
        assert list(shown) == [own]

    def test_a_card_taken_over_keeps_who_leads_it(self):
        made = FORMAT.taken_over(
            Reachable(card_id=Card().pk, title="Digue", payload={"lead": "Ville"})
        )
        assert made == [{"title": "Digue", "text": "", "lead": "Ville"}]

    def test_each_round_asks_its_own_two_questions(self):
        seminar, _cards = a_vote(1)
        workshop = seminar.workshop("ambition")
        asked = seminar.format("ambition").criteria_of
        assert [one.key for one in asked(workshop)] == ["ambition_1", "capacity_1"]
        workshop = seminar.turn_to("ambition", "round_2")
        assert [one.key for one in asked(workshop)] == ["ambition_2", "capacity_2"]
        workshop = seminar.turn_to("ambition", "results")
        assert len(asked(workshop)) == 4

    def test_the_first_round_cannot_be_answered_in_the_second(self):
        seminar, cards = a_vote(1)
        seminar.turn_to("ambition", "round_2")
        with pytest.raises(InvalidAnswer):
            judge(seminar, cards[0], seminar.people[0], 3, 3, turn=1)
        assert Rating.objects.count() == 0

    @pytest.mark.parametrize("mark", [0, 6, 99])
    def test_a_level_off_the_scale_is_refused(self, mark):
        seminar, cards = a_vote(1)
        with pytest.raises(InvalidAnswer):
            judge(seminar, cards[0], seminar.people[0], mark, 3)

    def test_a_blueprint_may_give_its_own_five_words(self):
        seminar, _cards = a_vote(1)
        workshop = seminar.workshop("ambition")
        workshop.settings = {"scales": {"ambition": ["a", "b", "c", "d", "e"]}}
        first = seminar.format("ambition").criteria_of(workshop)[0]
        assert first.scale == {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}

    def test_in_the_second_round_one_reads_what_one_answered_in_the_first(self):
        seminar, cards = a_vote(2)
        judge(seminar, cards[0], seminar.people[0], 4, 2)
        seminar.turn_to("ambition", "round_2")
        shown = context(seminar, "phone", step=str(cards[0].pk))
        assert [plain(one) for one in shown["before"]] == [
            "4 – Transformer en profondeur",
            "2 – Avec beaucoup d'aide",
        ]
        assert context(seminar, "phone", who=1, step=str(cards[0].pk))["before"] == []


class TestRightLevel:
    """Six people on the dyke: 2, 3, 4, 4, 5, 5.

    At least 4: four of six, more than half; at least 5: two. The right level is 4. In order, the
    median is (4 + 4) / 2, the quartiles the second and the fifth: 3 and 5.
    """

    MARKS = (2, 3, 4, 4, 5, 5)

    def played(self) -> tuple[Seminar, list[Card]]:
        seminar, cards = a_vote()
        judged(seminar, cards[0], self.MARKS)
        judged(seminar, cards[1], self.MARKS)
        return seminar, cards

    def test_it_is_the_highest_that_more_than_half_reach(self):
        seminar, cards = self.played()
        item = of(seminar, cards[0]).item
        assert (item.right_level, item.level_support) == (4, 4)
        assert plain(level_words(of(seminar, cards[0]))) == "4 : 4 voix sur 6"

    def test_figures_are_those_computed_by_hand(self):
        seminar, cards = self.played()
        ambition = of(seminar, cards[0]).ambition
        assert ambition is not None
        assert (ambition.n, ambition.counts) == (6, (0, 1, 1, 2, 2))
        assert (ambition.median, ambition.lower_quartile, ambition.upper_quartile) == (4, 3, 5)

    def test_without_a_named_lead_there_is_none_and_it_says_so(self):
        seminar, cards = self.played()
        assert of(seminar, cards[1]).item.right_level is None
        assert "Aucun : sans pilote" in plain(level_words(of(seminar, cards[1])))
        said = words(seminar.note("ambition"), "open_questions")
        assert "1 action n'a pas de juste niveau, faute de pilote nommé. « Navettes »." in said

    def test_under_five_people_nothing_is_said(self):
        seminar, cards = a_vote(4)
        judged(seminar, cards[0], (5, 5, 5, 5))
        seminar.turn_to("ambition", "results")
        assert results_of(seminar).shown == []
        shown = context(seminar, "wall")
        assert shown["chart"] == ""
        assert "aucun chiffre" in plain(shown["too_few"])
        parts = seminar.note("ambition")
        assert sections(parts) == ["open_questions"]
        assert "on ne conclut pas" in words(parts, "open_questions")

    def test_a_setting_never_lowers_the_minimum(self):
        seminar, cards = a_vote(4)
        seminar.held.workshops["ambition"].settings = {"minimum_voters": 1}
        seminar.held.workshops["ambition"].save()
        judged(seminar, cards[0], (5, 5, 5, 5))
        assert results_of(seminar).shown == []

    def test_two_camps_divide_the_room(self):
        seminar, cards = a_vote()
        judged(seminar, cards[0], (1, 1, 1, 5, 5, 5))
        assert of(seminar, cards[0]).polarisation == 1
        said = words(seminar.note("ambition"), "debated")
        assert "« Digue » divise la salle sur l'ambition : niveau 1, 3 ; niveau 5, 3." in said

    def test_no_card_is_no_error(self):
        held = a_held_seminar("ambition")
        seminar = Seminar(held, [someone(held.room)])
        assert context(seminar, "console")["chart"] == ""
        assert seminar.note("ambition") == []


class TestRounds:
    def played(self) -> tuple[Seminar, list[Card]]:
        """First 2, 2, 3, 3, 4, 4; then 3, 3, 4, 3, 4, 3: four go up or stay, one comes down."""
        seminar, cards = a_vote()
        judged(seminar, cards[0], (2, 2, 3, 3, 4, 4))
        seminar.turn_to("ambition", "round_2")
        judged(seminar, cards[0], (3, 3, 4, 3, 4, 3), turn=2)
        return seminar, cards

    def test_the_last_round_decides(self):
        seminar, cards = self.played()
        results = results_of(seminar)
        assert results.vote.deciding_round == 2
        assert of(seminar, cards[0]).item.right_level == 3

    def test_the_shift_is_counted_on_those_who_judged_twice(self):
        seminar, cards = self.played()
        shift = of(seminar, cards[0]).shift
        assert shift is not None
        assert (shift.voters, shift.raised, shift.lowered, shift.unchanged) == (6, 3, 1, 2)
        assert plain(shift_words(shift)) == "3 montent, 1 descend"

    def test_a_shift_of_fewer_than_five_is_not_told(self):
        seminar, cards = a_vote()
        judged(seminar, cards[0], (2, 2, 3, 3))
        seminar.turn_to("ambition", "round_2")
        judged(seminar, cards[0], (3, 3, 4, 3, 4, 3), turn=2)
        assert of(seminar, cards[0]).shift is None
        assert shift_words(None) == "–"

    def test_no_figure_is_on_the_wall_while_people_judge(self):
        seminar, _cards = self.played()
        assert "results" not in context(seminar, "wall")
        seminar.turn_to("ambition", "round_1")
        assert "results" not in context(seminar, "wall")
        seminar.turn_to("ambition", "compare")
        assert context(seminar, "wall")["chart"]

    def test_comparing_shows_the_first_round_alone_what_divides_first(self):
        seminar, cards = a_vote(6, Digue="Ville", Navettes="Ville")
        judged(seminar, cards[0], (3, 3, 3, 3, 3, 3))
        judged(seminar, cards[1], (1, 1, 1, 5, 5, 5))
        seminar.turn_to("ambition", "compare")
        shown = context(seminar, "wall")
        assert [line.title for line in shown["lines"]] == ["Navettes", "Digue"]
        assert shown["results"].vote.deciding_round == 1

    def test_the_wall_ends_with_the_right_level(self):
        seminar, _cards = self.played()
        seminar.turn_to("ambition", "results")
        assert "Digue : juste niveau 3" in plain(context(seminar, "wall")["chart"])


class TestScreens:
    @pytest.mark.parametrize("phase", ["round_1", "compare", "round_2", "results"])
    @pytest.mark.parametrize("people", [3, 6])
    def test_every_screen_is_drawn_in_every_phase(self, phase, people):
        seminar, cards = a_vote(people)
        judged(seminar, cards[0], (2, 3, 4, 4, 5, 5))
        seminar.turn_to("ambition", phase)
        assert seminar.screen("ambition", "phone")
        wall = seminar.screen("ambition", "wall")
        shows_figures = phase in ("compare", "results") and people == 6
        assert ("doc-chart" in wall) == shows_figures
        console = seminar.screen("ambition", "console")
        assert ("doc-chart" if people == 6 else "aucun chiffre") in console

    def test_what_nobody_leads_is_said_on_the_wall(self):
        seminar, cards = a_vote()
        judged(seminar, cards[1], (2, 3, 4, 4, 5, 5))
        seminar.turn_to("ambition", "results")
        assert "Navettes : sans pilote" in seminar.screen("ambition", "wall")


class TestNote:
    def test_levels_charts_and_table_cite_their_actions(self):
        seminar, cards = TestRightLevel().played()
        parts = seminar.note("ambition")
        assert sections(parts)[:2] == ["kept", "figures"]
        said = words(parts, "kept")
        assert "Digue. Niveau 4 sur 5, avec 4 voix sur 6 ; pilote : Ville." in said
        assert f"card:{cards[0].pk}" in said
        charts = [one for part in parts for one in part.blocks if isinstance(one, AbacusChart)]
        assert charts[0].bars[0].counts == (0, 1, 1, 2, 2)
        assert "6 personnes, vote individuel sur téléphone" in plain(charts[0].note)
        assert "premier tour" in plain(charts[0].note)

    def test_how_robust_the_ranking_is_is_told(self):
        seminar, cards = a_vote(6, A="Ville", B="Ville", C="Ville", D="Ville")
        for card, mark in zip(cards, (5, 4, 3, 1), strict=True):
            judged(seminar, card, (mark,) * 6)
        results = results_of(seminar)
        assert [one.card.title for one in results.shown] == ["A", "B", "C", "D"]
        assert [one.robustness for one in results.shown] == [100, 100, 100, 0]
        assert "tirages au sort des votants" in words(seminar.note("ambition"), "figures")

    def test_a_private_action_is_neither_judged_nor_told(self):
        seminar, cards = TestRightLevel().played()
        Card.objects.filter(pk=cards[0].pk).update(level=Level.PRIVATE)
        assert "Digue" not in words(seminar.note("ambition"), "kept")
        assert "Digue" not in str(seminar.note("ambition"))

    def test_a_constant_number_of_queries(self, django_assert_max_num_queries):
        seminar, cards = a_vote(6, **{f"Action {place}": "Ville" for place in range(6)})
        for card in cards:
            judged(seminar, card, (3, 4, 3, 4, 3, 4))
        with django_assert_max_num_queries(4):
            results_of(seminar)

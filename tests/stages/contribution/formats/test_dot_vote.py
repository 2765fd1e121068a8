"""A budget of dots each, over all the cards; ranked from five voters on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.document.tree import BarChart
from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.ratings import rate
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats.contract import InvalidAnswer, Refused
from fabrique.stages.contribution.formats.dot_vote.analysis import (
    DotResults,
    budget_of,
    count_workshop,
)
from fabrique.stages.contribution.formats.dot_vote.answer import read_ballot
from fabrique.stages.contribution.formats.rating import judged_in
from fabrique.stages.contribution.models import Card, Rating
from fabrique.stages.seminar.models import Participant
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)

pytestmark = pytest.mark.django_db
KEY = "dot_vote"


def voting(people: int = 6, titles: tuple[str, ...] = ("Vélo", "Train", "Bus", "Marche")):
    seminar = a_seminar(people, KEY)
    seminar.turn_to(KEY, "vote")
    return seminar, [seminar.card(KEY, title) for title in titles]


def vote(seminar: Seminar, who: Participant, placed: dict[Card, object]) -> None:
    data = {f"dots-{card.pk}": str(dots) for card, dots in placed.items()}
    answer(workshop_id=seminar.workshop(KEY).pk, participant=who, data=data)


def results_of(seminar: Seminar) -> DotResults:
    workshop = seminar.workshop(KEY)
    return count_workshop(workshop, judged_in(seminar.format(KEY), workshop))


class TestBudget:
    def test_dots_may_go_all_on_one_card_or_be_kept(self):
        seminar, cards = voting(2)
        vote(seminar, seminar.people[0], {cards[0]: 5})
        vote(seminar, seminar.people[1], {cards[1]: 1})
        assert results_of(seminar).vote.dots == 6

    def test_one_dot_too_many_is_refused_whole_and_says_how_many_to_take_back(self):
        seminar, cards = voting(1)
        with pytest.raises(InvalidAnswer) as refusal:
            vote(seminar, seminar.people[0], {cards[0]: 4, cards[1]: 3})
        assert "7 pastilles, et vous en avez 5 : retirez-en 2" in plain(refusal.value.errors[""])
        assert not Rating.objects.exists()

    def test_a_ballot_replaces_the_one_before(self):
        seminar, cards = voting(1)
        who = seminar.people[0]
        vote(seminar, who, {cards[0]: 5})
        vote(seminar, who, {cards[1]: 5})
        assert dict(Rating.objects.values_list("card__title", "value"))["Vélo"] == 0
        assert results_of(seminar).vote.dots == 5

    def test_dots_cannot_be_slipped_in_one_card_at_a_time(self):
        seminar, cards = voting(1)
        with pytest.raises(InvalidAnswer):
            rate(
                workshop_id=seminar.workshop(KEY).pk,
                card_id=cards[0].pk,
                participant=seminar.people[0],
                criterion="dots",
                value=5,
            )

    @pytest.mark.parametrize("dots", ["-1", "1.5", "beaucoup", "²", "99999"])
    def test_what_is_no_number_of_dots_is_refused(self, dots):
        seminar, cards = voting(1)
        with pytest.raises(InvalidAnswer):
            vote(seminar, seminar.people[0], {cards[0]: dots})

    @pytest.mark.parametrize(
        "change",
        [{"state": CardState.SET_ASIDE, "set_aside_reason": "Doublon"}, {"level": Level.PRIVATE}],
    )
    def test_a_card_no_longer_put_to_the_vote_is_refused(self, change):
        seminar, _cards = voting(1)
        gone = seminar.card(KEY, "Trottinette", **change)
        with pytest.raises(InvalidAnswer):
            vote(seminar, seminar.people[0], {gone: 1})

    def test_what_was_typed_comes_back_with_what_to_do(self):
        seminar, cards = voting(1)
        typed = {f"dots-{cards[0].pk}": "5", f"dots-{cards[1].pk}": "5"}
        with pytest.raises(InvalidAnswer) as refusal:
            answer(workshop_id=seminar.workshop(KEY).pk, participant=seminar.people[0], data=typed)
        viewer = Viewer(participant_id=seminar.people[0].pk)
        ballot = seminar.format(KEY).context(
            seminar.workshop(KEY), viewer, "phone", refused=Refused(typed, refusal.value.errors)
        )["ballot"]
        assert ballot[f"dots-{cards[0].pk}"].value() == "5"
        assert "retirez-en 5" in plain(ballot.non_field_errors())

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
    @settings(max_examples=60)
    def test_a_ballot_is_taken_if_and_only_if_it_holds_to_the_budget(self, placed):
        offered = [new_id() for _ in placed]
        data = {f"dots-{one}": str(dots) for one, dots in zip(offered, placed, strict=True)}
        if sum(placed) > 5:
            with pytest.raises(InvalidAnswer):
                read_ballot(data, offered, 5)
        else:
            assert sum(mark.value for mark in read_ballot(data, offered, 5).marks) == sum(placed)

    @pytest.mark.parametrize(
        ("written", "budget"), [(3, 3), ("dix", 5), (0, 1), (500, 20), (True, 5), (None, 5)]
    )
    def test_the_budget_is_a_setting_kept_within_reason(self, written, budget):
        seminar, _cards = voting(1)
        workshop = seminar.workshop(KEY)
        workshop.settings = {"budget": written}
        assert budget_of(workshop) == budget


class TestResults:
    def test_most_dots_come_first_with_who_and_how_sure(self):
        """By hand: Vélo 6×3 = 18, Train 6×1 = 6, Bus 1, Marche 0; every resample keeps the order
        of the first two."""
        seminar, cards = voting()
        for place, who in enumerate(seminar.people):
            vote(seminar, who, {cards[0]: 3, cards[1]: 1, cards[2]: 1 if place == 0 else 0})
        results = results_of(seminar)
        found = [(one.card.title, one.item.dots, one.item.voters) for one in results.cards]
        assert found == [("Vélo", 18, 6), ("Train", 6, 6), ("Bus", 1, 1), ("Marche", 0, 0)]
        assert [one.robustness for one in results.cards[:2]] == [100, 100]
        assert [one.card.title for one in results.first] == ["Vélo", "Train", "Bus"]

    def test_under_five_voters_nothing_is_ranked_nor_counted(self):
        seminar, cards = voting(4)
        workshop = seminar.workshop(KEY)
        workshop.settings = {"minimum_voters": 1}
        workshop.save()
        for who in seminar.people:
            vote(seminar, who, {cards[0]: 5})
        seminar.turn_to(KEY, "results")
        wall = seminar.screen(KEY, "wall")
        assert "<svg" not in wall
        assert "Moins de 5 personnes ont répondu" in wall
        assert sections(seminar.note(KEY)) == ["open_questions"]
        assert "4 cartes mises au vote ne sont pas classées" in words(
            seminar.note(KEY), "open_questions"
        )

    def test_the_wall_shows_no_dot_while_people_vote(self):
        seminar, cards = voting()
        for who in seminar.people:
            vote(seminar, who, {cards[0]: 5})
        assert "<svg" not in seminar.screen(KEY, "wall")
        seminar.turn_to(KEY, "results")
        assert "<svg" in seminar.screen(KEY, "wall")

    def test_a_ballot_over_budget_since_a_card_came_back_waits_for_its_author(self):
        seminar, cards = voting()
        aside = seminar.card(KEY, "Trottinette")
        for who in seminar.people:
            vote(seminar, who, {aside: 5})
        Card.objects.filter(pk=aside.pk).update(
            state=CardState.SET_ASIDE, set_aside_reason="À revoir"
        )
        vote(seminar, seminar.people[0], {cards[0]: 5})
        Card.objects.filter(pk=aside.pk).update(state=CardState.KEPT, set_aside_reason="")
        results = results_of(seminar)
        assert results.has_ballots_left_out
        assert results.voters == 5
        viewer = Viewer(participant_id=seminar.people[0].pk)
        assert "renvoyez-le" in seminar.screen(KEY, "phone", viewer)
        assert "n'est pas compté" in seminar.screen(KEY, "console")

    def test_cards_of_another_workshop_of_the_seminar_may_be_put_to_the_vote(self):
        seminar = a_seminar(5, "open_question", KEY)
        card = seminar.card("open_question", "Associer la région")
        workshop = seminar.workshop(KEY)
        workshop.settings = {"of": "open_question", "budget": 2}
        workshop.save()
        seminar.turn_to(KEY, "vote")
        for who in seminar.people:
            vote(seminar, who, {card: 2})
        assert [one.item.dots for one in results_of(seminar).cards] == [10]

    def test_as_many_queries_for_many_votes_as_for_few(self, django_assert_max_num_queries):
        seminar, cards = voting(7)
        for who in seminar.people:
            vote(seminar, who, {cards[0]: 5})
        workshop = seminar.workshop(KEY)
        with django_assert_max_num_queries(2):
            count_workshop(workshop, judged_in(seminar.format(KEY), workshop))


class TestNote:
    def test_bars_say_who_voted_how_and_when(self):
        seminar, cards = voting()
        for who in seminar.people:
            vote(seminar, who, {cards[0]: 3, cards[1]: 2})
        (figures,) = [part for part in seminar.note(KEY) if part.section == "figures"]
        (chart,) = figures.blocks
        assert isinstance(chart, BarChart)
        assert plain(chart.note).startswith("6 personnes, vote individuel sur téléphone, le ")
        assert chart.bars[0].figures[:3] == ("1", "18", "6")
        assert chart.bars[0].citations[0].ref == f"card:{cards[0].pk}"
        assert "2 cartes arrivent en tête" in words(seminar.note(KEY), "kept")

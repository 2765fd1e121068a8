"""A role today, a role wished, stake by stake, each person alone."""

import pytest

from fabrique.document.tree import SlopeChart, Table
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats.contract import InvalidAnswer
from fabrique.stages.contribution.formats.positioning.analysis import PositioningResults
from fabrique.stages.contribution.formats.rating import judged_in
from fabrique.stages.contribution.models import Card
from fabrique.stages.seminar.models import Participant
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)

pytestmark = pytest.mark.django_db
KEY = "positioning"
EXEMPLARY, REGULATE, ANIMATE, FUND, OPERATE, PLEAD = range(1, 7)


def choose(seminar: Seminar, who: Participant, card: Card, today: object, wished: object) -> None:
    data = {"card": str(card.pk), "role_today": today, "role_wished": wished}
    answer(
        workshop_id=seminar.workshop(KEY).pk,
        participant=who,
        data={name: str(value) for name, value in data.items()},
    )


def positioned(people: int = 6) -> tuple[Seminar, Card, Card]:
    """Housing: all regulate, two thirds would animate. Food: everyone elsewhere, no shift."""
    seminar = a_seminar(people, KEY)
    seminar.turn_to(KEY, "position")
    housing, food = seminar.card(KEY, "Logement"), seminar.card(KEY, "Alimentation")
    for place, who in enumerate(seminar.people):
        choose(seminar, who, housing, REGULATE, ANIMATE if place % 3 else REGULATE)
        choose(seminar, who, food, 1 + place % 6, 1 + place % 6)
    return seminar, housing, food


def results_of(seminar: Seminar) -> PositioningResults:
    workshop, own = seminar.workshop(KEY), seminar.format(KEY)
    return own._results(workshop, judged_in(own, workshop))


class TestChoosing:
    @pytest.mark.parametrize("role", [0, 7, "animer", -1])
    def test_a_role_off_the_list_is_refused(self, role):
        seminar, housing, _food = positioned(1)
        with pytest.raises(InvalidAnswer):
            choose(seminar, seminar.people[0], housing, role, ANIMATE)

    def test_one_of_the_two_may_be_left_unsaid(self):
        seminar, housing, _food = positioned(5)
        late = seminar.people[0]
        for who in seminar.people:
            choose(seminar, who, housing, FUND, "")
        assert results_of(seminar).stakes[0].found.today.n == 5
        assert results_of(seminar).stakes[0].leading(results_of(seminar).stakes[0].found.today) == [
            "Financer"
        ]
        assert late.pk

    @pytest.mark.parametrize(
        "change",
        [{"state": CardState.SET_ASIDE, "set_aside_reason": "Doublon"}, {"level": Level.PRIVATE}],
    )
    def test_a_stake_no_longer_put_to_the_group_is_refused_and_not_shown(self, change):
        seminar, housing, _food = positioned()
        Card.objects.filter(pk=housing.pk).update(**change)
        with pytest.raises(InvalidAnswer):
            choose(seminar, seminar.people[0], housing, FUND, FUND)
        assert [one.card.title for one in results_of(seminar).stakes] == ["Alimentation"]

    def test_roles_are_a_setting(self):
        seminar, _housing, _food = positioned(1)
        workshop = seminar.workshop(KEY)
        workshop.settings = {"roles": ["Faire", "Faire faire"]}
        today, _wished = seminar.format(KEY).criteria_of(workshop)
        assert list(today.scale.values()) == ["Faire", "Faire faire"]
        workshop.settings = {"roles": ["Faire"]}
        assert len(seminar.format(KEY).criteria_of(workshop)[0].scale) == 6


class TestResults:
    def test_roles_today_and_wished_with_the_share_who_change(self):
        """By hand, six people on housing: 6 regulate; wished 2 regulate, 4 animate; 4/6 change."""
        seminar, _housing, _food = positioned()
        housing = results_of(seminar).stakes[0]
        assert housing.found.today.counts == (0, 6, 0, 0, 0, 0)
        assert housing.found.wished.counts == (0, 2, 4, 0, 0, 0)
        assert housing.found.change_share == pytest.approx(4 / 6)
        assert housing.found.today.agreement == 1
        assert housing.moves

    def test_no_shift_and_no_agreement_are_two_things(self):
        seminar, _housing, _food = positioned()
        food = results_of(seminar).stakes[1]
        assert food.found.change_share == 0
        assert food.found.wished.agreement == pytest.approx(0, abs=1e-9)
        assert not food.moves

    def test_under_five_people_no_figure_whatever_the_settings(self):
        seminar, _housing, _food = positioned(4)
        workshop = seminar.workshop(KEY)
        workshop.settings = {"minimum_voters": 1}
        workshop.save()
        seminar.turn_to(KEY, "results")
        assert results_of(seminar).shown == []
        assert "<svg" not in seminar.screen(KEY, "wall")
        assert "Moins de 5 personnes ont répondu" in seminar.screen(KEY, "wall")
        assert "figures" not in sections(seminar.note(KEY))
        assert "2 enjeux ne sont pas positionnés" in words(seminar.note(KEY), "open_questions")

    def test_enough_answers_for_today_are_not_enough_for_tomorrow(self):
        seminar = a_seminar(6, KEY)
        seminar.turn_to(KEY, "position")
        card = seminar.card(KEY, "Logement")
        for place, who in enumerate(seminar.people):
            choose(seminar, who, card, REGULATE, ANIMATE if place < 4 else "")
        assert results_of(seminar).shown == []

    def test_the_wall_shows_no_result_while_people_choose(self):
        seminar, _housing, _food = positioned()
        assert "<svg" not in seminar.screen(KEY, "wall")
        seminar.turn_to(KEY, "results")
        assert "<svg" in seminar.screen(KEY, "wall")

    def test_a_role_taken_off_the_list_since_counts_no_more(self):
        seminar, _housing, _food = positioned()
        workshop = seminar.workshop(KEY)
        workshop.settings = {"roles": ["Être exemplaire", "Planifier et réglementer"]}
        workshop.save()
        assert results_of(seminar).stakes[0].found.wished.counts == (0, 2)

    def test_as_many_queries_for_many_answers_as_for_few(self, django_assert_max_num_queries):
        seminar, _housing, _food = positioned(7)
        workshop, own = seminar.workshop(KEY), seminar.format(KEY)
        with django_assert_max_num_queries(2):
            own._results(workshop, judged_in(own, workshop))


class TestNote:
    def test_the_shift_is_said_in_words(self):
        seminar, _housing, _food = positioned()
        kept = words(seminar.note(KEY), "kept")
        assert (
            "« Logement » : aujourd'hui surtout planifier et réglementer, demain plutôt animer."
            in kept
        )

    def test_slopes_stand_beside_their_table(self):
        seminar, housing, _food = positioned()
        (figures,) = [part for part in seminar.note(KEY) if part.section == "figures"]
        chart, table = figures.blocks
        assert isinstance(chart, SlopeChart)
        assert isinstance(table, Table)
        assert chart.lines[0].figures == (
            "Planifier et réglementer (6)",
            "Animer (4)",
            "67 %",
            "6",
        )
        assert chart.lines[0].citations[0].ref == f"card:{housing.pk}"
        assert "6 personnes, vote individuel sur téléphone, le " in plain(chart.note)
        assert table.rows[0].cells[2] == "Animer 4, Planifier et réglementer 2"

    def test_where_wishes_scatter_is_told_in_so_many_answers(self):
        seminar, _housing, _food = positioned()
        debated = words(seminar.note(KEY), "debated")
        assert "« Alimentation » divise le groupe" in debated
        assert "Logement" not in debated

"""A gallery from elsewhere; reactions counted from five people on; what the group keeps."""

import pytest

from fabrique.document.tree import DistributionChart
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import edit_card
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.inspiration.analysis import gallery_of
from fabrique.stages.contribution.models import Card, Contribution
from fabrique.stages.seminar.models import Participant
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)
from tests.stages.rooms import FACILITATOR

pytestmark = pytest.mark.django_db
KEY = "inspiration"


def shown_to(people: int = 6) -> tuple[Seminar, Card, Card]:
    seminar = a_seminar(people, KEY)
    seminar.turn_to(KEY)
    loop = seminar.card(
        KEY,
        "La boucle des livraisons",
        payload={"place": "Une ville de l'Ouest", "what": "Une plateforme", "cost": "120 000 €"},
    )
    return seminar, loop, seminar.card(KEY, "Le chèque vélo")


def react(seminar: Seminar, who: Participant, card: Card, reaction: str, why: str = ""):
    data = {"initiative": str(card.pk), "reaction": reaction, "text": why}
    return seminar.say(KEY, data, who)


def reacted(people: int = 6) -> tuple[Seminar, Card, Card]:
    """Everyone would adapt the first, but the first person who would drop it."""
    seminar, loop, bike = shown_to(people)
    for place, who in enumerate(seminar.people):
        react(seminar, who, loop, "adapt" if place else "drop", "Trop loin" if not place else "")
    return seminar, loop, bike


class TestReacting:
    def test_a_reaction_goes_straight_to_its_initiative(self):
        seminar, loop, _bike = shown_to()
        said = react(seminar, seminar.people[0], loop, "adopt", "Cela existe presque ici")
        assert said.placements.get().card == loop

    def test_a_reason_may_be_left_out(self):
        seminar, loop, _bike = shown_to()
        said = react(seminar, seminar.people[0], loop, "adapt")
        assert said.text == "La boucle des livraisons : à adapter"

    @pytest.mark.parametrize(
        ("left_out", "told"),
        [("initiative", "Choisissez l'initiative"), ("reaction", "à reprendre, à adapter")],
    )
    def test_what_is_missing_is_asked_for(self, left_out, told):
        seminar, loop, _bike = shown_to()
        data = {"initiative": str(loop.pk), "reaction": "adopt", "text": "Oui"}
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say(KEY, {**data, left_out: ""})
        assert told in plain(refusal.value.errors[left_out])

    @pytest.mark.parametrize(
        "change",
        [{"state": CardState.SET_ASIDE, "set_aside_reason": "Doublon"}, {"level": Level.PRIVATE}],
    )
    def test_an_initiative_no_longer_in_the_gallery_is_refused(self, change):
        seminar, loop, _bike = shown_to()
        Card.objects.filter(pk=loop.pk).update(**change)
        with pytest.raises(InvalidContribution) as refusal:
            react(seminar, seminar.people[0], loop, "adopt")
        assert "n'est plus proposée" in plain(refusal.value.errors["initiative"])

    def test_phones_go_on_with_the_next_initiative(self):
        seminar, loop, bike = shown_to()
        who = seminar.people[0]
        begins = seminar.format(KEY).begins_with
        viewer = Viewer(participant_id=who.pk)
        assert begins(seminar.workshop(KEY), viewer) == {"initiative": str(loop.pk)}
        react(seminar, who, loop, "adopt")
        assert begins(seminar.workshop(KEY), viewer) == {"initiative": str(bike.pk)}
        react(seminar, who, bike, "drop")
        assert begins(seminar.workshop(KEY), viewer) == {}

    def test_the_gallery_can_be_read_on_the_phone(self):
        seminar, _loop, _bike = shown_to()
        phone = seminar.screen(KEY, "phone", Viewer(participant_id=seminar.people[0].pk))
        assert "Une plateforme" in phone
        assert "120 000 €" in phone


class TestCounting:
    def test_the_last_reaction_of_each_person_counts(self):
        seminar, loop, _bike = reacted()
        assert gallery_of(seminar.workshop(KEY))[0].counts == [0, 5, 1]
        react(seminar, seminar.people[0], loop, "adopt")
        assert gallery_of(seminar.workshop(KEY))[0].counts == [1, 5, 0]

    def test_no_figure_under_five_people(self):
        seminar, _loop, _bike = reacted(4)
        seminar.turn_to(KEY, "results")
        wall = seminar.screen(KEY, "wall")
        assert "<svg" not in wall
        assert "Moins de 5 personnes ont répondu" in wall
        assert "figures" not in sections(seminar.note(KEY))

    def test_an_initiative_that_four_people_reacted_to_stays_without_figures(self):
        seminar, _loop, bike = reacted()
        for who in seminar.people[:4]:
            react(seminar, who, bike, "adopt")
        (figures,) = [part for part in seminar.note(KEY) if part.section == "figures"]
        (chart,) = figures.blocks
        assert isinstance(chart, DistributionChart)
        assert [bar.label for bar in chart.bars] == ["La boucle des livraisons"]

    def test_the_wall_shows_the_gallery_while_people_react_then_the_reactions(self):
        seminar, _loop, _bike = reacted()
        assert "Une plateforme" in seminar.screen(KEY, "wall")
        assert "<svg" not in seminar.screen(KEY, "wall")
        seminar.turn_to(KEY, "results")
        assert "<svg" in seminar.screen(KEY, "wall")

    def test_what_is_private_counts_for_nothing(self):
        seminar, _loop, _bike = reacted()
        Contribution.objects.filter(participant=seminar.people[0]).update(level=Level.PRIVATE)
        assert gallery_of(seminar.workshop(KEY))[0].counts == [0, 5, 0]
        assert "Trop loin" not in words(seminar.note(KEY), "debated")

    def test_a_reaction_alone_is_never_shown_as_words(self):
        seminar, _loop, _bike = reacted()
        said = seminar.workshop(KEY).contributions.all()
        own = seminar.format(KEY)
        assert [one.text for one in own.shown(said)] == ["Trop loin"]
        assert [one.text for one in said if own.shows(one)] == ["Trop loin"]

    def test_as_many_queries_for_many_reactions_as_for_few(self, django_assert_max_num_queries):
        seminar, _loop, _bike = reacted()
        with django_assert_max_num_queries(4):
            gallery_of(seminar.workshop(KEY))


class TestNote:
    def test_what_the_group_keeps_comes_first(self):
        seminar, loop, _bike = reacted()
        edit_card(
            loop.pk,
            data={**loop.payload, "title": loop.title, "kept": "La plateforme, à trois communes"},
            actor=FACILITATOR,
        )
        kept = words(seminar.note(KEY), "kept")
        assert "La boucle des livraisons (Une ville de l'Ouest)." in kept
        assert "La plateforme, à trois communes." in kept
        assert "1 initiative attend" in words(seminar.note(KEY), "open_questions")

    def test_reasons_are_quoted_with_the_reaction_and_lead_back(self):
        seminar, _loop, _bike = reacted()
        debated = words(seminar.note(KEY), "debated")
        said = Contribution.objects.get(text="Trop loin")
        assert "La boucle des livraisons, à laisser : « Trop loin »" in debated
        assert f"contribution:{said.pk}" in debated
        assert seminar.people[0].label not in debated

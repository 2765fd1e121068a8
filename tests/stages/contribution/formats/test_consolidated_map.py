"""Actors of every territory on one map: matched by hand, compared, and whom to meet voted."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.cards import create_card, edit_card, merge_cards
from fabrique.stages.contribution.actions.releases import release_cards, withdraw_release
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.formats.consolidated_map.consolidation import (
    ConsolidatedResults,
)
from fabrique.stages.contribution.formats.consolidated_map.words import sentences
from fabrique.stages.contribution.models import (
    Card,
    CardReference,
    Release,
    Workshop,
)
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.models import Site
from tests.stages.contribution.formats.played import (
    Seminar,
    a_national_seminar,
    plain,
    sections,
    words,
)
from tests.stages.rooms import FACILITATOR, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db
MAP = "consolidated_map"
STATE, ASSOCIATION = "Service de l'État", "Association"


def territories(seminar: Seminar) -> list[Site]:
    sites = seminar.held.meeting.programme.sites.select_related("territory")
    return list(sites.order_by("position", "pk"))


def name_of(seminar: Seminar, place: int) -> str:
    return territories(seminar)[place].territory.name


def shared_by(seminar: Seminar, place: int, *actors: tuple[str, dict]) -> list[Card]:
    """Cards of a territory's own map, released to the others."""
    site = territories(seminar)[place]
    local = a_held_seminar("actor_map", site=site)
    workshop = local.workshops["actor_map"]
    who = someone(local.room)
    cards = []
    for title, said in actors:
        card = create_card(workshop.pk, data={"title": title, **said}, actor=FACILITATOR)
        cards.append(card)
    assert who.label
    release_cards(site.pk, card_ids=[card.pk for card in cards], actor=FACILITATOR)
    return cards


def taken(seminar: Seminar, cards: list[Card]) -> list[Card]:
    workshop = seminar.workshop(MAP)
    ids = [card.pk for card in cards]
    return take_cards_over(workshop.pk, card_ids=ids, actor=FACILITATOR)


def consolidated(people: int = 6) -> Seminar:
    """Two territories out of four: the ADEME in both under two names, Emmaüs in one."""
    seminar = a_national_seminar(MAP, people=people)
    national = {"scale": "National", "type": STATE}
    one = shared_by(
        seminar, 0, ("ADEME", national), ("Emmaüs", {"type": ASSOCIATION, "scale": "Local"})
    )
    other = shared_by(
        seminar, 1, ("Agence de la transition écologique (ADEME)", national), ("Cerema", national)
    )
    taken(seminar, [*one, *other])
    return seminar


def matched(people: int = 6) -> Seminar:
    seminar = consolidated(people)
    ademe, whole = here(seminar, "ADEME"), here(seminar, "Agence")
    merge_cards(whole.pk, into_id=ademe.pk, actor=FACILITATOR)
    return seminar


def here(seminar: Seminar, title: str) -> Card:
    return Card.objects.get(workshop=seminar.workshop(MAP), title__startswith=title)


def results_of(seminar: Seminar) -> ConsolidatedResults:
    return seminar.format(MAP).consolidated(seminar.workshop(MAP))


def cited_in(seminar: Seminar) -> dict[str, list[str]]:
    results = results_of(seminar)
    return {one.card.title: list(results.territories_of(one)) for one in results.map.actors}


def said(seminar: Seminar) -> str:
    return plain(" ".join(one.words for one in sentences(results_of(seminar))))


def screen(seminar: Seminar, name: str, place: int = 0) -> dict:
    viewer = Viewer(participant_id=seminar.people[place].pk)
    return seminar.format(MAP).context(seminar.workshop(MAP), viewer, name)


def vote(seminar: Seminar, title: str, *values: int) -> None:
    for who, value in zip(seminar.people, values, strict=False):
        data = {"card": str(here(seminar, title).pk), "meet": str(value)}
        answer(workshop_id=seminar.workshop(MAP).pk, participant=who, data=data)


class TestMatching:
    def test_cards_come_with_what_was_said_of_them(self):
        card = here(consolidated(), "Cerema")
        assert card.payload == {"scale": "National", "type": STATE, "national": True}

    def test_a_type_of_one_territory_only_comes_in_too(self):
        seminar = a_national_seminar(MAP)
        cards = shared_by(seminar, 0, ("Le Fournil", {"type": "Coopérative"}))
        assert [card.payload["type"] for card in taken(seminar, cards)] == ["Coopérative"]

    def test_the_same_actor_is_proposed_across_territories_and_taken_back(self):
        seminar = consolidated()
        (proposal,) = screen(seminar, "console")["proposals"]
        assert {proposal.card.title[:5], proposal.into.title[:5]} == {"ADEME", "Agenc"}
        merge_cards(proposal.card.pk, into_id=proposal.into.pk, actor=FACILITATOR)
        assert len(cited_in(seminar)) == 3
        undo(seminar.held.room.pk, actor=FACILITATOR)
        assert len(cited_in(seminar)) == 4

    def test_a_matched_actor_is_cited_by_both(self):
        seminar = matched()
        first, second = name_of(seminar, 0), name_of(seminar, 1)
        assert cited_in(seminar) == {
            "ADEME": [first, second],
            "Emmaüs": [first],
            "Cerema": [second],
        }
        text = said(seminar)
        assert "3 acteurs, cités dans 2 territoires." in text
        assert "1 acteur national revient dans plusieurs territoires : « ADEME »." in text

    def test_nothing_is_concluded_from_what_a_territory_did_not_cite(self):
        seminar = matched()
        text = said(seminar)
        assert (
            f"« Association » : des acteurs sont cités par {name_of(seminar, 0)}, aucun ne l'est "
            f"par {name_of(seminar, 1)}. À vérifier" in text
        )
        assert "ne veut pas dire qu'il n'y en a pas" in text
        assert "pas qu'il n'y en a pas" in words(seminar.note(MAP), "figures")


class TestConfidentiality:
    def test_what_is_withdrawn_disappears_everywhere(self):
        seminar = matched()
        origin = CardReference.objects.get(card=here(seminar, "Emmaüs")).target_id
        release = Release.objects.get(card=origin, withdrawn_at=None)
        withdraw_release(release.pk, reason="À la demande du territoire", actor=FACILITATOR)
        assert "Emmaüs" not in cited_in(seminar)
        assert "Emmaüs" not in str(seminar.note(MAP))
        assert "Emmaüs" not in str(screen(seminar, "page"))

    def test_a_territory_that_withdrew_no_longer_counts_under_a_matched_actor(self):
        seminar = matched()
        whole = Card.objects.get(workshop=seminar.workshop(MAP), title__startswith="Agence")
        origin = CardReference.objects.get(card=whole).target_id
        release = Release.objects.get(card=origin, withdrawn_at=None)
        withdraw_release(release.pk, reason="À la demande du territoire", actor=FACILITATOR)
        assert cited_in(seminar)["ADEME"] == [name_of(seminar, 0)]

    def test_what_is_not_released_cannot_be_taken_over(self):
        seminar = a_national_seminar(MAP)
        local = a_held_seminar("actor_map", site=territories(seminar)[0])
        card = create_card(
            local.workshops["actor_map"].pk, data={"title": "Discret"}, actor=FACILITATOR
        )
        with pytest.raises(Exception, match="not_to_take_over"):
            taken(seminar, [card])


class TestVoting:
    def test_only_national_actors_are_put_to_the_vote(self):
        seminar = matched()
        seminar.turn_to(MAP, "vote")
        ballot = screen(seminar, "phone")["ballot"]
        assert {line.card.title for line in ballot.lines} == {"ADEME", "Cerema"}

    def test_the_list_is_that_of_the_vote_with_its_provenance(self):
        seminar = matched()
        seminar.turn_to(MAP, "vote")
        vote(seminar, "ADEME", 5, 5, 4, 4, 5, 3)
        vote(seminar, "Cerema", 1, 2, 2, 1, 3, 5)
        votes = screen(seminar, "console")["vote"]
        first, second = votes.shown
        # ADEME: 3 4 4 5 5 5, median (4 + 5) / 2; Cerema: 1 1 2 2 3 5, median 2.
        assert (first.card.title, first.marks.median, first.marks.n) == ("ADEME", 4.5, 6)
        assert (first.marks.lower_quartile, first.marks.upper_quartile) == (4, 5)
        assert (second.card.title, second.marks.median) == ("Cerema", 2)
        assert [one.card.title for one in votes.first] == ["ADEME"]
        parts = seminar.note(MAP)
        assert "Acteurs nationaux à rencontrer" in words(parts, "kept")
        assert "6 personnes, vote individuel sur téléphone" in words(parts, "figures")

    def test_under_five_people_nothing_is_ranked_and_the_page_says_so(self):
        seminar = matched(4)
        seminar.turn_to(MAP, "vote")
        vote(seminar, "ADEME", 5, 5, 5, 5)
        context = screen(seminar, "console")
        assert context["chart"] == ""
        assert "Moins de 5 personnes ont répondu" in plain(context["too_few"])
        parts = seminar.note(MAP)
        assert "médiane" not in words(parts, "figures")
        assert "ne sont pas classés : moins de 5" in words(parts, "open_questions")

    def test_the_wall_says_nothing_while_people_vote(self):
        seminar = matched()
        seminar.turn_to(MAP, "vote")
        vote(seminar, "ADEME", 5, 5, 5, 5, 5, 5)
        context = screen(seminar, "wall")
        assert context["vote"] is None
        assert context["results"] is None
        seminar.turn_to(MAP, "results")
        assert "<svg" in screen(seminar, "wall")["chart"]

    def test_a_later_sequence_votes_on_the_same_map_and_tells_it_once(self):
        seminar = matched()
        first = seminar.workshop(MAP)
        later = Workshop.objects.create(
            meeting=first.meeting,
            format=MAP,
            title="Les acteurs nationaux à rencontrer",
            settings={"beside": True},
            position=first.position + 1,
        )
        seminar.held.workshops[MAP] = later
        seminar.turn_to(MAP, "vote")
        for who in seminar.people:
            card = Card.objects.get(workshop=first, title="ADEME")
            data = {"card": str(card.pk), "meet": "5"}
            answer(workshop_id=later.pk, participant=who, data=data)
        format = seminar.format(MAP)
        assert "Acteurs nationaux à rencontrer" in words(format.note_parts(later), "kept")
        assert "territoires" not in words(format.note_parts(later), "kept")
        assert "rencontrer" not in words(format.note_parts(first), "kept")

    def test_ties_are_drawn_here_as_on_a_local_map(self):
        seminar = matched()
        seminar.turn_to(MAP, "link")
        data = {
            "source": str(here(seminar, "ADEME").pk),
            "relation": "funds",
            "target": str(here(seminar, "Emmaüs").pk),
        }
        workshop = seminar.workshop(MAP)
        answer(workshop_id=workshop.pk, participant=seminar.people[0], data=data)
        assert [one.kind for one in results_of(seminar).map.ties] == ["funds"]


class TestTheNote:
    def test_it_tells_what_is_shared_then_what_is_to_be_checked(self):
        parts = matched().note(MAP)
        assert sections(parts) == ["kept", "figures", "open_questions"]
        assert "Les acteurs nationaux" in words(parts, "figures")

    def test_an_empty_map_writes_nothing(self):
        assert a_national_seminar(MAP).note(MAP) == []

    def test_a_local_scale_given_here_takes_an_actor_off_the_vote(self):
        seminar = matched()
        card = here(seminar, "Cerema")
        edit_card(card.pk, data={"title": "Cerema", "scale": "Local"}, actor=FACILITATOR)
        titles = {one.title for one in seminar.format(MAP).cards_to_rate(seminar.workshop(MAP))}
        assert titles == {"ADEME"}


class TestPages:
    @pytest.fixture
    def held(self) -> Seminar:
        seminar = matched()
        programme = seminar.held.meeting.programme
        programme.blueprint = load_blueprint("fabrique-prospective").as_data()
        programme.save()
        meeting = seminar.held.meeting
        meeting.key = "intersite-2"
        meeting.save()
        return seminar

    def team(self, seminar: Seminar) -> Client:
        client = Client()
        account = an_account(seminar.held.meeting)
        client.force_login(account, backend="sesame.backends.ModelBackend")
        return client

    @pytest.mark.parametrize("phase", ["match", "complete", "link", "vote", "results"])
    def test_every_screen_of_every_phase_is_served(self, held, phase):
        held.turn_to(MAP, phase)
        meeting, workshop = held.held.meeting.pk, held.workshop(MAP).pk
        client = self.team(held)
        for name, keys in (
            ("workshop-page", [meeting, workshop]),
            ("console", [meeting]),
            ("wall", [held.held.room.wall_key]),
        ):
            answer = client.get(reverse(f"contribution:{name}", args=keys))
            assert answer.status_code == 200
            assert " style=" not in answer.content.decode()

    def test_as_many_queries_whatever_the_number_of_actors(self, held):
        meeting, workshop = held.held.meeting.pk, held.workshop(MAP).pk
        address = reverse("contribution:workshop-page", args=[meeting, workshop])
        client, costs = self.team(held), []
        for more in (0, 30):
            several = [(f"Acteur {n}", {"type": ASSOCIATION}) for n in range(more)]
            if several:
                taken(held, shared_by(held, 2, *several))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            costs.append(len(captured))
        assert costs[0] == costs[1] <= 25

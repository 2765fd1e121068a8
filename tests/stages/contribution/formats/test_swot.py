"""Four quadrants, and what counts is how many territories say it."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.methods.swot import Quadrant, Spread
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import create_card, edit_card, merge_cards
from fabrique.stages.contribution.actions.references import index_references
from fabrique.stages.contribution.enums import CardState, Level, ReleaseLevel
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.swot.analysis import SwotResults, compare_workshop
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.programme.models import GroupMember
from tests.stages.contribution.formats.played import (
    Seminar,
    a_national_seminar,
    a_seminar,
    plain,
    sections,
    site_names,
    words,
)
from tests.stages.rooms import FACILITATOR, a_held_seminar, an_account

pytestmark = pytest.mark.django_db
KEY = "swot"


def card_said_by(
    seminar: Seminar, title: str, quadrant: str, *places: int, also: Mapping[int, str] | None = None
) -> Card:
    """A card made of one contribution of each of these territories."""
    names = site_names(seminar)
    standings = dict.fromkeys(places, quadrant) | dict(also or {})
    said = [
        seminar.say(KEY, {"text": title, "quadrant": which, "territory": names[place]})
        for place, which in standings.items()
    ]
    workshop = seminar.workshop(KEY)
    return create_card(
        workshop.pk, contribution_ids=[one.pk for one in said], title=title, actor=FACILITATOR
    )


def compared() -> Seminar:
    """Four territories; the gare is everyone's, the port two towns', the fort one town's."""
    seminar = a_national_seminar(KEY)
    seminar.turn_to(KEY)
    card_said_by(seminar, "Gare au centre", "strength", 0, 1, 2, 3)
    card_said_by(seminar, "Port actif", "strength", 0, 1)
    card_said_by(seminar, "Fort classé", "strength", 2)
    card_said_by(seminar, "Ateliers qui ferment", "weakness", 0, 1, 2)
    card_said_by(seminar, "Rénovation aidée", "opportunity", 0, 3)
    card_said_by(seminar, "Carburant plus cher", "threat", 1, 2, 3)
    return seminar


def results_of(seminar: Seminar) -> SwotResults:
    return compare_workshop(seminar.workshop(KEY))


def a_released_card(seminar: Seminar, title: str = "Submersion des quais") -> tuple[Card, Release]:
    """A vulnerability that the first territory lets the others see."""
    site = seminar.held.meeting.programme.sites.first()
    local = a_held_seminar("vulnerabilities", site=site)
    card = Card.objects.create(workshop=local.workshops["vulnerabilities"], title=title)
    shown = {"title": title, "text": "", "payload": {}}
    release = Release.objects.create(
        card=card, level=ReleaseLevel.INTERSITE, shown=shown, released_by=FACILITATOR
    )
    return card, release


class TestSaying:
    def test_a_statement_says_its_quadrant_and_its_territory(self):
        seminar = a_national_seminar(KEY)
        seminar.turn_to(KEY)
        name = site_names(seminar)[0]
        said = seminar.say(KEY, {"text": "La gare", "quadrant": "strength", "territory": name})
        assert said.payload == {"quadrant": "strength", "territory": name}

    @pytest.mark.parametrize(
        ("left_out", "told"),
        [("quadrant", "Dites si c'est une force"), ("territory", "Dites de quel territoire")],
    )
    def test_what_is_missing_is_asked_for(self, left_out, told):
        seminar = a_national_seminar(KEY)
        seminar.turn_to(KEY)
        data = {"text": "La gare", "quadrant": "strength", "territory": site_names(seminar)[0]}
        with pytest.raises(InvalidContribution) as refusal:
            seminar.say(KEY, {**data, left_out: ""})
        assert told in plain(refusal.value.errors[left_out])

    def test_a_territory_outside_the_programme_is_refused(self):
        seminar = a_national_seminar(KEY)
        seminar.turn_to(KEY)
        with pytest.raises(InvalidContribution):
            seminar.say(KEY, {"text": "La gare", "quadrant": "strength", "territory": "Ys"})

    def test_a_member_finds_their_territory_already_chosen(self):
        seminar = a_national_seminar(KEY)
        programme = seminar.held.meeting.programme
        site = programme.sites.last()
        who = seminar.people[0]
        who.member = GroupMember.objects.create(programme=programme, site=site, name="Élue")
        who.save()
        form = seminar.screen(KEY, "phone", Viewer(participant_id=who.pk))
        assert f'<option value="{site.territory.name}" selected' in form
        nobody_known = seminar.screen(KEY, "phone", Viewer(participant_id=seminar.people[1].pk))
        assert '<option value="" selected' in nobody_known

    def test_in_its_own_room_a_territory_is_not_asked_who_it_is(self):
        seminar = a_seminar(1, KEY)
        seminar.turn_to(KEY)
        said = seminar.say(KEY, {"text": "La gare", "quadrant": "strength"})
        assert said.payload["territory"] == seminar.held.meeting.site.territory.name
        assert "Au nom de quel territoire" not in seminar.screen(KEY, "phone")

    def test_a_card_takes_over_quadrant_territories_and_evidence(self):
        seminar = a_national_seminar(KEY)
        seminar.turn_to(KEY)
        names = site_names(seminar)
        origin, _release = a_released_card(seminar)
        said = [
            seminar.say(
                KEY,
                {
                    "text": "La mer monte",
                    "quadrant": "threat",
                    "territory": name,
                    "evidence": [str(origin.pk)],
                },
            )
            for name in names[:2]
        ]
        card = create_card(
            seminar.workshop(KEY).pk, contribution_ids=[one.pk for one in said], actor=FACILITATOR
        )
        assert card.payload == {
            "quadrant": "threat",
            "territories": names[:2],
            "evidence": [str(origin.pk)],
        }
        assert card.references.get().target == origin


class TestComparing:
    def test_support_counts_territories_never_notes(self):
        seminar = compared()
        names = site_names(seminar)
        for _ in range(9):
            seminar.say(KEY, {"text": "Fort", "quadrant": "strength", "territory": names[2]})
        fort = Card.objects.get(title="Fort classé")
        for one in seminar.workshop(KEY).contributions.filter(text="Fort"):
            one.placements.create(card=fort)
        found = {
            one.card.title: (len(one.territories), one.spread)
            for one in results_of(seminar).of(Quadrant.STRENGTH)
        }
        assert found == {
            "Gare au centre": (4, Spread.SHARED_BY_ALL),
            "Port actif": (2, Spread.PARTLY_SHARED),
            "Fort classé": (1, Spread.SPECIFIC),
        }

    def test_crosses_begin_with_what_the_same_territories_say(self):
        """By hand: towns 0 and 3 say « gare » and « rénovation »: joint support 2."""
        first = results_of(compared()).meetings[0]
        assert (first.inside.title, first.outside.title) == ("Gare au centre", "Rénovation aidée")
        assert first.cross.joint_support == 2

    def test_a_silence_is_told_and_is_no_absence(self):
        seminar = compared()
        names = site_names(seminar)
        silences = dict(results_of(seminar).silences)
        assert silences[names[3]] == [Quadrant.WEAKNESS]
        assert silences[names[1]] == [Quadrant.OPPORTUNITY]

    def test_a_strength_here_and_a_threat_there_is_contested(self):
        seminar = compared()
        card_said_by(seminar, "Le tourisme", "strength", 0, 1, also={2: "threat"})
        (contested,) = results_of(seminar).contested
        assert contested.card.title == "Le tourisme"
        assert [len(names) for _quadrant, names in contested.sides] == [2, 1]
        assert "est vu autrement" in words(seminar.note(KEY), "debated")

    def test_merging_cards_adds_up_their_territories(self):
        seminar = compared()
        port, fort = (Card.objects.get(title=one) for one in ("Port actif", "Fort classé"))
        merge_cards(fort.pk, into_id=port.pk, actor=FACILITATOR)
        one = next(one for one in results_of(seminar).statements if one.card == port)
        assert len(one.territories) == 3

    def test_a_partner_of_the_programme_adds_no_territory(self):
        seminar = compared()
        said = seminar.say(
            KEY, {"text": "Vu de Paris", "quadrant": "strength", "territory": "national"}
        )
        create_card(seminar.workshop(KEY).pk, contribution_ids=[said.pk], actor=FACILITATOR)
        one = next(one for one in results_of(seminar).statements if one.card.title == "Vu de Paris")
        assert one.support is None
        assert "aucun territoire ne le dit encore" in seminar.screen(KEY, "console")

    def test_a_territory_may_be_added_by_hand(self):
        seminar = compared()
        fort = Card.objects.get(title="Fort classé")
        names = site_names(seminar)
        edit_card(
            fort.pk,
            data={"title": fort.title, "quadrant": "strength", "territories": names[:2]},
            actor=FACILITATOR,
        )
        one = next(one for one in results_of(seminar).statements if one.card == fort)
        assert list(one.territories) == names[:3]

    @pytest.mark.parametrize(
        "change",
        [{"state": CardState.SET_ASIDE, "set_aside_reason": "Doublon"}, {"level": Level.PRIVATE}],
    )
    def test_what_the_group_did_not_keep_appears_nowhere(self, change):
        seminar = compared()
        Card.objects.filter(title="Port actif").update(**change)
        assert "Port actif" not in {one.card.title for one in results_of(seminar).statements}
        seminar.turn_to(KEY, "share")
        assert "Port actif" not in seminar.screen(KEY, "wall")

    def test_a_card_in_no_quadrant_waits_to_be_put_in_one(self):
        seminar = compared()
        seminar.card(KEY, "Le climat")
        assert [card.title for card in results_of(seminar).unclassified] == ["Le climat"]
        assert "n'est encore dans aucune des quatre cases" in words(
            seminar.note(KEY), "open_questions"
        )

    def test_a_single_territory_compares_nothing(self):
        seminar = a_seminar(1, KEY)
        seminar.turn_to(KEY, "share")
        seminar.card(KEY, "La gare", payload={"quadrant": "strength"})
        assert not results_of(seminar).compares
        assert "propre à" not in seminar.screen(KEY, "wall")
        assert sections(seminar.note(KEY)) == ["kept"]

    @pytest.mark.parametrize("more", [0, 12])
    def test_as_many_queries_whatever_the_number_of_cards(
        self, more, django_assert_max_num_queries
    ):
        seminar = compared()
        for place in range(more):
            card_said_by(seminar, f"Carte {place}", "threat", place % 4)
        workshop = seminar.workshop(KEY)
        with django_assert_max_num_queries(8):
            compare_workshop(workshop)


class TestGrouping:
    def test_proposals_go_across_territories_and_say_which(self):
        seminar = a_national_seminar(KEY)
        seminar.turn_to(KEY)
        names = site_names(seminar)
        for name in names[:2]:
            text = "Une gare au centre, à pied de tout"
            seminar.say(KEY, {"text": text, "quadrant": "strength", "territory": name})
        workshop = seminar.workshop(KEY)
        team = Client()
        team.force_login(an_account(workshop.meeting), backend="sesame.backends.ModelBackend")
        address = reverse("contribution:console-proposals", args=[workshop.meeting_id, workshop.pk])
        page = plain(team.get(address).content.decode())
        assert "2 qui se ressemblent" in page
        assert names[0] in page
        assert names[1] in page


class TestEvidence:
    def test_evidence_is_shown_as_released_and_cited(self):
        seminar = compared()
        origin, _release = a_released_card(seminar)
        card = seminar.card(
            KEY, "La mer monte", payload={"quadrant": "threat", "evidence": [str(origin.pk)]}
        )
        index_references(seminar.workshop(KEY), [card])
        kept = words(seminar.note(KEY), "kept")
        assert "S'appuie sur « Submersion des quais »" in kept
        assert f"card:{origin.pk}" in kept

    def test_evidence_withdrawn_since_says_so_and_nothing_else(self):
        seminar = compared()
        origin, release = a_released_card(seminar)
        seminar.card(
            KEY, "La mer monte", payload={"quadrant": "threat", "evidence": [str(origin.pk)]}
        )
        release.withdrawn_at, release.withdrawn_by = release.released_at, FACILITATOR
        release.save()
        kept = words(seminar.note(KEY), "kept")
        assert "Submersion des quais" not in kept
        assert f"card:{origin.pk}" not in kept
        assert "Retiré par" in kept
        assert "Submersion" not in seminar.screen(KEY, "console")


class TestScreens:
    def test_sharing_is_told_by_a_word_and_a_shape(self):
        seminar = compared()
        seminar.turn_to(KEY, "share")
        wall = seminar.screen(KEY, "wall")
        assert "Gare au centre</strong> ● commun à tous" in wall
        assert "Port actif</strong> ◐ 2 sur 4" in wall
        assert f"Fort classé</strong> ○ {site_names(seminar)[2]}" in wall
        assert "● commun à tous les territoires" in seminar.screen(KEY, "console")

    def test_the_wall_compares_nothing_while_people_write(self):
        seminar = compared()
        assert "commun à tous" not in seminar.screen(KEY, "wall")

    def test_words_wait_in_their_quadrant(self):
        seminar = compared()
        name = site_names(seminar)[0]
        seminar.say(KEY, {"text": "Un lycée", "quadrant": "strength", "territory": name})
        wall = seminar.screen(KEY, "wall")
        assert wall.index("Un lycée") < wall.index("Faiblesses")

    def test_crosses_are_put_as_questions(self):
        seminar = compared()
        seminar.turn_to(KEY, "cross")
        wall = seminar.screen(KEY, "wall")
        assert "S'appuyer sur la force pour saisir l'opportunité" in wall
        assert "Disent les deux" in wall


def test_the_note_tells_resources_then_what_weakens_then_silences():
    seminar = compared()
    parts = seminar.note(KEY)
    kept = words(parts, "kept")
    assert kept.index("les forces") < kept.index("les opportunités") < kept.index("faiblesses")
    assert "Gare au centre. Commun à tous les territoires." in kept
    assert "Un silence n'est pas une absence" in words(parts, "blind_spots")
    assert "Rénovation aidée" in words(parts, "open_questions")

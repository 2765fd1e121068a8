"""What only the State can lift becomes levers: taken over, merged, answered, written by holder."""

import pytest

from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.releases import release_cards, withdraw_release
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.formats.national_levers.analysis import (
    by_holder,
    levers_of,
    schemes_behind,
)
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.programme.models import Site
from tests.stages.contribution.formats.played import (
    Seminar,
    a_national_seminar,
    sections,
    site_names,
    words,
)
from tests.stages.rooms import FACILITATOR, a_held_seminar

pytestmark = pytest.mark.django_db
KEY = "national_levers"


def a_scheme(site: Site, title: str, *state_blocks: str, released: bool = True, **data) -> Card:
    """A scheme of a territory, shared with the others unless said otherwise."""
    workshop = a_held_seminar("workbench", site=site, opened=False).workshops["workbench"]
    fields = {"title": title, "state_blocks": "\n".join(state_blocks), **data}
    card = cards.create_card(workshop.pk, data=fields, actor=FACILITATOR)
    if released:
        release_cards(site.pk, card_ids=[card.pk], actor=FACILITATOR)
    return card


def sites_of(seminar: Seminar) -> list[Site]:
    return list(seminar.held.meeting.programme.sites.select_related("territory"))


def take_all(seminar: Seminar) -> list[Card]:
    workshop = seminar.workshop(KEY)
    offered = queries.cards_to_take_over(workshop)
    return take_cards_over(
        workshop.pk, card_ids=[one.card_id for one in offered], actor=FACILITATOR
    )


@pytest.fixture
def seminar() -> Seminar:
    seminar = a_national_seminar(KEY)
    seminar.turn_to(KEY)
    return seminar


class TestTakingOver:
    def test_one_lever_a_line_each_knowing_its_scheme(self, seminar: Seminar):
        site = sites_of(seminar)[0]
        scheme = a_scheme(site, "Navette du port", "Ouvrir le code", "Un taux de TVA réduit")
        taken = take_all(seminar)
        assert [card.title for card in taken] == ["Ouvrir le code", "Un taux de TVA réduit"]
        levers = levers_of(seminar.workshop(KEY))
        assert [one.territories for one in levers] == [[site.territory.name]] * 2
        assert {each.card_id for one in levers for each in one.schemes} == {scheme.pk}

    def test_a_scheme_with_nothing_for_the_state_is_not_offered(self, seminar: Seminar):
        a_scheme(sites_of(seminar)[0], "Charte des livraisons")
        assert queries.cards_to_take_over(seminar.workshop(KEY)) == []

    def test_a_scheme_that_its_territory_keeps_to_itself_never_appears(self, seminar: Seminar):
        a_scheme(sites_of(seminar)[0], "Entre nous", "Le secret", released=False)
        assert queries.cards_to_take_over(seminar.workshop(KEY)) == []
        assert schemes_behind(seminar.workshop(KEY)).count == 0
        assert "Le secret" not in seminar.screen(KEY, "console")

    def test_a_line_of_three_hundred_characters_is_cut_in_the_name_and_whole_below(
        self, seminar: Seminar
    ):
        line = "Ouvrir le code de la route " * 12
        a_scheme(sites_of(seminar)[0], "Navette", line.strip())
        (card,) = take_all(seminar)
        assert len(card.title) == 160
        assert card.text == line.strip()


class TestSupport:
    def test_is_a_number_of_territories_and_not_of_schemes(self, seminar: Seminar):
        first, second, *_others = sites_of(seminar)
        a_scheme(first, "Navette", "Ouvrir le code")
        a_scheme(first, "Vélo cargo", "Modifier le code")
        a_scheme(second, "Livraisons", "Changer le code")
        one, other, third = take_all(seminar)
        for card in (other, third):
            cards.merge_cards(card.pk, into_id=one.pk, actor=FACILITATOR)
        (lever,) = levers_of(seminar.workshop(KEY))
        assert len(lever.schemes) == 3
        assert lever.support == 2
        assert lever.territories == site_names(seminar)[:2]

    def test_a_scheme_withdrawn_is_said_so_and_counts_no_more(self, seminar: Seminar):
        first, second, *_others = sites_of(seminar)
        a_scheme(first, "Navette", "Ouvrir le code")
        a_scheme(second, "Livraisons", "Changer le code")
        one, other = take_all(seminar)
        cards.merge_cards(other.pk, into_id=one.pk, actor=FACILITATOR)
        gone = Release.objects.get(card__workshop__meeting__site=second)
        withdraw_release(gone.pk, reason="Décision du maire", actor=FACILITATOR)
        (lever,) = levers_of(seminar.workshop(KEY))
        assert (lever.support, len(lever.withdrawn)) == (1, 1)
        said = words(seminar.note(KEY), "kept")
        assert f"Retiré par {second.territory.name}" in said
        assert "Livraisons" not in said

    def test_when_every_scheme_is_withdrawn_the_lever_is_gone(self, seminar: Seminar):
        site = sites_of(seminar)[0]
        a_scheme(site, "Navette", "Ouvrir le code")
        take_all(seminar)
        withdraw_release(Release.objects.get().pk, reason="Non", actor=FACILITATOR)
        assert levers_of(seminar.workshop(KEY)) == []
        assert "Ouvrir le code" not in seminar.screen(KEY, "wall")
        assert seminar.note(KEY) == []


class TestReactions:
    def test_go_in_the_lever_with_the_name_of_the_operator(self, seminar: Seminar):
        a_scheme(sites_of(seminar)[0], "Navette", "Ouvrir le code")
        (card,) = take_all(seminar)
        seminar.say(KEY, {"lever": str(card.pk), "reaction": "À l'étude", "operator": "ADEME",
                          "text": "D'ici deux ans"})  # fmt: skip
        (lever,) = levers_of(seminar.workshop(KEY))
        assert [one.text for one in lever.answered] == ["D'ici deux ans"]
        debated = words(seminar.note(KEY), "debated")
        assert "Ouvrir le code. ADEME : À l'étude, « D'ici deux ans »." in debated

    @pytest.mark.parametrize(
        ("data", "field", "told"),
        [
            ({}, "text", "Écrivez le levier"),
            ({"reaction": "À l'étude"}, "lever", "Choisissez le levier"),
            ({"lever": "own"}, "reaction", "Dites votre réaction"),
            ({"lever": "00000000-0000-0000-0000-000000000000"}, "lever", "plus proposé"),
        ],
    )
    def test_what_is_missing_is_said_by_its_field(self, seminar: Seminar, data, field, told):
        card = seminar.card(KEY, "Ouvrir le code")
        data = {name: str(card.pk) if one == "own" else one for name, one in data.items()}
        form = seminar.format(KEY).contribution_form(seminar.workshop(KEY), data)
        assert told in str(form.errors[field])

    def test_a_lever_that_is_missing_is_proposed_in_words(self, seminar: Seminar):
        seminar.card(KEY, "Ouvrir le code")
        said = seminar.say(KEY, "Un fonds pour le dernier kilomètre")
        assert said.payload == {}


class TestNote:
    def test_a_table_by_operator_the_one_with_most_to_answer_first(self, seminar: Seminar):
        first, second, *_others = sites_of(seminar)
        a_scheme(first, "Navette", "Ouvrir le code", "Un taux réduit")
        a_scheme(second, "Livraisons", "Financer les espaces")
        for card, holder in zip(take_all(seminar), ("ADEME", "", "ADEME"), strict=True):
            data = {"title": card.title, "holder": holder, "schemes": card.payload["schemes"]}
            cards.edit_card(card.pk, data=data, actor=FACILITATOR)
        held = by_holder(levers_of(seminar.workshop(KEY)))
        assert [(one.holder, len(one.levers)) for one in held] == [("ADEME", 2), ("", 1)]
        parts = seminar.note(KEY)
        assert sections(parts)[0] == "kept"
        assert f"{first.territory.name} (« Navette »)" in words(parts, "kept")
        (row, *_rows) = parts[0].blocks[0].rows
        assert len(row.citations) == 2
        assert "1 levier sans organisme désigné : « Un taux réduit »." in words(
            parts, "open_questions"
        )

    def test_the_profile_of_blocks_by_territory_and_which_schemes_look_alike(
        self, seminar: Seminar
    ):
        first, second, *_others = sites_of(seminar)
        a_scheme(first, "Navette du quai", blocks=["Argent", "Juridique"])
        a_scheme(second, "Navette des gares", blocks=["Argent"])
        schemes = schemes_behind(seminar.workshop(KEY))
        profile = {line.kind: (list(line.counts), line.total) for line in schemes.profile}
        assert profile == {"Argent": ([1, 1], 2), "Juridique": ([1, 0], 1)}
        (pair,) = schemes.alike
        assert pair.likeness.percent == 42  # kinds 1 of 2, words 1 of 3
        figures = words(seminar.note(KEY), "figures")
        assert "une invitation à comparer, et non un constat" in figures
        assert "blocages : argent ; mots : navette" in figures

    def test_an_empty_workshop_writes_nothing(self, seminar: Seminar):
        assert seminar.note(KEY) == []


class TestScreens:
    def test_the_wall_says_who_holds_what_and_who_asks(self, seminar: Seminar):
        site = sites_of(seminar)[0]
        a_scheme(site, "Navette", "Ouvrir le code")
        take_all(seminar)
        wall = seminar.screen(KEY, "wall")
        assert "Ouvrir le code" in wall
        assert site.territory.name in wall

    def test_the_console_explains_how_to_begin(self, seminar: Seminar):
        assert "Reprenez les dispositifs" in seminar.screen(KEY, "console")

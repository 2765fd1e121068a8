"""What opens over the board: cards taken over, a card written whole, hands counted."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.hands import count_hands
from fabrique.stages.contribution.actions.workshops import change_phase, close_workshop
from fabrique.stages.contribution.enums import CardState, Source
from fabrique.stages.contribution.errors import InvalidHands, NotInThisRoom
from fabrique.stages.contribution.formats.blocks import brought_by
from fabrique.stages.contribution.models import Card, CardReference, HandCount, Rating
from fabrique.stages.seminar.models import JournalEntry, Room
from tests.stages.contribution.formats.played import words
from tests.stages.rooms import (
    FACILITATOR,
    Held,
    a_card,
    a_held_seminar,
    a_programme,
    a_site,
    an_account,
)

pytestmark = pytest.mark.django_db


def signed_in(held: Held) -> Client:
    client = Client()
    client.force_login(an_account(held.meeting), backend="sesame.backends.ModelBackend")
    return client


def act(client: Client, held: Held, move: str, **data: Any) -> Any:
    address = reverse("contribution:move", args=[held.meeting.pk])
    return client.post(address, {"move": move, **data})


def page(client: Client, held: Held, name: str, format: str, query: str = "") -> str:
    keys = [held.meeting.pk, held.workshops[format].pk]
    return client.get(reverse(f"contribution:{name}", args=keys) + query).content.decode()


def console(client: Client, held: Held) -> str:
    return client.get(reverse("contribution:console", args=[held.meeting.pk])).content.decode()


class TestTakingCardsOver:
    @pytest.fixture
    def earlier(self) -> Held:
        return a_held_seminar("talk", site=a_site(a_programme()))

    @pytest.fixture
    def held(self, earlier: Held) -> Held:
        return a_held_seminar("carry", site=earlier.meeting.site)

    @pytest.fixture
    def origin(self, earlier: Held) -> Card:
        return a_card(earlier.workshops["talk"], "Les quais sous l'eau")

    def test_the_console_says_how_many_may_be_and_the_page_where_they_come_from(
        self, held: Held, origin: Card
    ) -> None:
        client = signed_in(held)
        assert "Reprendre des cartes (1)" in console(client, held)
        body = page(client, held, "console-take-over", "carry")
        assert "Les quais sous l" in body
        assert earlier_territory(held) in body

    def test_those_ticked_become_cards_here_and_are_offered_no_more(
        self, held: Held, origin: Card
    ) -> None:
        client = signed_in(held)
        a_card(origin.workshop, "Une autre")
        workshop = held.workshops["carry"]
        answer = act(client, held, "take_over", workshop=workshop.pk, earlier=[origin.pk])
        assert answer.status_code == 302
        (taken,) = Card.objects.filter(workshop=workshop)
        assert (taken.title, taken.state) == (origin.title, CardState.KEPT)
        assert CardReference.objects.get(card=taken).target == origin
        assert "Reprendre des cartes (1)" in console(client, held)
        assert "Les quais" not in page(client, held, "console-take-over", "carry")

    def test_one_undo_takes_them_back_and_offers_them_again(self, held: Held, origin: Card) -> None:
        client = signed_in(held)
        act(client, held, "take_over", workshop=held.workshops["carry"].pk, earlier=[origin.pk])
        act(client, held, "undo")
        assert not Card.objects.filter(workshop=held.workshops["carry"], state=CardState.KEPT)
        assert "Les quais" in page(client, held, "console-take-over", "carry")

    def test_one_that_was_merged_here_since_is_not_offered_again(
        self, held: Held, origin: Card
    ) -> None:
        client, workshop = signed_in(held), held.workshops["carry"]
        act(client, held, "take_over", workshop=workshop.pk, earlier=[origin.pk])
        taken = Card.objects.get(workshop=workshop)
        cards.merge_cards(taken.pk, into_id=a_card(workshop).pk, actor=FACILITATOR)
        assert "Les quais" not in page(client, held, "console-take-over", "carry")

    def test_ticking_nothing_says_what_to_do(self, held: Held, origin: Card) -> None:
        workshop = held.workshops["carry"]
        answer = act(signed_in(held), held, "take_over", page="take_over", workshop=workshop.pk)
        assert answer.status_code == 409
        assert "au moins une carte à reprendre" in answer.content.decode()

    def test_one_that_is_no_longer_there_is_said_and_the_others_stay_ticked(
        self, held: Held, origin: Card
    ) -> None:
        other = a_card(origin.workshop, "Une autre")
        cards.set_card_aside(origin.pk, reason="Doublon", actor=FACILITATOR)
        workshop = held.workshops["carry"]
        answer = act(
            signed_in(held), held, "take_over", page="take_over",
            workshop=workshop.pk, earlier=[origin.pk, other.pk],
        )  # fmt: skip
        body = answer.content.decode()
        assert "a été retirée entre-temps" in body
        assert f'id="earlier-{other.pk}" checked' in body
        assert not Card.objects.filter(workshop=workshop)

    def test_ten_times_as_many_ask_the_database_as_little(self, held: Held, earlier: Held) -> None:
        client = signed_in(held)
        few = queries_of(client, held, "console-take-over", "carry")
        for _ in range(20):
            a_card(earlier.workshops["talk"])
        assert queries_of(client, held, "console-take-over", "carry") <= few + 1


def queries_of(client: Client, held: Held, name: str, format: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, held, name, format)
    return len(captured)


def earlier_territory(held: Held) -> str:
    assert held.meeting.site is not None
    return held.meeting.site.territory.name


class TestWritingACard:
    @pytest.fixture
    def held(self) -> Held:
        return a_held_seminar("carry")

    def test_with_all_the_fields_of_its_format(self, held: Held) -> None:
        client, workshop = signed_in(held), held.workshops["carry"]
        assert 'name="where"' in page(client, held, "console-new-card", "carry")
        act(client, held, "write_card", workshop=workshop.pk, title="Un quai", where="Au port")
        (card,) = Card.objects.filter(workshop=workshop)
        assert (card.title, card.payload) == ("Un quai", {"where": "Au port"})
        assert "Au port" in console(client, held)
        act(client, held, "undo")
        card.refresh_from_db()
        assert card.state == CardState.UNDONE

    def test_a_name_of_three_hundred_characters_comes_back_as_typed(self, held: Held) -> None:
        answer = act(
            signed_in(held), held, "write_card", page="new_card",
            workshop=held.workshops["carry"].pk, title="é" * 300, where="<b>Au port</b>",
        )  # fmt: skip
        body = answer.content.decode()
        assert answer.status_code == 422
        assert "300 caractères : ramenez-le à 160" in body
        assert "é" * 300 in body
        assert "&lt;b&gt;Au port" in body
        assert not Card.objects.exists()

    def test_what_one_says_of_a_card_says_of_which_when_it_is_not_in_it(self, held: Held) -> None:
        workshop = held.workshops["carry"]
        card = a_card(workshop, "Un quai")
        said = contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data={"text": "Trop cher", "about": str(card.pk)},
            source=Source.ROOM,
            actor=FACILITATOR,
        ).contribution
        client = signed_in(held)
        assert "À propos de" not in console(client, held)
        cards.place(said.pk, card_id=None, actor=FACILITATOR)
        assert "À propos de" in console(client, held)


class TestCountingHands:
    @pytest.fixture
    def held(self) -> Held:
        held = a_held_seminar("judge")
        change_phase(held.workshops["judge"].pk, phase="rate", actor=FACILITATOR)
        return held.refresh()

    @pytest.fixture
    def card(self, held: Held) -> Card:
        return a_card(held.workshops["judge"], "Les quais")

    def key(self, client: Client, held: Held, card: Card, **counts: object) -> Any:
        typed = {name.replace("_", "-"): value for name, value in counts.items()}
        return act(
            client, held, "count_hands", page="hands",
            workshop=held.workshops["judge"].pk, card=card.pk, **typed,
        )  # fmt: skip

    def test_are_kept_by_value_and_are_no_votes(self, held: Held, card: Card) -> None:
        client = signed_in(held)
        assert self.key(client, held, card, weight_1=3, weight_4=4).status_code == 302
        kept = HandCount.objects.filter(card=card).values_list("value", "count", "counted_by")
        assert list(kept.order_by("value")) == [(1, 3, FACILITATOR), (4, 4, FACILITATOR)]
        assert not Rating.objects.exists()
        body = console(client, held)
        assert "Mains levées, comptées dans la salle" in body
        assert "peu\u202f: 3" in body or "peu : 3" in body.replace("\xa0", " ")

    def test_keyed_again_they_replace_what_was_and_the_journal_keeps_both(
        self, held: Held, card: Card
    ) -> None:
        client = signed_in(held)
        self.key(client, held, card, weight_1=3, weight_4=4)
        self.key(client, held, card, weight_1=5)
        assert list(HandCount.objects.values_list("value", "count")) == [(1, 5)]
        last = JournalEntry.objects.filter(verb="count_hands").latest("number")
        assert last.detail["before"] == [["weight", 1, 3], ["weight", 4, 4]]
        assert last.detail["after"] == [["weight", 1, 5]]

    def test_under_five_hands_no_figure_leaves_the_page_where_they_are_keyed(
        self, held: Held, card: Card
    ) -> None:
        client, workshop = signed_in(held), held.workshops["judge"]
        self.key(client, held, card, weight_1=4)
        assert 'value="4"' in page(client, held, "console-hands", "judge", f"?carte={card.pk}")
        assert "Mains levées, comptées" not in console(client, held)
        assert "mains levées" not in words(brought_by(workshop), "figures")

    def test_the_wall_shows_them_apart_once_nobody_judges(self, held: Held, card: Card) -> None:
        workshop = held.workshops["judge"]
        count_hands(workshop.pk, card_id=card.pk, counts={("weight", 4): 6}, actor=FACILITATOR)
        wall = reverse("contribution:wall", args=[held.room.wall_key])
        Room.objects.filter(pk=held.room.pk).update(sequence=workshop.sequence)
        assert "Mains levées" not in Client().get(wall).content.decode()
        close_workshop(workshop.pk, actor=FACILITATOR)
        assert "Mains levées, comptées dans la salle" in Client().get(wall).content.decode()

    def test_the_note_says_them_in_a_table_of_their_own(self, held: Held, card: Card) -> None:
        workshop = held.workshops["judge"]
        count_hands(workshop.pk, card_id=card.pk, counts={("weight", 4): 6}, actor=FACILITATOR)
        said = words(brought_by(workshop), "figures")
        assert "mains levées, comptées dans la salle" in said
        assert "fort : 6" in said
        assert f"card:{card.pk}" in said

    @pytest.mark.parametrize("typed", ["-1", "douze", "501", "2,5"])
    def test_what_is_no_number_of_hands_is_refused_and_comes_back(
        self, held: Held, card: Card, typed: str
    ) -> None:
        answer = self.key(signed_in(held), held, card, weight_1=typed, weight_4=2)
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.content.decode()
        assert not HandCount.objects.exists()

    def test_ten_times_as_many_cards_ask_the_database_as_little(
        self, held: Held, card: Card
    ) -> None:
        client = signed_in(held)
        few = queries_of(client, held, "console-hands", "judge")
        for _ in range(20):
            other = a_card(held.workshops["judge"])
            HandCount.objects.create(
                card=other, criterion="weight", value=1, count=5, counted_by=FACILITATOR
            )
        assert queries_of(client, held, "console-hands", "judge") == few

    def test_another_value_or_another_card_is_refused_whole(self, held: Held, card: Card) -> None:
        workshop = held.workshops["judge"]
        counts = {("weight", 1): 2, ("weight", 9): 2}
        with pytest.raises(InvalidHands):
            count_hands(workshop.pk, card_id=card.pk, counts=counts, actor=FACILITATOR)
        elsewhere = a_card(a_held_seminar("judge").workshops["judge"])
        with pytest.raises(NotInThisRoom):
            count_hands(workshop.pk, card_id=elsewhere.pk, counts={}, actor=FACILITATOR)
        assert not HandCount.objects.exists()

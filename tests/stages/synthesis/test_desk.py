"""The release desk: a territory picks cards, sees them as others will, lets them go, goes back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.stages.contribution.actions.cards import edit_card, set_card_aside
from fabrique.stages.contribution.actions.levels import set_card_level
from fabrique.stages.contribution.actions.releases import withdraw_release
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.programme.enums import TeamRole
from tests.stages.contribution.formats.played import plain
from tests.stages.rooms import FACILITATOR
from tests.stages.synthesis.two_scales import REFERENT, Scales, Seminar, signed_in


@pytest.fixture
def card(scales: Scales) -> Card:
    said = scales.here.say("Les quais sont sous l'eau, dit un élu")
    return scales.here.card("Submersion des quais", said, text="Un hiver sur trois")


@pytest.fixture
def referent(scales: Scales) -> Client:
    return signed_in(scales.account(TeamRole.REFERENT, scales.here))


def address(name: str, seminar: Seminar, *keys: Any) -> str:
    site = seminar.meeting.site
    assert site is not None
    return reverse(f"synthesis:{name}", args=[site.programme.slug, site.territory_id, *keys])


def page(client: Client, name: str, seminar: Seminar, *keys: Any, query: str = "") -> str:
    answer = client.get(address(name, seminar, *keys) + query, follow=True)
    assert answer.status_code == 200
    return plain(answer.content.decode().replace("&#x27;", "'"))


def post(client: Client, name: str, seminar: Seminar, *keys: Any, **data: Any) -> Any:
    return client.post(address(name, seminar, *keys), data, follow=True)


class TestChoosing:
    def test_an_empty_desk_says_what_to_do_first(self, scales, referent):
        shown = page(referent, "desk", scales.here)
        assert "Aucune carte à verser" in shown
        assert "Rien n'a encore été versé." in shown

    def test_cards_are_there_seminar_by_seminar_none_released(self, scales, referent, card):
        shown = page(referent, "desk", scales.here)
        assert "Croiser projections et actions" in shown
        assert f'name="carte" value="{card.pk}"' in shown
        assert "Pas versée" in shown

    def test_one_format_at_a_time(self, scales, referent, card):
        assert "Submersion" in page(referent, "desk", scales.here, query="?format=talk")
        other = page(referent, "desk", scales.here, query="?format=echo")
        assert "Submersion" not in other
        assert "Aucune carte de ce format." in other

    def test_a_private_card_is_not_offered(self, scales, referent, card):
        set_card_level(card.pk, level="private", actor=FACILITATOR)
        assert "Submersion" not in page(referent, "desk", scales.here)


class TestReleasing:
    def test_what_others_will_see_is_shown_first(self, scales, referent, card):
        shown = page(referent, "release", scales.here, query=f"?carte={card.pk}")
        assert "Submersion des quais" in shown
        assert "Un hiver sur trois" in shown
        assert "dit un élu" not in shown
        assert "Voix" not in shown
        assert not Release.objects.exists()

    def test_then_it_goes_and_the_log_says_who(self, scales, referent, card):
        answer = post(referent, "release", scales.here, carte=card.pk, niveau="intersite")
        shown = plain(answer.content.decode())
        assert "1 carte versée." in shown
        assert "Intersite" in shown
        assert FACILITATOR in shown
        assert Release.objects.get().card == card

    def test_a_whole_seminar_at_once(self, scales, referent, card):
        scales.here.card("Chaleur")
        meeting = scales.here.meeting.pk
        shown = page(referent, "release", scales.here, query=f"?seminaire={meeting}")
        assert "Verser ces 2 cartes" in shown

    def test_picking_nothing_is_said(self, scales, referent, card):
        assert "Cochez d'abord" in page(referent, "release", scales.here)

    @pytest.mark.parametrize("picked", ["pas-une-carte", "0190f000-0000-7000-8000-000000000000"])
    def test_a_card_that_is_not_there_releases_nothing(self, scales, referent, card, picked):
        post(referent, "release", scales.here, carte=[card.pk, picked], niveau="intersite")
        released = Release.objects.values_list("card", flat=True)
        assert list(released) == ([card.pk] if picked == "pas-une-carte" else [])

    def test_a_level_that_does_not_exist_comes_back_with_the_cards(self, scales, referent, card):
        data = {"carte": card.pk, "niveau": "tout le monde"}
        answer = referent.post(address("release", scales.here), data)
        assert answer.status_code == 422
        assert "Choisissez l" in answer.content.decode()
        assert "Submersion" in answer.content.decode()

    def test_a_card_of_another_territory_is_refused(self, scales, referent, card):
        away = scales.there.card("Friche")
        answer = post(referent, "release", scales.here, carte=away.pk, niveau="intersite")
        assert "n'est pas de ce territoire" in plain(answer.content.decode())


class TestGoingBack:
    @pytest.fixture
    def release(self, scales, card) -> Release:
        (release,) = scales.release(card)
        return release

    def test_a_card_reworded_since_may_be_released_again(self, scales, referent, card, release):
        data = {"title": "Port inondé", "text": "Un hiver sur deux"}
        edit_card(card.pk, data=data, actor=FACILITATOR)
        assert "Modifiée depuis" in page(referent, "desk", scales.here)
        both = page(referent, "again", scales.here, release.pk)
        assert "Un hiver sur trois" in both
        assert "Un hiver sur deux" in both

        post(referent, "again", scales.here, release.pk, niveau="intersite")

        assert Release.objects.get(withdrawn_at=None).shown["title"] == "Port inondé"
        shown = page(referent, "desk", scales.here)
        assert "Modifiée depuis" not in shown
        assert "Remplacée par une version plus récente." in shown

    def test_withdrawing_asks_why_and_the_log_keeps_it(self, scales, referent, release):
        empty = referent.post(address("withdraw", scales.here, release.pk), {"motif": " "})
        assert empty.status_code == 422
        answer = post(referent, "withdraw", scales.here, release.pk, motif="Le maire relit")
        shown = plain(answer.content.decode())
        assert "La carte est retirée" in shown
        assert "Le maire relit" in shown
        assert "Retirée" in shown

    def test_a_reason_too_long_comes_back_as_typed(self, scales, referent, release):
        typed = "x" * 301
        answer = referent.post(address("withdraw", scales.here, release.pk), {"motif": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()
        assert "301" in answer.content.decode()

    @pytest.mark.parametrize("name", ["withdraw", "again"])
    def test_a_release_already_withdrawn_is_said(self, scales, referent, release, name):
        withdraw_release(release.pk, reason="À revoir", actor=REFERENT)
        assert "déjà retiré" in page(referent, name, scales.here, release.pk)
        answer = post(referent, name, scales.here, release.pk, motif="Encore", niveau="intersite")
        assert "déjà retiré" in plain(answer.content.decode())

    def test_a_released_card_that_is_set_aside_is_still_to_be_withdrawn(
        self, scales, referent, card, release
    ):
        set_card_aside(card.pk, reason="Hors sujet", actor=FACILITATOR)
        shown = page(referent, "desk", scales.here)
        assert "Versées, et plus retenues telles quelles" in shown


class TestWhoMay:
    def test_the_director_of_the_territory_may(self, scales, card):
        director = signed_in(scales.account(TeamRole.DIRECTOR, scales.here))
        post(director, "release", scales.here, carte=card.pk, niveau="intersite")
        assert Release.objects.count() == 1

    @pytest.mark.parametrize(
        ("role", "where"),
        [
            (TeamRole.PILOT, "here"),
            (TeamRole.OFFICER, "here"),
            (TeamRole.DIRECTOR, "there"),
            (TeamRole.REFERENT, "there"),
        ],
    )
    def test_nobody_else_may(self, scales, card, role, where):
        (release,) = scales.release(scales.here.card("Chaleur"))
        client = signed_in(scales.account(role, getattr(scales, where)))
        for name, keys in (("release", ()), ("withdraw", (release.pk,)), ("again", (release.pk,))):
            data = {"carte": card.pk, "niveau": "intersite", "motif": "Non"}
            assert client.post(address(name, scales.here, *keys), data).status_code == 404
        assert Release.objects.get() == release
        assert release.withdrawn_at is None

    def test_a_pilot_reads_the_desk_without_its_buttons(self, scales, card):
        shown = page(signed_in(scales.account(TeamRole.PILOT)), "desk", scales.here)
        assert "Submersion" in shown
        assert 'name="carte"' not in shown
        assert "Vous pouvez lire cette page." in shown


class TestWhatTerritoriesReleased:
    def test_cards_without_whoever_said_them(self, scales, card):
        scales.release(card)
        client = signed_in(scales.account(TeamRole.REFERENT, scales.there))
        url = reverse("synthesis:released", args=[scales.programme.slug])
        shown = plain(client.get(url).content.decode())
        assert "Submersion des quais" in shown
        assert "dit un élu" not in shown
        assert "Voix" not in shown

    def test_nothing_yet_is_said(self, scales):
        client = signed_in(scales.account(TeamRole.PILOT))
        url = reverse("synthesis:released", args=[scales.programme.slug])
        assert "Rien n'a encore été versé" in plain(client.get(url).content.decode())

    def test_the_api_says_the_same(self, scales, card):
        scales.release(card)
        url = reverse("api:list_released_cards", args=[scales.programme.slug])
        client = signed_in(scales.account(TeamRole.OFFICER))
        (shown,) = client.get(url).json()
        assert (shown["title"], shown["text"]) == ("Submersion des quais", "Un hiver sur trois")
        seat, stranger = scales.nation.people[0], scales.there.people[0]
        assert len(Client().get(f"{url}?link={seat.link_key}").json()) == 1
        assert Client().get(f"{url}?link={stranger.link_key}").status_code == 404
        assert Client().get(url).status_code == 404


def test_screens_of_the_nation_say_what_was_withdrawn(scales, card):
    (release,) = scales.release(card)
    scales.take_over(card)
    wall = reverse("contribution:wall", args=[scales.nation.room.wall_key])
    assert "Submersion des quais" in plain(Client().get(wall).content.decode())

    withdraw_release(release.pk, reason="À revoir", actor=REFERENT)

    name = scales.here.meeting.site.territory.name
    console = reverse("contribution:console", args=[scales.nation.meeting.pk])
    team = signed_in(scales.account(TeamRole.PILOT))
    for client, url in ((Client(), wall), (team, console)):
        shown = plain(client.get(url).content.decode())
        assert f"Une carte retirée par {name}" in shown
        assert "Submersion des quais" not in shown

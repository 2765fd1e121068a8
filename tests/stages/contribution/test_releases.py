"""What a territory lets others see: what leaves, who sees it, and how it is taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.people.viewer import NOBODY, Viewer, account_viewer
from fabrique.stages.contribution.actions.cards import (
    edit_card,
    merge_cards,
    set_card_aside,
)
from fabrique.stages.contribution.actions.levels import set_card_level, set_own_level
from fabrique.stages.contribution.actions.releases import (
    release_again,
    release_cards,
    withdraw_release,
)
from fabrique.stages.contribution.enums import Level, ReleaseLevel
from fabrique.stages.contribution.errors import NotInThisRoom, ReasonNeeded
from fabrique.stages.contribution.formats.reach import in_reach, resolved
from fabrique.stages.contribution.formats.rows import cards_withdrawn, kept_cards
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.contribution.queries import cards_visible_to
from fabrique.stages.contribution.release_errors import (
    AlreadyWithdrawn,
    CardIsPrivate,
    CardNotKept,
    NothingToRelease,
    NotOfThisTerritory,
)
from fabrique.stages.contribution.released import (
    released_cards_visible_to,
    shown_to_others,
    withdrawn_from,
)
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import AuditLine
from fabrique.stages.seminar.actions.rooms import close_room, leave_room
from fabrique.stages.seminar.models import JournalEntry, Participant
from tests.stages.rooms import FACILITATOR, an_account, rename_card
from tests.stages.synthesis.two_scales import REFERENT, SAMPLE_FORMATS, Scales

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sample_formats(settings) -> None:
    settings.FABRIQUE_FORMATS = [*settings.FABRIQUE_FORMATS, *SAMPLE_FORMATS]


@pytest.fixture
def scales() -> Scales:
    return Scales.make()


@pytest.fixture
def card(scales: Scales) -> Card:
    said = scales.here.say("Les quais sont sous l'eau, dit un élu")
    return scales.here.card("Submersion des quais", said, text="Un hiver sur trois")


def own_page(person: Participant) -> str:
    address = reverse("contribution:follow-up", args=[person.link_key])
    return Client().get(address).content.decode()


def seen(scales: Scales, viewer: Viewer) -> list[str]:
    return [one.title for one in released_cards_visible_to(viewer, scales.programme)]


class TestReleasing:
    def test_others_see_the_words_of_the_card_and_nothing_under_them(self, scales, card):
        (release,) = scales.release(card)

        assert release.shown == {
            "title": "Submersion des quais",
            "text": "Un hiver sur trois",
            "payload": {},
        }
        (shown,) = in_reach(scales.nation.workshop, ("talk",))
        assert (shown.title, shown.text) == ("Submersion des quais", "Un hiver sur trois")
        card.refresh_from_db()
        assert card.level == Level.INTERSITE

    def test_no_identifier_of_another_card_leaves(self, scales, card):
        other = scales.here.card("Autre")
        nested = {"deep": [str(other.pk), "un mot"], "alone": str(other.pk)}
        Card.objects.filter(pk=card.pk).update(payload={"cards": [str(other.pk)], **nested})
        card.refresh_from_db()

        payload = shown_to_others(card)["payload"]

        assert str(other.pk) not in str(payload)
        assert payload == {"deep": ["un mot"]}

    def test_a_selection_goes_whole_or_not_at_all(self, scales, card):
        other = scales.here.card("Chaleur")
        away = scales.there.card("Friche")

        with pytest.raises(NotOfThisTerritory):
            release_cards(
                scales.here.meeting.site_id,
                card_ids=[card.pk, other.pk, away.pk],
                actor=REFERENT,
            )
        assert not Release.objects.exists()

        assert len(scales.release(card, other)) == 2

    def test_asking_twice_releases_once(self, scales, card):
        scales.release(card)

        assert scales.release(card) == []
        assert Release.objects.count() == 1

    def test_a_private_card_stays(self, scales, card):
        set_card_level(card.pk, level="private", actor=FACILITATOR)

        with pytest.raises(CardIsPrivate) as refused:
            scales.release(card)
        assert refused.value.params == {"cards": ["Submersion des quais"]}

    def test_what_the_group_no_longer_keeps_stays(self, scales, card):
        other = scales.here.card("Chaleur")
        merge_cards(other.pk, into_id=card.pk, actor=FACILITATOR)
        set_card_aside(card.pk, reason="Hors sujet", actor=FACILITATOR)

        for gone in (card, other):
            with pytest.raises(CardNotKept):
                scales.release(gone)

    def test_nothing_picked_is_said(self, scales):
        with pytest.raises(NothingToRelease):
            release_cards(scales.here.meeting.site_id, card_ids=[], actor=REFERENT)

    def test_a_national_card_is_of_no_territory(self, scales):
        with pytest.raises(NotOfThisTerritory):
            release_cards(
                scales.here.meeting.site_id,
                card_ids=[scales.nation.card("À tous").pk],
                actor=REFERENT,
            )

    def test_it_is_written_down_and_running_national_screens_are_told(self, scales, card):
        before = scales.nation.room.last_number
        scales.release(card)

        line = AuditLine.objects.get(verb="release_cards")
        assert (line.actor, line.detail["cards"]) == (REFERENT, [str(card.pk)])
        entry = JournalEntry.objects.get(room=scales.nation.room, verb="release_cards")
        assert entry.number == before + 1
        assert card.title not in str(entry.detail)
        assert not JournalEntry.objects.filter(room=scales.there.room, verb="release_cards")

    def test_a_closed_room_is_left_in_peace(self, scales, card):
        close_room(scales.nation.room.pk, actor=FACILITATOR)
        scales.release(card)

        assert not JournalEntry.objects.filter(verb="release_cards").exists()


class TestAfterwards:
    def test_others_keep_seeing_what_was_released(self, scales, card):
        (release,) = scales.release(card)
        edit_card(card.pk, data={"title": "Port inondé", "text": ""}, actor=FACILITATOR)

        assert [one.title for one in in_reach(scales.nation.workshop, ("talk",))] == [
            "Submersion des quais"
        ]

        again = release_again(release.pk, actor=REFERENT)

        assert again.shown["title"] == "Port inondé"
        assert [one.title for one in in_reach(scales.nation.workshop, ("talk",))] == ["Port inondé"]
        release.refresh_from_db()
        assert (release.withdrawn_by, release.withdrawal_reason) == (REFERENT, "")
        assert AuditLine.objects.filter(verb="release_again").count() == 1

    def test_it_may_go_further_the_second_time(self, scales, card):
        (release,) = scales.release(card)
        again = release_again(release.pk, level=ReleaseLevel.PUBLIC, actor=REFERENT)

        card.refresh_from_db()
        assert again.level == card.level == "public"

    def test_what_was_taken_over_survives_a_newer_release(self, scales, card):
        (release,) = scales.release(card)
        (taken,) = scales.take_over(card)
        release_again(release.pk, actor=REFERENT)

        assert list(kept_cards(scales.nation.workshop)) == [taken]

    def test_a_withdrawn_card_is_withdrawn_from_everywhere(self, scales, card):
        (release,) = scales.release(card)
        (taken,) = scales.take_over(card)
        resting = scales.resting_on("Le littoral", card)

        withdraw_release(release.pk, reason="Le maire relit", actor=REFERENT)

        assert in_reach(scales.nation.workshop, ("talk",)) == []
        gone = resolved(scales.nation.workshop, [card.pk])[card.pk]
        assert gone.is_withdrawn
        assert gone.title == f"Retiré par {scales.here.meeting.site.territory.name}"
        assert gone.text == ""
        assert list(kept_cards(scales.nation.workshop)) == [resting]
        assert list(cards_withdrawn(scales.nation.workshop)) == [taken]
        assert withdrawn_from(scales.nation.workshop) == [
            (scales.here.meeting.site.territory.name, 1)
        ]
        card.refresh_from_db()
        assert card.level == Level.GROUP
        entry = JournalEntry.objects.get(room=scales.nation.room, verb="withdraw_release")
        assert "Le maire relit" not in str(entry.detail)

    def test_what_was_taken_over_does_not_come_back_with_another_release(self, scales, card):
        """Seen red with ``is_taken_back`` left out of ``is_withdrawn``."""
        (release,) = scales.release(card)
        scales.take_over(card)
        withdraw_release(release.pk, reason="À revoir", actor=REFERENT)
        rename_card(card.pk, title="Port", actor=FACILITATOR)
        scales.release(card)

        assert not kept_cards(scales.nation.workshop).exists()
        assert not cards_visible_to(Viewer(screen_room_id=scales.nation.room.pk)).exists()
        assert [one.title for one in in_reach(scales.nation.workshop, ("talk",))] == ["Port"]

    def test_withdrawing_twice_is_refused(self, scales, card):
        (release,) = scales.release(card)
        withdraw_release(release.pk, reason="À revoir", actor=REFERENT)

        with pytest.raises(AlreadyWithdrawn):
            withdraw_release(release.pk, reason="À revoir", actor=REFERENT)
        with pytest.raises(AlreadyWithdrawn):
            release_again(release.pk, actor=REFERENT)

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
    def test_a_withdrawal_says_why(self, scales, card, reason):
        (release,) = scales.release(card)
        with pytest.raises(ReasonNeeded):
            withdraw_release(release.pk, reason=reason, actor=REFERENT)

    def test_making_a_card_private_withdraws_it(self, scales, card):
        (release,) = scales.release(card)
        scales.take_over(card)

        set_card_level(card.pk, level="private", actor=FACILITATOR)

        release.refresh_from_db()
        assert release.withdrawal_reason
        assert in_reach(scales.nation.workshop, ("talk",)) == []
        set_card_level(card.pk, level="group", actor=FACILITATOR)
        assert in_reach(scales.nation.workshop, ("talk",)) == []
        assert not kept_cards(scales.nation.workshop).exists()


class TestTheDoor:
    @pytest.fixture(autouse=True)
    def _released(self, scales, card):
        scales.release(card)

    def test_the_team_and_the_national_rooms_see(self, scales):
        shown = ["Submersion des quais"]
        for role in TeamRole:
            user = scales.account(role, scales.there)
            assert seen(scales, account_viewer(user)) == shown
        seat = scales.nation.people[0]
        assert seen(scales, Viewer(participant_id=seat.pk)) == shown
        assert seen(scales, Viewer(screen_room_id=scales.nation.room.pk)) == shown

    def test_who_sits_in_a_national_room_reads_them_on_their_own_page(self, scales):
        seated, elsewhere = scales.nation.people[0], scales.there.people[0]
        assert "Submersion des quais" in own_page(seated)
        assert "Submersion des quais" not in own_page(elsewhere)

    def test_nobody_else_does(self, scales):
        elsewhere = Scales.make()
        strangers = [
            NOBODY,
            Viewer(participant_id=scales.here.people[0].pk),
            Viewer(participant_id=scales.there.people[0].pk),
            Viewer(participant_id=elsewhere.nation.people[0].pk),
            Viewer(screen_room_id=scales.there.room.pk),
            Viewer(screen_room_id=elsewhere.nation.room.pk),
            account_viewer(an_account(elsewhere.nation.meeting)),
        ]
        assert [seen(scales, viewer) for viewer in strangers] == [[]] * len(strangers)

    def test_whoever_left_the_room_sees_no_more(self, scales):
        seat = scales.nation.people[0]
        leave_room(seat.pk)
        assert seen(scales, Viewer(participant_id=seat.pk)) == []


class TestOnesOwnWords:
    def test_are_kept_to_oneself_and_given_back(self, scales):
        said = scales.here.say("Un mot")
        screen = Viewer(screen_room_id=scales.here.room.pk)
        from fabrique.stages.contribution.queries import contributions_visible_to

        set_own_level(said.pk, level="private", participant=scales.here.people[0])
        assert not contributions_visible_to(screen).exists()

        set_own_level(said.pk, level="group", participant=scales.here.people[0])
        assert contributions_visible_to(screen).exists()

    def test_are_nobody_elses_to_hide(self, scales):
        said = scales.here.say("Un mot")
        with pytest.raises(NotInThisRoom):
            set_own_level(said.pk, level="private", participant=scales.here.people[1])

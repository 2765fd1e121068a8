"""Calendars one subscribes to: whose meetings they hold, how they follow, who they open to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.actions.meetings import cancel_meeting, schedule_meeting
from fabrique.stages.programme.enums import MeetingKind, TeamRole
from fabrique.stages.programme.models import FeedKey, Meeting
from fabrique.stages.seminar.actions.invitations import announce
from tests.stages.programme.plain_words import plain
from tests.stages.rooms import a_meeting, a_site
from tests.stages.seminar.guests import Guests, a_seminar_with_guests, in_days
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db
ACTOR = "Directrice de projet"


@pytest.fixture
def guests() -> Guests:
    return a_seminar_with_guests(1)


def dated(meeting: Meeting, days: int, **fields: object) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    return schedule_meeting(
        meeting.pk, starts_at=in_days(days), ends_at=in_days(days, 17), actor=ACTOR
    )


def national(meeting: Meeting, days: int) -> Meeting:
    made = a_meeting(site=meeting.site)
    return dated(made, days, site=None, kind=MeetingKind.INTERSITE_SEMINAR, title="Intersite")


def read(key: FeedKey, **headers: str):
    return Client(headers=headers).get(reverse("programme:feed", args=[key.key]))


def events(key: FeedKey) -> dict[str, str]:
    """What the calendar shows: the state of each meeting by its identifier."""
    calendar = Calendar.from_ical(read(key).content)
    return {str(one["UID"]): str(one["STATUS"]) for one in calendar.walk("VEVENT")}


def uid(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}@fabrique"


class TestWhatItHolds:
    def test_a_programme_shows_all_its_dates(self, guests: Guests) -> None:
        other = dated(a_meeting(site=a_site(guests.meeting.programme)), 20)
        a_seminar()
        key = new_feed_address(guests.meeting.programme, actor=ACTOR)
        assert set(events(key)) == {uid(guests.meeting), uid(other)}

    def test_a_territory_shows_its_own_and_the_national_ones(self, guests: Guests) -> None:
        dated(a_meeting(site=a_site(guests.meeting.programme)), 20)
        shared = national(guests.meeting, 25)
        key = new_feed_address(guests.meeting.programme, site=guests.meeting.site, actor=ACTOR)
        assert set(events(key)) == {uid(guests.meeting), uid(shared)}

    def test_someone_sees_theirs_once_announced(self, guests: Guests) -> None:
        dated(a_meeting(site=a_site(guests.meeting.programme)), 20)
        contact = guests.contacts[0]
        key = new_feed_address(contact.programme, contact=contact, actor=ACTOR)
        assert events(key) == {}
        announce(guests.meeting.pk, actor=ACTOR)
        assert events(key) == {uid(guests.meeting): "CONFIRMED"}

    def test_a_date_being_prepared_shows_as_it_was_announced(self, guests: Guests) -> None:
        contact = guests.contacts[0]
        key = new_feed_address(contact.programme, contact=contact, actor=ACTOR)
        announce(guests.meeting.pk, actor=ACTOR)
        dated(guests.meeting, 44)
        (event,) = Calendar.from_ical(read(key).content).walk("VEVENT")
        assert event["DTSTART"].dt == in_days(30)

    def test_what_is_given_up_stays_crossed_out(self, guests: Guests) -> None:
        contact = guests.contacts[0]
        mine = new_feed_address(contact.programme, contact=contact, actor=ACTOR)
        all_of_it = new_feed_address(guests.meeting.programme, actor=ACTOR)
        announce(guests.meeting.pk, actor=ACTOR)
        cancel_meeting(guests.meeting.pk, actor=ACTOR)
        assert set(events(mine).values()) == set(events(all_of_it).values()) == {"CANCELLED"}

    def test_the_team_sees_what_is_not_sure_yet_as_such(self, guests: Guests) -> None:
        key = new_feed_address(guests.meeting.programme, actor=ACTOR)
        assert set(events(key).values()) == {"TENTATIVE"}
        announce(guests.meeting.pk, actor=ACTOR)
        assert set(events(key).values()) == {"CONFIRMED"}

    def test_it_holds_no_personal_link(self, guests: Guests) -> None:
        contact = guests.contacts[0]
        announce(guests.meeting.pk, actor=ACTOR)
        key = new_feed_address(contact.programme, contact=contact, actor=ACTOR)
        unfolded = read(key).content.replace(b"\r\n ", b"")
        assert contact.link_key.encode() not in unfolded
        assert contact.email.encode() not in unfolded


class TestFollowing:
    def test_agendas_are_told_when_to_come_back(self, guests: Guests) -> None:
        key = new_feed_address(guests.meeting.programme, actor=ACTOR)
        calendar = Calendar.from_ical(read(key).content)
        assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
        assert str(calendar["X-PUBLISHED-TTL"]) == "PT4H"

    def test_what_they_have_already_is_not_sent_again(self, guests: Guests) -> None:
        key = new_feed_address(guests.meeting.programme, actor=ACTOR)
        first = read(key)
        again = read(key, if_none_match=first["ETag"])
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])
        assert read(key, if_modified_since=first["Last-Modified"]).status_code == 304
        dated(guests.meeting, 44)
        again = read(key, if_none_match=first["ETag"])
        assert again.status_code == 200
        (event,) = Calendar.from_ical(again.content).walk("VEVENT")
        assert int(event["SEQUENCE"]) == 1

    def test_the_same_meetings_make_the_same_file(self, guests: Guests) -> None:
        key = new_feed_address(guests.meeting.programme, actor=ACTOR)
        assert read(key).content == read(key).content

    def test_it_is_kept_by_no_one_on_the_way_and_found_by_no_engine(self, guests: Guests) -> None:
        answer = read(new_feed_address(guests.meeting.programme, actor=ACTOR))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"

    def test_it_asks_as_much_for_many_meetings_as_for_one(self, guests: Guests) -> None:
        contact = guests.contacts[0]
        keys = [
            new_feed_address(guests.meeting.programme, actor=ACTOR),
            new_feed_address(guests.meeting.programme, site=guests.meeting.site, actor=ACTOR),
            new_feed_address(contact.programme, contact=contact, actor=ACTOR),
        ]
        costs = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                assert [read(key).status_code for key in keys] == [200, 200, 200]
            costs.append(len(asked))
            for days in (40, 41, 42):
                announce(dated(a_meeting(site=guests.meeting.site), days).pk, actor=ACTOR)
        assert costs[0] == costs[1]


class TestTheAddress:
    def test_changed_the_former_opens_nothing(self, guests: Guests) -> None:
        former = new_feed_address(guests.meeting.programme, actor=ACTOR)
        new = new_feed_address(guests.meeting.programme, actor=ACTOR)
        assert read(former).status_code == 404
        assert read(new).status_code == 200

    def test_each_has_its_own(self, guests: Guests) -> None:
        programme, contact = guests.meeting.programme, guests.contacts[0]
        keys = [
            new_feed_address(programme, actor=ACTOR),
            new_feed_address(programme, site=guests.meeting.site, actor=ACTOR),
            new_feed_address(programme, contact=contact, actor=ACTOR),
        ]
        assert [read(key).status_code for key in keys] == [200, 200, 200]

    def test_no_other_key_opens_it(self, guests: Guests) -> None:
        make_contacts(guests.meeting.programme_id)
        for key in (guests.contacts[0].link_key, "x" * 43, str(guests.meeting.pk)):
            assert Client().get(reverse("programme:feed", args=[key])).status_code == 404

    def test_it_opens_no_page(self, guests: Guests) -> None:
        key = new_feed_address(guests.meeting.programme, contact=guests.contacts[0], actor=ACTOR)
        assert Client().get(reverse("seminar:me", args=[key.key])).status_code == 404

    def test_someone_makes_theirs_on_their_page(self, guests: Guests) -> None:
        link = guests.contacts[0].link_key
        answer = Client().post(reverse("seminar:own-feed", args=[link]), follow=True)
        key = FeedKey.objects.get(contact=guests.contacts[0])
        assert f"/agenda/{key.key}.ics" in answer.content.decode()
        assert f"webcal://127.0.0.1:8000/agenda/{key.key}.ics" in answer.content.decode()


class TestThePage:
    def address(self, guests: Guests) -> str:
        return reverse("programme:feeds", args=[guests.meeting.programme.slug])

    def test_the_team_makes_and_changes_addresses(self, guests: Guests) -> None:
        client = signed_in(guests.meeting)
        assert "Pas encore d'adresse" in plain(client.get(self.address(guests)).content.decode())
        client.post(self.address(guests), {"code": ""})
        client.post(self.address(guests), {"code": guests.meeting.site.territory_id})
        said = client.get(self.address(guests)).content.decode()
        assert all(f"/agenda/{key.key}.ics" in said for key in FeedKey.objects.all())
        assert FeedKey.objects.count() == 2

    def test_a_referent_reads_their_territorys_and_no_other(self, guests: Guests) -> None:
        programme = guests.meeting.programme
        other = a_site(programme)
        mine = new_feed_address(programme, site=guests.meeting.site, actor=ACTOR)
        hidden = [
            new_feed_address(programme, actor=ACTOR),
            new_feed_address(programme, site=other, actor=ACTOR),
        ]
        referent = signed_in(guests.meeting, TeamRole.REFERENT)
        said = referent.get(self.address(guests)).content.decode()
        assert mine.key in said
        assert not [key for key in hidden if key.key in said]
        assert referent.post(self.address(guests), {"code": ""}).status_code == 404

    def test_a_territory_of_another_programme_is_unknown(self, guests: Guests) -> None:
        elsewhere = a_seminar()
        assert elsewhere.site is not None
        client = signed_in(guests.meeting)
        answer = client.post(self.address(guests), {"code": elsewhere.site.territory_id})
        assert answer.status_code == 404
        assert signed_in(elsewhere).get(self.address(guests)).status_code == 404
        assert not FeedKey.objects.exists()

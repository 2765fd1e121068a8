"""Inviting to a seminar: the mail, what it carries, what people answer, what changes afterwards."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.message import Message

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.meetings import (
    cancel_meeting,
    schedule_meeting,
    unschedule_meeting,
)
from fabrique.stages.programme.actions.members import remove_member
from fabrique.stages.programme.actions.sending import send_waiting
from fabrique.stages.programme.actions.subscriptions import unsubscribe
from fabrique.stages.programme.enums import NoticeKind, TeamRole
from fabrique.stages.programme.models import AuditLine, Mail, Meeting, Notice
from fabrique.stages.seminar.actions.invitations import announce, reply
from fabrique.stages.seminar.actions.reminders import remind_of_meetings
from fabrique.stages.seminar.enums import Coming
from fabrique.stages.seminar.errors import InvitationClosed, NobodyToTell, SubstituteNeeded
from fabrique.stages.seminar.models import Reply
from tests.stages.programme.plain_words import plain
from tests.stages.seminar.guests import (
    Guests,
    a_guest,
    a_seminar_with_guests,
    contact_of_member,
    in_days,
)
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db
OFFICER = "Chargée d'études"


@pytest.fixture
def guests() -> Guests:
    return a_seminar_with_guests()


def tomorrow() -> None:
    """The mails of today are those of yesterday."""
    for one in Mail.objects.all():
        Mail.objects.filter(pk=one.pk).update(day=one.day - timedelta(days=1))


def move(meeting: Meeting, days: int, *, place: str = "Maison de l'agglomération") -> Meeting:
    return schedule_meeting(
        meeting.pk, starts_at=in_days(days), ends_at=in_days(days, 17), place=place, actor=OFFICER
    )


def calendar_of(message: mail.EmailMultiAlternatives) -> tuple[str, Calendar]:
    """The method of the part, and what it holds."""
    parts = message_from_string(message.message().as_string()).walk()
    (part,) = [one for one in parts if one.get_content_type() == "text/calendar"]
    assert isinstance(part, Message)
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(part.get_param("method")), Calendar.from_ical(content)


def last_mail_to(guests: Guests, number: int = 0) -> mail.EmailMultiAlternatives:
    address = guests.contacts[number].email
    return [one for one in mail.outbox if one.to == [address]][-1]


def page(meeting: Meeting, client: Client | None = None) -> str:
    client = client or signed_in(meeting)
    return plain(client.get(reverse("seminar:invitations", args=[meeting.pk])).content.decode())


class TestSending:
    def test_each_one_gets_a_mail_of_their_own(self, guests: Guests) -> None:
        done = announce(guests.meeting.pk, actor=OFFICER)
        assert done.told == len(mail.outbox) == 3
        first = guests.contacts[0]
        (message,) = [one for one in mail.outbox if one.to == [first.email]]
        text = plain(message.body)
        assert "Invitation : " in message.subject
        assert guests.meeting.title in text
        assert "de 14 h à 17 h" in text
        assert "Maison de l'agglomération" in text
        assert guests.meeting.purpose.splitlines()[0].strip(" -") in text
        assert f"/moi/{first.link_key}/reunions/{guests.meeting.pk}/" in message.body
        assert all(other.link_key not in message.body for other in guests.contacts[1:])

    def test_the_mail_can_be_stopped_by_one_click(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        headers = mail.outbox[0].message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].startswith("<http")
        assert headers["List-Unsubscribe"].endswith("/arret/>")

    def test_it_says_the_same_in_plain_words_and_in_html(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        ((content, kind),) = mail.outbox[0].alternatives
        assert kind == "text/html"
        assert guests.meeting.title in plain(str(content))

    def test_its_answers_go_to_the_officer(self, guests: Guests) -> None:
        signed_in(guests.meeting, TeamRole.DIRECTOR)
        signed_in(guests.meeting, TeamRole.OFFICER)
        make_contacts(guests.meeting.programme_id)
        announce(guests.meeting.pk, actor=OFFICER)
        officer = guests.meeting.programme.team.get(role=TeamRole.OFFICER)
        assert {tuple(one.reply_to) for one in mail.outbox} == {(officer.user.email,)}

    def test_it_is_announced_and_remembered(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        meeting = guests.refresh().meeting
        assert meeting.announced_at is not None
        assert meeting.announced_starts_at == meeting.starts_at
        assert AuditLine.objects.filter(verb="announce", subject=str(meeting.pk)).exists()

    def test_twice_sends_once(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        with pytest.raises(NobodyToTell):
            announce(guests.meeting.pk, actor=OFFICER)
        send_waiting()
        assert len(mail.outbox) == 3

    def test_someone_who_joins_the_group_is_invited_alone(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        late = a_guest(guests.meeting)
        announce(guests.meeting.pk, actor=OFFICER)
        assert [one.to for one in mail.outbox[3:]] == [[late.email]]

    def test_without_a_date_there_is_nothing_to_send(self) -> None:
        meeting = a_seminar(dated=False)
        a_guest(meeting)
        with pytest.raises(NobodyToTell):
            announce(meeting.pk, actor=OFFICER)
        assert "Il faut d'abord une date" in page(meeting)

    def test_two_members_of_one_address_read_one_mail(self, guests: Guests) -> None:
        """A secretariat is written to once: two rows of an address are one guest."""
        first = guests.contacts[0]
        a_guest(guests.meeting, email=first.email.upper())
        announce(guests.meeting.pk, actor=OFFICER)
        assert len(mail.outbox) == 3


class TestTheCalendarFile:
    def test_it_is_read_back_as_the_meeting(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        method, calendar = calendar_of(mail.outbox[0])
        (event,) = calendar.walk("VEVENT")
        assert method == str(calendar["METHOD"]) == "REQUEST"
        assert event["DTSTART"].dt == guests.meeting.starts_at
        assert event["DTEND"].dt == guests.meeting.ends_at
        assert str(event["UID"]) == f"meeting-{guests.meeting.pk}@fabrique"
        assert str(event["LOCATION"]) == "Maison de l'agglomération"
        assert str(event["ATTENDEE"]) == f"mailto:{mail.outbox[0].to[0]}"
        assert str(event["URL"]).startswith("http")
        assert int(event["SEQUENCE"]) == guests.refresh().meeting.calendar_sequence

    @pytest.mark.parametrize(
        ("day", "utc_hour"),
        [((2020, 10, 23), 12), ((2020, 10, 26), 13)],
        ids=["the Friday before", "the Monday after"],
    )
    def test_the_change_of_hour_of_october_moves_nothing(
        self, day: tuple[int, int, int], utc_hour: int
    ) -> None:
        from fabrique.stages.programme.announcements import Told
        from fabrique.stages.programme.calendar_files import invitation_file

        guests = a_seminar_with_guests(1)
        meeting = guests.meeting
        meeting.starts_at = timezone.make_aware(datetime(*day, 14))
        meeting.ends_at = timezone.make_aware(datetime(*day, 17))
        content = invitation_file(
            meeting,
            Told.now(NoticeKind.INVITATION, meeting, None),
            contact=guests.contacts[0],
            url="",
            now=timezone.now(),
        )
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert event["DTSTART"].dt.astimezone(UTC) == datetime(*day, utc_hour, tzinfo=UTC)
        assert event["DTEND"].dt.astimezone(UTC) == datetime(*day, utc_hour + 3, tzinfo=UTC)
        assert b"DTSTART;TZID=Europe/Paris:" in content
        assert b"BEGIN:VTIMEZONE" in content


class TestAChange:
    def test_it_is_told_with_the_former_date_and_a_higher_sequence(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        _method, before = calendar_of(last_mail_to(guests))
        tomorrow()
        move(guests.meeting, 40)
        assert "Prévenir du changement" in page(guests.meeting)
        announce(guests.meeting.pk, actor=OFFICER)
        method, after = calendar_of(last_mail_to(guests))
        (old,), (new,) = before.walk("VEVENT"), after.walk("VEVENT")
        assert method == "REQUEST"
        assert str(new["UID"]) == str(old["UID"])
        assert int(new["SEQUENCE"]) == int(old["SEQUENCE"]) + 1
        assert new["DTSTART"].dt == in_days(40)
        assert "était annoncée pour le" in plain(last_mail_to(guests).body)

    def test_a_new_place_is_told_as_such(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        move(guests.meeting, 30, place="Salle des fêtes")
        announce(guests.meeting.pk, actor=OFFICER)
        assert "Le lieu change" in plain(mail.outbox[3].body)

    def test_moved_twice_before_it_is_told_it_is_told_once(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        move(guests.meeting, 40)
        move(guests.meeting, 41)
        announce(guests.meeting.pk, actor=OFFICER)
        assert len(mail.outbox) == 6

    def test_one_that_comes_back_is_not_told(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        move(guests.meeting, 40)
        announce(guests.meeting.pk, actor=OFFICER)  # waits: they had a mail today
        move(guests.meeting, 30)
        tomorrow()
        send_waiting()
        assert len(mail.outbox) == 3
        assert not Notice.objects.filter(sent_at__isnull=True).exists()

    def test_an_invitation_that_waited_leaves_with_the_new_date(self) -> None:
        guests = a_seminar_with_guests(1)
        other = a_seminar_with_guests(0)
        a_guest(other.meeting, email=guests.contacts[0].email)
        announce(guests.meeting.pk, actor=OFFICER)
        announce(other.meeting.pk, actor=OFFICER)
        move(other.meeting, 50)
        tomorrow()
        send_waiting()
        assert len(mail.outbox) == 2
        assert mail.outbox[1].subject.startswith("Invitation")
        _method, calendar = calendar_of(mail.outbox[1])
        assert calendar.walk("VEVENT")[0]["DTSTART"].dt == in_days(50)


class TestGivingItUp:
    def test_those_who_were_told_are_told_and_calendars_take_it_off(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        assert "Prévenir de l'annulation" in page(guests.meeting)
        announce(guests.meeting.pk, actor=OFFICER)
        method, calendar = calendar_of(last_mail_to(guests))
        (event,) = calendar.walk("VEVENT")
        assert method == str(calendar["METHOD"]) == "CANCEL"
        assert str(event["STATUS"]) == "CANCELLED"
        assert int(event["SEQUENCE"]) == 1
        assert event["DTSTART"].dt == guests.meeting.starts_at
        assert "est annulée" in plain(last_mail_to(guests).body)

    def test_a_date_taken_back_says_that_another_will_come(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        unschedule_meeting(guests.meeting.pk, actor=OFFICER)
        announce(guests.meeting.pk, actor=OFFICER)
        assert "une autre date vous sera proposée" in plain(mail.outbox[3].body)

    def test_those_who_were_not_told_hear_nothing(self, guests: Guests) -> None:
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        with pytest.raises(NobodyToTell):
            announce(guests.meeting.pk, actor=OFFICER)

    def test_planned_again_it_is_an_invitation_again(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        unschedule_meeting(guests.meeting.pk, actor=OFFICER)
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        move(guests.meeting, 60)
        announce(guests.meeting.pk, actor=OFFICER)
        assert mail.outbox[6].subject.startswith("Invitation")
        _method, calendar = calendar_of(mail.outbox[6])
        assert int(calendar.walk("VEVENT")[0]["SEQUENCE"]) == 1

    def test_someone_who_left_the_group_is_not_written_to(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        tomorrow()
        remove_member(guests.contacts[0].member_id, actor=OFFICER)
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        announce(guests.meeting.pk, actor=OFFICER)
        assert len(mail.outbox) == 5


class TestAnswering:
    @pytest.fixture
    def told(self, guests: Guests) -> Guests:
        announce(guests.meeting.pk, actor=OFFICER)
        return guests.refresh()

    def address(self, guests: Guests) -> str:
        return reverse("seminar:reply", args=[guests.contacts[0].link_key, guests.meeting.pk])

    def test_by_the_link_of_the_mail_without_an_account(self, told: Guests) -> None:
        client = Client()
        assert "Je viendrai" in plain(client.get(self.address(told)).content.decode())
        answer = client.post(self.address(told), {"coming": "yes"}, follow=True)
        assert "vous viendrez" in plain(answer.content.decode())
        assert Reply.objects.get().coming == Coming.YES

    def test_the_last_answer_holds(self, told: Guests) -> None:
        client = Client()
        client.post(self.address(told), {"coming": "yes"})
        client.post(self.address(told), {"coming": "no"})
        assert [one.coming for one in Reply.objects.all()] == [Coming.NO]

    def test_someone_comes_instead(self, told: Guests) -> None:
        form = {"coming": "replaced", "substitute": "Adjoint", "substitute_role": "Mobilités"}
        Client().post(self.address(told), form)
        assert "Viendra : Adjoint, Mobilités" in page(told.meeting)

    def test_who_comes_instead_must_be_named_and_nothing_typed_is_lost(self, told: Guests) -> None:
        form = {"coming": "replaced", "substitute": " ", "substitute_role": "Service des eaux"}
        said = Client().post(self.address(told), form).content.decode()
        assert "Indiquez qui viendra à votre place" in plain(said)
        assert "Service des eaux" in said
        with pytest.raises(SubstituteNeeded):
            reply(told.meeting.pk, told.contacts[0], coming=Coming.REPLACED)

    def test_those_who_will_not_come_show_on_the_page_of_the_meeting(self, told: Guests) -> None:
        reply(told.meeting.pk, told.contacts[0], coming=Coming.NO)
        client = signed_in(told.meeting, TeamRole.REFERENT)
        said = plain(client.get(reverse("seminar:detail", args=[told.meeting.pk])).content.decode())
        assert "Excusés" in said
        assert str(told.contacts[0]) in said
        assert str(told.contacts[1]) not in said

    def test_an_answer_is_for_one_date(self, told: Guests) -> None:
        reply(told.meeting.pk, told.contacts[0], coming=Coming.NO)
        move(told.meeting, 40)
        assert "Avait répondu pour une autre date" in page(told.meeting)
        tomorrow()
        announce(told.meeting.pk, actor=OFFICER)
        said = plain(Client().get(self.address(told)).content.decode())
        assert "merci de répondre à nouveau" in said

    def test_not_once_it_is_given_up_or_over(self, told: Guests) -> None:
        cancel_meeting(told.meeting.pk, actor=OFFICER)
        with pytest.raises(InvitationClosed):
            reply(told.meeting.pk, told.contacts[0], coming=Coming.YES)
        said = plain(Client().get(self.address(told)).content.decode())
        assert "n'a pas lieu à cette date" in said
        posted = Client().post(self.address(told), {"coming": "yes"})
        assert "annulée" in plain(posted.content.decode())
        assert not Reply.objects.exists()

    def test_the_date_in_preparation_is_not_shown_before_it_is_sent(self, told: Guests) -> None:
        move(told.meeting, 40)
        said = plain(Client().get(self.address(told)).content.decode())
        assert str(in_days(30).day) in said
        assert "Envoyer ma réponse" not in said

    def test_a_link_opens_nothing_of_another_programme(self, told: Guests) -> None:
        elsewhere = a_seminar_with_guests(1)
        announce(elsewhere.meeting.pk, actor=OFFICER)
        address = reverse("seminar:reply", args=[told.contacts[0].link_key, elsewhere.meeting.pk])
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"coming": "yes"}).status_code == 404
        assert Client().get(reverse("seminar:me", args=["x" * 43])).status_code == 404

    def test_nor_of_a_meeting_that_does_not_expect_them(self, told: Guests) -> None:
        from tests.stages.rooms import a_meeting, a_site

        other = a_meeting(site=a_site(told.meeting.programme))
        move(other, 12)
        address = reverse("seminar:reply", args=[told.contacts[0].link_key, other.pk])
        assert Client().get(address).status_code == 404

    def test_what_is_said_by_telephone_is_noted(self, guests: Guests) -> None:
        member = a_guest(guests.meeting, email="")
        contact = contact_of_member(member)
        client = signed_in(guests.meeting)
        assert "Sans adresse : téléphoner" in page(guests.meeting, client)
        address = reverse("seminar:note-reply", args=[guests.meeting.pk, contact.pk])
        client.post(address, {"coming": "yes"})
        given = Reply.objects.get()
        assert given.contact == contact
        assert given.noted_by
        stranger = signed_in(a_seminar())
        assert stranger.post(address, {"coming": "no"}).status_code == 404


class TestThePage:
    def test_who_prefers_no_mail_is_to_be_called(self, guests: Guests) -> None:
        unsubscribe([guests.contacts[0]])
        said = page(guests.meeting)
        assert "Préfère ne pas recevoir de courriel : téléphoner" in said
        announce(guests.meeting.pk, actor=OFFICER)
        assert guests.contacts[0].email not in [one.to[0] for one in mail.outbox]

    def test_shows_the_mail_as_it_will_leave_but_nobodys_link(self, guests: Guests) -> None:
        said = page(guests.meeting)
        assert "Votre présence est attendue" in said
        assert "/moi/lien-personnel/" in said
        assert all(one.link_key not in said for one in guests.contacts)
        assert not Notice.objects.exists()

    def test_its_button_sends(self, guests: Guests) -> None:
        client = signed_in(guests.meeting)
        answer = client.post(reverse("seminar:invitations", args=[guests.meeting.pk]), follow=True)
        assert "courriels sont partis" in plain(answer.content.decode())
        assert "Invitation, le" in plain(answer.content.decode())

    def test_is_for_facilitators(self, guests: Guests) -> None:
        address = reverse("seminar:invitations", args=[guests.meeting.pk])
        assert signed_in(guests.meeting, TeamRole.REFERENT).get(address).status_code == 404
        assert signed_in(a_seminar()).post(address).status_code == 404
        assert not mail.outbox

    @pytest.mark.parametrize("name", ["seminar:invitations", "seminar:detail"])
    def test_asks_as_much_for_many_as_for_few(self, name: str) -> None:
        costs = []
        for size in (2, 6):
            guests = a_seminar_with_guests(size)
            client = signed_in(guests.meeting)
            client.get(reverse("seminar:detail", args=[guests.meeting.pk]))
            announce(guests.meeting.pk, actor=OFFICER)
            for contact in guests.contacts:
                reply(guests.meeting.pk, contact, coming=Coming.NO)
            move(guests.meeting, 40)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(name, args=[guests.meeting.pk])).status_code == 200
            costs.append(len(asked))
        assert costs[0] == costs[1]


class TestOwnPage:
    def test_lists_meetings_answers_and_how_to_stop(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        answer = Client().get(reverse("seminar:me", args=[guests.contacts[0].link_key]))
        said = plain(answer.content.decode())
        assert guests.meeting.title in said
        assert "Dire si je viens" in said
        assert "Créer mon adresse d'agenda" in said
        assert "Ne plus recevoir de courriel" in said
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]

    def test_says_nothing_of_a_date_that_was_not_announced(self, guests: Guests) -> None:
        answer = Client().get(reverse("seminar:me", args=[guests.contacts[0].link_key]))
        said = plain(answer.content.decode())
        assert "Aucune date n'est encore annoncée" in said
        assert "de 14 h à 17 h" not in said

    def test_asks_as_much_for_many_meetings_as_for_one(self) -> None:
        from tests.stages.rooms import a_meeting

        guests = a_seminar_with_guests(1)
        address = reverse("seminar:me", args=[guests.contacts[0].link_key])
        costs = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                Client().get(address)
            costs.append(len(asked))
            for _number in range(3):
                move(a_meeting(site=guests.meeting.site), 20)
        assert costs[0] == costs[1]


class TestReminders:
    def remind(self, days_before: int, guests: Guests) -> int:
        assert guests.meeting.starts_at is not None
        now = guests.meeting.starts_at - timedelta(days=days_before, hours=2)
        count = remind_of_meetings(now=now)
        send_waiting(now=now)
        return count

    @pytest.fixture
    def told(self, guests: Guests) -> Guests:
        announce(guests.meeting.pk, actor=OFFICER)
        mail.outbox.clear()
        return guests.refresh()

    def test_a_week_and_a_day_before(self, told: Guests) -> None:
        assert [self.remind(days, told) for days in (9, 8, 7, 6, 2, 1, 0)] == [0, 0, 3, 0, 0, 3, 0]
        assert len(mail.outbox) == 6
        assert mail.outbox[0].subject.startswith("Rappel")

    def test_a_day_missed_is_made_up_for(self, told: Guests) -> None:
        assert [self.remind(days, told) for days in (5, 5, 4)] == [3, 0, 0]

    def test_not_those_who_said_no(self, told: Guests) -> None:
        reply(told.meeting.pk, told.contacts[0], coming=Coming.NO)
        reply(told.meeting.pk, told.contacts[1], coming=Coming.YES)
        assert self.remind(7, told) == 2

    def test_not_those_invited_since(self) -> None:
        guests = a_seminar_with_guests(days=5)
        announce(guests.meeting.pk, actor=OFFICER)
        assert remind_of_meetings() == 0

    def test_nothing_before_it_is_announced_or_once_it_is_given_up(self, guests: Guests) -> None:
        assert self.remind(7, guests) == 0
        announce(guests.meeting.pk, actor=OFFICER)
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        assert self.remind(7, guests.refresh()) == 0

    def test_days_are_a_setting(self, told: Guests, settings) -> None:
        settings.FABRIQUE_REMINDERS = [3]
        assert [self.remind(days, told) for days in (7, 3, 1)] == [0, 3, 0]

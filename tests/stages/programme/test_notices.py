"""What waits leaves once a day in one mail, whoever sends it; nothing is lost on the way."""

import smtplib
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.actions.meetings import cancel_meeting, schedule_meeting
from fabrique.stages.programme.actions.polls import ProposedDay, open_poll
from fabrique.stages.programme.actions.sending import send_waiting
from fabrique.stages.programme.actions.subscriptions import resubscribe, unsubscribe
from fabrique.stages.programme.enums import NoticeKind, TeamRole
from fabrique.stages.programme.models import Contact, Mail, Meeting, Notice, Poll, Programme
from fabrique.stages.seminar.actions.invitations import announce
from tests.stages.programme.plain_words import plain
from tests.stages.rooms import a_meeting
from tests.stages.seminar.guests import (
    Guests,
    a_guest,
    a_seminar_with_guests,
    contact_of_member,
    in_days,
)
from tests.stages.seminar.prepared import signed_in

pytestmark = pytest.mark.django_db
OFFICER = "Chargée d'études"


@pytest.fixture
def guests() -> Guests:
    return a_seminar_with_guests()


def invite(guests: Guests) -> None:
    """Notices that wait, as applying a calendar leaves them."""
    for contact in guests.contacts:
        notify(contact, NoticeKind.INVITATION, meeting=guests.meeting)


def another_meeting(guests: Guests, days: int = 60) -> Meeting:
    meeting = a_meeting(site=guests.meeting.site)
    return schedule_meeting(
        meeting.pk, starts_at=in_days(days), ends_at=in_days(days, 17), actor=OFFICER
    )


def waiting() -> int:
    return Notice.objects.filter(sent_at__isnull=True).count()


class TestOneADay:
    def test_everything_that_waits_leaves_in_one_mail(self, guests: Guests) -> None:
        invite(guests)
        second = another_meeting(guests)
        notify(guests.contacts[0], NoticeKind.INVITATION, meeting=second)
        done = send_waiting()
        assert done.sent == len(mail.outbox) == 3
        (both,) = [one for one in mail.outbox if one.to == [guests.contacts[0].email]]
        assert "et 1 autre nouvelle" in both.subject
        assert guests.meeting.title in plain(both.body)
        assert second.title in plain(both.body)
        assert len(both.attachments) == 2
        assert waiting() == 0

    def test_a_poll_gives_the_team_s_message_and_the_day_to_answer_before(
        self, guests: Guests
    ) -> None:
        open_poll(
            guests.meeting.pk,
            days=[ProposedDay(date(2030, 3, 12))],
            message="Une demi-journée\nau port",
            answer_by_date=date(2030, 3, 1),
            actor=OFFICER,
        )
        send_waiting()
        body = plain(mail.outbox[0].body)
        assert "Message de l'équipe : Une demi-journée au port" in body
        assert "Réponse souhaitée : avant le vendredi 1er mars 2030" in body

    def test_again_the_same_day_sends_nothing_and_tomorrow_the_rest(self, guests: Guests) -> None:
        invite(guests)
        send_waiting()
        second = another_meeting(guests)
        for contact in guests.contacts:
            notify(contact, NoticeKind.INVITATION, meeting=second)
        assert send_waiting().put_off == 3
        assert (len(mail.outbox), waiting()) == (3, 3)
        send_waiting(now=timezone.now() + timedelta(days=1))
        assert (len(mail.outbox), waiting()) == (6, 0)

    def test_two_programmes_of_one_address_share_the_mail(self, guests: Guests) -> None:
        elsewhere = a_seminar_with_guests(0)
        Programme.objects.filter(pk=elsewhere.meeting.programme_id).update(title="Eau en partage")
        same = contact_of_member(a_guest(elsewhere.meeting, email=guests.contacts[0].email))
        invite(guests)
        notify(same, NoticeKind.INVITATION, meeting=elsewhere.meeting)
        send_waiting()
        (shared,) = [one for one in mail.outbox if one.to == [guests.contacts[0].email]]
        assert "Eau en partage" in shared.body
        assert "Villes moyennes" in shared.body
        assert f"/moi/{same.link_key}/" in shared.body
        assert f"/moi/{guests.contacts[0].link_key}/" in shared.body

    def test_what_cannot_wait_leaves_a_second_time(self) -> None:
        guests = a_seminar_with_guests(days=1)
        announce(guests.meeting.pk, actor=OFFICER)
        notify(guests.contacts[0], NoticeKind.INVITATION, meeting=another_meeting(guests))
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        done = announce(guests.meeting.pk, actor=OFFICER)
        assert done.sendings is not None
        assert done.sendings.sent == 3
        assert waiting() == 1, "the other invitation is for tomorrow"
        assert send_waiting().sent == 0

    def test_what_can_wait_waits(self, guests: Guests) -> None:
        announce(guests.meeting.pk, actor=OFFICER)
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        done = announce(guests.meeting.pk, actor=OFFICER)
        assert done.sendings is not None
        assert (done.sendings.sent, done.sendings.put_off) == (0, 3)

    def test_a_mail_another_sender_has_in_hand_is_left_to_it(self, guests: Guests) -> None:
        invite(guests)
        send_waiting()
        now = timezone.now()
        Notice.objects.update(sent_at=None, params={})
        Mail.objects.update(sent_at=None, claimed_at=now)
        assert send_waiting(now=now).sent == 0
        assert send_waiting(now=now + timedelta(minutes=11)).sent == 3

    def test_the_database_takes_one_mail_a_day(self, guests: Guests) -> None:
        from django.db import IntegrityError, transaction

        row = {"digest": "d", "day": timezone.localdate(), "claimed_at": timezone.now()}
        Mail.objects.create(**row)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.create(**row)

    def test_only_a_digest_of_the_address_is_kept_and_for_a_month(self, guests: Guests) -> None:
        invite(guests)
        send_waiting()
        assert not Mail.objects.filter(digest__contains="@").exists()
        send_waiting(now=timezone.now() + timedelta(days=40))
        assert not Mail.objects.exists()


class TestWhatIsMoot:
    def test_a_closed_poll_asks_nothing(self, guests: Guests) -> None:
        poll = Poll.objects.create(meeting=guests.meeting, opened_at=timezone.now())
        notify(guests.contacts[0], NoticeKind.DATE_POLL, meeting=guests.meeting)
        notify(guests.contacts[1], NoticeKind.DATE_POLL, meeting=guests.meeting)
        send_waiting(to=[guests.contacts[0].pk])
        assert f"/dispo/{guests.contacts[0].link_key}/" in mail.outbox[0].body
        poll.closed_at = timezone.now()
        poll.save()
        send_waiting()
        assert (len(mail.outbox), waiting()) == (1, 0)

    def test_an_invitation_to_what_was_given_up_is_dropped(self, guests: Guests) -> None:
        invite(guests)
        cancel_meeting(guests.meeting.pk, actor=OFFICER)
        assert send_waiting().sent == 0
        assert waiting() == 0

    def test_a_change_told_to_someone_who_knew_nothing_is_an_invitation(
        self, guests: Guests
    ) -> None:
        notify(guests.contacts[0], NoticeKind.DATE_CHANGE, meeting=guests.meeting)
        send_waiting()
        assert mail.outbox[0].subject.startswith("Invitation")
        assert Notice.objects.get().kind == NoticeKind.INVITATION


class Failing(EmailBackend):
    """A mail server that does not answer, or refuses an address."""

    error: Exception | None = None
    refused: str = ""

    def open(self) -> bool:
        if isinstance(self.error, OSError):
            raise self.error
        return True

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to == [self.refused]:
            raise smtplib.SMTPRecipientsRefused({self.refused: (550, b"inconnu")})
        return super().send_messages(messages)


class TestWhenTheServerFails:
    @pytest.fixture(autouse=True)
    def _failing(self, settings) -> Iterator[None]:
        settings.EMAIL_BACKEND = "tests.stages.programme.test_notices.Failing"
        yield
        Failing.error, Failing.refused = None, ""

    def test_nothing_is_lost_and_it_is_tried_again(self, guests: Guests) -> None:
        invite(guests)
        Failing.error = ConnectionRefusedError()
        done = send_waiting()
        assert done.is_unreachable
        assert (len(mail.outbox), waiting()) == (0, 3)
        Failing.error = None
        assert send_waiting().sent == 3
        assert waiting() == 0

    def test_one_refused_address_does_not_keep_the_others_back(self, guests: Guests) -> None:
        invite(guests)
        Failing.refused = guests.contacts[1].email
        done = send_waiting()
        assert (done.sent, done.refused, waiting()) == (2, 1, 1)
        said = page_of(guests)
        assert "Adresse refusée au dernier essai" in said

    def test_the_page_and_the_command_say_so(self, guests: Guests) -> None:
        invite(guests)
        Failing.error = smtplib.SMTPServerDisconnected()
        with pytest.raises(CommandError, match="ne répond pas"):
            call_command("send_notices")
        client = signed_in(guests.meeting)
        address = reverse("programme:mails", args=[guests.meeting.programme.slug])
        answer = client.post(address, follow=True)
        said = plain(answer.content.decode())
        assert "Le serveur de courriel ne répond pas : rien n'est perdu" in said
        assert "Le serveur de courriel n'a pas répondu" in said


class TestOnDisk:
    def test_by_default_a_mail_is_a_file(self, guests: Guests, settings, tmp_path: Path) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        notify(guests.contacts[0], NoticeKind.INVITATION, meeting=guests.meeting)
        call_command("send_notices")
        (file,) = tmp_path.iterdir()
        written = message_from_bytes(file.read_bytes(), policy=policy.default)
        kinds = [part.get_content_type() for part in written.walk()]
        assert {"text/plain", "text/html", "text/calendar"} <= set(kinds)
        assert written["To"] == guests.contacts[0].email
        assert str(written["List-Unsubscribe"]).count("http") == 1

    def test_the_command_says_what_it_did(self, guests: Guests, capsys) -> None:
        invite(guests)
        call_command("send_notices")
        assert "3 courriels sont partis." in capsys.readouterr().out
        call_command("send_notices")
        assert "Il n'y avait rien à envoyer." in capsys.readouterr().out


class TestStopping:
    def address(self, *contacts: Contact) -> str:
        keys = ".".join(contact.link_key for contact in contacts)
        return reverse("programme:unsubscribe", args=[keys])

    def test_looking_stops_nothing(self, guests: Guests) -> None:
        answer = Client().get(self.address(guests.contacts[0]))
        assert "Ne plus recevoir de courriel ?" in plain(answer.content.decode())
        assert guests.refresh().contacts[0].unsubscribed_at is None

    def test_one_click_of_a_mail_program_does(self, guests: Guests) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = client.post(self.address(guests.contacts[0]), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 204
        assert guests.refresh().contacts[0].unsubscribed_at is not None
        invite(guests)
        assert send_waiting().sent == 2
        assert guests.contacts[0].email not in [one.to[0] for one in mail.outbox]

    def test_on_the_page_too_and_one_can_come_back(self, guests: Guests) -> None:
        client, address = Client(), self.address(guests.contacts[0])
        said = plain(client.post(address, follow=True).content.decode())
        assert "Vous ne recevez plus de courriel" in said
        invite(guests)
        send_waiting()
        assert waiting() == 1
        client.post(reverse("programme:resubscribe", args=[guests.contacts[0].link_key]))
        assert guests.refresh().contacts[0].unsubscribed_at is None
        assert send_waiting().sent == 1

    def test_the_link_of_a_shared_mail_stops_both(self, guests: Guests) -> None:
        Client().post(self.address(*guests.contacts[:2]))
        stopped = [one.unsubscribed_at is not None for one in guests.refresh().contacts]
        assert stopped == [True, True, False]

    def test_a_wrong_key_among_good_ones_stops_nothing(self, guests: Guests) -> None:
        address = f"/courriels/{guests.contacts[0].link_key}.{'x' * 43}/arret/"
        assert Client().post(address).status_code == 404
        assert Client().post(f"/courriels/{'x' * 43}/arret/").status_code == 404
        assert guests.refresh().contacts[0].unsubscribed_at is None

    def test_twice_changes_nothing(self, guests: Guests) -> None:
        for verb in (unsubscribe, unsubscribe, resubscribe, resubscribe):
            verb(guests.contacts[:1])
        assert guests.refresh().contacts[0].unsubscribed_at is None


def page_of(guests: Guests, client: Client | None = None) -> str:
    client = client or signed_in(guests.meeting)
    address = reverse("programme:mails", args=[guests.meeting.programme.slug])
    return plain(client.get(address).content.decode())


class TestThePage:
    def test_says_what_to_do_when_nothing_waits(self, guests: Guests) -> None:
        assert "Rien n'attend de partir" in page_of(guests)

    def test_says_who_waits_for_what_and_why(self, guests: Guests) -> None:
        contact_without = contact_of_member(a_guest(guests.meeting, email=""))
        notify(contact_without, NoticeKind.INVITATION, meeting=guests.meeting)
        unsubscribe(guests.contacts[:1])
        invite(guests)
        said = page_of(guests)
        assert "Sans adresse : à prévenir par téléphone" in said
        assert "Préfère ne pas recevoir de courriel : téléphoner" in said
        assert "2 courriels partiront" in said

    def test_sends_now(self, guests: Guests) -> None:
        invite(guests)
        client = signed_in(guests.meeting)
        address = reverse("programme:mails", args=[guests.meeting.programme.slug])
        said = plain(client.post(address, follow=True).content.decode())
        assert "3 courriels sont partis." in said
        assert "Rien n'attend de partir" in said

    def test_sends_nothing_of_another_programme(self, guests: Guests) -> None:
        elsewhere = a_seminar_with_guests(1)
        invite(guests)
        invite(elsewhere)
        client = signed_in(guests.meeting)
        client.post(reverse("programme:mails", args=[guests.meeting.programme.slug]))
        assert waiting() == 1
        address = reverse("programme:mails", args=[elsewhere.meeting.programme.slug])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404

    def test_is_for_facilitators(self, guests: Guests) -> None:
        referent = signed_in(guests.meeting, TeamRole.REFERENT)
        address = reverse("programme:mails", args=[guests.meeting.programme.slug])
        assert referent.get(address).status_code == 404

    def test_asks_as_much_for_many_as_for_few(self) -> None:
        costs = []
        for size in (1, 4):
            guests = a_seminar_with_guests(size)
            invite(guests)
            send_waiting()
            for contact in guests.contacts:
                notify(contact, NoticeKind.INVITATION, meeting=another_meeting(guests))
            client = signed_in(guests.meeting)
            with CaptureQueriesContext(connection) as asked:
                page_of(guests, client)
            costs.append(len(asked))
        assert costs[0] == costs[1]


HOSTILE = '<script>alert(1)</script>\r\nBcc: tous@exemple.fr\n" x="'


class TestHostileWords:
    @pytest.fixture
    def told(self, guests: Guests) -> bytes:
        Meeting.objects.filter(pk=guests.meeting.pk).update(
            title=HOSTILE, place=HOSTILE, purpose=HOSTILE
        )
        Programme.objects.filter(pk=guests.meeting.programme_id).update(title=HOSTILE)
        guests.meeting.refresh_from_db()
        notify(guests.contacts[0], NoticeKind.INVITATION, meeting=guests.meeting)
        assert send_waiting().sent == 1
        return mail.outbox[0].message().as_bytes()

    def test_add_no_header(self, told: bytes) -> None:
        read = message_from_bytes(told, policy=policy.default)
        assert read["Bcc"] is None
        assert mail.outbox[0].recipients() == mail.outbox[0].to
        assert "\n" not in str(read["Subject"])

    def test_run_nothing(self, told: bytes) -> None:
        ((html, _kind),) = mail.outbox[0].alternatives
        assert "<script>" not in str(html)
        assert "&lt;script&gt;" in str(html)

    def test_stay_inside_their_line_of_the_calendar(self, told: bytes) -> None:
        from icalendar import Calendar

        content = mail.outbox[0].attachments[0].get_payload(decode=True)
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert "alert(1)" in str(event["SUMMARY"])
        assert not [line for line in content.split(b"\r\n") if line.startswith(b"Bcc")]

    def test_a_hostile_address_stops_no_one_else(self, guests: Guests) -> None:
        member = a_guest(guests.meeting)
        type(member).objects.filter(pk=member.pk).update(email="a@exemple.fr\nBcc: b@exemple.fr")
        invite(guests)
        contact = contact_of_member(type(member).objects.get(pk=member.pk))
        notify(contact, NoticeKind.INVITATION, meeting=guests.meeting)
        done = send_waiting()
        assert (done.sent, done.refused) == (3, 1)

"""A day of immersion: its appointments, what is noted in a corridor, what it leaves with."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.kit.sheets import read_sheet
from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.formats.actor_map.kumu import ELEMENTS, read
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.queries import passages_of
from fabrique.stages.programme.actions import immersion as verbs
from fabrique.stages.programme.actions.meetings import schedule_meeting
from fabrique.stages.programme.enums import AppointmentKind
from fabrique.stages.programme.errors import HeardTwice
from fabrique.stages.programme.immersion import Day, day_of
from fabrique.stages.programme.models import Appointment, AuditLine, Meeting, Programme, Stake
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account

WHO = "Directrice de projet"
SECRET = "Le directeur ne croit pas au projet"


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


@pytest.fixture
def meeting(programme: Programme) -> Meeting:
    return programme.meetings.get(key="immersion", site__territory="56121")


def signed_in(email: str = DIRECTOR) -> Client:
    client = Client()
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def page_of(meeting: Meeting) -> str:
    return f"/reunions/{meeting.pk}/immersion/"


def shown(address: str, email: str = DIRECTOR) -> str:
    answer = signed_in(email).get(address)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def the_day(meeting: Meeting) -> Day:
    return day_of(account_viewer(account(DIRECTOR)), meeting)


def an_appointment(meeting: Meeting, title: str = "Directeur du port") -> Appointment:
    return verbs.add_appointment(
        meeting, kind=AppointmentKind.ACTOR, title=title, minutes=45, actor=WHO
    )


def notes_of(appointment: Appointment) -> str:
    return f"{page_of(appointment.meeting)}rendez-vous/{appointment.pk}/"


class TestTheDay:
    def test_it_begins_with_the_moments_of_the_method_at_their_hours(
        self, meeting: Meeting
    ) -> None:
        schedule_meeting(
            meeting.pk,
            starts_at=timezone.make_aware(datetime(2020, 2, 13, 9, 30)),
            ends_at=timezone.make_aware(datetime(2020, 2, 13, 17)),
            actor=WHO,
        )
        assert "Reprendre les moments de la méthode" in shown(page_of(meeting))
        client = signed_in()
        for _twice in range(2):
            client.post(page_of(meeting), {"move": "lay_out"})
        found = [(f"{one.starts_at:%H:%M}", one.title) for one in the_day(meeting).appointments]
        assert found == [
            ("09:30", "Rencontre des référents du territoire"),
            ("10:45", "Visite commentée"),
            ("13:45", "Entretiens avec des acteurs du territoire"),
            ("15:15", "Composition du groupe de travail"),
        ]

    def test_an_appointment_without_an_hour_comes_last(self, meeting: Meeting) -> None:
        client = signed_in()
        address = f"{page_of(meeting)}rendez-vous/"
        client.post(address, {"title": "Plus tard", "kind": "visit"})
        client.post(address, {"title": "Maire", "kind": "referent", "starts_at": "09:15"})
        assert [one.title for one in the_day(meeting).appointments] == ["Maire", "Plus tard"]

    def test_a_refused_appointment_comes_back_as_typed(self, meeting: Meeting) -> None:
        answer = signed_in().post(
            f"{page_of(meeting)}rendez-vous/",
            {"title": "", "kind": "visit", "starts_at": "25:00", "place": "La criée"},
        )
        words = plain(answer.content.decode())
        assert answer.status_code == 422
        assert "Cette heure n'existe pas" in words
        assert 'value="La criée"' in words

    def test_only_an_immersion_day_has_this_page(self, programme: Programme) -> None:
        for key in ("intersite-1", "comite-de-lancement"):
            meeting = programme.meetings.get(key=key)
            assert signed_in().get(page_of(meeting)).status_code == 404

    def test_the_meeting_leads_to_it(self, meeting: Meeting) -> None:
        an_appointment(meeting)
        words = shown(f"/seminaires/{meeting.pk}/")
        assert page_of(meeting) in words
        assert "1 rendez-vous" in words


class TestTakingNotes:
    def test_notes_are_kept_and_their_former_words_too(self, meeting: Meeting) -> None:
        appointment = an_appointment(meeting)
        client = signed_in()
        client.post(notes_of(appointment), {"move": "notes", "notes": "Un", "kept": "Deux"})
        client.post(notes_of(appointment), {"move": "notes", "notes": "Trois", "kept": "Deux"})
        assert "Trois</textarea>" in shown(notes_of(appointment))
        assert AuditLine.objects.filter(verb="take-notes").last().detail["before"] == {
            "notes": "Un",
            "kept": "Deux",
        }

    def test_the_team_s_notes_are_the_team_s_and_what_is_kept_is_read(
        self, meeting: Meeting
    ) -> None:
        """Seen red with the notes shown to whoever sees the meeting."""
        appointment = an_appointment(meeting)
        verbs.take_notes(appointment.pk, notes=SECRET, kept="Le port manque de place", actor=WHO)
        for address in (
            page_of(meeting),
            notes_of(appointment),
            f"{page_of(meeting)}synthese/",
            f"/seminaires/{meeting.pk}/",
        ):
            assert SECRET not in shown(address, REFERENT), address
        assert "Le port manque de place" in shown(notes_of(appointment), REFERENT)
        assert SECRET in shown(notes_of(appointment))
        note = draft_note(meeting, actor=WHO)
        assert SECRET not in str([block.content for block in passages_of(note)])

    def test_what_is_heard_there_is_noted_there(self, meeting: Meeting) -> None:
        appointment = an_appointment(meeting)
        client = signed_in()
        client.post(notes_of(appointment), {"move": "enjeux", "text": "La place du port"})
        client.post(
            notes_of(appointment),
            {"move": "acteurs", "name": "Union des transporteurs", "kind": "Association"},
        )
        words = shown(notes_of(appointment))
        assert "La place du port" in words
        assert "Union des transporteurs (Association)" in words.replace("<small>", "").replace(
            "</small>", ""
        )
        assert the_day(meeting).stakes[0].appointment == appointment

    def test_one_goes_from_an_appointment_to_the_next(self, meeting: Meeting) -> None:
        first, second = an_appointment(meeting, "Maire"), an_appointment(meeting, "Port")
        assert notes_of(second) in shown(notes_of(first))
        assert notes_of(first) in shown(notes_of(second))

    def test_details_are_changed_and_the_appointment_removed_and_put_back(
        self, meeting: Meeting
    ) -> None:
        appointment = an_appointment(meeting)
        client = signed_in()
        client.post(
            notes_of(appointment), {"move": "details", "title": "Directrice", "kind": "actor"}
        )
        assert the_day(meeting).appointments[0].title == "Directrice"
        line = {"kind": "appointment", "line": appointment.pk}
        client.post(page_of(meeting), {"move": "remove", **line})
        assert not the_day(meeting).appointments
        assert "Directrice" in shown(page_of(meeting))
        client.post(page_of(meeting), {"move": "restore", **line})
        assert the_day(meeting).appointments

    def test_an_appointment_of_another_territory_is_unknown(
        self, programme: Programme, meeting: Meeting
    ) -> None:
        elsewhere = programme.meetings.get(key="immersion", site__territory="88413")
        appointment = an_appointment(elsewhere)
        address = f"{page_of(meeting)}rendez-vous/{appointment.pk}/"
        assert signed_in().get(address).status_code == 404
        assert signed_in(REFERENT).get(notes_of(appointment)).status_code == 404


class TestWhatTheDayLeavesWith:
    TYPED = (
        {"move": "contexte", "context": "Une ville portuaire compacte."},
        {"move": "enjeux", "text": "Les livraisons traversent la ville"},
        {
            "move": "acteurs",
            "name": "Coopérative de livraison",
            "kind": "Entreprise",
            "why": "Livre à vélo",
        },
        {"move": "theme", "theme": "Repenser la logistique"},
        {
            "move": "profils",
            "role": "Directrice du commerce",
            "institution": "Ville",
            "function_kind": "staff",
            "why": "Tient la voirie",
        },
        {"move": "groupe", "mobilisation": "Ville et agglomération invitent ensemble."},
        {"move": "preparation", "to_prepare": "- Compter les livraisons\n- Voir la criée"},
    )

    def written(self, meeting: Meeting) -> None:
        client = signed_in()
        for typed in self.TYPED:
            answer = client.post(page_of(meeting), typed)
            assert answer.status_code == 302, typed
        appointment = an_appointment(meeting)
        verbs.take_notes(appointment.pk, notes="", kept="Le port manque de place", actor=WHO)

    def test_everything_typed_is_on_the_page_and_the_theme_is_the_territory_s(
        self, meeting: Meeting
    ) -> None:
        self.written(meeting)
        for email in (DIRECTOR, REFERENT):
            words = shown(page_of(meeting), email)
            for said in (
                "Une ville portuaire compacte.",
                "Les livraisons traversent la ville",
                "Coopérative de livraison",
                "Repenser la logistique",
                "Directrice du commerce, Ville",
                "Ville et agglomération invitent ensemble.",
                "Compter les livraisons",
            ):
                assert said in words, (email, said)
        meeting.site.refresh_from_db()
        assert meeting.site.theme == "Repenser la logistique"

    def test_the_summary_gathers_it(self, meeting: Meeting) -> None:
        assert "Rien n'est encore écrit" in shown(f"{page_of(meeting)}synthese/")
        self.written(meeting)
        words = shown(f"{page_of(meeting)}synthese/", REFERENT)
        for said in ("Le contexte", "Le port manque de place", "Livre à vélo", "Voir la criée"):
            assert said in words, said

    def test_the_note_is_drafted_from_it(self, meeting: Meeting) -> None:
        self.written(meeting)
        note = draft_note(meeting, actor=WHO)
        said = {
            key: plain(" ".join(str(b.content) for b in passages_of(note).filter(section=key)))
            for key in ("kept", "debated", "next_time")
        }
        assert "Une ville portuaire compacte." in said["kept"]
        assert "Directeur du port. Le port manque de place" in said["kept"]
        assert "Coopérative de livraison (Entreprise). Livre à vélo" in said["kept"]
        assert "Directrice du commerce, Ville. Tient la voirie" in said["debated"]
        assert "Compter les livraisons" in said["next_time"]

    @pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
    def test_the_first_actors_are_taken_in_by_the_map_of_actors(
        self, meeting: Meeting, format: str
    ) -> None:
        self.written(meeting)
        verbs.spot_actor(meeting, name="=1+1", kind="Inconnu au bataillon", actor=WHO)
        answer = signed_in().get(f"{page_of(meeting)}acteurs.{format}")
        assert list(read_sheet(answer.content).columns) == ["Label", "Type", "Description"]
        taken = read({ELEMENTS: answer.content}, lists={"type": ["Entreprise"]}, kinds={}, there=())
        first = taken.cards[0]
        assert (first.title, first.data["type"]) == ("Coopérative de livraison", "Entreprise")
        assert first.data["text"] == "Livre à vélo"
        assert taken.cards[1].title == "=1+1"
        assert signed_in().get(f"{page_of(meeting)}acteurs.pdf").status_code == 404

    @pytest.mark.parametrize(
        ("typed", "twice"),
        [
            ({"move": "enjeux", "text": "La place du port"}, "LA PLACE DU PORT"),
            ({"move": "acteurs", "name": "Union", "why": "Elle dit non"}, "union"),
            ({"move": "profils", "role": "Maire", "institution": "Ville"}, "maire"),
        ],
    )
    def test_the_same_line_twice_is_said_and_nothing_is_lost(
        self, meeting: Meeting, typed: dict[str, str], twice: str
    ) -> None:
        client = signed_in()
        client.post(page_of(meeting), typed)
        name = next(key for key in typed if key != "move")
        answer = client.post(page_of(meeting), typed | {name: twice})
        assert answer.status_code == 422
        words = plain(answer.content.decode())
        assert "est déjà dans la liste" in words
        assert f'value="{twice}"' in words

    def test_a_line_is_removed_and_put_back_unless_it_was_written_again(
        self, meeting: Meeting
    ) -> None:
        stake = verbs.note_stake(meeting, text="La place du port", actor=WHO)
        client = signed_in()
        line = {"kind": "stake", "line": stake.pk}
        client.post(page_of(meeting), {"move": "remove", **line})
        assert not the_day(meeting).stakes
        verbs.note_stake(meeting, text="La place du port", actor=WHO)
        stake.refresh_from_db()
        with pytest.raises(HeardTwice):
            verbs.restore_line(stake, actor=WHO)
        client.post(page_of(meeting), {"move": "restore", **line})
        assert len(the_day(meeting).stakes) == 1
        verbs.remove_line(the_day(meeting).stakes[0], actor=WHO)
        client.post(page_of(meeting), {"move": "restore", **line})
        assert [one.pk for one in the_day(meeting).stakes] == [stake.pk]

    def test_a_line_of_another_day_is_not_removed_from_here(
        self, programme: Programme, meeting: Meeting
    ) -> None:
        elsewhere = programme.meetings.get(key="immersion", site__territory="88413")
        stake = verbs.note_stake(elsewhere, text="Ailleurs", actor=WHO)
        line = {"move": "remove", "kind": "stake", "line": stake.pk}
        assert signed_in().post(page_of(meeting), line).status_code == 404
        assert Stake.objects.get(pk=stake.pk).removed_at is None

    def test_a_referent_reads_and_writes_nothing(self, meeting: Meeting) -> None:
        client = signed_in(REFERENT)
        appointment = an_appointment(meeting)
        for typed in (*self.TYPED, {"move": "lay_out"}, {"move": "remove"}):
            assert client.post(page_of(meeting), typed).status_code == 404, typed
        typed = {"move": "notes", "notes": "a", "kept": ""}
        assert client.post(notes_of(appointment), typed).status_code == 404
        assert client.get(f"{page_of(meeting)}rendez-vous/").status_code == 404

    def test_it_costs_the_same_however_much_is_noted(self, meeting: Meeting) -> None:
        client = signed_in()
        counts = []
        for number in range(3):
            appointment = an_appointment(meeting, f"Rencontre {number}")
            for verb, words in (
                (verbs.note_stake, {"text": f"Enjeu {number}"}),
                (verbs.spot_actor, {"name": f"Acteur {number}"}),
                (verbs.propose_profile, {"role": f"Profil {number}"}),
            ):
                verb(meeting, appointment=appointment, actor=WHO, **words)
            addresses = (page_of(meeting), notes_of(appointment), f"{page_of(meeting)}synthese/")
            client.get(addresses[0])
            with CaptureQueriesContext(connection) as queries:
                for address in addresses:
                    assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[2] <= 40

"""Who was there: ticked on a phone, scanned, told by the door; quorum, and the year's grid."""

import io
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from fabrique.document.print_kit import render_print
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.actions.meetings import hold_meeting
from fabrique.stages.programme.actions.members import add_member, remove_member
from fabrique.stages.programme.enums import MemberStatus, TeamRole
from fabrique.stages.programme.models import AuditLine, GroupMember, Meeting
from fabrique.stages.seminar.actions.attendance import Mark, record_attendance
from fabrique.stages.seminar.actions.rooms import join_room, leave_room, open_room, prepare_room
from fabrique.stages.seminar.enums import AttendanceSource, AttendanceState, Identity
from fabrique.stages.seminar.errors import NotInThisGroup
from fabrique.stages.seminar.exports import attendance_sheet, scan_address
from fabrique.stages.seminar.models import Attendance, Room
from fabrique.stages.seminar.queries import members_to_pick
from tests.stages.programme.plain_words import plain
from tests.stages.rooms import an_account
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db

PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"


@pytest.fixture
def meeting() -> Meeting:
    return a_seminar()


@pytest.fixture
def director(meeting: Meeting) -> Client:
    return signed_in(meeting)


def a_group(meeting: Meeting, *names: str, **details: object) -> list[GroupMember]:
    return [
        add_member(meeting.programme, site=meeting.site, name=name, actor="", **details)
        for name in names
    ]


def roll_page(meeting: Meeting) -> str:
    return reverse("seminar:attendance", args=[meeting.pk])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def ticked(client: Client, meeting: Meeting, *, was: dict[str, str] | None = None, **more: str):
    """Post the roll; keys are ``etat_HEX`` and ``par_HEX``; ``was`` is what the screen showed."""
    data = {name.replace("_", "-", 1): value for name, value in more.items()}
    data |= {f"initial-{name.replace('_', '-', 1)}": value for name, value in (was or {}).items()}
    return client.post(roll_page(meeting), data)


def state_of(meeting: Meeting, member: GroupMember) -> str:
    found = Attendance.objects.filter(meeting=meeting, member=member).first()
    return found.state if found else ""


def an_open_room(meeting: Meeting, identity: Identity = Identity.NAMED) -> Room:
    return open_room(prepare_room(meeting, identity=identity).pk, actor="")


class TestTicking:
    def test_says_who_is_there_and_whether_enough(self, director: Client, meeting: Meeting) -> None:
        first, second, third = a_group(meeting, "Élue", "Agent", "Habitante")
        assert "Aucune présence notée, quorum : 2" in shown(director, roll_page(meeting))
        ticked(director, meeting, **{f"etat_{first.pk.hex}": PRESENT})
        said = shown(director, roll_page(meeting))
        assert "1 présent sur 3, quorum non atteint : il manque 1 personne" in said
        assert "2 personnes restent à pointer" in said
        ticked(director, meeting, **{f"etat_{second.pk.hex}": PRESENT})
        assert "2 présents sur 3, quorum atteint" in shown(director, roll_page(meeting))
        hub = shown(director, reverse("seminar:detail", args=[meeting.pk]))
        assert "2 présents sur 3, quorum atteint" in hub
        assert state_of(meeting, third) == ""

    def test_the_others_can_be_noted_absent_at_once(
        self, director: Client, meeting: Meeting
    ) -> None:
        here, away = a_group(meeting, "Élue", "Agent")
        ticked(director, meeting, rest=ABSENT, **{f"etat_{here.pk.hex}": PRESENT})
        assert (state_of(meeting, here), state_of(meeting, away)) == (PRESENT, ABSENT)
        assert AuditLine.objects.get(verb="record-attendance").detail["count"] == 2

    def test_what_came_meanwhile_is_not_written_over(
        self, director: Client, meeting: Meeting
    ) -> None:
        """The screen was loaded before they took their name at the door."""
        late, other = a_group(meeting, "Élue", "Agent")
        join_room(an_open_room(meeting), member_id=late.pk)
        ticked(
            director,
            meeting,
            rest=ABSENT,
            was={f"etat_{late.pk.hex}": "", f"etat_{other.pk.hex}": ""},
            **{f"etat_{other.pk.hex}": PRESENT},
        )
        assert (state_of(meeting, late), state_of(meeting, other)) == (PRESENT, PRESENT)
        assert Attendance.objects.get(member=late).source == AttendanceSource.ROOM

    def test_a_tick_corrects_the_door(self, director: Client, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        join_room(an_open_room(meeting), member_id=member.pk)
        key = f"etat_{member.pk.hex}"
        ticked(director, meeting, was={key: PRESENT}, **{key: ABSENT})
        assert state_of(meeting, member) == ABSENT

    def test_a_substitute_is_flagged_and_does_not_make_the_quorum(
        self, director: Client, meeting: Meeting
    ) -> None:
        (member,) = a_group(meeting, "Élue")
        ticked(director, meeting, **{f"par_{member.pk.hex}": "Sa directrice de cabinet"})
        assert state_of(meeting, member) == EXCUSED
        said = shown(director, roll_page(meeting))
        assert "0 présents sur 1, 1 remplaçant, quorum non atteint" in said
        assert "remplacé par Sa directrice de cabinet" in said

    def test_someone_present_is_not_replaced_and_what_was_typed_stays(
        self, director: Client, meeting: Meeting
    ) -> None:
        (member,) = a_group(meeting, "Élue")
        key = member.pk.hex
        answer = ticked(director, meeting, **{f"etat_{key}": PRESENT, f"par_{key}": "Son adjoint"})
        body = plain(answer.content.decode())
        assert "effacez son remplaçant" in body
        assert "Son adjoint" in body
        assert not Attendance.objects.exists()

    def test_a_signed_sheet_is_told_as_such(self, director: Client, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        ticked(director, meeting, source="paper", **{f"etat_{member.pk.hex}": PRESENT})
        assert Attendance.objects.get().source == AttendanceSource.PAPER

    def test_nobody_to_expect_says_what_to_do_first(
        self, director: Client, meeting: Meeting
    ) -> None:
        assert "Composez d'abord le groupe de travail" in shown(director, roll_page(meeting))

    def test_nobody_is_expected_before_they_were_invited(
        self, director: Client, meeting: Meeting
    ) -> None:
        a_group(meeting, "Élue")
        a_group(meeting, "Arrivée plus tard", invited_on=date(2020, 12, 1))
        assert "quorum : 1" in shown(director, roll_page(meeting))
        assert "Arrivée plus tard" not in shown(director, roll_page(meeting))

    def test_who_left_since_is_still_counted_where_they_came(
        self, director: Client, meeting: Meeting
    ) -> None:
        (member,) = a_group(meeting, "Élue")
        ticked(director, meeting, **{f"etat_{member.pk.hex}": PRESENT})
        remove_member(member.pk, actor="")
        assert "1 présent sur 1" in shown(director, roll_page(meeting))

    def test_a_referent_reads_it_and_does_not_write_it(self, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        referent = signed_in(meeting, TeamRole.REFERENT)
        assert "Élue" in shown(referent, roll_page(meeting))
        assert ticked(referent, meeting, **{f"etat_{member.pk.hex}": PRESENT}).status_code == 404
        assert not Attendance.objects.exists()


class TestScanning:
    def test_the_code_of_the_sheet_leads_to_one_button(
        self, director: Client, meeting: Meeting
    ) -> None:
        (member,) = a_group(meeting, "Élue au port")
        address = reverse("seminar:scan", args=[meeting.pk, member.pk])
        assert scan_address(meeting, member).endswith(address)
        assert "Noter cette personne présente" in shown(director, address)
        assert state_of(meeting, member) == ""
        director.post(address)
        assert state_of(meeting, member) == PRESENT
        assert Attendance.objects.get().source == AttendanceSource.SCAN
        assert "1 présent sur 1, quorum atteint" in shown(director, address)

    def test_scanning_twice_says_the_same(self, director: Client, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue au port")
        for _ in range(2):
            director.post(reverse("seminar:scan", args=[meeting.pk, member.pk]))
        assert Attendance.objects.count() == 1
        assert AuditLine.objects.filter(verb="record-attendance").count() == 1

    def test_opens_nothing_to_anyone_else(self, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue au port")
        address = reverse("seminar:scan", args=[meeting.pk, member.pk])
        assert Client().get(address).status_code == 302
        assert signed_in(meeting, TeamRole.REFERENT).post(address).status_code == 404
        assert signed_in(a_seminar()).post(address).status_code == 404
        assert not Attendance.objects.exists()

    def test_of_another_territory_is_unknown_here(self, director: Client, meeting: Meeting) -> None:
        (stranger,) = a_group(a_seminar(), "Ailleurs")
        address = reverse("seminar:scan", args=[meeting.pk, stranger.pk])
        assert director.get(address).status_code == 404

    def test_the_sheet_prints_a_code_a_member(self, meeting: Meeting) -> None:
        a_group(meeting, "Élue au port", "Agent du port")
        a_group(meeting, "Pressentie", status=MemberStatus.CANDIDATE)
        sheet = attendance_sheet(account_viewer(an_account(meeting)), meeting)
        assert [bool(one.qr_svg) for one in sheet.attendees] == [True, True]
        text = PdfReader(io.BytesIO(render_print(sheet))).pages[0].extract_text()
        assert "Élue au port" in text
        assert "Pressentie" not in text


class TestTheDoor:
    def test_taking_ones_name_is_being_there(self, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        person = join_room(an_open_room(meeting), member_id=member.pk)
        leave_room(person.pk)
        noted = Attendance.objects.get()
        assert (noted.member, noted.state, noted.source) == (member, PRESENT, "room")

    def test_late_people_are_there_after_all(self, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        noted(meeting, member, AttendanceState.ABSENT)
        join_room(an_open_room(meeting), member_id=member.pk)
        assert state_of(meeting, member) == PRESENT

    def test_a_name_taken_by_a_substitute_stays_theirs(self, meeting: Meeting) -> None:
        (member,) = a_group(meeting, "Élue")
        noted(meeting, member, AttendanceState.EXCUSED, substitute="Son adjoint")
        join_room(an_open_room(meeting), member_id=member.pk)
        assert state_of(meeting, member) == EXCUSED

    @pytest.mark.parametrize("identity", [Identity.PSEUDONYM, Identity.ANONYMOUS])
    def test_where_nobody_is_named_nobody_is_noted(
        self, meeting: Meeting, identity: Identity
    ) -> None:
        (member,) = a_group(meeting, "Élue")
        join_room(an_open_room(meeting, identity), member_id=member.pk, label="Hérisson")
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("status", [MemberStatus.CANDIDATE, MemberStatus.DECLINED])
    def test_who_is_not_of_the_group_is_not_offered_nor_let_in_by_name(
        self, meeting: Meeting, status: MemberStatus
    ) -> None:
        """Seen red with ``in_a_group`` telling only who left."""
        a_group(meeting, "Élue")
        (outside,) = a_group(meeting, "Hors du groupe", status=status)
        room = an_open_room(meeting)
        assert [choice.member.name for choice in members_to_pick(room)] == ["Élue"]
        for address in (f"/r/{room.code}/", f"/api/rooms/{room.code}"):
            assert "Hors du groupe" not in Client().get(address).content.decode()
        with pytest.raises(NotInThisGroup):
            join_room(room, member_id=outside.pk)


def noted(
    meeting: Meeting, member: GroupMember, state: AttendanceState, substitute: str = ""
) -> None:
    mark = Mark(member_id=member.pk, state=state, substitute=substitute)
    record_attendance(meeting, marks=[mark], source=AttendanceSource.TICK, actor="")


class TestTheYear:
    def test_shows_who_missed_two_and_who_was_replaced(
        self, director: Client, meeting: Meeting
    ) -> None:
        faithful, lost = a_group(meeting, "Fidèle", "Perdue de vue")
        for number in range(1, 4):
            held = a_further_seminar(meeting, number)
            noted(held, faithful, AttendanceState.PRESENT)
        noted(held, lost, AttendanceState.EXCUSED, substitute="Son adjoint")
        said = shown(director, year_page(meeting))
        assert "1 personne a manqué deux séminaires locaux ou plus" in said
        assert "Perdue de vue : 3 séminaires manqués" in said
        assert "par Son adjoint" in said
        assert "Pas vu(e)" in said

    def test_seminars_nobody_was_noted_at_count_for_nobody(
        self, director: Client, meeting: Meeting
    ) -> None:
        (member,) = a_group(meeting, "Fidèle")
        for number in range(1, 3):
            a_further_seminar(meeting, number)
        noted(a_further_seminar(meeting, 3), member, AttendanceState.PRESENT)
        said = shown(director, year_page(meeting))
        assert "manqué deux" not in said
        assert "non relevées" in said

    def test_staying_away_from_an_inter_site_seminar_is_no_absence(
        self, director: Client, meeting: Meeting
    ) -> None:
        delegate, _other = a_group(meeting, "Déléguée", "Restée")
        for number in range(1, 3):
            held = a_further_seminar(meeting, number, key=f"intersite-{number}", site=None)
            noted(held, delegate, AttendanceState.PRESENT)
        assert "manqué deux" not in shown(director, year_page(meeting))

    def test_tells_how_the_mix_of_those_present_moved(
        self, director: Client, meeting: Meeting
    ) -> None:
        elected = a_group(meeting, "Élue", "Élu", function_kind="elected")
        staff = a_group(meeting, "Agente", "Agent", function_kind="staff")
        first, last = a_further_seminar(meeting, 1), a_further_seminar(meeting, 2)
        for member in (*elected, *staff):
            noted(first, member, AttendanceState.PRESENT)
        for member in staff:
            noted(last, member, AttendanceState.PRESENT)
        said = shown(director, year_page(meeting))
        assert "50 points de moins" in said
        assert "0, il en manque 1" in said
        assert "2 (100 %)" in said

    def test_says_what_to_do_first(self, director: Client, meeting: Meeting) -> None:
        assert "Aucune présence n'est encore notée" in shown(director, year_page(meeting))

    def test_is_for_the_team_of_the_territory(self, meeting: Meeting) -> None:
        assert signed_in(meeting, TeamRole.REFERENT).get(year_page(meeting)).status_code == 200
        assert signed_in(a_seminar()).get(year_page(meeting)).status_code == 404
        assert Client().get(year_page(meeting)).status_code == 302


def year_page(meeting: Meeting) -> str:
    assert meeting.site is not None
    place = [meeting.programme.slug, meeting.site.territory_id]
    return reverse("seminar:group-year", args=place)


def a_further_seminar(
    meeting: Meeting, number: int, *, key: str = "", site: UUID | str | None = "same"
) -> Meeting:
    """The next one of the same territory, held."""
    starts_at = timezone.make_aware(datetime(2020, 9, 17, 14)) + timedelta(days=60 * number)
    made = Meeting.objects.create(
        programme=meeting.programme,
        site=meeting.site if site == "same" else None,
        kind="local_seminar" if site == "same" else "intersite_seminar",
        key=key or f"further-{number}",
        step=str(number),
        number=number,
        title=f"Séminaire {number}",
        window_start_date=starts_at.date(),
        window_end_date=starts_at.date(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        position=number,
    )
    return hold_meeting(made.pk, actor="")


def test_as_many_queries_for_one_member_and_seminar_as_for_three(
    director: Client, meeting: Meeting
) -> None:
    held = [a_further_seminar(meeting, 1)]
    for address in (roll_page(meeting), year_page(meeting)):
        counts = []
        for extra in (1, 2):
            held += [a_further_seminar(meeting, len(held) + 1) for _ in range(extra - 1)]
            for member in a_group(meeting, *(f"M{len(held)}{n}{address}" for n in range(extra))):
                for one in (meeting, *held):
                    noted(one, member, AttendanceState.PRESENT)
            with CaptureQueriesContext(connection) as asked:
                shown(director, address)
            counts.append(len(asked))
        assert counts[0] == counts[1], address


def test_the_former_address_of_a_group_leads_to_it(director: Client, meeting: Meeting) -> None:
    answer = director.get(reverse("seminar:members", args=[meeting.pk]))
    assert answer.url == (
        f"/demarches/{meeting.programme.slug}/territoires/{meeting.site.territory_id}/groupe/"
    )

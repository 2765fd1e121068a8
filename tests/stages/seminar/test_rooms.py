import pytest

from fabrique.people.viewer import NOBODY, Viewer
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.seminar import errors, queries
from fabrique.stages.seminar.actions import rooms
from fabrique.stages.seminar.enums import Identity, RoomState
from fabrique.stages.seminar.models import JournalEntry, Room
from tests.stages.rooms import a_held_seminar, a_meeting, a_member, an_account, someone

pytestmark = pytest.mark.django_db
ACTOR = "Directrice de projet"


class TestPreparing:
    def test_a_meeting_has_one_room_however_often_it_is_prepared(self):
        meeting = a_meeting()
        first = rooms.prepare_room(meeting, identity=Identity.ANONYMOUS)
        assert rooms.prepare_room(meeting).pk == first.pk
        assert rooms.prepare_room(meeting).identity == Identity.ANONYMOUS
        assert Room.objects.filter(meeting=meeting).count() == 1

    def test_a_code_has_six_characters_nobody_misreads(self):
        codes = {rooms.prepare_room(a_meeting()).code for _ in range(30)}
        assert len(codes) == 30
        assert all(len(code) == 6 for code in codes)
        assert not set("".join(codes)) & set("IO01")

    def test_identity_changes_until_the_room_opens_and_never_after(self):
        meeting = a_meeting()
        room = rooms.prepare_room(meeting, identity=Identity.NAMED)
        assert rooms.prepare_room(meeting, identity=Identity.ANONYMOUS).identity == "anonymous"
        rooms.open_room(room.pk, actor=ACTOR)
        rooms.close_room(room.pk, actor=ACTOR)
        with pytest.raises(errors.RoomAlreadyOpened):
            rooms.prepare_room(meeting, identity=Identity.NAMED)


class TestHolding:
    def test_a_room_opens_closes_and_opens_again(self):
        room = rooms.prepare_room(a_meeting())
        opened = rooms.open_room(room.pk, actor=ACTOR)
        first_opening = opened.opened_at
        assert rooms.close_room(room.pk, actor=ACTOR).state == RoomState.CLOSED
        again = rooms.open_room(room.pk, actor=ACTOR)
        assert (again.state, again.opened_at) == (RoomState.OPEN, first_opening)

    @pytest.mark.parametrize(("started", "state"), [(True, "held"), (False, "planned")])
    def test_closing_says_the_meeting_was_held_if_its_run_sheet_was_started(self, started, state):
        meeting = a_meeting()
        room = rooms.open_room(rooms.prepare_room(meeting).pk, actor=ACTOR)
        if started:
            rooms.next_sequence(room.pk, actor=ACTOR)
        rooms.close_room(room.pk, actor=ACTOR)
        meeting.refresh_from_db()
        assert meeting.state == state

    def test_a_room_cannot_close_before_it_opens(self):
        room = rooms.prepare_room(a_meeting())
        with pytest.raises(errors.IllegalRoomMove):
            rooms.close_room(room.pk, actor=ACTOR)
        assert not JournalEntry.objects.filter(room=room).exists()

    def test_the_run_sheet_is_followed_line_by_line_to_its_end(self):
        room = rooms.open_room(rooms.prepare_room(a_meeting()).pk, actor=ACTOR)
        titles = [rooms.next_sequence(room.pk, actor=ACTOR).sequence.title for _ in range(2)]
        assert titles == ["Séquence 1", "Séquence 2"]
        with pytest.raises(errors.NotInThisRunSheet):
            rooms.next_sequence(room.pk, actor=ACTOR)

    def test_minutes_added_go_with_the_sequence_they_were_added_to(self):
        room = rooms.prepare_room(a_meeting())
        rooms.next_sequence(room.pk, actor=ACTOR)
        assert rooms.add_minutes(room.pk, minutes=5, actor=ACTOR).added_minutes == 5
        assert rooms.add_minutes(room.pk, minutes=5, actor=ACTOR).added_minutes == 10
        assert rooms.next_sequence(room.pk, actor=ACTOR).added_minutes == 0

    def test_a_sequence_of_another_seminar_is_refused(self):
        room = rooms.prepare_room(a_meeting())
        other = a_meeting().sequences.first()
        with pytest.raises(errors.NotInThisRunSheet):
            rooms.start_sequence(room.pk, sequence_id=other.pk, actor=ACTOR)

    def test_a_renewed_wall_key_shuts_the_former_screens(self):
        room = rooms.prepare_room(a_meeting())
        rooms.renew_wall_key(room.pk, actor=ACTOR)
        assert queries.room_with_wall_key(room.wall_key) is None

    def test_everything_that_happens_is_numbered_without_a_gap(self):
        held = a_held_seminar(identity=Identity.PSEUDONYM)
        for _ in range(3):
            someone(held.room)
        numbers = list(held.room.journal.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        held.refresh()
        assert held.room.last_number == numbers[-1]
        assert held.room.phones_number < held.room.last_number


class TestJoining:
    def test_nobody_joins_a_room_that_is_not_open(self):
        room = rooms.prepare_room(a_meeting(), identity=Identity.ANONYMOUS)
        with pytest.raises(errors.RoomNotOpen) as caught:
            rooms.join_room(room)
        assert caught.value.params == {"state": "ready"}

    def test_a_member_picks_their_name_once(self):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        seated = rooms.join_room(held.room, member_id=member.pk)
        assert seated.label == member.name
        with pytest.raises(errors.MemberTaken):
            rooms.join_room(held.room, member_id=member.pk)
        assert rooms.join_room(held.room, member_id=member.pk, again=True).pk == seated.pk

    def test_the_names_offered_say_who_is_already_in(self):
        held = a_held_seminar(identity=Identity.NAMED)
        here, away = a_member(held.meeting), a_member(held.meeting)
        a_member(a_meeting())
        rooms.join_room(held.room, member_id=here.pk)
        picked = {
            choice.member.pk: choice.is_taken for choice in queries.members_to_pick(held.room)
        }
        assert picked == {here.pk: True, away.pk: False}

    def test_a_member_of_another_group_is_refused(self):
        held = a_held_seminar(identity=Identity.NAMED)
        with pytest.raises(errors.NotInThisGroup):
            rooms.join_room(held.room, member_id=a_member(a_meeting()).pk)

    def test_a_guest_of_a_named_room_says_who_they_are(self):
        held = a_held_seminar(identity=Identity.NAMED)
        assert rooms.join_room(held.room, label="Association invitée").member is None
        with pytest.raises(errors.NameNeeded):
            rooms.join_room(held.room, label="   ")

    def test_a_pseudonym_is_one_persons(self):
        held = a_held_seminar(identity=Identity.PSEUDONYM)
        rooms.join_room(held.room, label="Chêne")
        with pytest.raises(errors.LabelTaken):
            rooms.join_room(held.room, label=" chêne")

    def test_an_anonymous_room_keeps_neither_name_nor_member_nor_actor(self):
        held = a_held_seminar(identity=Identity.ANONYMOUS)
        member = a_member(held.meeting)
        seated = rooms.join_room(held.room, member_id=member.pk, label=member.name)
        assert (seated.member, seated.label) == (None, "Participant ou participante")
        assert held.room.journal.get(verb="join_room").actor == ""

    def test_someone_who_left_may_come_back_under_their_name(self):
        held = a_held_seminar(identity=Identity.NAMED)
        member = a_member(held.meeting)
        first = rooms.join_room(held.room, member_id=member.pk)
        rooms.leave_room(first.pk)
        assert queries.participant_of(first.pk) is None
        assert queries.participant_with_link(first.link_key) == first
        assert rooms.join_room(held.room, member_id=member.pk) == first


class TestWhoSeesARoom:
    def test_the_team_of_its_programme_its_participants_and_its_screen_and_nobody_else(self):
        held, other = a_held_seminar(), a_held_seminar()
        inside, outside = someone(held.room), someone(other.room)
        see = {
            "director": Viewer(user_id=an_account(held.meeting).pk),
            "referent": Viewer(user_id=an_account(held.meeting, TeamRole.REFERENT).pk),
            "participant": Viewer(participant_id=inside.pk),
            "screen": Viewer(screen_room_id=held.room.pk),
        }
        for viewer in see.values():
            assert list(queries.rooms_visible_to(viewer)) == [held.room]
        blind = [NOBODY, Viewer(user_id=an_account().pk), Viewer(participant_id=outside.pk)]
        for viewer in blind:
            assert held.room not in queries.rooms_visible_to(viewer)

    def test_only_facilitators_run_it(self):
        held = a_held_seminar()
        officer = Viewer(user_id=an_account(held.meeting, TeamRole.OFFICER).pk)
        assert list(queries.rooms_run_by(officer)) == [held.room]
        referent = Viewer(user_id=an_account(held.meeting, TeamRole.REFERENT).pk)
        for viewer in (referent, Viewer(participant_id=someone(held.room).pk), NOBODY):
            assert not queries.rooms_run_by(viewer)

    def test_someone_who_left_no_longer_sees_it(self):
        held = a_held_seminar()
        gone = someone(held.room)
        rooms.leave_room(gone.pk)
        assert not queries.rooms_visible_to(Viewer(participant_id=gone.pk))

    @pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3}-{}"])
    def test_a_code_is_read_however_it_is_typed(self, typed):
        room = a_held_seminar().room
        lower = room.code.lower()
        typed = f"{lower[:3]}-{lower[3:]}" if "-" in typed else typed.format(lower)
        assert queries.room_with_code(typed) == room

    @pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG", "ABCDE0", "' OR 1=1"])
    def test_what_cannot_be_a_code_finds_nothing(self, typed):
        a_held_seminar()
        assert queries.room_with_code(typed) is None

import threading
from uuid import UUID

import pytest
from django.db import connection

from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import NOBODY, Viewer
from fabrique.stages.contribution import errors, queries
from fabrique.stages.contribution.actions.contributions import Received, contribute
from fabrique.stages.contribution.actions.workshops import (
    change_phase,
    close_workshop,
    lay_out_workshops,
    open_workshop,
)
from fabrique.stages.contribution.enums import Fate, Level, Source, WorkshopState
from fabrique.stages.contribution.models import Contribution, Placement
from fabrique.stages.seminar.actions.rooms import close_room, leave_room
from fabrique.stages.seminar.models import JournalEntry, Participant
from tests.stages.rooms import Held, a_card, a_held_seminar, a_meeting, an_account, someone

pytestmark = pytest.mark.django_db
ACTOR = "Directrice de projet"


def send(
    held: Held,
    who: Participant | None,
    text: str = "Une idée",
    *,
    id: UUID | None = None,
    source: Source = Source.PHONE,
    **more: str,
) -> Received:
    return contribute(
        id=id or new_id(),
        workshop_id=next(iter(held.workshops.values())).pk,
        participant=who,
        data={"text": text},
        source=source,
        actor=who.label if who else ACTOR,
        **more,
    )


class TestSendingOnce:
    def test_what_is_said_is_stored_in_the_rooms_order(self):
        held = a_held_seminar()
        who = someone(held.room)
        first, second = send(held, who, "Une").contribution, send(held, who, "Deux").contribution
        assert second.number == first.number + 1 == held.room.journal.last().number
        assert [one.text for one in Contribution.objects.all()] == ["Une", "Deux"]

    def test_the_same_identifier_gives_one_row_and_the_same_answer(self):
        held = a_held_seminar()
        who, id = someone(held.room), new_id()
        first, again = send(held, who, id=id), send(held, who, id=id)
        assert (first.created, again.created, again.same_text) == (True, False, True)
        assert again.contribution == first.contribution
        assert held.room.journal.filter(verb="contribute").count() == 1

    def test_the_first_words_stay_when_others_come_under_their_identifier(self):
        held = a_held_seminar()
        who, id = someone(held.room), new_id()
        send(held, who, "Les premiers", id=id)
        again = send(held, who, "Les seconds", id=id)
        assert (again.created, again.same_text) == (False, False)
        assert again.contribution.text == "Les premiers"

    def test_nobody_reads_someone_elses_words_by_their_identifier(self):
        held = a_held_seminar()
        id = send(held, someone(held.room), "À moi").contribution.pk
        with pytest.raises(errors.IdentifierTaken):
            send(held, someone(held.room), "À un autre", id=id)
        other = a_held_seminar()
        with pytest.raises(errors.IdentifierTaken):
            send(other, someone(other.room), "À moi", id=id)

    def test_an_answer_lost_before_the_close_is_given_after_it(self):
        held = a_held_seminar()
        who, id = someone(held.room), new_id()
        send(held, who, id=id)
        close_room(held.room.pk, actor=ACTOR)
        assert send(held, who, id=id).created is False

    def test_line_ends_of_a_form_and_of_the_api_are_the_same_words(self):
        held = a_held_seminar()
        who, id = someone(held.room), new_id()
        assert send(held, who, "Une\r\nidée", id=id).contribution.text == "Une\nidée"
        assert send(held, who, "Une\nidée", id=id).same_text

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="a database in memory takes one writer; tests/fault does this on a file, by HTTP",
    )
    def test_two_tabs_at_once_give_one_row_and_the_same_answer(self):
        held = a_held_seminar()
        who, id = someone(held.room), new_id()
        received: list[Received] = []
        together = threading.Barrier(4)

        def tab() -> None:
            together.wait()
            try:
                received.append(send(held, who, id=id))
            finally:
                connection.close()

        tabs = [threading.Thread(target=tab) for _ in range(4)]
        for one in tabs:
            one.start()
        for one in tabs:
            one.join()
        assert sorted(one.created for one in received) == [False, False, False, True]
        assert {one.contribution.number for one in received} == {
            Contribution.objects.get(pk=id).number
        }

    @pytest.mark.django_db(transaction=True)
    def test_an_identifier_stored_meanwhile_by_another_room_is_refused_cleanly(self, monkeypatch):
        """Red when the IntegrityError is not caught: the two rooms hold different locks, so
        the look before the write cannot see the other's row."""
        held, other = a_held_seminar(), a_held_seminar()
        here, there, id = someone(held.room), someone(other.room), new_id()
        send(other, there, "Ailleurs", id=id)
        real = Contribution.objects.filter
        looks = iter([Contribution.objects.none()])
        monkeypatch.setattr(
            Contribution.objects, "filter", lambda **by: next(looks, None) or real(**by)
        )
        with pytest.raises(errors.IdentifierTaken):
            send(held, here, "Ici", id=id)
        assert Contribution.objects.count() == 1


class TestWhatIsRefused:
    @pytest.mark.parametrize("text", ["", "   \n", "é" * 2_001, "nul\x00"])
    def test_an_empty_or_too_long_text_comes_back_with_what_was_typed(self, text):
        held = a_held_seminar()
        with pytest.raises(errors.InvalidContribution) as caught:
            send(held, someone(held.room), text)
        assert caught.value.typed == {"text": text}
        assert caught.value.errors["text"]
        assert not Contribution.objects.exists()
        assert not held.room.journal.filter(verb="contribute").exists()

    def test_two_thousand_characters_are_taken(self):
        held = a_held_seminar()
        assert send(held, someone(held.room), "é" * 2_000).created

    def test_a_closed_room_a_closed_workshop_or_a_phase_that_does_not_collect(self):
        held = a_held_seminar("judge")
        who, workshop = someone(held.room), held.workshops["judge"]
        change_phase(workshop.pk, phase="rate", actor=ACTOR)
        with pytest.raises(errors.WorkshopClosed):
            send(held, who)
        change_phase(workshop.pk, phase="collect", actor=ACTOR)
        close_workshop(workshop.pk, actor=ACTOR)
        with pytest.raises(errors.WorkshopClosed):
            send(held, who)
        open_workshop(workshop.pk, actor=ACTOR)
        close_room(held.room.pk, actor=ACTOR)
        with pytest.raises(errors.WorkshopClosed):
            send(held, who)

    def test_someone_of_another_room_or_who_left(self):
        held = a_held_seminar()
        gone = someone(held.room)
        leave_room(gone.pk)
        gone.refresh_from_db()
        for who in (gone, someone(a_held_seminar().room), None):
            with pytest.raises(errors.NotInThisRoom):
                send(held, who)

    def test_paper_is_keyed_in_after_the_close_and_once_a_code(self):
        held = a_held_seminar()
        close_room(held.room.pk, actor=ACTOR)
        stored = send(held, None, "Sur papier", source=Source.PAPER, paper_code="T-07")
        assert stored.contribution.paper_code == "T-07"
        with pytest.raises(errors.PaperCodeTaken):
            send(held, None, "Autre", source=Source.PAPER, paper_code="T-07")


class TestHowMuchItCosts:
    def test_writing_one_takes_twelve_queries_at_most(self, django_assert_max_num_queries):
        held = a_held_seminar()
        who = someone(held.room)
        for _ in range(20):
            send(held, who)
        with django_assert_max_num_queries(12):
            send(held, who)

    @pytest.mark.parametrize("viewer", ["team", "participant", "screen"])
    def test_reading_two_hundred_costs_what_reading_twenty_does(
        self, viewer, django_assert_max_num_queries
    ):
        held = a_held_seminar()
        who, workshop = someone(held.room), held.workshops["talk"]
        viewers = {
            "team": Viewer(user_id=an_account(held.meeting).pk),
            "participant": Viewer(participant_id=who.pk),
            "screen": Viewer(screen_room_id=held.room.pk),
        }

        def read() -> int:
            with django_assert_max_num_queries(15) as counted:
                said = list(queries.contributions_visible_to(viewers[viewer], workshop))
                queries.fates(said)
                for card in queries.cards_visible_to(viewers[viewer], workshop):
                    [placed.contribution.text for placed in card.current_placements]
            return len(counted)

        self._fill(held, who, 20)
        with_twenty = read()
        self._fill(held, who, 180)
        assert read() == with_twenty

    def _fill(self, held: Held, who: Participant, number: int) -> None:
        for place in range(number):
            said = send(held, who).contribution
            if place % 5 == 0:
                card = a_card(held.workshops["talk"])
            Placement.objects.create(contribution=said, card=card)


class TestWhoReads:
    def test_private_words_are_read_by_their_author_and_the_team_only(self):
        held = a_held_seminar()
        author, other = someone(held.room), someone(held.room)
        said = send(held, author).contribution
        Contribution.objects.update(level=Level.PRIVATE)
        readers = {
            Viewer(participant_id=author.pk): True,
            Viewer(user_id=an_account(held.meeting).pk): True,
            Viewer(participant_id=other.pk): False,
            Viewer(screen_room_id=held.room.pk): False,
            Viewer(user_id=an_account(a_meeting()).pk): False,
            NOBODY: False,
        }
        for viewer, sees in readers.items():
            assert (said in queries.contributions_visible_to(viewer)) is sees

    def test_a_screen_shows_nothing_set_aside_nor_another_rooms(self):
        held, other = a_held_seminar(), a_held_seminar()
        said = send(held, someone(held.room)).contribution
        send(other, someone(other.room))
        screen = Viewer(screen_room_id=held.room.pk)
        assert list(queries.contributions_visible_to(screen)) == [said]
        Contribution.objects.filter(pk=said.pk).update(
            set_aside_at=said.created_at, set_aside_reason="Hors sujet"
        )
        assert not queries.contributions_visible_to(screen)
        assert queries.fates([Contribution.objects.get(pk=said.pk)])[said.pk] == queries.FateOf(
            Fate.SET_ASIDE, reason="Hors sujet"
        )

    def test_a_fate_follows_merges_to_the_card_that_is_there_now(self):
        held = a_held_seminar()
        said = send(held, someone(held.room)).contribution
        assert queries.fates([said])[said.pk].fate == Fate.WAITING
        first, last = a_card(held.workshops["talk"]), a_card(held.workshops["talk"])
        Placement.objects.create(contribution=said, card=first)
        assert queries.fates([said])[said.pk] == queries.FateOf(Fate.KEPT, (first,))
        first.state, first.merged_into = "merged", last
        first.save()
        assert queries.fates([said])[said.pk] == queries.FateOf(Fate.MERGED, (first, last))


class TestWorkshops:
    def test_there_is_one_for_each_sequence_that_has_a_known_format(self):
        meeting = a_meeting(formats=("talk", "unheard-of", "judge"))
        assert [one.format for one in lay_out_workshops(meeting)] == ["talk", "judge"]
        assert lay_out_workshops(meeting) == lay_out_workshops(meeting)

    def test_a_waiting_one_follows_the_run_sheet_an_opened_one_does_not(self):
        held = a_held_seminar("talk", "judge")
        held.meeting.sequences.update(title="Renommée", settings={"sectors": ["Énergie"]})
        titles = {one.format: one.title for one in lay_out_workshops(held.meeting)}
        assert titles == {"talk": "Séquence 2", "judge": "Renommée"}

    def test_settings_of_the_blueprint_give_way_to_those_of_the_sequence(self):
        meeting = a_meeting(formats=("talk",))
        meeting.programme.blueprint = {"formats": {"talk": {"settings": {"a": 1, "b": 1}}}}
        meeting.sequences.filter(format="talk").update(settings={"b": 2})
        assert lay_out_workshops(meeting)[0].settings == {"a": 1, "b": 2}

    def test_a_line_taken_off_the_run_sheet_takes_its_workshop_unless_someone_wrote_in_it(self):
        held = a_held_seminar("talk", "judge")
        send(held, someone(held.room))
        held.meeting.sequences.exclude(format="").delete()
        assert [one.format for one in lay_out_workshops(held.meeting)] == ["talk"]

    def test_opening_one_closes_the_other_and_rings_at_phones(self):
        held = a_held_seminar("talk", "judge")
        open_workshop(held.workshops["judge"].pk, actor=ACTOR)
        held.refresh()
        assert held.workshops["talk"].state == WorkshopState.CLOSED
        assert queries.open_workshop_of(held.meeting) == held.workshops["judge"]
        assert held.room.phones_number == held.room.last_number

    def test_an_unknown_phase_and_an_illegal_move_are_refused(self):
        held = a_held_seminar("talk")
        workshop = held.workshops["talk"]
        with pytest.raises(errors.UnknownPhase):
            change_phase(workshop.pk, phase="rate", actor=ACTOR)
        with pytest.raises(errors.IllegalWorkshopMove):
            open_workshop(workshop.pk, actor=ACTOR)
        assert JournalEntry.objects.last().verb == "open_workshop"

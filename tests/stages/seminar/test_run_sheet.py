"""Writing a run sheet: lines added, changed, moved, removed, and what each page says."""

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.rooms import open_room, prepare_room, start_sequence
from fabrique.stages.seminar.actions.run_sheet import (
    add_sequence,
    ensure_run_sheet,
    move_sequence,
    remove_sequence,
)
from fabrique.stages.seminar.errors import SequenceRunning
from fabrique.stages.seminar.models import Sequence
from tests.stages.seminar.prepared import a_seminar, signed_in

pytestmark = pytest.mark.django_db

ACTOR = "Directrice de projet"
TYPED = {
    "title": "Témoignage d'une entreprise",
    "kind": "testimony",
    "horizon": "short",
    "minutes": "25",
    "purpose": "",
    "format": "",
    "prompt": "",
}


@pytest.fixture
def meeting() -> Meeting:
    return a_seminar()


@pytest.fixture
def director(meeting: Meeting) -> Client:
    return signed_in(meeting)


def page(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"seminar:{name}", args=[meeting.pk, *more])


def titles(meeting: Meeting) -> list[str]:
    return [one.title for one in Sequence.objects.filter(meeting=meeting).order_by("position")]


def test_the_method_lays_it_out_once_with_this_territory_s_words(meeting: Meeting) -> None:
    first = ensure_run_sheet(meeting)
    assert [one.pk for one in ensure_run_sheet(meeting)] == [one.pk for one in first]
    assert any("2030" in one.title for one in first)
    assert not any("{" in f"{one.title}{one.purpose}{one.prompt}" for one in first)


def test_hours_follow_from_durations(director: Client, meeting: Meeting) -> None:
    body = director.get(page("run-sheet", meeting)).content.decode()
    assert "14\N{NO-BREAK SPACE}h</strong>" in body
    assert "14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}15" in body
    assert "17\N{NO-BREAK SPACE}h" in body


def test_a_run_sheet_that_overflows_says_by_how_much(director: Client, meeting: Meeting) -> None:
    ensure_run_sheet(meeting)
    add_sequence(meeting, actor=ACTOR, title="En plus", kind="debate", minutes=40)
    body = director.get(page("run-sheet", meeting)).content.decode()
    assert "40 min de trop" in body
    assert "Ce que conseille la méthode" in body


class TestALine:
    def test_is_added_at_the_end(self, director: Client, meeting: Meeting) -> None:
        ensure_run_sheet(meeting)
        director.post(page("add-sequence", meeting), TYPED)
        assert titles(meeting)[-1] == TYPED["title"]

    def test_comes_back_as_typed_when_something_is_wrong(
        self, director: Client, meeting: Meeting
    ) -> None:
        typed = TYPED | {"minutes": "481", "purpose": "Ce que j'ai <b>écrit</b>"}
        answer = director.post(page("add-sequence", meeting), typed)
        body = answer.content.decode()
        assert answer.status_code == 200
        assert "au plus 480 minutes" in body
        assert "&lt;b&gt;écrit&lt;/b&gt;" in body
        assert TYPED["title"] not in titles(meeting)

    def test_without_a_prompt_takes_the_one_of_its_format(
        self, director: Client, meeting: Meeting
    ) -> None:
        director.post(page("add-sequence", meeting), TYPED | {"format": "vulnerabilities"})
        added = Sequence.objects.get(meeting=meeting, title=TYPED["title"])
        assert added.prompt.startswith("Nous sommes en 2030.")

    def test_keeps_only_the_lists_that_differ_from_the_method_s(
        self, director: Client, meeting: Meeting
    ) -> None:
        sequence = next(s for s in ensure_run_sheet(meeting) if s.format == "past_actions")
        form = director.get(page("sequence", meeting, sequence.pk)).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        typed["list-sectors"] = "Eau\r\n\r\n  Forêt \r\nEau"
        director.post(page("sequence", meeting, sequence.pk), typed)
        sequence.refresh_from_db()
        assert sequence.settings == {"sectors": ["Eau", "Forêt"]}

    def test_moves_up_and_down_and_stays_within(self, meeting: Meeting) -> None:
        laid = ensure_run_sheet(meeting)
        last = laid[-1]
        move_sequence(last.pk, place=1, actor=ACTOR)
        assert titles(meeting)[0] == last.title
        move_sequence(last.pk, place=99, actor=ACTOR)
        assert titles(meeting)[-1] == last.title
        positions = Sequence.objects.filter(meeting=meeting).order_by("position")
        assert list(positions.values_list("position", flat=True)) == list(range(1, len(laid) + 1))

    def test_that_is_running_is_not_removed(self, meeting: Meeting) -> None:
        first = ensure_run_sheet(meeting)[0]
        room = open_room(prepare_room(meeting).pk, actor=ACTOR)
        start_sequence(room.pk, sequence_id=first.pk, actor=ACTOR)
        with pytest.raises(SequenceRunning):
            remove_sequence(first.pk, actor=ACTOR)

    def test_removed_rings_the_screens_of_an_open_room(self, meeting: Meeting) -> None:
        last = ensure_run_sheet(meeting)[-1]
        room = open_room(prepare_room(meeting).pk, actor=ACTOR)
        remove_sequence(last.pk, actor=ACTOR)
        before = room.last_number
        room.refresh_from_db()
        assert room.last_number == before + 1


class TestWhoMay:
    def test_a_referent_reads_but_does_not_write(self, meeting: Meeting) -> None:
        sequence = ensure_run_sheet(meeting)[0]
        referent = signed_in(meeting, TeamRole.REFERENT)
        body = referent.get(page("run-sheet", meeting)).content.decode()
        assert "Ajouter une séquence" not in body
        assert referent.post(page("add-sequence", meeting), TYPED).status_code == 404
        for name in ("sequence", "move-sequence", "remove-sequence"):
            assert referent.post(page(name, meeting, sequence.pk)).status_code == 404

    def test_a_line_of_another_seminar_is_not_reached_through_this_one(
        self, director: Client, meeting: Meeting
    ) -> None:
        other = ensure_run_sheet(a_seminar())[0]
        assert director.get(page("sequence", meeting, other.pk)).status_code == 404
        assert director.post(page("remove-sequence", meeting, other.pk)).status_code == 404

    def test_a_stranger_sees_nothing(self, meeting: Meeting) -> None:
        stranger = signed_in(a_seminar())
        assert stranger.get(page("run-sheet", meeting)).status_code == 404


class TestLists:
    """The shared grid stays; what a territory adds is kept apart."""

    @pytest.fixture
    def sequence(self, meeting: Meeting) -> Sequence:
        return next(one for one in ensure_run_sheet(meeting) if one.format == "past_actions")

    def typed(self, director: Client, meeting: Meeting, sequence: Sequence, **lines: str) -> dict:
        form = director.get(page("sequence", meeting, sequence.pk)).context["form"]
        return {name: form[name].value() for name in form.fields} | lines

    def test_a_territory_adds_words_and_fields_beside_the_grid(
        self, director: Client, meeting: Meeting, sequence: Sequence
    ) -> None:
        lines = {"local-sectors": "Port et pêche\r\n", "local-fields": "Quartier concerné"}
        director.post(
            page("sequence", meeting, sequence.pk), self.typed(director, meeting, sequence, **lines)
        )
        sequence.refresh_from_db()
        assert sequence.settings == {
            "local": {"sectors": ["Port et pêche"]},
            "local_fields": ["Quartier concerné"],
        }
        body = director.get(page("sequence", meeting, sequence.pk)).content.decode()
        assert "Ajouts du territoire" in body
        assert "Port et pêche" in body

    def test_taken_away_they_are_gone_and_the_grid_is_as_it_was(
        self, director: Client, meeting: Meeting, sequence: Sequence
    ) -> None:
        address = page("sequence", meeting, sequence.pk)
        director.post(
            address, self.typed(director, meeting, sequence, **{"local-sectors": "Port et pêche"})
        )
        director.post(address, self.typed(director, meeting, sequence, **{"local-sectors": ""}))
        sequence.refresh_from_db()
        assert sequence.settings == {}

    @pytest.mark.parametrize(
        ("lines", "told"),
        [
            ({"local-sectors": "MOBILITÉS"}, "est déjà dans la grille commune"),
            ({"local-sectors": "é" * 121}, "120 caractères au plus par ligne"),
            ({"list-sectors": "\n".join(map(str, range(41)))}, "41 lignes : gardez-en 40"),
        ],
    )
    def test_what_cannot_be_a_list_is_said_and_comes_back(
        self, director: Client, meeting: Meeting, sequence: Sequence, lines: dict, told: str
    ) -> None:
        answer = director.post(
            page("sequence", meeting, sequence.pk), self.typed(director, meeting, sequence, **lines)
        )
        body = answer.content.decode()
        assert answer.status_code == 200
        assert told in body
        assert next(iter(lines.values()))[:100] in body
        sequence.refresh_from_db()
        assert sequence.settings == {}

    def test_a_list_the_method_does_not_state_is_the_format_s_own(
        self, director: Client, meeting: Meeting
    ) -> None:
        sequence = next(one for one in ensure_run_sheet(meeting) if one.format == "hot_evaluation")
        form = director.get(page("sequence", meeting, sequence.pk)).context["form"]
        assert "Tout à fait" in form.lists["scale"]

"""Plays one seminar to its end: phones and paper, cards, votes, then its note, frozen."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from fabrique.portal.demonstration.dates import freeze_on_its_day, set_on_its_day
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.keys import Kept
from fabrique.portal.demonstration.releases import release
from fabrique.portal.demonstration.seats import seat
from fabrique.portal.demonstration.workshop import Bench, play_workshop
from fabrique.portal.demonstration.year import meeting_of
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.deliverable.actions import add_block, cite, draft_note, freeze
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.deliverable.passages import Words
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.seminar.actions.rooms import (
    close_room,
    open_room,
    prepare_room,
    start_sequence,
)
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Room


def play_seminar(
    programme: Programme, name: str, kept: Kept, *, with_files: bool = False
) -> Deliverable:
    """Play the script ``<name>.toml`` to its end; gives the note, frozen.

    Without its files now, they are made when someone first asks for them.
    """
    script = read(f"seminars/{name}")
    meeting = meeting_of(programme, script["meeting"], script.get("site", ""))
    actor = facilitator_of(script.get("site", ""))
    if script.get("workshops"):
        _hold(meeting, script, name, kept, actor)
    note = _write(meeting, script, name, kept, actor)
    issued_on = timezone.localdate(meeting.starts_at)
    version = freeze(note.pk, actor=actor, issued_on=issued_on, with_files=with_files)
    freeze_on_its_day(version, meeting)
    if meeting.site is not None:
        release(meeting, script, name, kept)
    return note


def make_ready(meeting: Meeting) -> Room:
    """Prepare a seminar so that it can be held live as it is."""
    ensure_run_sheet(meeting)
    room = prepare_room(meeting, identity=Identity.NAMED)
    lay_out_workshops(meeting)
    return room


def facilitator_of(site_code: str) -> str:
    """Who of the team runs the seminars of a territory; the first director runs the others."""
    directors = [one for one in read("programme")["team"] if one["role"] == "director"]
    here = [one for one in directors if site_code in one["sites"]]
    return str((here or directors)[0]["label"])


def _hold(meeting: Meeting, script: dict[str, Any], name: str, kept: Kept, actor: str) -> None:
    room = open_room(make_ready(meeting).pk, actor=actor)
    seats = seat(room, script)
    waiting = list(script["workshops"])
    for workshop in _one_after_the_other(meeting, room, actor):
        mine = next((one for one in waiting if one["format"] == workshop.format), None)
        if mine is not None:
            waiting.remove(mine)
            play_workshop(Bench(name, mine, workshop, seats, kept, actor))
    assert not waiting, f"{name}: no sequence for {[one['format'] for one in waiting]}"
    close_room(room.pk, actor=actor)
    set_on_its_day(meeting)


def _one_after_the_other(meeting: Meeting, room: Room, actor: str) -> Iterator[Workshop]:
    """Each workshop as its sequence starts, in the order of the run sheet."""
    workshops = {one.sequence_id: one for one in Workshop.objects.filter(meeting=meeting)}
    for sequence in ensure_run_sheet(meeting):
        start_sequence(room.pk, sequence_id=sequence.pk, actor=actor)
        if workshop := workshops.get(sequence.pk):
            yield workshop


def _write(
    meeting: Meeting, script: dict[str, Any], name: str, kept: Kept, actor: str
) -> Deliverable:
    """The note as the session proposes it, with what the team adds."""
    note = draft_note(meeting, actor=actor)
    for line in script.get("note", []):
        block = add_block(
            note.pk,
            section=line["section"],
            kind=line.get("kind", "paragraph"),
            content=Words(line["text"]),
            actor=actor,
        )
        for key in line.get("cites", []):
            cite(block.pk, ref=f"card:{kept.card(name, key).pk}", actor=actor)
    return note

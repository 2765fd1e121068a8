"""Plays one seminar to its end: phones and paper, cards, votes, crossing, evaluation, note."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.portal.demonstration.dates import freeze_on_its_day, set_on_its_day
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.year import meeting_of
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.cards import create_card, set_contribution_aside
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import (
    change_phase,
    close_workshop,
    lay_out_workshops,
    open_workshop,
)
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.deliverable.actions import draft_note, freeze
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.programme.models import GroupMember, Meeting, Programme
from fabrique.stages.seminar.actions.rooms import (
    close_room,
    join_room,
    open_room,
    prepare_room,
    start_sequence,
)
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant, Room

FACILITATOR = "Directrice de projet"
CRITERIA = {
    "exposure": "exposure",
    "sensitivity": "sensitivity",
    "adaptive_capacity": "capacity",
}


@dataclass
class Play:
    """A seminar being played: who sits there (by rank in the group), what was kept (by key)."""

    script: dict[str, Any]
    meeting: Meeting
    room: Room
    workshops: dict[str, Workshop]
    seats: dict[int, Participant] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)

    def lines(self, kind: str, format: str) -> list[dict[str, Any]]:
        return [line for line in self.script[kind] if line["format"] == format]


def play_seminar(programme: Programme, name: str) -> Deliverable:
    """Play the script ``<name>.toml`` to its end; gives the note, frozen."""
    play = _open(programme, read(name))
    for workshop in _one_after_the_other(play):
        if workshop.format == "crossing":
            _cross(play, workshop)
        elif workshop.format == "hot_evaluation":
            _evaluate(play, workshop)
        else:
            _collect(play, workshop)
            _group(play, workshop)
            _judge(play, workshop)
    close_room(play.room.pk, actor=FACILITATOR)
    set_on_its_day(play.meeting)
    note = draft_note(play.meeting, actor=FACILITATOR)
    issued_on = timezone.localdate(play.meeting.starts_at)
    version = freeze(note.pk, actor=FACILITATOR, issued_on=issued_on)
    freeze_on_its_day(version, play.meeting)
    return note


def make_ready(programme: Programme, key: str, site_code: str) -> Room:
    """Prepare a seminar so that it can be held live as it is."""
    meeting = meeting_of(programme, key, site_code)
    ensure_run_sheet(meeting)
    room = prepare_room(meeting, identity=Identity.NAMED)
    lay_out_workshops(meeting)
    return room


def _open(programme: Programme, script: dict[str, Any]) -> Play:
    room = make_ready(programme, script["meeting"], script["site"])
    meeting = room.meeting
    workshops = {one.format: one for one in lay_out_workshops(meeting)}
    room = open_room(room.pk, actor=FACILITATOR)
    play = Play(script, meeting, room, workshops)
    for rank, member in enumerate(_group_in_order(programme, script["site"]), start=1):
        if rank not in script["absent"]:
            play.seats[rank] = join_room(room, member_id=member.pk)
    return play


def _group_in_order(programme: Programme, site_code: str) -> list[GroupMember]:
    names = [(one["name"], one["institution"]) for one in read("groups")[site_code]["members"]]
    members = programme.members.filter(site__territory=site_code)
    return sorted(members, key=lambda member: names.index((member.name, member.institution)))


def _one_after_the_other(play: Play) -> Iterator[Workshop]:
    for sequence in ensure_run_sheet(play.meeting):
        start_sequence(play.room.pk, sequence_id=sequence.pk, actor=FACILITATOR)
        if workshop := play.workshops.get(sequence.format):
            open_workshop(workshop.pk, actor=FACILITATOR)
            yield workshop
            close_workshop(workshop.pk, actor=FACILITATOR)


def _collect(play: Play, workshop: Workshop) -> None:
    papers = iter(range(1, 100))
    for line in play.lines("said", workshop.format):
        from_paper = line.get("source") == "paper"
        seat = play.seats[line["by"]]
        said = contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data=line,
            source=Source.PAPER if from_paper else Source.PHONE,
            participant=seat,
            actor=FACILITATOR if from_paper else seat.label,
            paper_code=f"{workshop.format[0].upper()}-{next(papers):02d}" if from_paper else "",
        )
        line["contribution"] = said.contribution


def _group(play: Play, workshop: Workshop) -> None:
    lines = play.lines("said", workshop.format)
    for plan in play.lines("cards", workshop.format):
        held: list[Contribution] = [
            line["contribution"] for line in lines if line.get("card") == plan["key"]
        ]
        play.cards[plan["key"]] = create_card(
            workshop.pk,
            contribution_ids=[one.pk for one in held],
            data=plan,
            actor=FACILITATOR,
        )
    for line in lines:
        if reason := line.get("aside"):
            set_contribution_aside(line["contribution"].pk, reason=reason, actor=FACILITATOR)


def _judge(play: Play, workshop: Workshop) -> None:
    """Each one present judges each card, alone; a dash is an abstention."""
    judged = [plan for plan in play.lines("cards", workshop.format) if "exposure" in plan]
    if not judged:
        return
    change_phase(workshop.pk, phase="rate", actor=FACILITATOR)
    for plan in judged:
        for place, seat in enumerate(play.seats.values()):
            marks = {name: plan[votes][place] for name, votes in CRITERIA.items()}
            given = {name: mark for name, mark in marks.items() if mark != "-"}
            if given:
                card = str(play.cards[plan["key"]].pk)
                answer(workshop_id=workshop.pk, participant=seat, data={"card": card, **given})
    change_phase(workshop.pk, phase="results", actor=FACILITATOR)


def _cross(play: Play, workshop: Workshop) -> None:
    for line in play.script["crossing"]:
        card = str(play.cards[line["vulnerability"]].pk)
        for rank, seat in play.seats.items():
            actions = [
                str(play.cards[key].pk) for key, ranks in line["answers"].items() if rank in ranks
            ]
            if actions:
                data = {"card": card, "action": actions}
            elif rank in line["none"]:
                data = {"card": card, "none": "on"}
            else:
                continue
            answer(workshop_id=workshop.pk, participant=seat, data=data)
    change_phase(workshop.pk, phase="results", actor=FACILITATOR)


def _evaluate(play: Play, workshop: Workshop) -> None:
    for line in play.script["evaluations"]:
        marks = {f"q{place}": str(mark) for place, mark in enumerate(line["answers"], start=1)}
        seat = play.seats[line["by"]]
        contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data={**marks, "word": line["word"], "text": line["text"]},
            source=Source.PHONE,
            participant=seat,
            actor=seat.label,
        )

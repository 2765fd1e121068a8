"""A run sheet as pages and paper show it: each line with its hour, and what the whole lacks."""

from collections.abc import Sequence as Rows
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fabrique.kit.dates import hour_words
from fabrique.stages.programme.blueprint import Blueprint, fill
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of
from fabrique.stages.seminar.analyses.principles import Moment, advice
from fabrique.stages.seminar.analyses.timetable import Timetable, timetable
from fabrique.stages.seminar.enums import Horizon, SequenceKind
from fabrique.stages.seminar.models import Sequence
from fabrique.stages.seminar.wording.run_sheet import duration_words, say_advice

SEMINARS = (MeetingKind.LOCAL_SEMINAR, MeetingKind.INTERSITE_SEMINAR)
KIND_BADGES = {
    SequenceKind.DEBATE: "accent",
    SequenceKind.TESTIMONY: "info",
    SequenceKind.WORK: "neutral",
    SequenceKind.BREAK: "neutral",
}


@dataclass(frozen=True)
class OrderedSequence:
    """A line with its place from 1 and its hours in words."""

    sequence: Sequence
    place: int
    start: str
    end: str
    duration: str
    format_title: str
    is_last: bool

    @property
    def badge(self) -> str:
        return KIND_BADGES[SequenceKind(self.sequence.kind)]

    @property
    def kind(self) -> str:
        return str(self.sequence.get_kind_display())

    @property
    def horizon(self) -> str:
        if self.sequence.horizon == Horizon.NONE:
            return ""
        return str(self.sequence.get_horizon_display())

    @property
    def place_before(self) -> int:
        return self.place - 1

    @property
    def place_after(self) -> int:
        return self.place + 1


class RunningOrder:
    """Reads only the rows given and the meeting's programme."""

    def __init__(self, meeting: Meeting, sequences: Rows[Sequence]) -> None:
        self.meeting = meeting
        self.sequences = sequences

    @cached_property
    def blueprint(self) -> Blueprint:
        return blueprint_of(self.meeting.programme)

    @cached_property
    def timetable(self) -> Timetable:
        return timetable(
            [sequence.minutes for sequence in self.sequences],
            starts_at=self.meeting.starts_at,
            ends_at=self.meeting.ends_at,
        )

    @cached_property
    def lines(self) -> list[OrderedSequence]:
        return [
            OrderedSequence(
                sequence=sequence,
                place=place,
                start=_hour(slot.starts_at, slot.offset),
                end=_hour(slot.ends_at, slot.offset + slot.minutes),
                duration=duration_words(sequence.minutes),
                format_title=self._format_title(sequence.format),
                is_last=place == len(self.sequences),
            )
            for place, (sequence, slot) in enumerate(
                zip(self.sequences, self.timetable.slots, strict=True), start=1
            )
        ]

    @cached_property
    def advice(self) -> list[str]:
        """What the method would improve, in words; for seminars only."""
        if self.meeting.kind not in SEMINARS:
            return []
        moments = [Moment(one.title, one.kind, one.horizon, one.minutes) for one in self.sequences]
        return [say_advice(each) for each in advice(moments, self.blueprint.principles)]

    @property
    def total(self) -> str:
        return duration_words(self.timetable.total)

    @property
    def planned(self) -> str:
        return "" if self.timetable.planned is None else duration_words(self.timetable.planned)

    @property
    def over(self) -> str:
        return duration_words(self.timetable.over) if self.timetable.over else ""

    @property
    def spare(self) -> str:
        return duration_words(self.timetable.spare) if self.timetable.spare > 0 else ""

    @property
    def end(self) -> str:
        return self.lines[-1].end if self.lines else ""

    def _format_title(self, key: str) -> str:
        """The name of a format, with this programme's years in place of the braces."""
        plan = self.blueprint.formats.get(key)
        if plan is None:
            return key
        values = {
            "horizon_year": self.meeting.programme.horizon_year,
            "midterm_year": self.meeting.programme.midterm_year,
        }
        return fill(plan.title, values)


def _hour(instant: datetime | None, offset: int) -> str:
    """The hour, or the time since the start while the meeting has no date."""
    if instant is None:
        return f"+ {duration_words(offset)}" if offset else "0"
    return hour_words(instant)

"""A group over the year: who came when, who missed two seminars, how its composition drifts.

Seen by the team only. An inter-site seminar often receives a delegation: coming there is shown,
not coming is no absence, and its mix is not the group's. A seminar of which nothing was noted
counts for nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from fabrique.kit.sheets import plain_name
from fabrique.stages.programme.analyses.coverage import (
    GroupCoverage,
    coverage_of_those,
    sector_labels,
)
from fabrique.stages.programme.blueprint import GroupPlan, GroupTarget
from fabrique.stages.programme.enums import IN_GROUP, MeetingState
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.seminar.enums import AttendanceState
from fabrique.stages.seminar.models import Attendance

MISSED_TWICE = 2


@dataclass(frozen=True)
class Cell:
    """What one member did of one seminar.

    ``present``, ``excused``, ``absent``; ``unseen`` when others were noted and not they;
    ``substitute`` when someone came instead; empty when nothing is to be said.
    """

    code: str
    substitute: str = ""

    @property
    def is_missed(self) -> bool:
        return self.code in ("excused", "absent", "unseen", "substitute")


@dataclass(frozen=True)
class MemberYear:
    member: GroupMember
    cells: tuple[Cell, ...]
    missed: int

    @property
    def is_in_group(self) -> bool:
        return self.member.left_at is None and self.member.status in IN_GROUP

    @property
    def missed_two(self) -> bool:
        return self.is_in_group and self.missed >= MISSED_TWICE


@dataclass(frozen=True)
class SeminarColumn:
    meeting: Meeting
    is_noted: bool
    present: int
    substitutes: int

    @property
    def is_local(self) -> bool:
        return self.meeting.site_id is not None


@dataclass(frozen=True)
class DriftCell:
    """How many of a kind came to a seminar, of how many; what the target lacks then."""

    have: int
    size: int
    missing: int

    @property
    def share(self) -> int:
        return round(100 * self.have / self.size) if self.size else 0


@dataclass(frozen=True)
class DriftRow:
    """A kind of people at each local seminar; ``points`` from the first to the last."""

    category: str
    value: str
    label: str
    target: GroupTarget | None
    in_group: DriftCell
    cells: tuple[DriftCell, ...]

    @property
    def points(self) -> int | None:
        return self.cells[-1].share - self.cells[0].share if len(self.cells) > 1 else None


@dataclass(frozen=True)
class GroupYear:
    columns: tuple[SeminarColumn, ...]
    members: tuple[MemberYear, ...]
    drift: tuple[DriftRow, ...]

    @property
    def noted(self) -> list[SeminarColumn]:
        return [column for column in self.columns if column.is_noted]

    @property
    def missed_two(self) -> list[MemberYear]:
        return [one for one in self.members if one.missed_two]

    @property
    def substitutes(self) -> int:
        return sum(column.substitutes for column in self.columns)


def group_year(
    meetings: Sequence[Meeting],
    members: Sequence[GroupMember],
    attendances: Sequence[Attendance],
    plan: GroupPlan,
) -> GroupYear:
    """Everything from rows already read, seminars in the order of the year."""
    noted = {(one.meeting_id, one.member_id): one for one in attendances}
    shown = [
        meeting
        for meeting in meetings
        if meeting.state == MeetingState.HELD or any(meeting.pk == key[0] for key in noted)
    ]
    columns = tuple(_column(meeting, attendances) for meeting in shown)
    seen = {member_id for _meeting, member_id in noted}
    people = [
        one
        for one in sorted(members, key=lambda one: (plain_name(one.name), str(one.pk)))
        if one.pk in seen or (one.left_at is None and one.status in IN_GROUP)
    ]
    years = tuple(_year_of(member, columns, noted) for member in people)
    in_group = [one for one in people if one.left_at is None and one.status in IN_GROUP]
    local = [column for column in columns if column.present and column.is_local]
    return GroupYear(columns, years, _drift(people, in_group, local, noted, plan))


def _column(meeting: Meeting, attendances: Sequence[Attendance]) -> SeminarColumn:
    of_it = [one for one in attendances if one.meeting_id == meeting.pk]
    return SeminarColumn(
        meeting,
        is_noted=bool(of_it),
        present=sum(one.state == AttendanceState.PRESENT for one in of_it),
        substitutes=sum(bool(one.substitute) for one in of_it),
    )


Noted = Mapping[tuple[UUID, UUID], Attendance]


def _year_of(member: GroupMember, columns: Sequence[SeminarColumn], noted: Noted) -> MemberYear:
    cells = tuple(
        _cell(member, column, noted.get((column.meeting.pk, member.pk))) for column in columns
    )
    missed = sum(
        cell.is_missed for cell, column in zip(cells, columns, strict=True) if column.is_local
    )
    return MemberYear(member, cells, missed)


def _cell(member: GroupMember, column: SeminarColumn, one: Attendance | None) -> Cell:
    if one is not None:
        return Cell("substitute", one.substitute) if one.substitute else Cell(one.state)
    meeting = column.meeting
    held_on = timezone.localdate(meeting.starts_at) if meeting.starts_at else None
    is_later = bool(held_on and member.invited_on and member.invited_on > held_on)
    left = bool(held_on and member.left_at and timezone.localdate(member.left_at) <= held_on)
    is_expected = column.is_noted and column.is_local and not is_later and not left
    return Cell("unseen" if is_expected and meeting.state == MeetingState.HELD else "")


def _drift(
    people: Sequence[GroupMember],
    in_group: Sequence[GroupMember],
    columns: Sequence[SeminarColumn],
    noted: Noted,
    plan: GroupPlan,
) -> tuple[DriftRow, ...]:
    """The group, then those present at each local seminar, beside the same targets."""
    # The same sectors everywhere: those wanted, else everyone's.
    labels = sector_labels(plan, people)
    plan = plan.model_copy(update={"sectors": tuple(labels.values())})
    coverage = coverage_of_those(in_group, plan)
    standings = [_counted(_those_there(column, people, noted, plan)) for column in columns]
    whole = _counted(coverage)
    return tuple(
        DriftRow(
            category=category,
            value=value,
            label=coverage.label_of(category, value),
            target=target,
            in_group=cell,
            cells=tuple(one[category, value][0] for one in standings),
        )
        for (category, value), (cell, target) in whole.items()
        if cell.have or target or any(one[category, value][0].have for one in standings)
    )


def _those_there(
    column: SeminarColumn, people: Sequence[GroupMember], noted: Noted, plan: GroupPlan
) -> GroupCoverage:
    marks = ((one, noted.get((column.meeting.pk, one.pk))) for one in people)
    here = [one for one, mark in marks if mark and mark.state == AttendanceState.PRESENT]
    return coverage_of_those(here, plan)


Counted = dict[tuple[str, str], tuple[DriftCell, GroupTarget | None]]


def _counted(coverage: GroupCoverage) -> Counted:
    return {
        (row.category, row.value): (
            DriftCell(row.have, coverage.size, row.found.gap),
            row.target,
        )
        for row in coverage.rows_of(coverage.standing)
    }

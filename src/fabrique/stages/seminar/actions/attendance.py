"""Who was there: ticked, scanned, read from the signed sheet, or told by the room's door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.seminar.enums import AttendanceSource, AttendanceState
from fabrique.stages.seminar.models import Attendance


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is noted of a member; ``substitute`` is who came instead, if anyone."""

    member_id: UUID
    state: AttendanceState
    substitute: str = ""


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    marks: Iterable[Mark],
    source: AttendanceSource,
    absent_ids: Iterable[UUID] = (),
    actor: str,
) -> int:
    """Note the marks; ``absent_ids`` of whom nothing is noted yet are absent. Says how many.

    Callers give members the meeting expects. The last mark holds.
    """
    now = timezone.now()
    rows = [
        Attendance(
            meeting=meeting,
            member_id=mark.member_id,
            state=mark.state,
            source=source,
            substitute=mark.substitute,
            recorded_at=now,
            recorded_by=actor,
        )
        for mark in marks
    ]
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["state", "source", "substitute", "recorded_at", "recorded_by"],
    )
    known = Attendance.objects.filter(meeting=meeting).values_list("member_id", flat=True)
    silent = set(absent_ids) - set(known)
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting,
                member_id=member_id,
                state=AttendanceState.ABSENT,
                source=source,
                recorded_at=now,
                recorded_by=actor,
            )
            for member_id in sorted(silent)
        ],
        ignore_conflicts=True,
    )
    count = len(rows) + len(silent)
    if count:
        record(
            meeting.programme,
            verb="record-attendance",
            actor=actor,
            subject=meeting.pk,
            detail={"count": count, "source": source},
        )
    return count


def mark_present(meeting: Meeting, member: GroupMember, *, actor: str) -> None:
    """Their code was scanned at the door; twice says the same."""
    here = Attendance.objects.filter(meeting=meeting, member=member)
    if not here.filter(state=AttendanceState.PRESENT).exists():
        mark = Mark(member_id=member.pk, state=AttendanceState.PRESENT)
        record_attendance(meeting, marks=[mark], source=AttendanceSource.SCAN, actor=actor)


def note_presence(meeting_id: UUID, member_id: UUID, *, at: datetime) -> None:
    """Someone took this name at the door of the room, inside its transaction.

    Late people are present after all; a name a substitute was noted under stays theirs.
    """
    values = {"state": AttendanceState.PRESENT, "source": AttendanceSource.ROOM}
    Attendance.objects.bulk_create(
        [Attendance(meeting_id=meeting_id, member_id=member_id, recorded_at=at, **values)],
        ignore_conflicts=True,
    )
    late = Attendance.objects.filter(meeting=meeting_id, member=member_id, substitute="")
    late.exclude(state=AttendanceState.PRESENT).update(recorded_at=at, recorded_by="", **values)

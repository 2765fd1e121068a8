"""The roll of a meeting: who of the group was there, and whether enough to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from fabrique.kit.sheets import plain_name
from fabrique.people.viewer import Viewer
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.seminar.enums import AttendanceState
from fabrique.stages.seminar.models import Attendance
from fabrique.stages.seminar.queries import noted_at, people_at


@dataclass(frozen=True)
class Presence:
    """A member expected, and what was noted of them, if anything."""

    member: GroupMember
    noted: Attendance | None

    @property
    def state(self) -> str:
        return self.noted.state if self.noted else ""

    @property
    def is_present(self) -> bool:
        return self.state == AttendanceState.PRESENT

    @property
    def substitute(self) -> str:
        return self.noted.substitute if self.noted else ""


@dataclass(frozen=True)
class Roll:
    """``quorum`` is the percent of those expected who must be there to begin."""

    presences: Sequence[Presence]
    quorum: int

    @property
    def expected(self) -> int:
        return len(self.presences)

    @property
    def present(self) -> int:
        return sum(one.is_present for one in self.presences)

    @property
    def substitutes(self) -> int:
        """Those who came instead of a member: they do not count towards the quorum."""
        return sum(bool(one.substitute) for one in self.presences)

    @property
    def unnoted(self) -> int:
        return sum(one.noted is None for one in self.presences)

    @property
    def is_taken(self) -> bool:
        return any(one.noted for one in self.presences)

    @property
    def needed(self) -> int:
        return ceil(self.expected * self.quorum / 100)

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.needed


def roll_of(viewer: Viewer, meeting: Meeting, *, quorum: int) -> Roll:
    """The roll in the order one reads it: by territory where there are several, then by name."""
    noted = {one.member_id: one for one in noted_at(meeting)}
    ordered = sorted(people_at(viewer, meeting), key=_by_territory_and_name)
    return Roll([Presence(one, noted.get(one.pk)) for one in ordered], quorum)


def _by_territory_and_name(member: GroupMember) -> tuple[int, str, str]:
    place = member.site.position + 1 if member.site else 0
    return place, plain_name(member.name), str(member.pk)

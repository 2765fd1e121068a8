"""An immersion day as its pages show it: the day, what was heard, what it leaves with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.models import (
    Appointment,
    GroupMember,
    ImmersionDay,
    Meeting,
    ProposedProfile,
    SpottedActor,
    Stake,
)
from fabrique.stages.programme.queries import committee as queries

HeardRow = Appointment | Stake | SpottedActor | ProposedProfile

#: Columns that a map of actors takes in, under the names it knows.
ACTOR_COLUMNS = ("Label", "Type", "Description")


@dataclass(frozen=True)
class Day:
    """Five queries whatever the day holds."""

    meeting: Meeting
    texts: ImmersionDay
    appointments: Sequence[Appointment]
    stakes: Sequence[Stake]
    actors: Sequence[SpottedActor]
    profiles: Sequence[ProposedProfile]
    removed: Sequence[HeardRow] = field(default_factory=tuple)

    def heard_at(self, appointment: Appointment) -> list[HeardRow]:
        """The lines noted during an appointment."""
        lines: list[Stake | SpottedActor | ProposedProfile]
        lines = [*self.stakes, *self.actors, *self.profiles]
        return [one for one in lines if one.appointment_id == appointment.pk]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was heard, kept or written yet."""
        texts = (self.texts.context, self.texts.mobilisation, self.texts.to_prepare)
        kept = [one.kept for one in self.appointments]
        return not any((*texts, *kept, self.stakes, self.actors, self.profiles))


def day_of(viewer: Viewer, meeting: Meeting) -> Day:
    appointments = list(queries.appointments_visible_to(viewer).filter(meeting=meeting))
    stakes = list(queries.stakes_visible_to(viewer, meeting))
    actors = list(queries.spotted_actors_visible_to(viewer, meeting))
    profiles = list(queries.proposed_profiles_visible_to(viewer, meeting))
    every: list[HeardRow] = [*appointments, *stakes, *actors, *profiles]
    return Day(
        meeting=meeting,
        texts=queries.immersion_day_of(meeting),
        appointments=[one for one in appointments if one.removed_at is None],
        stakes=[one for one in stakes if one.removed_at is None],
        actors=[one for one in actors if one.removed_at is None],
        profiles=[one for one in profiles if one.removed_at is None],
        removed=[one for one in every if one.removed_at is not None],
    )


@dataclass(frozen=True)
class HeardLine:
    """A line of any of the lists, in words; ``kind`` and ``key`` name it in a form.

    ``found`` is who came into the group from a profile.
    """

    kind: str
    key: str
    words: str
    quality: str = ""
    why: str = ""
    heard_at: str = ""
    found: GroupMember | None = None


def heard_lines(rows: Iterable[HeardRow]) -> list[HeardLine]:
    return [_heard_line(row) for row in rows]


def _heard_line(row: HeardRow) -> HeardLine:
    quality = why = heard_at = ""
    found = None
    if isinstance(row, SpottedActor):
        quality, why = row.kind, row.why
    elif isinstance(row, ProposedProfile):
        quality, why = str(row.get_function_kind_display()), row.why
        found = getattr(row, "member", None)
    if not isinstance(row, Appointment) and row.appointment is not None:
        heard_at = row.appointment.title
    return HeardLine(kind_of(row), str(row.pk), str(row), quality, why, heard_at, found)


def kind_of(row: HeardRow) -> str:
    return type(row).__name__.lower()


def lines_of(text: str) -> list[str]:
    """What was typed one idea a line, without dashes or empty lines."""
    lines = (line.strip().lstrip("-•").strip() for line in text.splitlines())
    return [line for line in lines if line]


def actor_kinds(blueprint: Blueprint) -> list[str]:
    """The types of actors of the programme's method, wherever a format says some."""
    found: dict[str, None] = {}
    for plan in blueprint.formats.values():
        kinds = plan.settings.get("types", ())
        if isinstance(kinds, list | tuple):
            found |= dict.fromkeys(str(kind) for kind in kinds)
    return list(found)


def actor_rows(actors: Sequence[SpottedActor]) -> list[tuple[str, str, str]]:
    """As a map of actors takes them in."""
    return [(one.name, one.kind, one.why) for one in actors]

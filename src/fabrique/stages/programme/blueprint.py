"""A method, as data: the steps, meetings, run sheets, formats and notes of a whole programme.

A blueprint is a TOML file anyone can read, copy and change. What is wrong in it is told by
``InvalidBlueprint``, one problem a line, with the key and the line of the file. A programme keeps
its own copy (``Blueprint.as_data``), so that changing the file never changes a programme.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from django.db.models import TextChoices
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from fabrique.stages.programme.enums import (
    CriterionKind,
    DeliverableKind,
    FunctionKind,
    Gender,
    InstitutionKind,
    MeetingKind,
)
from fabrique.stages.programme.errors import BlueprintProblem, InvalidBlueprint, UnknownBlueprint

FOLDER = Path(__file__).parent / "blueprints"
DEFAULT_BLUEPRINT = "fabrique-prospective"
PLACEHOLDERS = frozenset({"title", "question", "horizon_year", "midterm_year", "site", "theme"})
DEFAULT_REVISIT = ("intersite-2", "intersite-4")
LOCAL_KINDS = frozenset({MeetingKind.IMMERSION_DAY, MeetingKind.LOCAL_SEMINAR})

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Settings = Mapping[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """A column of the year; a title is empty where nothing happens at that scale."""

    key: Key
    mark: str = ""
    colour: int = Field(ge=0, le=9)
    title_local: str = ""
    title_national: str = ""


class SequencePlan(_Part):
    """One line of a run sheet, before anyone edits it."""

    title: Line
    kind: Literal["debate", "testimony", "work", "break"]
    horizon: Literal["long", "short", "none"] = "none"
    minutes: int = Field(ge=1, le=480)
    purpose: Text = ""
    format: Key | Literal[""] = ""
    prompt: Annotated[str, StringConstraints(max_length=300)] = ""
    settings: Settings = Field(default_factory=dict)


class PointPlan(_Part):
    """A point a meeting has to settle, with the options it is put with."""

    title: Title
    context: Text = ""
    options: tuple[Title, ...] = ()


class MeetingPlan(_Part):
    """A gathering to plan: once in each territory or once for all, as its kind says.

    ``window`` counts months from the start of a programme of ``Blueprint.months`` months.
    """

    key: Key
    step: Key
    kind: MeetingKind
    number: int = Field(default=0, ge=0, le=99)
    title: Title
    purpose: tuple[Text, ...] = ()
    window: tuple[float, float]
    outline: Key | Literal[""] = ""
    sequences: tuple[SequencePlan, ...] = ()
    points: tuple[PointPlan, ...] = ()

    @property
    def is_local(self) -> bool:
        return self.kind in LOCAL_KINDS

    @property
    def minutes(self) -> int:
        """How long the run sheet lasts."""
        return sum(sequence.minutes for sequence in self.sequences)


Keyed = TypeVar("Keyed", Step, MeetingPlan)


class FormatPlan(_Part):
    """What the method gives a workshop format unless a sequence says otherwise."""

    title: Line
    prompt: Annotated[str, StringConstraints(max_length=300)] = ""
    settings: Settings = Field(default_factory=dict)


class Section(_Part):
    key: Key
    title: Title
    empty_hint: Text = ""


class Outline(_Part):
    title: Title
    sections: tuple[Section, ...] = Field(min_length=1)


class DeliverablePlan(_Part):
    kind: DeliverableKind
    per: Literal["meeting", "site", "programme"]
    title: Title


class CriterionPlan(_Part):
    kind: CriterionKind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Principles(_Part):
    """What a good run sheet keeps to; the statements are what people read."""

    statements: tuple[str, ...] = ()
    alternate_debate_and_testimony: bool = True
    tie_long_and_short_time: bool = True
    break_after_minutes: int = 120
    longest_minutes: int = 180


class Bounds(_Part):
    min: int = Field(ge=1)
    max: int = Field(ge=1)


class GroupTarget(_Part):
    """How many people of one kind a working group wants; shares are percents of the group.

    Without a ``value``, at least ``min`` people of each value: of each sector, for instance.
    """

    category: Literal["function", "institution", "sector", "gender"]
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    min: int = Field(default=0, ge=0, le=999)
    max: int | None = Field(default=None, ge=0, le=999)
    min_share: int = Field(default=0, ge=0, le=100)
    max_share: int = Field(default=100, ge=0, le=100)


class GroupPlan(Bounds):
    """The working group wanted in each territory.

    ``quorum`` is the percent of the group that must be there to begin. ``sectors`` are those
    a target on each sector looks for, beside those its people come from.
    """

    quorum: int = Field(default=50, ge=0, le=100)
    conditions: tuple[str, ...] = ()
    mix: tuple[str, ...] = ()
    sectors: tuple[Annotated[Line, StringConstraints(max_length=120)], ...] = ()
    targets: tuple[GroupTarget, ...] = ()


class CalendarPlan(_Part):
    """What dates keep to, unless a programme says otherwise.

    ``note_days`` leaves time to write the note of a meeting before the one that follows it,
    ``step_days`` separates those after which nothing is written; ``gaps`` says otherwise for one
    meeting, by its key: days at least since all those it follows. ``weekdays`` count from 1,
    Monday; ``travel_days`` are the whole days between two places for whoever facilitates.
    """

    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(
        default=(1, 2, 3, 4, 5), min_length=1
    )
    note_days: int = Field(default=14, ge=0, le=180)
    step_days: int = Field(default=1, ge=0, le=180)
    travel_days: int = Field(default=0, ge=0, le=7)
    starts_at: time = time(14)
    gaps: Mapping[Key, Annotated[int, Field(ge=0, le=180)]] = Field(default_factory=dict)


class Blueprint(_Part):
    """The whole method. Every key named somewhere exists, every placeholder is known.

    ``revisit`` names the meetings at which success criteria are looked at again.
    """

    key: Key
    version: str
    title: Title
    summary: Text = ""
    language: Literal["fr", "en"] = "fr"
    months: float = Field(default=12, gt=0)
    territories: Bounds = Bounds(min=1, max=99)
    group: GroupPlan = GroupPlan(min=1, max=999)
    principles: Principles = Principles()
    calendar: CalendarPlan = CalendarPlan()
    steps: tuple[Step, ...] = Field(min_length=1)
    formats: Mapping[Key, FormatPlan] = Field(default_factory=dict)
    outlines: Mapping[Key, Outline] = Field(default_factory=dict)
    meetings: tuple[MeetingPlan, ...] = Field(min_length=1)
    deliverables: tuple[DeliverablePlan, ...] = ()
    criteria: tuple[CriterionPlan, ...] = ()
    revisit: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if problems := tuple(_incoherences(self)):
            raise InvalidBlueprint(problems)
        return self

    def as_data(self) -> dict[str, Any]:
        """What the programme keeps: plain JSON, read again by ``from_data``."""
        return self.model_dump(mode="json")

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Blueprint":
        return parse_data(data)

    def step(self, key: str) -> Step:
        return _named(self.steps, key)

    def meeting(self, key: str) -> MeetingPlan:
        """The meeting of that key, or ``KeyError``."""
        return _named(self.meetings, key)

    @property
    def revisit_keys(self) -> tuple[str, ...]:
        """Those meetings; where the method says nothing, at mid-course and at the end."""
        known = [meeting.key for meeting in self.meetings]
        found = tuple(key for key in self.revisit or DEFAULT_REVISIT if key in known)
        shared = [meeting.key for meeting in self.meetings if not meeting.is_local]
        return found or tuple(shared[-1:])

    def outline_of(self, meeting_key: str) -> Outline | None:
        """The plan of the note of a meeting, nothing when none is expected."""
        return self.outlines.get(self.meeting(meeting_key).outline)

    def prompt_of(self, sequence: SequencePlan) -> str:
        """The sequence's own prompt, else its format's."""
        plan = self.formats.get(sequence.format)
        return sequence.prompt or (plan.prompt if plan else "")


def fill(text: str, values: Mapping[str, object]) -> str:
    """Replace ``{question}`` and the like; a placeholder without a value stays as it is.

    >>> fill("Vu de {horizon_year}", {"horizon_year": 2030})
    'Vu de 2030'
    """
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def available_blueprints() -> list[Blueprint]:
    """Those that come with the software, by title."""
    shipped = (load_blueprint(path.stem) for path in sorted(FOLDER.glob("*.toml")))
    return sorted(shipped, key=lambda blueprint: blueprint.title)


def load_blueprint(key_or_file: str | Path) -> Blueprint:
    """A blueprint by its key, or read from a TOML file. Raises UnknownBlueprint, InvalidBlueprint.

    For the command line, which may read any file: pages take ``shipped_blueprint``.
    """
    asked = str(key_or_file)
    try:
        return shipped_blueprint(asked)
    except UnknownBlueprint:
        pass
    try:
        return parse_blueprint(Path(key_or_file).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise InvalidBlueprint((BlueprintProblem("encoding"),)) from None
    except OSError:
        raise UnknownBlueprint(asked) from None


def shipped_blueprint(key: str) -> Blueprint:
    """One of the software's own, by its key; never another file."""
    if re.fullmatch(r"[a-z0-9-]+", key) and (FOLDER / f"{key}.toml").is_file():
        return _shipped(key)
    raise UnknownBlueprint(key)


@cache
def _shipped(key: str) -> Blueprint:
    return parse_blueprint((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))


def parse_blueprint(source: str) -> Blueprint:
    """A blueprint from the text of a TOML file; problems carry the line they are on."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise InvalidBlueprint((_syntax_problem(str(error)),)) from None
    try:
        return parse_data(data)
    except InvalidBlueprint as error:
        lines = _lines_of_keys(source)
        raise InvalidBlueprint(
            tuple(problem.at_line(_nearest_line(lines, problem.path)) for problem in error.problems)
        ) from None


def parse_data(data: Mapping[str, Any]) -> Blueprint:
    """A blueprint from plain data, as a programme keeps it."""
    try:
        return Blueprint.model_validate(data)
    except ValidationError as error:
        raise InvalidBlueprint(tuple(_problems(error))) from None


def _problems(error: ValidationError) -> Iterable[BlueprintProblem]:
    """One a fault: a list whose items are wrong is also called empty, which helps nobody."""
    faults = error.errors()
    for fault in faults:
        place = fault["loc"]
        deeper = any(f["loc"][: len(place)] == place and f is not fault for f in faults)
        if not (fault["type"] == "too_short" and deeper):
            yield _problem(dict(fault))


def _problem(error: Mapping[str, Any]) -> BlueprintProblem:
    kind = str(error["type"])
    known = {
        "missing": "missing",
        "extra_forbidden": "unknown_key",
        "literal_error": "not_a_choice",
        "enum": "not_a_choice",
        "string_too_short": "empty",
        "too_short": "empty",
        "string_too_long": "too_long",
        "string_pattern_mismatch": "bad_key",
    }
    params = {"value": error.get("input"), **error.get("ctx", {})}
    code = known.get(kind, "out_of_range" if "than" in kind else "wrong_type")
    # A choice between a key and an empty text adds its own words to the place: leave them out.
    path = tuple(
        part for part in error["loc"] if not (isinstance(part, str) and re.search(r"[\[(]", part))
    )
    return BlueprintProblem(code, path=path, params=params)


def _incoherences(blueprint: Blueprint) -> Iterable[BlueprintProblem]:
    yield from _twice("steps", blueprint.steps)
    yield from _twice("meetings", blueprint.meetings)
    steps = {step.key for step in blueprint.steps}
    for bounds in ("territories", "group"):
        if getattr(blueprint, bounds).max < getattr(blueprint, bounds).min:
            yield BlueprintProblem("max_below_min", path=(bounds, "max"))
    yield from _group_incoherences(blueprint.group)
    for index, meeting in enumerate(blueprint.meetings):
        here = ("meetings", index)
        if meeting.step not in steps:
            yield BlueprintProblem("unknown_step", (*here, "step"), {"value": meeting.step})
        if meeting.outline and meeting.outline not in blueprint.outlines:
            yield BlueprintProblem(
                "unknown_outline", (*here, "outline"), {"value": meeting.outline}
            )
        if not 0 <= meeting.window[0] <= meeting.window[1] <= blueprint.months:
            yield BlueprintProblem("bad_window", (*here, "window"), {"months": blueprint.months})
        for place, sequence in enumerate(meeting.sequences):
            if sequence.format and sequence.format not in blueprint.formats:
                path = (*here, "sequences", place, "format")
                yield BlueprintProblem("unknown_format", path, {"value": sequence.format})
        yield from _options_twice(here, meeting)
    keys = {meeting.key for meeting in blueprint.meetings}
    for key in blueprint.calendar.gaps:
        if key not in keys:
            yield BlueprintProblem("unknown_meeting", ("calendar", "gaps", key), {"value": key})
    yield from _unknown_revisits(blueprint)
    yield from _unknown_placeholders((), blueprint.model_dump())


GROUP_VALUES: Mapping[str, type[TextChoices]] = {
    "function": FunctionKind,
    "institution": InstitutionKind,
    "gender": Gender,
}


def _group_incoherences(group: GroupPlan) -> Iterable[BlueprintProblem]:
    seen: set[tuple[str, str]] = set()
    for index, target in enumerate(group.targets):
        here = ("group", "targets", index)
        known = GROUP_VALUES.get(target.category)
        if target.value and known and target.value not in known.values:
            params = {"value": target.value, "expected": ", ".join(known.values)}
            yield BlueprintProblem("not_a_choice", (*here, "value"), params)
        if (target.category, target.value) in seen:
            value = target.value or target.category
            yield BlueprintProblem("twice", (*here, "value"), {"value": value})
        seen.add((target.category, target.value))
        limits = (target.max, target.min_share, target.max_share)
        if not target.value and limits != (None, 0, 100):
            yield BlueprintProblem("target_of_every_value", here)
        if target.max is not None and target.max < target.min:
            yield BlueprintProblem("max_below_min", (*here, "max"))
        if target.max_share < target.min_share:
            yield BlueprintProblem("max_below_min", (*here, "max_share"))


def _options_twice(here: tuple[str | int, ...], meeting: MeetingPlan) -> Iterable[BlueprintProblem]:
    for place, point in enumerate(meeting.points):
        for rank, option in enumerate(point.options):
            if option in point.options[:rank]:
                path = (*here, "points", place, "options", rank)
                yield BlueprintProblem("option_twice", path, {"value": option})


def _unknown_revisits(blueprint: Blueprint) -> Iterable[BlueprintProblem]:
    shared = {meeting.key for meeting in blueprint.meetings if not meeting.is_local}
    for place, key in enumerate(blueprint.revisit):
        if key not in shared:
            yield BlueprintProblem("unknown_shared_meeting", ("revisit", place), {"value": key})


def _twice(name: str, parts: Iterable[Any]) -> Iterable[BlueprintProblem]:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.key in seen:
            yield BlueprintProblem("twice", (name, index, "key"), {"value": part.key})
        seen.add(part.key)


def _unknown_placeholders(path: tuple[str | int, ...], data: Any) -> Iterable[BlueprintProblem]:
    if isinstance(data, str):
        for found in _PLACEHOLDER.finditer(data):
            if found[1] not in PLACEHOLDERS:
                yield BlueprintProblem("unknown_placeholder", path, {"value": found[0]})
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _unknown_placeholders((*path, key), value)
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _unknown_placeholders((*path, index), value)


def _named(parts: Iterable[Keyed], key: str) -> Keyed:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)


def _syntax_problem(message: str) -> BlueprintProblem:
    found = re.search(r"line (\d+)", message)
    return BlueprintProblem("syntax", line=int(found[1]) if found else None)


def _lines_of_keys(source: str) -> dict[tuple[str | int, ...], int]:
    """Where each table and each key of a TOML source stands, by its path."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    for number, line in enumerate(source.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = _table_path(header[1], line.lstrip().startswith("[["), counts)
            lines.setdefault(here, number)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            lines.setdefault((*here, *key[1].split(".")), number)
    return lines


def _table_path(
    name: str, is_array: bool, counts: dict[tuple[str | int, ...], int]
) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    parts = name.split(".")
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if depth == len(parts) and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _nearest_line(
    lines: Mapping[tuple[str | int, ...], int], path: tuple[str | int, ...]
) -> int | None:
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None

"""What is asked of a roadmap, and what it answers."""

from datetime import date
from enum import StrEnum

from fabrique.methods.contract import contract


class Orphanhood(StrEnum):
    """Why an action is an orphan."""

    NO_LEAD = "no_lead"
    """Nobody carries it."""
    NO_DATE = "no_date"
    """It has neither a start nor an end."""
    ANSWERS_NOTHING = "answers_nothing"
    """It answers no vulnerability."""


class Undated(StrEnum):
    """Why earliest or latest dates cannot be told."""

    CYCLIC_PLAN = "cyclic_plan"
    """Actions of the plan wait for one another in a circle: see `cycles`."""
    NO_DURATION = "no_duration"
    """Its own start or end is missing."""
    NO_DURATION_BEFORE = "no_duration_before"
    """The start or the end of something it depends on, near or far, is missing."""
    NO_DURATION_AFTER = "no_duration_after"
    """The earliest dates are known, not the latest: something that depends on it, near or far,
    has no dates."""


@contract
class Action:
    """One line of the plan."""

    key: str
    """Its identifier, once in the request."""
    lead: str | None = None
    """Who carries it."""
    start: date | None = None
    """First day, as planned (1900 to 2200)."""
    end: date | None = None
    """Last day, as planned (1900 to 2200), itself included."""
    category: str | None = None
    """What it is filed under."""
    depends_on: tuple[str, ...] = ()
    """Keys of the actions that must end before it starts."""
    answers: tuple[str, ...] = ()
    """Vulnerabilities it answers."""
    lever: str | None = None
    """The lever it uses."""
    scheme: str | None = None
    """The scheme of the territory it comes from."""


@contract
class RoadmapRequest:
    """The actions of a plan, and what they are meant to answer."""

    actions: tuple[Action, ...]
    """In the order wanted in the answer."""
    vulnerabilities: tuple[str, ...] = ()
    """Identifiers, each once, in the order wanted in the answer."""


@contract
class ActionDates:
    """When one action can start and end, if dates and dependencies are both kept."""

    action: str
    """Its key."""
    days: int | None
    """Its duration, first and last day included; nothing when a date is missing."""
    earliest_start: date | None
    """Neither before its planned start nor before the day after what it depends on ends."""
    earliest_end: date | None
    """As many days later as it lasts."""
    latest_start: date | None
    """The last day it can start without delaying the end of the plan."""
    latest_end: date | None
    """The last day it can end without delaying the end of the plan."""
    slack: int | None
    """Days it can slip: latest − earliest start."""
    critical: bool
    """Whether it cannot slip at all (slack 0)."""
    delay: int | None
    """Days between its planned start and its earliest one: 0 when the plan holds."""
    undated: Undated | None
    """Why some of these dates cannot be told; nothing when all are."""


@contract
class EarlyStart:
    """An action planned to start before something it depends on ends."""

    action: str
    """The action that starts."""
    depends_on: str
    """The action that has not ended."""
    start: date
    """Planned start of the first."""
    end: date
    """Planned end of the second."""
    days: int
    """How many days too soon (at least 1)."""


@contract
class Load:
    """What one lead carries in one half-year."""

    lead: str | None
    """Who; nothing for the actions that nobody carries."""
    half_year: str
    """`2026-S1` for January to June, `2026-S2` for July to December."""
    actions: tuple[str, ...]
    """Actions planned to run in it, in the order of the request. One whose start or end is
    missing counts in the half-year of the date it has."""


@contract
class Orphan:
    """An action that lacks something."""

    action: str
    """Its key."""
    reasons: tuple[Orphanhood, ...]
    """At least one."""


@contract
class Answered:
    """A vulnerability, and what the plan does about it."""

    vulnerability: str
    """Its identifier."""
    actions: tuple[str, ...]
    """Actions that answer it, in the order of the request."""
    leads: tuple[str, ...]
    """Who carries them, each once."""


@contract
class Gathering:
    """The actions that share a category, a lever or a scheme."""

    name: str
    """Which one."""
    actions: tuple[str, ...]
    """In the order of the request."""


@contract
class Roadmap:
    """What holds in the plan and what does not."""

    cycles: tuple[tuple[str, ...], ...]
    """Circles in which each action depends on the next, and the last on the first; for each
    action caught in one, the shortest through it; each circle once."""
    dates: tuple[ActionDates, ...]
    """One for each action, in the order of the request."""
    end: date | None
    """The earliest end of the plan, over the actions whose earliest dates are known."""
    critical_actions: tuple[str, ...]
    """Actions that cannot slip, by earliest start."""
    early_starts: tuple[EarlyStart, ...]
    """By action, in the order of the request."""
    load: tuple[Load, ...]
    """By half-year, then lead; without a lead last."""
    orphans: tuple[Orphan, ...]
    """In the order of the request."""
    coverage: tuple[Answered, ...]
    """One for each vulnerability, in the order of the request."""
    uncovered: tuple[str, ...]
    """Vulnerabilities that no action answers."""
    categories: tuple[Gathering, ...]
    """By first action; actions without a category are in none."""
    levers: tuple[Gathering, ...]
    """By first action; actions without a lever are in none."""
    schemes: tuple[Gathering, ...]
    """By first action; actions without a scheme are in none."""

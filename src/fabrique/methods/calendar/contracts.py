"""What is asked of the calendar of a series, and what it answers."""

from datetime import date
from enum import StrEnum

from fabrique.methods.contract import contract, excerpt

WORKING_WEEK = (1, 2, 3, 4, 5)


class Scale(StrEnum):
    """Whom a meeting gathers."""

    LOCAL = "local"
    """The working group of one territory."""
    NATIONAL = "national"
    """All territories, or the committee."""


class Answer(StrEnum):
    """What a person says of one day in the poll of a meeting."""

    YES = "yes"
    """They can come."""
    IF_NEED_BE = "if_need_be"
    """They would rather not, and can."""
    NO = "no"
    """They cannot."""


class ClosureKind(StrEnum):
    """What closes days; told to readers, the same to the calculation."""

    PUBLIC_HOLIDAY = "public_holiday"
    """A day off by law."""
    SCHOOL_HOLIDAYS = "school_holidays"
    """Holidays of a school zone."""
    ELECTION = "election"
    """A polling day and what surrounds it."""
    RESERVE_PERIOD = "reserve_period"
    """Before an election, when officials keep silent."""
    COUNCIL = "council"
    """A council meets."""
    OTHER = "other"
    """Anything else: a lockdown, a fair, a works day."""


class Rule(StrEnum):
    """What a plan must keep; each can stand in a contradiction or be violated."""

    WINDOWS = "windows"
    """A meeting falls in one of its windows."""
    WEEKDAYS = "weekdays"
    """A meeting falls on one of its days of the week."""
    CLOSURE = "closure"
    """Nothing is held, or the people concerned are away, on closed days."""
    MANDATORY_PERSON = "mandatory_person"
    """A mandatory person is not known to be away."""
    FACILITATOR = "facilitator"
    """A facilitator is not known to be away."""
    QUORUM = "quorum"
    """Enough of the people invited are expected."""
    MIN_GAP = "min_gap"
    """A meeting comes at least so many days after another."""
    MAX_GAP = "max_gap"
    """A meeting comes at most so many days after another."""
    PLACES = "places"
    """Nobody is needed in two places the same day; facilitators have time to travel."""
    ROOM = "room"
    """A room holds one event a day."""
    HELD = "held"
    """What has been held keeps its date (told by the check only)."""
    DATE = "date"
    """Each meeting has a date (told by the check only)."""


class Status(StrEnum):
    """How much is proved of an answer."""

    OPTIMAL = "optimal"
    """No plan does better, level by level."""
    FEASIBLE = "feasible"
    """Every rule is kept; `effort` ran out before the proof."""
    INFEASIBLE = "infeasible"
    """No plan keeps every rule: see `conflict`."""
    STOPPED = "stopped"
    """The watcher asked to stop: the best plan so far, if there was one."""
    UNKNOWN = "unknown"
    """`effort` ran out before any plan or any contradiction was found."""


class Level(StrEnum):
    """What a plan is judged on, the first that differs deciding; less is better."""

    MOVES = "moves"
    """Announced dates changed."""
    MANDATORY_ABSENCES = "mandatory_absences"
    """Mandatory people known to be away, over all meetings."""
    DISCOURAGED_DAYS = "discouraged_days"
    """Soft closures met, over all meetings."""
    WORST_SERVED = "worst_served"
    """Most meetings one person misses among those they could have come to."""
    LOST_ATTENDANCE = "lost_attendance"
    """What the poll rule, 1000 (yes + if need be) + yes, loses to each meeting's best day."""
    LATENESS = "lateness"
    """Days after the first possible day of each meeting, summed."""


class Absence(StrEnum):
    """Why someone invited is not expected."""

    SAID_NO = "said_no"
    """Their answer to the poll for that day."""
    UNAVAILABLE = "unavailable"
    """Their own unavailable days."""
    CLOSED = "closed"
    """A closure that concerns them."""
    NO_ANSWER = "no_answer"
    """The meeting has a poll and they did not answer for that day."""


@contract
class DayRange:
    """Days that follow one another."""

    first: date
    """First day."""
    last: date
    """Last day, itself included; not before the first."""


@contract
class Meeting:
    """One seminar, immersion or committee to place on a day."""

    key: str
    """Its identifier, once in the request."""
    scale: Scale
    """Local (it then has a territory) or national."""
    windows: tuple[DayRange, ...]
    """Where it may fall: at least one range, unless it has been held."""
    territory: str | None = None
    """The one it is for or, for a national meeting, the one that hosts it."""
    step: str = ""
    """Which step of the series, for whoever reads the file."""
    title: str = ""
    """Its name, for whoever reads the file."""
    weekdays: tuple[int, ...] = WORKING_WEEK
    """Days of the week allowed, 1 (Monday) to 7; Monday to Friday unless said."""
    mandatory: tuple[str, ...] = ()
    """People without whom it is not held."""
    preferred: tuple[str, ...] = ()
    """The others who are invited."""
    facilitators: tuple[str, ...] = ()
    """People who run it: always needed, in one place a day, not counted in attendance."""
    place: str | None = None
    """Where it is; its territory unless said; without either, a place of its own."""
    room: str | None = None
    """A room that holds one event a day."""
    quorum: int = 0
    """People invited who must be expected, at least."""
    quorum_percent: int = 0
    """The same as a share of the people invited (0 to 100), rounded up; the greater counts."""
    announced: date | None = None
    """The date people were told: kept if possible, each change counts as a move."""
    held: date | None = None
    """The date it was held: a fact, whatever its windows and people."""


@contract
class Person:
    """Someone invited or facilitating."""

    key: str
    """Their identifier, once in the request."""
    territory: str | None = None
    """Whose closures concern them."""
    tags: tuple[str, ...] = ()
    """What they are (`elected`…): closures can concern a tag."""
    unavailable: tuple[DayRange, ...] = ()
    """Days they are known to be away."""


@contract
class PollAnswer:
    """What one person says of one day for one meeting.

    Ignored when they neither are invited to it nor run it.
    """

    person: str
    """Who answers."""
    meeting: str
    """For which meeting."""
    day: date
    """On which day."""
    answer: Answer
    """Yes, if need be, no."""


@contract
class Closure:
    """Days closed to everyone, to a territory, or to people with a tag."""

    key: str
    """Its identifier, once in the request."""
    days: tuple[DayRange, ...]
    """What it closes."""
    kind: ClosureKind = ClosureKind.OTHER
    """What it is, for whoever reads the answer."""
    label: str = ""
    """Its name, for whoever reads the answer."""
    territory: str | None = None
    """It concerns the meetings of this territory, and its people at other meetings."""
    tag: str | None = None
    """It concerns people with this tag (of the territory, if said); not the meetings."""
    hard: bool = True
    """Whether it forbids; otherwise those days are only avoided."""


@contract
class Order:
    """One meeting comes after another."""

    before: str
    """The earlier meeting."""
    after: str
    """The later meeting."""
    min_days: int = 1
    """Days from one to the other at least (0: the same day will do)."""
    max_days: int | None = None
    """Days from one to the other at most."""


@contract
class SeriesRequest:
    """A series of meetings to place on days."""

    meetings: tuple[Meeting, ...]
    """In the order wanted in the answer."""
    seed: int
    """Seed of the search (0 or more): the same request gives the same plan."""
    people: tuple[Person, ...] = ()
    """Everyone invited or facilitating."""
    answers: tuple[PollAnswer, ...] = ()
    """At most one per person, meeting and day."""
    closures: tuple[Closure, ...] = ()
    """Holidays, elections, reserve periods, councils."""
    orders: tuple[Order, ...] = ()
    """Which meeting comes after which; each pair once."""
    travel_days: int = 0
    """Whole days a facilitator needs between two places (0: the next day will do)."""
    mandatory_must_attend: bool = True
    """Whether mandatory people forbid the days they are away; otherwise their absences are only
    kept as few as possible."""
    effort: float = 20.0
    """Deterministic work granted to each level (about seconds): more than 0."""


@contract
class MeetingDate:
    """On which day a meeting falls."""

    meeting: str
    """Its key."""
    day: date
    """Its date."""


@contract
class Missing:
    """Someone invited who is not expected."""

    person: str
    """Who."""
    reason: Absence
    """Why."""
    mandatory: bool
    """Whether the meeting needs them."""
    closure: str | None = None
    """The closure that keeps them away, if that is why."""


@contract
class MeetingAttendance:
    """Who is expected at one meeting of the plan."""

    meeting: str
    """Its key."""
    invited: int
    """Mandatory and preferred people."""
    yes: int
    """Expected: they said yes or, without a poll, nothing keeps them away."""
    if_need_be: int
    """Expected, though they would rather not."""
    missing: tuple[Missing, ...]
    """The others, in the order of the request."""
    discouraged_by: tuple[str, ...]
    """Soft closures that the date meets."""


@contract
class PersonAttendance:
    """What the plan gives one person who is invited somewhere."""

    person: str
    """Their key."""
    invited: int
    """Meetings they are invited to."""
    expected: int
    """Meetings they are expected at."""
    missed: int
    """Meetings they are not expected at though some possible day would have suited them."""


@contract
class Move:
    """An announced date that the plan changes."""

    meeting: str
    """Its key."""
    announced: date
    """The date people were told."""
    day: date
    """The new date."""
    days: int
    """How much later (less than 0: earlier)."""


@contract
class FacilitatorLoad:
    """What the plan asks of one facilitator."""

    person: str
    """Their key."""
    meetings: tuple[str, ...]
    """What they run, by date."""
    busiest_month: int
    """Most of these in one calendar month."""


@contract
class LevelValue:
    """What the plan reaches on one level, and what is proved."""

    level: Level
    """Which."""
    value: int
    """What the plan reaches; less is better."""
    bound: int | None
    """No plan as good on the levels before does better than this; nothing when not sought."""


@contract
class Constraint:
    """One rule applied to what it names."""

    rule: Rule
    """Which."""
    meetings: tuple[str, ...] = ()
    """The meeting, or the pair (before, after); empty when all are meant."""
    person: str | None = None
    """Whom it is about."""
    closure: str | None = None
    """Which closure it is about."""
    room: str | None = None
    """Which room it is about."""
    days: int | None = None
    """The gap required, in days."""


@contract
class Exclusion:
    """What takes days from a meeting."""

    constraint: Constraint
    """The rule; for a person kept away by a closure, it names both."""
    days: int
    """How many days of its windows it takes; several can take the same."""


@contract
class BlockedMeeting:
    """A meeting without any possible day."""

    meeting: str
    """Its key."""
    window_days: int
    """Days of its windows."""
    exclusions: tuple[Exclusion, ...]
    """What takes them, the greediest first."""


@contract
class Relaxation:
    """What lifting one constraint of the contradiction gives."""

    constraint: Constraint
    """What is lifted, alone."""
    solves: bool
    """Whether the whole series then fits."""
    overstep: int | None
    """Days by which it must be overstepped, at least: outside the windows, or short of the gap;
    nothing for other rules, or when the series still does not fit."""
    dates: tuple[MeetingDate, ...]
    """The earliest plan then, with the least overstep; empty when it still does not fit."""


@contract
class Conflict:
    """A contradiction: these together cannot be kept, any of them left out the others can."""

    constraints: tuple[Constraint, ...]
    """At least one."""
    relaxations: tuple[Relaxation, ...]
    """One for each, in the same order."""


@contract
class SeriesPlan:
    """Dates for all meetings and what is proved of them, or why there are none."""

    case: SeriesRequest
    """What was asked, so that the plan can be checked by itself."""
    status: Status
    """How much is proved."""
    dates: tuple[MeetingDate, ...]
    """In the order of the request; empty without a plan, as all that follows to `facilitators`."""
    levels: tuple[LevelValue, ...]
    """What the plan is judged on, the most important first."""
    moves: tuple[Move, ...]
    """Announced dates that change, in the order of the request."""
    attendance: tuple[MeetingAttendance, ...]
    """By meeting, in the order of the request."""
    people: tuple[PersonAttendance, ...]
    """Each person invited somewhere, in the order of the request."""
    worst_served: tuple[str, ...]
    """Who misses most; empty when nobody misses anything avoidable."""
    facilitators: tuple[FacilitatorLoad, ...]
    """In the order of the request."""
    end: date | None
    """The last date of the plan."""
    weeks_lost: int | None
    """Weeks begun between the last announced or held date and the end (less than 0: gained);
    nothing unless every meeting had such a date."""
    conflict: Conflict | None
    """When infeasible, the contradiction."""
    blocked: tuple[BlockedMeeting, ...]
    """When infeasible, every meeting without any possible day by itself."""


@contract
class Progress:
    """How far the search is."""

    level: Level
    """The level being improved."""
    value: int
    """What the best plan so far reaches on it."""
    bound: int
    """What is proved of it so far."""
    dates: tuple[MeetingDate, ...]
    """The best plan so far."""


@excerpt
class DatedSeries:
    """A series and the dates to check it with: two fields of a plan, or a file written by hand."""

    case: SeriesRequest
    """The series."""
    dates: tuple[MeetingDate, ...]
    """One for each meeting; fewer is a violation."""


@contract
class PlanCheck:
    """Whether dates keep every rule."""

    accepted: bool
    """Whether nothing is violated."""
    violations: tuple[Constraint, ...]
    """What is, in the order of the rules."""


@contract
class RankedDay:
    """What the poll rule says of one day of one meeting."""

    day: date
    """The day."""
    yes: int
    """People expected without reserve."""
    if_need_be: int
    """People expected if need be."""
    score: int
    """1000 (yes + if need be) + yes."""
    exclusions: tuple[Constraint, ...]
    """Rules that forbid the day by itself; empty when it is possible."""

"""Dates for all the meetings of a series at once, and which rules contradict when nothing fits.

Variables
    day_m          the day of meeting m, among those that its own rules leave: windows, days of
                   the week, closures, people it cannot do without, quorum
    in_m,c         whether day_m is in class c, days with the same people expected, the same soft
                   closures and the same mandatory people away
    worst          most meetings one person misses among those some possible day of which would
                   have suited them

Constraints
    order          min ≤ day_after − day_before ≤ max
    apart          |day_m − day_n| ≥ 1 for a person needed at both in two places, or a room they
                   share; ≥ 1 + travel days for a facilitator of both
    class          exactly one in_m,c a meeting, and day_m among its days
    worst served   for each person, Σ in_m,c over the classes they miss ≤ worst

Objective, the first level that differs deciding, each proved before the next
    announced dates changed; mandatory people away, where they do not forbid; soft closures met;
    worst; Σ (best score of m − score of its day), with the poll rule of the field, 1000 (yes + if
    need be) + yes; Σ (day_m − first possible day of m)

Contradictions
    Every rule is an assumption; a set that does not fit, while it does without any one of them,
    is found by QuickXplain. For each, the least days by which it must be overstepped (windows,
    gaps) and the earliest plan without it.

Sources
    OR-Tools CP-SAT (L. Perron, F. Didier, S. Gay, "The CP-SAT-LP solver", CP 2023). Worst served
    first: maximin, J. Rawls, A Theory of Justice, 1971. The score is that of date polls.
    U. Junker, "QuickXplain: preferred explanations and relaxations for over-constrained
    problems", AAAI 2004.

Limits
    Whole days. Someone only wished for at two meetings the same day counts at both. The set that
    contradicts cannot be made smaller by leaving one out; another, with fewer rules, may exist.
    Lifting one of its rules may uncover another contradiction: `solves` says so. Among plans equal
    on all levels, which one is given depends on the version of the solver.
"""

from fabrique.methods.calendar.checking import check_dated_series, check_plan
from fabrique.methods.calendar.contracts import (
    Absence,
    Answer,
    BlockedMeeting,
    Closure,
    ClosureKind,
    Conflict,
    Constraint,
    DatedSeries,
    DayRange,
    Exclusion,
    FacilitatorLoad,
    Level,
    LevelValue,
    Meeting,
    MeetingAttendance,
    MeetingDate,
    Missing,
    Move,
    Order,
    Person,
    PersonAttendance,
    PlanCheck,
    PollAnswer,
    Progress,
    RankedDay,
    Relaxation,
    Rule,
    Scale,
    SeriesPlan,
    SeriesRequest,
    Status,
)
from fabrique.methods.calendar.plan import plan_series
from fabrique.methods.calendar.poll import rank_days

__all__ = [
    "Absence",
    "Answer",
    "BlockedMeeting",
    "Closure",
    "ClosureKind",
    "Conflict",
    "Constraint",
    "DatedSeries",
    "DayRange",
    "Exclusion",
    "FacilitatorLoad",
    "Level",
    "LevelValue",
    "Meeting",
    "MeetingAttendance",
    "MeetingDate",
    "Missing",
    "Move",
    "Order",
    "Person",
    "PersonAttendance",
    "PlanCheck",
    "PollAnswer",
    "Progress",
    "RankedDay",
    "Relaxation",
    "Rule",
    "Scale",
    "SeriesPlan",
    "SeriesRequest",
    "Status",
    "check_dated_series",
    "check_plan",
    "plan_series",
    "rank_days",
]

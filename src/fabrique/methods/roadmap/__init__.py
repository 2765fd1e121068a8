"""Whether a plan of actions holds: order, dates, load, orphans, coverage.

An action starts the day after the last of the actions it depends on has ended, and never before
the start it was planned for.

Formulas, in days
    days            end − start + 1
    earliest start  max(planned start, earliest end of each action it depends on + 1)
    earliest end    earliest start + days − 1
    end of plan     the latest of the earliest ends
    latest end      min(latest start of each action that depends on it − 1), or the end of plan
    latest start    latest end − days + 1
    slack           latest start − earliest start; an action is critical when it has none
    cycles          for each action that waits for itself, the shortest circle through it
    load            actions planned to run in a half-year, by lead
    orphans         actions without a lead, without a date, or that answer nothing

Sources
    The critical path: J. Kelley, M. Walker, "Critical-path planning and scheduling", Eastern Joint
    Computer Conference, 1959; planned starts as earliest bounds are the "start no earlier than" of
    J. Moder, C. Phillips, E. Davis, Project Management with CPM, PERT and Precedence Diagramming,
    1983. Shortest circles by breadth-first search (E. Moore, 1959).

Limits
    Calendar days, without holidays or capacity: the load is a count of actions, not of hours.
    Earliest dates need the dates of the action and of all it depends on; latest dates need also
    those of all that depends on it. A plan with a circle has no order, so no dates at all, and
    says which circle. Answering a vulnerability is what the authors of the plan say, not an
    effect.
"""

from fabrique.methods.roadmap.contracts import (
    Action,
    ActionDates,
    Answered,
    EarlyStart,
    Gathering,
    Load,
    Orphan,
    Orphanhood,
    Roadmap,
    RoadmapRequest,
    Undated,
)
from fabrique.methods.roadmap.plan import examine_plan

__all__ = [
    "Action",
    "ActionDates",
    "Answered",
    "EarlyStart",
    "Gathering",
    "Load",
    "Orphan",
    "Orphanhood",
    "Roadmap",
    "RoadmapRequest",
    "Undated",
    "examine_plan",
]

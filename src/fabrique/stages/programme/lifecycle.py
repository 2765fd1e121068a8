"""The states of a meeting and of a point to settle, and their moves, as one table each.

planned ──schedule──▶ scheduled ──hold──▶ held
   ▲                     │  ▲
   └──────unschedule─────┘  └─ schedule (another date)
   planned, scheduled ──cancel──▶ cancelled ──plan_again──▶ planned
A meeting held without ever having been dated is held all the same.

open ──settle──▶ settled ──reopen──▶ open
  └─postpone─▶ postponed ──settle──▶ settled, ──reopen──▶ open
"""

from fabrique.stages.programme.enums import MeetingState as S
from fabrique.stages.programme.enums import PointState as P

MOVES: dict[str, tuple[frozenset[S], S]] = {
    "schedule": (frozenset({S.PLANNED, S.SCHEDULED}), S.SCHEDULED),
    "unschedule": (frozenset({S.SCHEDULED}), S.PLANNED),
    "hold": (frozenset({S.PLANNED, S.SCHEDULED}), S.HELD),
    "cancel": (frozenset({S.PLANNED, S.SCHEDULED}), S.CANCELLED),
    "plan_again": (frozenset({S.CANCELLED}), S.PLANNED),
}
POINT_MOVES: dict[str, tuple[frozenset[P], P]] = {
    "settle": (frozenset({P.OPEN, P.POSTPONED}), P.SETTLED),
    "postpone": (frozenset({P.OPEN}), P.POSTPONED),
    "reopen": (frozenset({P.SETTLED, P.POSTPONED}), P.OPEN),
}


class IllegalMove(Exception):
    """The move is not open from this state."""

    def __init__(self, move: str, state: str) -> None:
        super().__init__(f"{move} from {state}")
        self.code = "illegal_move"
        self.params = {"move": move, "state": state}


def after(state: str, move: str) -> S:
    """The state a move leads to, or ``IllegalMove``."""
    sources, target = MOVES[move]
    if state not in sources:
        raise IllegalMove(move, state)
    return target


def point_after(state: str, move: str) -> P:
    """The state a point comes to, or ``IllegalMove``."""
    sources, target = POINT_MOVES[move]
    if state not in sources:
        raise IllegalMove(move, state)
    return target

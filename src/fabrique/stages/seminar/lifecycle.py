"""The states of a room and its moves, as one table.

ready ──open──▶ open ──close──▶ closed ──open──▶ open
A closed room can be opened again: people come back from lunch, a late card is found.
"""

from fabrique.stages.seminar.enums import RoomState as S

MOVES: dict[str, tuple[frozenset[S], S]] = {
    "open": (frozenset({S.READY, S.CLOSED}), S.OPEN),
    "close": (frozenset({S.OPEN}), S.CLOSED),
}

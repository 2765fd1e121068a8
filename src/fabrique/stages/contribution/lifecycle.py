"""The states of a workshop and its moves, as one table.

waiting ──open──▶ open ──close──▶ closed ──open──▶ open
Closing loses nothing; a workshop can be opened again when the room wants more of it.
"""

from fabrique.stages.contribution.enums import WorkshopState as S

MOVES: dict[str, tuple[frozenset[S], S]] = {
    "open": (frozenset({S.WAITING, S.CLOSED}), S.OPEN),
    "close": (frozenset({S.OPEN}), S.CLOSED),
}

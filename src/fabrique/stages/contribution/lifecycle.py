"""The states of a workshop and of a card and their moves, each as one table.

A workshop: waiting ──open──▶ open ──close──▶ closed ──open──▶ open
Closing loses nothing; a workshop can be opened again when the room wants more of it.

A card:     kept ──merge──▶ merged ──restore──▶ kept
            kept ──set_aside──▶ set_aside ──restore──▶ kept
Undoing its creation leaves the card's row, ``undone``; undo follows no table, it goes back.
"""

from fabrique.stages.contribution.enums import CardState as C
from fabrique.stages.contribution.enums import WorkshopState as S

MOVES: dict[str, tuple[frozenset[S], S]] = {
    "open": (frozenset({S.WAITING, S.CLOSED}), S.OPEN),
    "close": (frozenset({S.OPEN}), S.CLOSED),
}

CARD_MOVES: dict[str, tuple[frozenset[C], C]] = {
    "merge": (frozenset({C.KEPT}), C.MERGED),
    "set_aside": (frozenset({C.KEPT}), C.SET_ASIDE),
    "restore": (frozenset({C.MERGED, C.SET_ASIDE}), C.KEPT),
}

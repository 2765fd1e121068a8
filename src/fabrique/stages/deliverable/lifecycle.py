"""The states of a deliverable and its moves, as one table.

draft ──freeze──▶ frozen ──reopen──▶ draft
A frozen version never changes: reopening prepares the next one beside it.
"""

from fabrique.stages.deliverable.enums import DeliverableState as S

MOVES: dict[str, tuple[frozenset[S], S]] = {
    "freeze": (frozenset({S.DRAFT}), S.FROZEN),
    "reopen": (frozenset({S.FROZEN}), S.DRAFT),
}

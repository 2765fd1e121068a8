"""Ties drawn by people and by the room → what is covered, what is not, and how sure we are.

A card merged after people answered is counted where it went. What the room confirms aloud
covers a row too, and is shown as such: it is nobody's vote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fabrique.methods.crossing import (
    ActionUse,
    Answer,
    AskedVulnerability,
    Coverage,
    CrossingRequest,
    Weakness,
    cross,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.crossing.answer import ANSWERS, NONE
from fabrique.stages.contribution.formats.rating import Judged, judged_in
from fabrique.stages.contribution.models import Card, Workshop


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many people tie this action to this vulnerability; whether the room confirmed it."""

    action: Card
    vulnerability: Card
    people: int
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """A vulnerability, what answers it, and how much that finding is worth."""

    card: Card
    cells: Sequence[Cell]
    coverage: Coverage

    @property
    def answering(self) -> list[Cell]:
        """The cells that are not empty, most supported first."""
        full = [cell for cell in self.cells if cell.people or cell.is_confirmed]
        return sorted(full, key=lambda cell: (-cell.people, not cell.is_confirmed))

    @property
    def is_confirmed(self) -> bool:
        return any(cell.is_confirmed for cell in self.cells)

    @property
    def is_shown(self) -> bool:
        """Whether enough people looked at this row for its numbers to be shown."""
        return self.coverage.asked >= rows.MINIMUM_PEOPLE

    @property
    def is_blind_spot(self) -> bool:
        return not self.coverage.covered and not self.is_confirmed

    @property
    def is_weak(self) -> bool:
        """Whether too few people looked at the row for its emptiness to mean anything."""
        few = (Weakness.NOBODY_ASKED, Weakness.TOO_FEW_ASKED)
        return self.coverage.weak in few and not self.is_confirmed

    @property
    def rests_on_one(self) -> bool:
        """Whether each of its ties was drawn by one person only."""
        return self.coverage.weak == Weakness.SINGLE_SUPPORTER and not self.is_confirmed


@dataclass(frozen=True, kw_only=True)
class CrossingResults:
    """The whole table; figures about people only when enough of them answered, row by row."""

    lines: Sequence[Line]
    actions: Sequence[Card]
    uses: Mapping[UUID, ActionUse]
    people: int
    instants: Sequence[datetime]

    @property
    def is_shown(self) -> bool:
        """Whether the numbers of people may be shown."""
        return self.people >= rows.MINIMUM_PEOPLE

    @property
    def blind_spots(self) -> list[Line]:
        """Uncovered rows that enough people looked at."""
        return [line for line in self.lines if line.is_blind_spot and not line.is_weak]

    @property
    def unsure(self) -> list[Line]:
        """Rows that too few people looked at to conclude anything."""
        return [line for line in self.lines if line.is_blind_spot and line.is_weak]

    @property
    def covered(self) -> list[Line]:
        return [line for line in self.lines if not line.is_blind_spot]

    @property
    def idle(self) -> list[Card]:
        """Actions that enough people had before them and tied to nothing."""
        confirmed = {cell.action.pk for line in self.lines for cell in line.answering}
        return [
            card
            for card in self.actions
            if card.pk not in confirmed and self.uses[card.pk].weak is None
        ]


@dataclass(frozen=True)
class _Said:
    """What people and the room said, on the cards as they stand now."""

    answers: frozenset[tuple[UUID, UUID, UUID | None]]
    confirmed: frozenset[tuple[UUID, UUID]]
    instants: Sequence[datetime]

    def people_about(self, card: Card) -> set[UUID]:
        return {person for person, vulnerability, _ in self.answers if vulnerability == card.pk}


def cross_workshop(
    workshop: Workshop, format: Format, judged: Judged | None = None
) -> CrossingResults:
    """The table, from the marks already read for the screen, if they were."""
    judged = judged or judged_in(format, workshop)
    vulnerabilities = list(judged.cards)
    actions = list(rows.kept_cards_beside(workshop, format.setting(workshop, "columns")))
    said = _read(workshop, judged, actions)
    crossing = cross(
        CrossingRequest(
            vulnerabilities=tuple(
                AskedVulnerability(vulnerability=str(card.pk), asked=len(said.people_about(card)))
                for card in vulnerabilities
            ),
            actions=tuple(str(card.pk) for card in actions),
            answers=tuple(
                Answer(voter=str(person), vulnerability=str(row), action=str(one) if one else None)
                for person, row, one in sorted(said.answers, key=str)
            ),
            minimum_asked=rows.MINIMUM_PEOPLE,
        )
    )
    return CrossingResults(
        lines=[
            Line(
                card=card,
                coverage=coverage,
                cells=[
                    Cell(
                        action=action,
                        vulnerability=card,
                        people=people,
                        is_confirmed=(action.pk, card.pk) in said.confirmed,
                    )
                    for action, people in zip(actions, counts, strict=True)
                ],
            )
            for card, coverage, counts in zip(
                vulnerabilities, crossing.coverage, crossing.table, strict=True
            )
        ],
        actions=actions,
        uses={UUID(use.action): use for use in crossing.actions},
        people=len({person for person, _row, _action in said.answers}),
        instants=said.instants,
    )


def _read(workshop: Workshop, judged: Judged, actions: Sequence[Card]) -> _Said:
    ties = list(rows.ties_of(workshop, ANSWERS))
    now = rows.where_cards_went({card for tie in ties for card in (tie.source_id, tie.target_id)})
    standing = {card.pk for card in (*judged.cards, *actions)}
    answers: set[tuple[UUID, UUID, UUID | None]] = set()
    confirmed: set[tuple[UUID, UUID]] = set()
    for tie in ties:
        action, row = now[tie.source_id], now[tie.target_id]
        if {action, row} <= standing:
            if tie.participant_id is None:
                confirmed.add((action, row))
            else:
                answers.add((tie.participant_id, row, action))
    tied = {(person, row) for person, row, _action in answers}
    answers |= {
        (mark.participant_id, mark.card_id, None)
        for mark in judged.marks
        if mark.value == NONE and (mark.participant_id, mark.card_id) not in tied
    }
    return _Said(frozenset(answers), frozenset(confirmed), [mark.rated_at for mark in judged.marks])

"""All that the console and the roadmap's page say of a plan, ready to be laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.stages.contribution.formats.reach import Reachable
from fabrique.stages.contribution.formats.roadmap.analysis import Plan, name_of
from fabrique.stages.contribution.formats.roadmap.dates import day_words, half_year_mark
from fabrique.stages.contribution.formats.roadmap.findings import (
    Finding,
    Orphans,
    Scheduled,
    cycles_of,
    early_starts_of,
    load_table,
    orphans_of,
    planned_words,
    schedule_of,
    summary,
)
from fabrique.stages.contribution.models import Card

#: Beyond, a matrix is wider than any screen: names in a cell say the same.
MOST_COLUMNS = 16


@dataclass(frozen=True)
class ActionRow:
    """An action as the roadmap's page lists it."""

    card: Card
    number: str
    lead: str
    partners: str
    planned: str
    is_late: bool
    means: str
    status: str


@dataclass(frozen=True)
class CoverageLine:
    """A vulnerability, whether each action of the matrix answers it, and those that do."""

    vulnerability: Reachable
    cells: Sequence[bool]
    answers: Sequence[str]


@dataclass(frozen=True)
class Panel:
    summary: str
    cycles: Sequence[Finding]
    early_starts: Sequence[Finding]
    orphans: Sequence[Orphans]
    schedule: Sequence[Scheduled]
    end: str
    load_columns: Sequence[tuple[str, str]]
    load_rows: Sequence[Sequence[str]]
    columns: Sequence[str]
    coverage: Sequence[CoverageLine]

    @property
    def holds(self) -> bool:
        """Whether nothing stands in the way of the plan's dates."""
        return not self.cycles and not self.early_starts


def row_of(card: Card) -> ActionRow:
    said = card.payload.get
    return ActionRow(
        card=card,
        number=said("number") or "–",
        lead=said("lead") or "–",
        partners=said("partners") or "–",
        planned=planned_words(card),
        is_late=bool(said("late")),
        means=said("means") or said("budget") or "–",
        status=said("status") or "–",
    )


def panel_of(plan: Plan) -> Panel:
    load_columns, load_rows = load_table(plan)
    marks = [half_year_mark(key) for key in plan.half_years]
    answering = [card for card in plan.cards if _answers_anything(card, plan)]
    columns = answering if len(answering) <= MOST_COLUMNS else []
    return Panel(
        summary=summary(plan),
        cycles=cycles_of(plan),
        early_starts=early_starts_of(plan),
        orphans=orphans_of(plan),
        schedule=schedule_of(plan),
        end=day_words(plan.roadmap.end) if plan.roadmap.end else "",
        load_columns=list(zip(marks, load_columns[1:], strict=True)),
        load_rows=load_rows,
        columns=[name_of(card) for card in columns],
        coverage=[
            CoverageLine(
                vulnerability=one,
                cells=[str(card.pk) in answered.actions for card in columns],
                answers=[name_of(card) for card in plan.named(answered.actions)],
            )
            for one, answered in plan.coverage
        ],
    )


def _answers_anything(card: Card, plan: Plan) -> bool:
    return any(str(card.pk) in answered.actions for _one, answered in plan.coverage)

"""Calendars side by side: dates by meeting, who is missing, what each costs. Reads rows given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.kit.dates import day_words
from fabrique.methods.calendar.contracts import (
    Level,
    MeetingAttendance,
    SeriesPlan,
    Status,
)
from fabrique.stages.programme.analyses import series, variants
from fabrique.stages.programme.enums import ProposalState
from fabrique.stages.programme.models import Meeting, SeriesProposal
from fabrique.stages.programme.queries.planning import Planning, day_of, day_to_keep
from fabrique.stages.programme.wording import calendar as words
from fabrique.stages.programme.year import period_words, step_key

ENDED = (ProposalState.FOUND, ProposalState.IMPOSSIBLE, ProposalState.FAILED)
BADGES = {
    ProposalState.WAITING: "neutral",
    ProposalState.RUNNING: "info",
    ProposalState.FOUND: "success",
    ProposalState.IMPOSSIBLE: "error",
    ProposalState.FAILED: "warning",
}


@dataclass(frozen=True)
class Cell:
    """One meeting in one calendar: its date, how it differs from what people know, who misses."""

    day: date
    when: str
    change: str = ""
    missing: Sequence[str] = ()
    discouraged: str = ""

    @property
    def absences(self) -> str:
        return _absences(len(self.missing))


@dataclass(frozen=True)
class Contradiction:
    """One rule of a contradiction, and what lifting it gives."""

    rule: str
    relaxed: str
    solves: bool


@dataclass(frozen=True)
class Blocked:
    """A meeting without a possible day, and what took its days."""

    said: str
    exclusions: tuple[str, ...]


@dataclass(frozen=True)
class Obstacle:
    """What keeps some variants from any calendar, said once for all of them."""

    columns: Sequence["Column"]

    @property
    def title(self) -> str:
        """« Ce qui empêche « Au plus tôt » et « Avant les élections » »."""
        return _("Ce qui empêche %(variants)s") % {"variants": _quoted(self.columns)}

    @property
    def blocked(self) -> Sequence[Blocked]:
        return self.columns[0].blocked

    @property
    def rules(self) -> list[tuple[str, list[str]]]:
        """Each rule, and what lifting it gives; by variant where that differs."""
        return [(one.rule, self._relaxed(one.rule)) for one in self.columns[0].contradictions]

    def _relaxed(self, rule: str) -> list[str]:
        by_words: dict[str, list[Column]] = {}
        for column in self.columns:
            for one in column.contradictions:
                if one.rule == rule:
                    by_words.setdefault(one.relaxed, []).append(column)
        if len(by_words) == 1:
            return list(by_words)
        return [
            _("%(variants)s : %(said)s") % {"variants": _quoted(columns), "said": said}
            for said, columns in by_words.items()
        ]


@dataclass(frozen=True)
class Column:
    """One variant."""

    proposal: SeriesProposal
    title: str
    explanation: str
    badge: str
    proof: str = ""
    facts: Sequence[tuple[str, str]] = ()
    loads: Sequence[str] = ()
    contradictions: Sequence[Contradiction] = ()
    blocked: Sequence[Blocked] = ()
    cells: Mapping[UUID, Cell] = field(default_factory=dict)
    progress: str = ""
    same_as: str = ""

    @property
    def state(self) -> str:
        return str(ProposalState(self.proposal.state).label)

    @property
    def is_found(self) -> bool:
        return self.proposal.state == ProposalState.FOUND

    @property
    def is_searching(self) -> bool:
        return self.proposal.state not in ENDED


@dataclass(frozen=True)
class Row:
    """One meeting, in each calendar found."""

    meeting: Meeting
    name: str
    now: str
    by_column: Sequence[tuple[Column, Cell | None]]


@dataclass(frozen=True)
class StepCell:
    """One step in one calendar: from its first to its last day, and what it costs."""

    when: str
    changes: str
    absences: str


@dataclass(frozen=True)
class StepRow:
    """One step, in each calendar found; its meetings one by one under it."""

    name: str
    step: str
    scale: str
    window: str
    by_column: Sequence[tuple[Column, StepCell]]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Comparison:
    columns: Sequence[Column]
    steps: Sequence[StepRow]

    @property
    def is_searching(self) -> bool:
        return any(column.is_searching for column in self.columns)

    @property
    def found(self) -> list[Column]:
        return [column for column in self.columns if column.is_found]

    @property
    def obstacles(self) -> list[Obstacle]:
        """Variants that break the same rules, or lack the same days, are told together."""
        told: dict[tuple[frozenset[str], tuple[Blocked, ...]], list[Column]] = {}
        for column in self.columns:
            said = (frozenset(one.rule for one in column.contradictions), tuple(column.blocked))
            if any(said):
                told.setdefault(said, []).append(column)
        return [Obstacle(columns) for columns in told.values()]


def _quoted(columns: Sequence[Column]) -> str:
    """« Au plus tôt » et « Avant les élections », in their quotation marks."""
    *others, last = [_("« %(title)s »") % {"title": column.title} for column in columns]
    if not others:
        return last
    return _("%(first)s et %(last)s") % {"first": ", ".join(others), "last": last}


def compare(planning: Planning, proposals: Sequence[SeriesProposal]) -> Comparison:
    columns = _told_apart([_column(planning, one) for one in proposals])
    found = [column for column in columns if column.is_found]
    steps = [
        _step_row(name, of_step, found, planning)
        for name, of_step in words.steps_of(planning.open_meetings)
    ]
    return Comparison(columns, steps if found else [])


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Those that come to the same dates as one before them say so."""
    seen: dict[tuple[tuple[UUID, date], ...], str] = {}
    told = []
    for column in columns:
        dates = tuple((key, cell.day) for key, cell in column.cells.items())
        same = seen.setdefault(dates, column.title) if dates else column.title
        told.append(replace(column, same_as=same) if same != column.title else column)
    return told


def _absences(count: int) -> str:
    return counted(count, ngettext("%(count)d absence", "%(count)d absences", count))


def _step_row(
    name: str, meetings: Sequence[Meeting], found: Sequence[Column], planning: Planning
) -> StepRow:
    return StepRow(
        name=name,
        step=step_key(planning.blueprint, meetings[0].step),
        scale=meetings[0].scale,
        window=words.shared_window(meetings),
        by_column=[(column, _step_cell(column, meetings)) for column in found],
        rows=[
            Row(
                meeting=meeting,
                name=words.meeting_name(meeting),
                now=_now(meeting),
                by_column=[(column, column.cells.get(meeting.pk)) for column in found],
            )
            for meeting in meetings
        ],
    )


def _step_cell(column: Column, meetings: Sequence[Meeting]) -> StepCell:
    cells = [column.cells[one.pk] for one in meetings if one.pk in column.cells]
    if not cells:
        return StepCell("", "", "")
    first, last = min(one.day for one in cells), max(one.day for one in cells)
    changes = sum(bool(one.change) for one in cells)
    absences = sum(len(one.missing) for one in cells)
    return StepCell(
        when=day_words(first) if first == last else period_words(first, last),
        changes=words.changes_words(changes),
        absences=_absences(absences),
    )


@dataclass(frozen=True)
class Batch:
    """A comparison made earlier."""

    key: UUID
    asked_at: datetime
    titles: Sequence[str]
    is_applied: bool


def batches(proposals: Iterable[SeriesProposal]) -> list[Batch]:
    """The comparisons of these proposals, the latest first."""
    found: dict[UUID, list[SeriesProposal]] = {}
    for one in proposals:
        found.setdefault(one.batch, []).append(one)
    return [
        Batch(
            key=key,
            asked_at=of_batch[0].created_at,
            titles=[
                title_of(one.variant, one.options)
                for one in sorted(of_batch, key=lambda each: each.position)
            ],
            is_applied=any(one.applied_at for one in of_batch),
        )
        for key, of_batch in found.items()
    ]


def title_of(variant: str, options: Mapping[str, Any]) -> str:
    """What a variant is called, from its key and what was kept of its dates and its vote."""
    kept = words.kept_words(options)
    return {
        variants.KEEP: _("Tenir les %(dates)s") % {"dates": kept}
        if kept
        else _("Le plus de monde"),
        variants.EARLIEST: _("Au plus tôt"),
        variants.AFRESH: _("Sans tenir compte des %(dates)s") % {"dates": kept or _("dates")},
        variants.BEFORE: _("Avant les élections"),
        variants.AFTER: _("Après les élections"),
    }[variant]


def explanation_of(variant: str, options: Mapping[str, Any]) -> str:
    """What it asks for besides the constraints of the page."""
    vote = options.get("vote", {})
    kept = words.kept_words(options)
    said = {
        "step": vote.get("step", ""),
        "label": vote.get("label", ""),
        "first": _iso_words(vote.get("first")),
        "last": _iso_words(vote.get("last")),
    }
    return {
        variants.KEEP: _("Change le moins possible de %(dates)s, puis réunit le plus de monde.")
        % {"dates": kept}
        if kept
        else _("Évite les jours à éviter, puis réunit le plus de monde."),
        variants.EARLIEST: _(
            "Chaque réunion une semaine au plus après son premier jour possible, puis le plus de "
            "monde."
        ),
        variants.AFRESH: _("Comme s'il n'y en avait aucune, pour voir ce que coûte de les tenir."),
        variants.BEFORE: _("« %(step)s » se tient avant le %(first)s (%(label)s).") % said,
        variants.AFTER: _(
            "« %(step)s » se tient après le %(last)s (%(label)s) ; la suite est décalée d'autant."
        )
        % said,
    }[variant]


def vote_options(vote: variants.Vote) -> dict[str, Any]:
    """What a proposal keeps of the vote its variant turns around."""
    return {
        "label": vote.label,
        "first": vote.first.isoformat(),
        "last": vote.last.isoformat(),
        "step": words.step_name(vote.meetings[0]),
    }


def _column(planning: Planning, proposal: SeriesProposal) -> Column:
    plan = series.plan_of(proposal.result) if proposal.result else None
    start: dict[str, Any] = {
        "proposal": proposal,
        "title": title_of(proposal.variant, proposal.options),
        "explanation": explanation_of(proposal.variant, proposal.options),
        "badge": BADGES[ProposalState(proposal.state)],
        "progress": _progress(proposal),
    }
    if plan is None:
        return Column(**start)
    names = words.Names.of(planning, plan.case)
    if not plan.dates:
        return Column(
            **start,
            proof=words.proof_words(plan.status),
            contradictions=_contradictions(plan, names),
            blocked=[
                Blocked(
                    words.blocked_words(one, names),
                    tuple(words.exclusion_words(each, names) for each in one.exclusions),
                )
                for one in plan.blocked
            ],
        )
    return Column(
        **start,
        proof=words.proof_words(plan.status),
        facts=_facts(planning, plan, names, proposal.options),
        loads=[words.load_words(one, names) for one in plan.facilitators if one.meetings],
        cells=_cells(planning, plan, names),
    )


def _contradictions(plan: SeriesPlan, names: words.Names) -> list[Contradiction]:
    """Those that are enough to lift come first."""
    if plan.conflict is None:
        return []
    pairs = zip(plan.conflict.constraints, plan.conflict.relaxations, strict=True)
    found = [
        Contradiction(
            words.constraint_words(rule, names),
            words.relaxation_words(relaxed, names),
            relaxed.solves,
        )
        for rule, relaxed in pairs
    ]
    return sorted(found, key=lambda one: not one.solves)


def _facts(
    planning: Planning, plan: SeriesPlan, names: words.Names, options: Mapping[str, Any]
) -> list[tuple[str, str]]:
    late = (plan.end - planning.programme.ends_on).days if plan.end else 0
    missing = sum(len(one.missing) for one in plan.attendance if one.meeting in _open(planning))
    invited = sum(one.invited for one in plan.attendance if one.meeting in _open(planning))
    end = f"{day_words(plan.end)}, {words.weeks_words(late)}" if plan.end else ""
    kept = words.kept_words(options)
    moves = words.moves_words(len(plan.moves), proved=_proved(plan))
    is_kept = any(one.announced for one in plan.case.meetings)
    return [
        (_("Dernière réunion"), end),
        *([(capfirst(kept), moves)] if is_kept and kept else []),
        (
            _("Absences connues"),
            _("%(missing)d sur %(invited)d présences attendues")
            % {"missing": missing, "invited": invited},
        ),
        (_("La personne la moins bien servie"), words.worst_served_words(plan, names)),
    ]


def _proved(plan: SeriesPlan) -> bool:
    """Whether no calendar changes fewer of the dates to keep."""
    moves = [one for one in plan.levels if one.level == Level.MOVES]
    return plan.status == Status.OPTIMAL or any(one.bound == one.value for one in moves)


def _cells(planning: Planning, plan: SeriesPlan, names: words.Names) -> dict[UUID, Cell]:
    days = {one.meeting: one.day for one in plan.dates}
    attendance = {one.meeting: one for one in plan.attendance}
    shifts = {one.meeting: one.days for one in plan.moves}
    return {
        meeting.pk: _cell(days[key], shifts.get(key), attendance.get(key), names)
        for meeting in planning.open_meetings
        if (key := str(meeting.pk)) in days
    }


def _cell(
    day: date, shift: int | None, attendance: MeetingAttendance | None, names: words.Names
) -> Cell:
    missing = attendance.missing if attendance else ()
    return Cell(
        day=day,
        when=words.long_day(day),
        change=words.shift_words(shift) if shift else "",
        missing=[
            words.missing_words(one, names)
            for one in sorted(missing, key=lambda one: not one.mandatory)
        ],
        discouraged=", ".join(
            names.closure(key) for key in (attendance.discouraged_by if attendance else ())
        ),
    )


def _now(meeting: Meeting) -> str:
    day = day_of(meeting)
    if day is None:
        return ""
    said = day_words(day)
    if day_to_keep(meeting) == day:
        return _("annoncé le %(day)s") % {"day": said}
    return _("fixé au %(day)s") % {"day": said}


def _progress(proposal: SeriesProposal) -> str:
    if proposal.state == ProposalState.WAITING:
        return _("La recherche va commencer.")
    if proposal.state == ProposalState.RUNNING:
        if proposal.progress.get("dated"):
            return _LEVELS[Level(proposal.progress["level"])]()
        return _("Recherche d'un premier calendrier.")
    if proposal.state == ProposalState.FAILED and not proposal.result:
        if proposal.stop_asked_at:
            return _("Arrêtée avant d'avoir trouvé un calendrier.")
        return _("La recherche n'a pas abouti. Relancez-la ; si cela se répète, prévenez l'équipe.")
    return ""


_LEVELS = {
    Level.MOVES: lambda: _(
        "Un calendrier est trouvé ; on en cherche un qui change moins de dates."
    ),
    Level.MANDATORY_ABSENCES: lambda: _(
        "Un calendrier est trouvé ; on en cherche un sans absence indispensable."
    ),
    Level.DISCOURAGED_DAYS: lambda: _(
        "Un calendrier est trouvé ; on en cherche un qui évite mieux les vacances."
    ),
    Level.WORST_SERVED: lambda: _(
        "Un calendrier est trouvé ; on en cherche un où personne n'est toujours absent."
    ),
    Level.LOST_ATTENDANCE: lambda: _(
        "Un calendrier est trouvé ; on en cherche un qui réunit plus de monde."
    ),
    Level.LATENESS: lambda: _("Un calendrier est trouvé ; on en cherche un qui finit plus tôt."),
}


def _open(planning: Planning) -> set[str]:
    return {str(meeting.pk) for meeting in planning.open_meetings}


def _iso_words(day: str | None) -> str:
    return day_words(date.fromisoformat(day)) if day else ""

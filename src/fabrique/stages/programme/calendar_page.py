"""The calendar as its page tells it: the picture, each meeting, the delays, what to look at first.

Reads only the rows it is given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.kit.dates import day_words
from fabrique.kit.items import CalendarBand, CalendarRow
from fabrique.stages.programme.analyses.series import rules_of_order
from fabrique.stages.programme.calendar import Window
from fabrique.stages.programme.enums import ClosedKind, Concerned, MeetingState, Need
from fabrique.stages.programme.models import ClosedPeriod, Meeting
from fabrique.stages.programme.queries.expected import Expectation
from fabrique.stages.programme.queries.planning import Planning, day_of, told_day, untold
from fabrique.stages.programme.wording import calendar as words
from fabrique.stages.programme.year import period_words, step_key, window_words


@dataclass(frozen=True)
class Line:
    """A meeting with all that its date depends on."""

    meeting: Meeting
    name: str
    step: str
    window: str
    when: str
    badge: str
    badge_kind: str
    facilitators: str
    expected: str
    is_open: bool


@dataclass(frozen=True)
class ClosedLine:
    period: ClosedPeriod
    when: str
    where: str
    whom: str


@dataclass(frozen=True)
class Warnings:
    """What would make a search fail or surprise."""

    to_announce: int
    outside: Sequence[str]
    overdue: Sequence[str]
    without_facilitator: Sequence[str]


@dataclass(frozen=True)
class StepLines:
    """The meetings of one step, at one scale."""

    summary: str
    lines: Sequence[Line]
    is_current: bool


def by_step(planning: Planning) -> list[StepLines]:
    """Every step in the order of the year; the first that is not over is the current one."""
    found = []
    is_current_given = False
    for name, of_step in words.steps_of(planning.meetings):
        found_lines = [_line(meeting, planning) for meeting in of_step]
        is_current = not is_current_given and any(line.is_open for line in found_lines)
        is_current_given |= is_current
        summary = f"{name} · {words.shared_window(of_step)} · {_tally(of_step)}"
        found.append(StepLines(summary, found_lines, is_current))
    return found


def _tally(meetings: Sequence[Meeting]) -> str:
    """« 2 dates sur 4 », « à fixer », « toutes tenues »."""
    held = sum(one.state == MeetingState.HELD for one in meetings)
    dated = sum(day_of(one) is not None for one in meetings)
    total = len(meetings)
    if held == total:
        return ngettext("tenue", "toutes tenues", total)
    if not dated:
        return _("à fixer")
    if total == 1:
        return _("date fixée")
    return ngettext("%(dated)d date sur %(total)d", "%(dated)d dates sur %(total)d", dated) % {
        "dated": dated,
        "total": total,
    }


def picture(planning: Planning) -> list[CalendarRow]:
    """One row a step and scale: all the periods, and the days, of its meetings."""
    rows = []
    meetings = sorted(planning.meetings, key=lambda one: one.position)
    for _position, found in groupby(meetings, key=lambda one: one.position):
        of_step = list(found)
        rows.append(
            CalendarRow(
                label=words.step_name(of_step[0]),
                step=step_key(planning.blueprint, of_step[0].step),
                scale=of_step[0].scale,
                periods=_joined(window for one in of_step for window in one.windows),
                days=[(day, _state(one)) for one in of_step if (day := day_of(one))],
            )
        )
    return rows


def _joined(windows: Iterable[Window]) -> list[Window]:
    """Periods that overlap or follow one another are one."""
    found: list[Window] = []
    for first, last in sorted(windows):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def bands(planning: Planning) -> list[CalendarBand]:
    """Closed days behind the picture; those of one territory or one meeting are only told."""
    votes = (ClosedKind.ELECTION, ClosedKind.RESERVE)
    found = []
    for period in planning.closed_periods:
        if period.meeting_id or (period.site_id and period.kind not in votes):
            continue
        kind = "closed" if period.is_strict else "avoided"
        found.append(
            CalendarBand(
                period.first_date,
                period.last_date,
                "vote" if period.kind in votes else kind,
                period.label,
            )
        )
    return found


def closed_lines(
    periods: Sequence[ClosedPeriod],
) -> list[tuple[str, list[ClosedLine]]]:
    """By kind, as the vocabulary orders them, then by day."""
    order = list(ClosedKind.values)
    ordered = sorted(periods, key=lambda one: (order.index(one.kind), one.first_date, one.label))
    by_kind = [
        (str(words.CLOSED_HEADINGS[ClosedKind(kind)]), [_closed_line(one) for one in found])
        for kind, found in groupby(ordered, key=lambda one: one.kind)
    ]
    return [(f"{label} ({len(found)})", found) for label, found in by_kind]


def rules(planning: Planning) -> list[str]:
    """The order of the year, one sentence a pair of steps."""
    said: dict[tuple[int, int], str] = {}
    for before, after, days in rules_of_order(planning.meetings, planning.blueprint):
        key = (before.position, after.position)
        said.setdefault(key, _rule(before, after, days))
    return list(said.values())


def warnings(planning: Planning, *, today: date) -> Warnings:
    open_meetings = planning.open_meetings
    return Warnings(
        to_announce=len(untold(open_meetings)),
        outside=[words.meeting_name(one) for one in open_meetings if _is_outside(one)],
        overdue=[
            words.meeting_name(one)
            for one in open_meetings
            if (day := day_of(one)) is not None and day < today
        ],
        without_facilitator=[
            words.meeting_name(one)
            for one in open_meetings
            if not any(each.facilitates for each in planning.expectations[one.pk])
        ],
    )


def expected_words(expected: Sequence[Expectation]) -> str:
    """« 3 indispensables, 12 attendues »."""
    needed = sum(one.need == Need.MANDATORY for one in expected)
    hoped = sum(one.need == Need.PREFERRED for one in expected)
    parts = [
        counted(needed, ngettext("%(count)d indispensable", "%(count)d indispensables", needed)),
        counted(hoped, ngettext("%(count)d attendue", "%(count)d attendues", hoped)),
    ]
    return ", ".join(filter(None, parts)) or _("personne encore")


def changes(
    meetings: Sequence[Meeting], expected: Mapping[UUID, Sequence[Expectation]]
) -> list["Change"]:
    """What people know beside what they would be told, the earliest first."""
    dated = [(day, one) for one in meetings if (day := day_of(one)) is not None]
    return [
        _change(meeting, day, sum(one.is_expected for one in expected[meeting.pk]))
        for day, meeting in sorted(dated, key=lambda each: (each[0], each[1].position))
    ]


@dataclass(frozen=True)
class Change:
    """A date to announce: the one people know, if any, and the one they would be told."""

    meeting: Meeting
    name: str
    before: str
    after: str
    shift: str
    told: str
    is_new: bool


def _change(meeting: Meeting, day: date, count: int) -> Change:
    before = told_day(meeting)
    return Change(
        meeting=meeting,
        name=words.meeting_name(meeting),
        before=words.long_day(before) if before else "",
        after=words.long_day(day),
        shift=words.shift_words((day - before).days) if before else "",
        told=ngettext("%(count)d personne", "%(count)d personnes", count) % {"count": count},
        is_new=before is None,
    )


def _line(meeting: Meeting, planning: Planning) -> Line:
    expected = planning.expectations[meeting.pk]
    day = day_of(meeting)
    badge, kind = _badge(meeting)
    return Line(
        meeting=meeting,
        name=words.meeting_name(meeting),
        step=step_key(planning.blueprint, meeting.step),
        window=window_words(meeting),
        when=words.long_day(day) if day else "",
        badge=badge,
        badge_kind=kind,
        facilitators=words.listed((one.name for one in expected if one.facilitates), most=2),
        expected=expected_words(expected),
        is_open=meeting.state != MeetingState.HELD,
    )


def _badge(meeting: Meeting) -> tuple[str, str]:
    if meeting.state == MeetingState.HELD:
        return _("Tenue"), "success"
    if meeting.state == MeetingState.PLANNED:
        return _("À fixer"), "neutral"
    if _is_outside(meeting):
        return _("Hors période"), "warning"
    if not untold([meeting]):
        return _("Annoncée"), "info"
    return (_("Changée, à annoncer") if told_day(meeting) else _("À annoncer")), "accent"


def _is_outside(meeting: Meeting) -> bool:
    day = day_of(meeting)
    return day is not None and not meeting.is_in_window(day)


def _state(meeting: Meeting) -> str:
    if meeting.state == MeetingState.HELD:
        return "done"
    return "fixed" if untold([meeting]) else "told"


def _closed_line(period: ClosedPeriod) -> ClosedLine:
    first, last = period.first_date, period.last_date
    where = _("Partout")
    if period.meeting is not None:
        where = words.meeting_name(period.meeting)
    elif period.site is not None:
        where = period.site.territory.name
    return ClosedLine(
        period=period,
        when=day_words(first) if first == last else period_words(first, last),
        where=where,
        whom=str(Concerned(period.concerns).label),
    )


def _rule(before: Meeting, after: Meeting, days: int) -> str:
    first, then = words.step_name(before), words.step_name(after)
    said = {"before": first, "after": then, "days": days}
    if before.site_id and not after.site_id:
        return (
            ngettext(
                "« %(before)s » dans chaque territoire, puis %(days)d jour au moins avant "
                "« %(after)s ».",
                "« %(before)s » dans chaque territoire, puis %(days)d jours au moins avant "
                "« %(after)s ».",
                days,
            )
            % said
        )
    return (
        ngettext(
            "« %(before)s », puis %(days)d jour au moins avant « %(after)s ».",
            "« %(before)s », puis %(days)d jours au moins avant « %(after)s ».",
            days,
        )
        % said
    )

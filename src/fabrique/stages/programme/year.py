"""The year as pages tell it: stations, territories' rows, what comes next. Reads only rows given.

Everything is computed from lists already loaded, so that pages ask a constant number of queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.dates import day_words, hour_words, short_weekday_words
from fabrique.kit.items import Station
from fabrique.stages.programme.blueprint import LOCAL_KINDS, Blueprint, Step
from fabrique.stages.programme.enums import MeetingState
from fabrique.stages.programme.models import Meeting, PollOption, Site
from fabrique.stages.programme.queries import next_meeting

SHORT_WINDOW = timedelta(days=24)
EDGE = timedelta(days=4)
BADGES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.SCHEDULED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "warning",
}


class Dated(Protocol):
    """A meeting, or what someone was told of one."""

    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class MeetingLine:
    """A meeting with the words pages say of it."""

    meeting: Meeting
    step: str
    when: str
    badge: str

    @property
    def href(self) -> str:
        return reverse("seminar:detail", args=[self.meeting.pk])

    @property
    def state(self) -> str:
        return str(MeetingState(self.meeting.state).label)

    @property
    def kind(self) -> str:
        """« Séminaire local », nothing when the title says it already."""
        kind = str(self.meeting.get_kind_display())
        return "" if kind == self.meeting.title else kind

    @property
    def is_open(self) -> bool:
        """Whether it can still be dated, held or cancelled."""
        return self.meeting.state in (MeetingState.PLANNED, MeetingState.SCHEDULED)


@dataclass(frozen=True)
class SiteRow:
    site: Site
    lines: Sequence[MeetingLine | None]


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now."""

    line: MeetingLine
    undated: int
    total: int

    @property
    def needs_a_date(self) -> bool:
        return self.line.meeting.state == MeetingState.PLANNED

    @property
    def waiting(self) -> str:
        """« 3 territoires sur 4 n'ont pas encore de date. », nothing when it does not apply."""
        if not self.undated or self.total < 2:
            return ""
        return ngettext(
            "%(undated)d territoire sur %(total)d n'a pas encore de date.",
            "%(undated)d territoires sur %(total)d n'ont pas encore de date.",
            self.undated,
        ) % {"undated": self.undated, "total": self.total}


def step_key(blueprint: Blueprint, key: str) -> str:
    """The step as page components know it: launch, immersion, or its number."""
    if key in ("launch", "immersion"):
        return key
    step = blueprint.step(key)
    digits = "".join(filter(str.isdigit, step.mark or step.key))
    return digits or str(blueprint.steps.index(step) + 1)


def when(meeting: Meeting) -> str:
    """Its date, else the period it is planned in."""
    if meeting.starts_at is None:
        return window_words(meeting)
    return day_words(timezone.localdate(meeting.starts_at))


def weekday_words(day: date) -> str:
    """« jeudi 12 mars 2020 »."""
    return f"{date_format(day, 'l')} {day_words(day)}"


def moment_words(dated: Dated) -> str:
    """« jeudi 12 mars 2020, de 14 h à 17 h », nothing without a date."""
    if dated.starts_at is None or dated.ends_at is None:
        return ""
    day = weekday_words(timezone.localdate(dated.starts_at))
    return between_words(day, dated.starts_at, dated.ends_at)


def option_words(option: PollOption) -> str:
    """« jeudi 12 mars 2020, de 14 h à 17 h », the day alone when it has no hours."""
    day = weekday_words(option.date)
    if option.starts_at is None or option.ends_at is None:
        return day
    return between_words(day, option.starts_at, option.ends_at)


def between_words(day: str, start: time | datetime, end: time | datetime) -> str:
    """« 12 mars 2020, de 14 h à 17 h »."""
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": day,
        "start": hour_words(start),
        "end": hour_words(end),
    }


def short_option_words(option: PollOption, *, with_hour: bool) -> str:
    """« jeu. 12 mars », « jeu. 12 mars, 14 h »: the head of a column."""
    day = f"{short_weekday_words(option.date)} {day_words(option.date, of='F')}"
    return f"{day}, {hour_words(option.starts_at)}" if with_hour and option.starts_at else day


def period_words(first: date, last: date) -> str:
    """« du 11 au 30 mai 2020 »: what both days share is said once."""
    of = "F Y"
    if first.year == last.year:
        of = "" if first.month == last.month else "F"
    return _("du %(first)s au %(last)s") % {
        "first": day_words(first, of=of),
        "last": day_words(last),
    }


def window_words(meeting: Meeting) -> str:
    return windows_words(meeting.windows)


def windows_words(windows: Sequence[tuple[date, date]]) -> str:
    """« mars – avril 2020 », « semaine du 11 ou du 25 mai 2020 », and so on."""
    if len(windows) > 1 and all(_is_a_week(first, last) for first, last in windows):
        return _("semaine %(days)s") % {"days": _either(_mondays([first for first, _l in windows]))}
    return _either([_one_window_words(first, last) for first, last in windows])


def _is_a_week(first: date, last: date) -> bool:
    """From a Monday to the end of its week, whether or not Saturday and Sunday are said."""
    return first.weekday() == 0 and timedelta(days=4) <= last - first <= timedelta(days=6)


def _mondays(days: Sequence[date]) -> list[str]:
    """« du 11 », « du 25 mai 2020 »: what a day shares with the next one is said once."""
    said = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        of = "F Y"
        if following is not None and day.year == following.year:
            of = "" if day.month == following.month else "F"
        said.append(_("du %(day)s") % {"day": day_words(day, of=of)})
    return said


def _either(choices: Sequence[str]) -> str:
    """« a », « a ou b », « a, b ou c »."""
    if len(choices) == 1:
        return choices[0]
    return _("%(others)s ou %(last)s") % {"others": ", ".join(choices[:-1]), "last": choices[-1]}


def _one_window_words(first: date, last: date) -> str:
    """« mars – avril 2020 », « du 11 au 30 mai 2020 »: a month of which few days count is left."""
    if last - first <= SHORT_WINDOW:
        return period_words(first, last)
    first, last = first + EDGE, last - EDGE
    if (first.year, first.month) == (last.year, last.month):
        return date_format(first, "F Y")
    start = "F" if first.year == last.year else "F Y"
    return f"{date_format(first, start)} – {date_format(last, 'F Y')}"


def line_of(meeting: Meeting, blueprint: Blueprint) -> MeetingLine:
    return MeetingLine(
        meeting=meeting,
        step=step_key(blueprint, meeting.step),
        when=when(meeting),
        badge=BADGES[MeetingState(meeting.state)],
    )


def stations(
    blueprint: Blueprint, meetings: Sequence[Meeting], *, hrefs: Mapping[str, str]
) -> list[Station]:
    """Two lines in the order one lives them: at each step, the territories, then the nation.

    ``hrefs`` gives the address of the local stations, by the key of their step.
    """
    coming = next_meeting(meetings)
    drawn: list[Station] = []
    for step in blueprint.steps:
        of_step = [meeting for meeting in meetings if meeting.step == step.key]
        local = [meeting for meeting in of_step if meeting.kind in LOCAL_KINDS]
        national = [meeting for meeting in of_step if meeting.kind not in LOCAL_KINDS]
        if local:
            drawn.append(_station(blueprint, step, "local", local, coming, hrefs.get(step.key, "")))
        if national:
            href = reverse("seminar:detail", args=[national[0].pk]) if len(national) == 1 else ""
            drawn.append(_station(blueprint, step, "national", national, coming, href))
    return drawn


def _station(
    blueprint: Blueprint,
    step: Step,
    scale: str,
    meetings: Sequence[Meeting],
    coming: Meeting | None,
    href: str,
) -> Station:
    live = [meeting for meeting in meetings if meeting.state != MeetingState.CANCELLED]
    held = [meeting for meeting in live if meeting.state == MeetingState.HELD]
    state = "planned"
    if live and len(held) == len(live):
        state = "done"
    elif coming is not None and coming in meetings:
        state = "next"
    return Station(
        scale=scale,
        key=step_key(blueprint, step.key),
        mark=step.mark or capfirst(meetings[0].get_kind_display()),
        title=(step.title_local if scale == "local" else step.title_national) or meetings[0].title,
        state=state,
        when=when(meetings[0]) if len(meetings) == 1 else window_words(meetings[0]),
        href=href,
        detail=_tally(held, live) if scale == "local" and len(live) > 1 else "",
    )


def _tally(held: Sequence[Meeting], live: Sequence[Meeting]) -> str:
    dated = [meeting for meeting in live if meeting.state == MeetingState.SCHEDULED]
    parts = []
    if held:
        parts.append(
            ngettext("%(count)d sur %(total)d tenue", "%(count)d sur %(total)d tenues", len(held))
            % {"count": len(held), "total": len(live)}
        )
    if dated:
        parts.append(
            ngettext("%(count)d date fixée", "%(count)d dates fixées", len(dated))
            % {"count": len(dated)}
        )
    return ", ".join(parts)


def site_rows(
    blueprint: Blueprint, sites: Iterable[Site], meetings: Iterable[Meeting]
) -> list[SiteRow]:
    """A line a territory, a cell each local meeting of the blueprint, in its order."""
    plans = [plan for plan in blueprint.meetings if plan.is_local]
    found = {(meeting.site_id, meeting.key): meeting for meeting in meetings}
    rows = []
    for site in sites:
        cells = [found.get((site.pk, plan.key)) for plan in plans]
        rows.append(SiteRow(site, [line_of(cell, blueprint) if cell else None for cell in cells]))
    return rows


def next_step(blueprint: Blueprint, meetings: Sequence[Meeting]) -> NextStep | None:
    """Nothing once everything is held or cancelled."""
    coming = next_meeting(meetings)
    if coming is None:
        return None
    alike = [
        meeting
        for meeting in meetings
        if meeting.key == coming.key and meeting.state != MeetingState.CANCELLED
    ]
    undated = sum(meeting.state == MeetingState.PLANNED for meeting in alike)
    return NextStep(line_of(coming, blueprint), undated, len(alike))


def held_count(meetings: Iterable[Meeting]) -> int:
    return sum(meeting.state == MeetingState.HELD for meeting in meetings)

"""What has to be settled and what was, as pages show it. Reads only the rows given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from fabrique.kit.dates import day_words
from fabrique.stages.programme.enums import ArgumentSide, DecisionKind, PointState
from fabrique.stages.programme.models import Argument, Decision, PointToSettle, SettlingOption

BADGES = {
    PointState.OPEN: "info",
    PointState.SETTLED: "success",
    PointState.POSTPONED: "warning",
}


@dataclass(frozen=True)
class OptionLine:
    option: SettlingOption
    pros: Sequence[Argument]
    cons: Sequence[Argument]
    is_chosen: bool = False

    @property
    def has_arguments(self) -> bool:
        return bool(self.pros or self.cons)


@dataclass(frozen=True)
class PointLine:
    """A point with its place from 1, what is said of it, and the decision in force."""

    point: PointToSettle
    number: int
    options: Sequence[OptionLine]
    decision: Decision | None
    is_last: bool

    @property
    def is_open(self) -> bool:
        return self.point.state == PointState.OPEN

    @property
    def is_settled(self) -> bool:
        return self.point.state == PointState.SETTLED

    @property
    def badge(self) -> str:
        return BADGES[PointState(self.point.state)]

    @property
    def place_before(self) -> int:
        return self.number - 1

    @property
    def place_after(self) -> int:
        return self.number + 1

    @property
    def argument_count(self) -> int:
        return sum(len(line.pros) + len(line.cons) for line in self.options)


@dataclass(frozen=True)
class LogLine:
    """A decision as the log tells it."""

    decision: Decision
    day: str
    words: str

    @property
    def point(self) -> PointToSettle:
        return self.decision.point

    @property
    def place(self) -> str:
        """Where it was taken: a territory, or nothing at the national scale."""
        site = self.decision.point.meeting.site
        return site.territory.name if site else ""

    @property
    def state(self) -> str:
        if self.decision.superseded_at is not None:
            return _("Revue depuis")
        if self.decision.kind == DecisionKind.POSTPONED:
            return _("Reporté")
        return _("En vigueur")

    @property
    def badge(self) -> str:
        if self.decision.superseded_at is not None:
            return "neutral"
        return "warning" if self.decision.kind == DecisionKind.POSTPONED else "success"


def point_lines(points: Iterable[PointToSettle]) -> list[PointLine]:
    """Those that stand, numbered; ``points`` come from ``queries.committee``."""
    standing = [point for point in points if point.removed_at is None]
    return [
        _line(point, number, is_last=number == len(standing))
        for number, point in enumerate(standing, start=1)
    ]


def log_lines(decisions: Iterable[Decision]) -> list[LogLine]:
    return [LogLine(one, day_of(one), words_of(one)) for one in decisions]


def day_of(decision: Decision) -> str:
    return day_words(timezone.localdate(decision.decided_at))


def words_of(decision: Decision) -> str:
    """What was decided; a point put off without a word says so."""
    if decision.kind == DecisionKind.POSTPONED and not decision.said:
        return _("Reporté, sans précision.")
    return decision.said


def _line(point: PointToSettle, number: int, *, is_last: bool) -> PointLine:
    decision = next(iter(point.standing), None)  # type: ignore[attr-defined]
    chosen = decision.option_id if decision else None
    options = [one for one in point.all_options if one.removed_at is None]  # type: ignore[attr-defined]
    return PointLine(
        point=point,
        number=number,
        options=[_option(one, is_chosen=one.pk == chosen) for one in options],
        decision=decision,
        is_last=is_last,
    )


def _option(option: SettlingOption, *, is_chosen: bool) -> OptionLine:
    said = [one for one in option.all_arguments if one.removed_at is None]  # type: ignore[attr-defined]
    return OptionLine(
        option=option,
        pros=[one for one in said if one.side == ArgumentSide.FOR],
        cons=[one for one in said if one.side == ArgumentSide.AGAINST],
        is_chosen=is_chosen,
    )

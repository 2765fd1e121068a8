"""What a run sheet lacks by the principles of the method. Pure: the page says it, kindly.

The launch deck asks seminars to alternate debate and testimony, and to tie the long time of the
projection to the short time of action. Two more come from the body: a pause, and an end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, Protocol

TALK = frozenset({"debate", "work"})


class Asked(Protocol):
    """The principles a method keeps to."""

    @property
    def alternate_debate_and_testimony(self) -> bool: ...
    @property
    def tie_long_and_short_time(self) -> bool: ...
    @property
    def break_after_minutes(self) -> int: ...
    @property
    def longest_minutes(self) -> int: ...


@dataclass(frozen=True)
class Moment:
    """One line of a run sheet, as the principles see it."""

    title: str
    kind: str
    horizon: str
    minutes: int


@dataclass(frozen=True)
class Advice:
    """A principle that is not met.

    ``no_testimony``, ``no_debate``, ``testimonies_in_a_row`` (``first``, ``second``),
    ``no_long_time``, ``no_short_time``, ``no_break`` (``minutes``, ``before``),
    ``too_long`` (``minutes``, ``limit``).
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)


def advice(moments: Sequence[Moment], asked: Asked) -> list[Advice]:
    """What to improve, nothing for an empty run sheet."""
    if not moments:
        return []
    found: list[Advice] = []
    if asked.alternate_debate_and_testimony:
        found += _alternation(moments)
    if asked.tie_long_and_short_time:
        found += _horizons(moments)
    found += _breaks(moments, asked.break_after_minutes)
    total = sum(moment.minutes for moment in moments)
    if total > asked.longest_minutes:
        found.append(Advice("too_long", {"minutes": total, "limit": asked.longest_minutes}))
    return found


def _alternation(moments: Sequence[Moment]) -> Iterator[Advice]:
    """A break between two testimonies leaves them in a row: nobody has answered."""
    spoken = [moment for moment in moments if moment.kind != "break"]
    kinds = {moment.kind for moment in spoken}
    if "testimony" not in kinds:
        yield Advice("no_testimony")
    if not kinds & TALK:
        yield Advice("no_debate")
    for first, second in pairwise(spoken):
        if first.kind == second.kind == "testimony":
            yield Advice("testimonies_in_a_row", {"first": first.title, "second": second.title})


def _horizons(moments: Sequence[Moment]) -> Iterator[Advice]:
    horizons = {moment.horizon for moment in moments}
    for horizon in ("long", "short"):
        if horizon not in horizons:
            yield Advice(f"no_{horizon}_time")


def _breaks(moments: Sequence[Moment], limit: int) -> Iterator[Advice]:
    """One a stretch that is too long, with the line before which to pause."""
    for is_break, stretch in groupby(moments, key=lambda moment: moment.kind == "break"):
        if is_break:
            continue
        elapsed = 0
        lines = list(stretch)
        total = sum(line.minutes for line in lines)
        if total <= limit:
            continue
        before = lines[-1]
        for line in lines:
            elapsed += line.minutes
            if elapsed > total / 2 and line is not lines[0]:
                before = line
                break
        yield Advice("no_break", {"minutes": total, "before": before.title})

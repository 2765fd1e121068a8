"""Which day of a poll comes first: the rule of the field's polls.

    score = (yes + if need be) · 1000 + yes

so that the number who could come decides, then how many come gladly, then the earliest day. A day
that someone indispensable refuses comes after all those nobody indispensable refuses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID


@dataclass(frozen=True)
class Tally:
    """What was answered of one day; ``refused_by`` names the indispensable who cannot come."""

    option_id: UUID
    date: date
    starts_at: time | None
    yes: int
    if_need_be: int
    no: int
    refused_by: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        return (self.yes + self.if_need_be) * 1000 + self.yes

    @property
    def is_refused_by_all(self) -> bool:
        """By all who answered, and someone did."""
        return self.no > 0 and self.score == 0


def ranked(tallies: Iterable[Tally]) -> list[Tally]:
    """The best day first."""
    return sorted(tallies, key=_place)


def recommended(tallies: Iterable[Tally]) -> Tally | None:
    """The day to choose; none while nobody can come, or someone indispensable never can."""
    first = next(iter(ranked(tallies)), None)
    return first if first is not None and first.score and not first.refused_by else None


def equals_of(chosen: Tally, tallies: Sequence[Tally]) -> list[Tally]:
    """The other days as good as this one: only the calendar tells them apart."""
    return [one for one in tallies if one != chosen and _place(one)[:2] == _place(chosen)[:2]]


def _place(tally: Tally) -> tuple[int, int, date, time]:
    return len(tally.refused_by), -tally.score, tally.date, tally.starts_at or time.min

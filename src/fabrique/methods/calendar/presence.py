"""When each person is expected at each meeting, and why not the other days.

Silence is no refusal: without any answer to its poll, people are expected at a meeting whenever
nothing keeps them away. Once a meeting has a poll, only answers count as expected; those who did
not answer are not known to be away either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fabrique.methods.calendar.contracts import (
    Absence,
    Answer,
    Closure,
    Meeting,
    Person,
    SeriesRequest,
)
from fabrique.methods.calendar.days import Horizon


@dataclass(frozen=True)
class Presence:
    """The days of one person at one meeting, as bits."""

    yes: int
    """Said yes or, without a poll, every day."""
    if_need_be: int
    """Said if need be."""
    said_no: int
    """Said no."""
    unavailable: int
    """Away by their own days."""
    closed: Mapping[str, int]
    """Away by each hard closure that concerns them and leaves the meeting itself open."""

    def expected_unless(self, closures: Iterable[str]) -> int:
        """Yes or if need be, as far as only these closures keep them away."""
        days = (self.yes | self.if_need_be) & ~(self.said_no | self.unavailable)
        for key in closures:
            days &= ~self.closed[key]
        return days

    @cached_property
    def away(self) -> int:
        """Known to be away, whatever the reason."""
        days = self.said_no | self.unavailable
        for closed in self.closed.values():
            days |= closed
        return days

    @cached_property
    def expected(self) -> int:
        """Yes or if need be, and not away."""
        return (self.yes | self.if_need_be) & ~self.away

    @cached_property
    def expected_gladly(self) -> int:
        """Yes, and not away."""
        return self.yes & ~self.away

    def absence(self, day: int) -> tuple[Absence, str | None] | None:
        """Why they are not expected on a day (one bit), with the closure; nothing if they are."""
        if day & self.expected:
            return None
        if day & self.said_no:
            return Absence.SAID_NO, None
        if day & self.unavailable:
            return Absence.UNAVAILABLE, None
        for key, closed in self.closed.items():
            if day & closed:
                return Absence.CLOSED, key
        return Absence.NO_ANSWER, None


Presences = Mapping[str, Mapping[str, Presence]]
"""By meeting, then person: everyone invited or facilitating."""


def presences_of(request: SeriesRequest, horizon: Horizon) -> Presences:
    """Everyone's days at every meeting they are invited to or facilitate."""
    unavailable = {person.key: horizon.bits(person.unavailable) for person in request.people}
    hard = [(one, horizon.bits(one.days)) for one in request.closures if one.hard]
    closed = {
        person.key: [(one, days) for one, days in hard if concerns(one, person)]
        for person in request.people
    }
    answers = _answers(request, horizon)
    return {
        meeting.key: {
            key: _presence(
                answers[meeting.key],
                key,
                horizon,
                unavailable=unavailable[key],
                closed={one.key: days for one, days in closed[key] if not closes(one, meeting)},
            )
            for key in involved(meeting)
        }
        for meeting in request.meetings
    }


def invited(meeting: Meeting) -> tuple[str, ...]:
    """Mandatory people, then preferred ones."""
    return (*meeting.mandatory, *meeting.preferred)


def involved(meeting: Meeting) -> tuple[str, ...]:
    """Everyone invited or facilitating, once each."""
    return tuple(dict.fromkeys((*invited(meeting), *meeting.facilitators)))


def closes(closure: Closure, meeting: Meeting) -> bool:
    """Whether nothing can be held for this meeting on the closed days."""
    if closure.tag is not None:
        return False
    return closure.territory is None or closure.territory == meeting.territory


def concerns(closure: Closure, person: Person) -> bool:
    """Whether the closed days keep this person away."""
    if closure.territory is not None and closure.territory != person.territory:
        return False
    return closure.tag is None or closure.tag in person.tags


Said = dict[str, dict[Answer, int]]
"""By person, the days of each answer."""


def _answers(request: SeriesRequest, horizon: Horizon) -> Mapping[str, Said]:
    """The answers of those concerned, by meeting."""
    asked = {one.key: set(involved(one)) for one in request.meetings}
    answers: dict[str, Said] = defaultdict(dict)
    for one in request.answers:
        if one.person in asked[one.meeting]:
            said = answers[one.meeting].setdefault(one.person, dict.fromkeys(Answer, 0))
            said[one.answer] |= horizon.bit(one.day)
    return answers


def _presence(
    answers: Said, person: str, horizon: Horizon, *, unavailable: int, closed: Mapping[str, int]
) -> Presence:
    said = answers.get(person, {})
    return Presence(
        yes=said.get(Answer.YES, 0) if answers else horizon.everything,
        if_need_be=said.get(Answer.IF_NEED_BE, 0),
        said_no=said.get(Answer.NO, 0),
        unavailable=unavailable,
        closed=closed,
    )


def needed_quorum(meeting: Meeting) -> int:
    """People invited who must be expected."""
    share = -(-meeting.quorum_percent * len(invited(meeting)) // 100)
    return max(meeting.quorum, share)


def days_with(counts: Iterable[int], needed: int, *, among: int) -> int:
    """The days of `among` that stand in at least `needed` of the sets of days."""
    reached = [among] + [0] * needed
    for days in counts:
        for level in range(needed, 0, -1):
            reached[level] |= reached[level - 1] & days
    return reached[needed]

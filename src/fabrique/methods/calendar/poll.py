"""The days of one meeting by the poll rule, as a poll would rank them."""

from dataclasses import replace

from fabrique.methods.calendar.contracts import RankedDay, SeriesRequest
from fabrique.methods.calendar.days import positions
from fabrique.methods.calendar.judgement import score
from fabrique.methods.calendar.presence import invited
from fabrique.methods.calendar.rules import EVERY, SeriesRules, joined, quorum_of
from fabrique.methods.calendar.validity import check_request
from fabrique.methods.errors import MethodError


def rank_days(request: SeriesRequest, meeting: str) -> tuple[RankedDay, ...]:
    """The days of its windows, possible ones first, then by score, then the earliest.

    Other meetings are left out of it. Raises MethodError with the codes of `check_request`, or
    `unknown_meeting`.
    """
    check_request(request)
    alone = tuple(one for one in request.meetings if one.key == meeting)
    if not alone:
        raise MethodError("unknown_meeting", meeting=meeting)
    answers = tuple(one for one in request.answers if one.meeting == meeting)
    rules = SeriesRules(replace(request, meetings=alone, answers=answers, orders=()))
    windows = rules.horizon.bits(rules.meetings[meeting].windows)
    ranked = [_ranked(rules, meeting, at) for at in positions(windows)]
    return tuple(sorted(ranked, key=lambda one: (bool(one.exclusions), -one.score, one.day)))


def _ranked(rules: SeriesRules, key: str, at: int) -> RankedDay:
    meeting, day = rules.meetings[key], 1 << at
    expected = [rules.presences[key][person] for person in invited(meeting)]
    gladly = sum(1 for one in expected if one.expected_gladly & day)
    exclusions = [joined(taken.by) for taken in rules.taken[key] if taken.days & day]
    if not rules.days_with_quorum(meeting, EVERY, day):
        exclusions.append(quorum_of(meeting))
    return RankedDay(
        day=rules.horizon.date(at),
        yes=gladly,
        if_need_be=sum(1 for one in expected if one.expected & day) - gladly,
        score=score(expected, day),
        exclusions=tuple(exclusions),
    )

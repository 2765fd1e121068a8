"""The calendar of a series: every plan beside trying them all, every rule beside its check."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.calendar import (
    Absence,
    Answer,
    Closure,
    Constraint,
    DayRange,
    Level,
    Meeting,
    MeetingDate,
    Order,
    Person,
    PollAnswer,
    Progress,
    Rule,
    Scale,
    SeriesRequest,
    Status,
    check_plan,
    plan_series,
    rank_days,
)
from fabrique.methods.calendar.conflict import smallest_conflict
from fabrique.methods.calendar.rules import SeriesRules
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/calendar.in.json"
EXAMPLE = TypeAdapter(SeriesRequest).validate_json(EXAMPLE_FILE.read_bytes(), strict=True)
MONDAY = date(2026, 3, 2)
PEOPLE = ("p", "q", "r")
TERRITORIES = ("x", "y")


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def days(first: int, last: int | None = None) -> DayRange:
    return DayRange(first=day(first), last=day(first if last is None else last))


def local(key: str, *windows: DayRange, territory: str = "x", **more: Any) -> Meeting:
    return Meeting(key=key, scale=Scale.LOCAL, territory=territory, windows=windows, **more)


def series(*meetings: Meeting, **more: Any) -> SeriesRequest:
    people = tuple(Person(key=key) for key in PEOPLE)
    return SeriesRequest(meetings=meetings, seed=1, **({"people": people} | more))


def dated(**at: int) -> tuple[MeetingDate, ...]:
    return tuple(MeetingDate(meeting=key, day=day(number)) for key, number in at.items())


def found(request: SeriesRequest) -> dict[str, int]:
    return {one.meeting: (one.day - MONDAY).days for one in plan_series(request).dates}


def level_values(request: SeriesRequest) -> list[int]:
    return [level.value for level in plan_series(request).levels]


@st.composite
def tiny_series(draw: st.DrawFn) -> SeriesRequest:
    """At most three meetings on five days: few enough to try all."""
    subsets = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3)
    ranges = st.builds(
        lambda first, more: days(first, first + more), st.integers(0, 4), st.integers(0, 2)
    )
    meetings = []
    for key in draw(st.sampled_from(["a", "ab", "abc"])):
        guests = draw(subsets)
        split = draw(st.integers(0, len(guests)))
        meetings.append(
            local(
                key,
                *draw(st.lists(ranges, min_size=1, max_size=2)),
                territory=draw(st.sampled_from(TERRITORIES)),
                weekdays=(1, 2, 3, 4, 5, 6),
                mandatory=tuple(guests[:split][:1]),
                preferred=tuple(guests[:split][1:] + guests[split:]),
                facilitators=tuple(draw(subsets)[:1]),
                room=draw(st.sampled_from([None, "hall"])),
                quorum=draw(st.integers(0, min(1, len(guests)))),
                announced=draw(st.one_of(st.none(), st.integers(0, 6).map(day))),
            )
        )
    keys = [meeting.key for meeting in meetings]
    orders = [
        Order(before=one, after=other, min_days=least, max_days=most)
        for one, other in pairwise(keys)
        for least in [draw(st.integers(0, 2))]
        for most in [draw(st.sampled_from([None, 3]))]
        if draw(st.booleans())
    ]
    answers = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(PEOPLE), st.sampled_from(keys), st.integers(0, 4)),
            st.sampled_from(Answer),
            max_size=8,
        )
    )
    closures = draw(
        st.lists(
            st.builds(
                lambda where, tag, closed, hard: (where, tag, closed, hard),
                st.sampled_from([None, *TERRITORIES]),
                st.sampled_from([None, "elected"]),
                ranges,
                st.booleans(),
            ),
            max_size=2,
        )
    )
    return SeriesRequest(
        meetings=tuple(meetings),
        seed=1,
        people=tuple(
            Person(
                key=key,
                territory=draw(st.sampled_from([None, *TERRITORIES])),
                tags=draw(st.sampled_from([(), ("elected",)])),
                unavailable=tuple(draw(st.lists(ranges, max_size=1))),
            )
            for key in PEOPLE
        ),
        answers=tuple(
            PollAnswer(person=person, meeting=meeting, day=day(at), answer=answer)
            for (person, meeting, at), answer in answers.items()
        ),
        closures=tuple(
            Closure(key=str(number), territory=where, tag=tag, days=(closed,), hard=hard)
            for number, (where, tag, closed, hard) in enumerate(closures)
        ),
        orders=tuple(orders),
        travel_days=draw(st.integers(0, 1)),
        mandatory_must_attend=draw(st.booleans()),
    )


class TryingThemAll:
    """Every level of every plan of a tiny series, from the definitions of its page."""

    def __init__(self, request: SeriesRequest) -> None:
        self.request = request
        self.people = {person.key: person for person in request.people}
        self.answers = {(one.person, one.meeting, one.day): one.answer for one in request.answers}
        self.possible = {
            meeting.key: [at for at in range(7) if self._stands_alone(meeting, at)]
            for meeting in request.meetings
        }

    def plans(self) -> Iterator[tuple[int, ...]]:
        for chosen in product(*self.possible.values()):
            given = dated(**dict(zip(self.possible, chosen, strict=True)))
            if check_plan(self.request, given).accepted:
                yield self.levels(chosen)

    def levels(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        pairs = list(zip(self.request.meetings, chosen, strict=True))
        missed = Counter(
            person
            for meeting, at in pairs
            for person in (*meeting.mandatory, *meeting.preferred)
            if not self.points(meeting, person, at)
            and any(self.points(meeting, person, other) for other in self.possible[meeting.key])
        )
        return (
            sum(meeting.announced not in (None, day(at)) for meeting, at in pairs),
            sum(
                self.is_away(meeting, person, at)
                for meeting, at in pairs
                for person in meeting.mandatory
            ),
            sum(self.soft_closures(meeting, at) for meeting, at in pairs),
            max(missed.values(), default=0),
            sum(
                max(self.score(meeting, other) for other in self.possible[meeting.key])
                - self.score(meeting, at)
                for meeting, at in pairs
            ),
            sum(at - min(self.possible[meeting.key]) for meeting, at in pairs),
        )

    def score(self, meeting: Meeting, at: int) -> int:
        guests = (*meeting.mandatory, *meeting.preferred)
        return sum(self.points(meeting, person, at) for person in guests)

    def points(self, meeting: Meeting, person: str, at: int) -> int:
        """1001 for yes, 1000 for if need be, 0 otherwise."""
        concerned = (*meeting.mandatory, *meeting.preferred, *meeting.facilitators)
        polled = any(m == meeting.key and p in concerned for p, m, _ in self.answers)
        answer = self.answers.get((person, meeting.key, day(at)))
        if self.is_away(meeting, person, at) or (polled and answer is None):
            return 0
        return 1000 if answer is Answer.IF_NEED_BE else 1001

    def is_away(self, meeting: Meeting, person: str, at: int) -> bool:
        who = self.people[person]
        return (
            self.answers.get((person, meeting.key, day(at))) is Answer.NO
            or any(one.first <= day(at) <= one.last for one in who.unavailable)
            or any(
                one.hard and self.reaches(one, who) and not self.shuts(one, meeting)
                for one in self.closed_on(at)
            )
        )

    def soft_closures(self, meeting: Meeting, at: int) -> int:
        people = {*meeting.mandatory, *meeting.preferred, *meeting.facilitators}
        return sum(
            not one.hard
            and (
                self.shuts(one, meeting)
                or any(self.reaches(one, self.people[person]) for person in people)
            )
            for one in self.closed_on(at)
        )

    def closed_on(self, at: int) -> list[Closure]:
        return [
            one for one in self.request.closures if one.days[0].first <= day(at) <= one.days[0].last
        ]

    @staticmethod
    def shuts(closure: Closure, meeting: Meeting) -> bool:
        return closure.tag is None and closure.territory in (None, meeting.territory)

    @staticmethod
    def reaches(closure: Closure, person: Person) -> bool:
        return closure.territory in (None, person.territory) and (
            closure.tag is None or closure.tag in person.tags
        )

    def _stands_alone(self, meeting: Meeting, at: int) -> bool:
        """Whether the meeting could be held that day, were it the only one."""
        answers = tuple(one for one in self.request.answers if one.meeting == meeting.key)
        alone = replace(self.request, meetings=(meeting,), orders=(), answers=answers)
        return check_plan(alone, dated(**{meeting.key: at})).accepted


class TestTheWorkedExample:
    """Every expected value below was computed by hand; see docs/methods/calendar.md."""

    def test_the_only_move_is_the_one_that_the_council_imposes(self) -> None:
        plan = plan_series(EXAMPLE)
        assert plan.status is Status.OPTIMAL
        assert [(one.meeting, one.days) for one in plan.moves] == [("Lorient #1", 1)]
        assert [one.day.day for one in plan.dates] == [10, 9, 26]

    def test_the_better_poll_day_wins_where_as_many_people_miss_one(self) -> None:
        plan = plan_series(EXAMPLE)
        assert [level.value for level in plan.levels] == [1, 0, 0, 1, 0, 10]
        assert plan.worst_served == ("chloé",)
        missing = plan.attendance[2].missing
        assert [(one.person, one.reason) for one in missing] == [("chloé", Absence.SAID_NO)]

    def test_the_poll_ranks_the_26th_before_the_24th(self) -> None:
        ranked = rank_days(EXAMPLE, "inter-site #1")
        assert [(one.day.day, one.score) for one in ranked[:3]] == [(26, 3003), (24, 3001), (16, 0)]


class TestTheBestPlan:
    @settings(max_examples=100, deadline=None)
    @given(tiny_series())
    def test_no_plan_does_better_level_by_level(self, request: SeriesRequest) -> None:
        plan = plan_series(request)
        best = min(TryingThemAll(request).plans(), default=None)
        if best is None:
            assert plan.status is Status.INFEASIBLE
            return
        assert plan.status is Status.OPTIMAL
        assert tuple(level.value for level in plan.levels) == best
        assert tuple(level.bound for level in plan.levels) == best
        assert check_plan(request, plan.dates).violations == ()

    @settings(max_examples=30, deadline=None)
    @given(tiny_series())
    def test_the_same_request_gives_the_same_plan(self, request: SeriesRequest) -> None:
        assert plan_series(request) == plan_series(request)

    @settings(max_examples=40, deadline=None)
    @given(tiny_series(), st.integers(0, 2), st.integers(0, 4))
    def test_when_a_date_is_lost_as_few_others_move_as_can(
        self, request: SeriesRequest, which: int, lost: int
    ) -> None:
        first = plan_series(request)
        assume(first.dates)
        dates = {one.meeting: one.day for one in first.dates}
        lost_day = first.dates[which % len(first.dates)].day
        closure = Closure(key="lost", days=(DayRange(first=lost_day, last=lost_day),))
        again = replace(
            request,
            meetings=tuple(replace(one, announced=dates[one.key]) for one in request.meetings),
            closures=(*request.closures, closure),
        )
        plans = list(TryingThemAll(again).plans())
        assume(plans)
        assert len(plan_series(again).moves) == min(plan[0] for plan in plans)

    @settings(max_examples=60, deadline=None)
    @given(
        st.dictionaries(
            st.tuples(st.sampled_from(PEOPLE), st.integers(0, 4)),
            st.sampled_from(Answer),
            min_size=1,
        )
    )
    def test_one_meeting_without_mandatory_people_follows_the_poll_rule(
        self, answers: dict[tuple[str, int], Answer]
    ) -> None:
        request = series(
            local("a", days(0, 4), preferred=PEOPLE),
            answers=tuple(
                PollAnswer(person=person, meeting="a", day=day(at), answer=answer)
                for (person, at), answer in answers.items()
            ),
        )
        scores = {}
        for at in range(5):
            said = Counter(answer for (_, when), answer in answers.items() if when == at)
            yes, if_need_be = said[Answer.YES], said[Answer.IF_NEED_BE]
            scores[day(at)] = (yes + if_need_be) * 1000 + yes
        by_rule = sorted(scores, key=lambda when: (-scores[when], when))
        ranked = rank_days(request, "a")
        assert [one.day for one in ranked] == by_rule
        assert [one.score for one in ranked] == [scores[when] for when in by_rule]
        assert plan_series(request).dates[0].day == by_rule[0]

    def test_nobody_misses_two_where_each_could_miss_one(self) -> None:
        polls = {"a": (0, 1), "b": (2, 3)}
        answers = tuple(
            PollAnswer(person=person, meeting=meeting, day=day(at), answer=answer)
            for meeting, (good, other) in polls.items()
            for at, absent in ((good, "p"), (other, "q" if meeting == "a" else "r"))
            for person in PEOPLE
            for answer in [
                Answer.NO if person == absent else Answer.YES if at == good else Answer.IF_NEED_BE
            ]
        )
        request = series(
            local("a", days(0, 1), preferred=PEOPLE),
            local("b", days(2, 3), preferred=PEOPLE),
            answers=answers,
        )
        assert found(request) == {"a": 0, "b": 3} or found(request) == {"a": 1, "b": 2}
        assert level_values(request)[3] == 1

    def test_an_empty_series_has_an_empty_plan(self) -> None:
        plan = plan_series(series())
        assert (plan.status, plan.dates, plan.end) == (Status.OPTIMAL, (), None)


class TestPeopleAndPlaces:
    def test_a_facilitator_has_whole_days_to_travel(self) -> None:
        meetings = (
            local("a", days(0, 4), facilitators=("p",)),
            local("b", days(0, 4), territory="y", facilitators=("p",)),
        )
        assert sorted(found(series(*meetings)).values()) == [0, 1]
        gap = found(series(*meetings, travel_days=2))
        assert abs(gap["a"] - gap["b"]) == 3

    def test_two_meetings_in_one_place_can_share_a_facilitator_and_the_day(self) -> None:
        meetings = (
            local("a", days(0, 4), facilitators=("p",)),
            local("b", days(0, 4), facilitators=("p",)),
        )
        assert found(series(*meetings)) == {"a": 0, "b": 0}

    def test_twelve_meetings_of_one_facilitator_are_counted_rather_than_tried(self) -> None:
        meetings = [
            local(str(number), days(0, 30), territory=str(number), facilitators=("p",))
            for number in range(12)
        ]
        plan = plan_series(series(*meetings))
        assert plan.status is Status.OPTIMAL
        assert len({one.day for one in plan.dates}) == 12

    def test_what_was_held_is_a_fact_and_still_orders_the_rest(self) -> None:
        held = local("a", held=day(3), mandatory=("p",))
        after = local("b", days(0, 9))
        away = (Person(key="p", unavailable=(days(3),)),)
        request = series(
            held, after, people=away, orders=(Order(before="a", after="b", min_days=4),)
        )
        assert found(request) == {"a": 3, "b": 7}

    def test_absences_that_do_not_forbid_are_kept_few(self) -> None:
        away = (Person(key="p", unavailable=(days(0, 1),)), Person(key="q"), Person(key="r"))
        request = series(
            local("a", days(0, 2), mandatory=("p",)), people=away, mandatory_must_attend=False
        )
        assert found(request) == {"a": 2}
        narrow = replace(request, meetings=(local("a", days(0, 1), mandatory=("p",)),))
        missing = plan_series(narrow).attendance[0].missing
        assert [(one.reason, one.mandatory) for one in missing] == [(Absence.UNAVAILABLE, True)]

    def test_a_share_of_those_invited_is_rounded_up(self) -> None:
        away = (Person(key="p", unavailable=(days(0),)), Person(key="q"), Person(key="r"))
        wanted = local("a", days(0, 1), preferred=PEOPLE, quorum_percent=67)
        assert found(series(wanted, people=away)) == {"a": 1}


class TestContradictions:
    def test_the_gap_and_the_two_windows_contradict_one_another(self) -> None:
        request = series(
            local("a", days(2, 4)),
            local("b", days(3, 7)),
            local("c", days(0, 20)),
            orders=(
                Order(before="a", after="b", min_days=7),
                Order(before="a", after="c", min_days=3),
            ),
        )
        conflict = plan_series(request).conflict
        assert conflict is not None
        assert set(conflict.constraints) == {
            Constraint(rule=Rule.WINDOWS, meetings=("a",)),
            Constraint(rule=Rule.WINDOWS, meetings=("b",)),
            Constraint(rule=Rule.MIN_GAP, meetings=("a", "b"), days=7),
        }
        oversteps = {one.constraint.rule: one.overstep for one in conflict.relaxations}
        assert oversteps[Rule.MIN_GAP] == 2
        assert all(one.solves for one in conflict.relaxations)
        shortest = next(one for one in conflict.relaxations if one.constraint.rule is Rule.MIN_GAP)
        assert {one.meeting: one.day for one in shortest.dates} == {
            "a": day(2), "b": day(7), "c": day(7),
        }  # fmt: skip

    def test_a_meeting_without_any_day_says_what_took_them(self) -> None:
        away = (Person(key="p", tags=("elected",)), Person(key="q"), Person(key="r"))
        request = series(
            local("a", days(0, 6), mandatory=("p",)),
            people=away,
            closures=(
                Closure(key="reserve", tag="elected", days=(days(0, 3),)),
                Closure(key="bridge", days=(days(4),)),
            ),
        )
        plan = plan_series(request)
        (blocked,) = plan.blocked
        assert blocked.window_days == 7
        taken = [
            (one.constraint.rule, one.constraint.closure, one.days) for one in blocked.exclusions
        ]
        assert taken == [
            (Rule.MANDATORY_PERSON, "reserve", 4),
            (Rule.WEEKDAYS, None, 2),
            (Rule.CLOSURE, "bridge", 1),
        ]  # fmt: skip

    def test_lifting_one_contradiction_may_leave_another(self) -> None:
        shut = Closure(key="shut", days=(days(0, 4),))
        blocked = local("a", days(0, 4))
        cycle = (Order(before="b", after="c"), Order(before="c", after="b"))
        request = series(
            blocked, local("b", days(7, 11)), local("c", days(7, 11)),
            closures=(shut,), orders=cycle,
        )  # fmt: skip
        conflict = plan_series(request).conflict
        assert conflict is not None
        assert not any(one.solves for one in conflict.relaxations)

    @settings(max_examples=100, deadline=None)
    @given(tiny_series())
    def test_leaving_out_any_one_of_its_rules_makes_the_rest_fit(
        self, request: SeriesRequest
    ) -> None:
        plan = plan_series(request)
        assume(plan.status is Status.INFEASIBLE)
        assert plan.conflict is not None
        kept = plan.conflict.constraints
        assert kept
        assert not self.fits(request, kept)
        for left_out in kept:
            assert self.fits(request, [one for one in kept if one != left_out])

    @settings(max_examples=50, deadline=None)
    @given(tiny_series())
    def test_the_dates_of_a_relaxation_violate_nothing_else(self, request: SeriesRequest) -> None:
        conflict = plan_series(request).conflict
        assume(conflict is not None)
        assert conflict is not None
        for relaxation in conflict.relaxations:
            if relaxation.solves:
                lifted = relaxation.constraint
                assert check_plan(request, relaxation.dates).violations
                left = tuple(one for one in request.closures if one.key != lifted.closure)
                violated = check_plan(replace(request, closures=left), relaxation.dates).violations
                assert {one.rule for one in violated} <= {lifted.rule}

    def test_a_closure_that_only_empties_a_quorum_is_part_of_the_contradiction(self) -> None:
        """It takes no day from the meeting: it keeps away the one person it needs."""
        council = Closure(key="council", tag="elected", days=(days(0),))
        people = (Person(key="p", tags=("elected",)), Person(key="q"), Person(key="r"))
        meeting = local("a", days(0), preferred=("p",), quorum=1)
        conflict = plan_series(series(meeting, people=people, closures=(council,))).conflict
        assert conflict is not None
        assert {one.rule for one in conflict.constraints} >= {Rule.QUORUM, Rule.CLOSURE}
        on_no_weekday = replace(meeting, weekdays=(1, 2))
        conflict = plan_series(series(on_no_weekday, people=people, closures=(council,))).conflict
        assert conflict is not None
        lifted = {one.constraint.rule: one.solves for one in conflict.relaxations}
        assert not lifted.get(Rule.WEEKDAYS, False)

    def test_the_smallest_conflict_is_found_among_many(self) -> None:
        rules = [Constraint(rule=Rule.WINDOWS, meetings=(str(n),)) for n in range(20)]
        guilty = {rules[3], rules[11], rules[12]}

        def fits(active: Any) -> bool:
            return not all(one in active for one in guilty)

        assert set(smallest_conflict(rules, fits)) == guilty

    @staticmethod
    def fits(request: SeriesRequest, kept: Collection[Constraint]) -> bool:
        """Whether some days around the windows keep these rules: all are tried."""
        rules = SeriesRules(request)
        shift = MONDAY.toordinal() - rules.horizon.first
        around = range(shift - 5, shift + 13)
        left = rules.days_left(kept)
        return any(
            keep_apart_and_in_order(rules, kept, dict(zip(left, chosen, strict=True)))
            for chosen in product(
                *([at for at in around if one >> at & 1] for one in left.values())
            )
        )


def keep_apart_and_in_order(
    rules: SeriesRules, kept: Collection[Constraint], at: dict[str, int]
) -> bool:
    return all(
        (gap.min_days is None or at[gap.after] - at[gap.before] >= gap.min_days)
        and (gap.max_days is None or at[gap.after] - at[gap.before] <= gap.max_days)
        for gap in rules.gaps(kept)
    ) and all(abs(at[one.one] - at[one.other]) >= one.days for one in rules.aparts(kept))


class TestTheCheck:
    BASE = series(
        local("a", days(0, 4), mandatory=("p",), preferred=("q",), facilitators=("r",), room="h"),
        local("b", days(0, 11), territory="y", facilitators=("r",), room="h"),
        people=(
            Person(key="p", tags=("elected",), unavailable=(days(4),)),
            Person(key="q"),
            Person(key="r", unavailable=(days(9),)),
        ),
        orders=(Order(before="a", after="b", min_days=2, max_days=9),),
        closures=(
            Closure(key="reserve", tag="elected", days=(days(3),)),
            Closure(key="off", territory="y", days=(days(8),)),
        ),
        travel_days=1,
    )

    def test_a_plan_that_keeps_everything_is_accepted(self) -> None:
        assert check_plan(self.BASE, dated(a=0, b=2)).accepted

    @pytest.mark.parametrize(
        ("at", "rules"),
        [
            ({"a": 0}, [Rule.DATE]),
            ({"a": 7, "b": 10}, [Rule.WINDOWS]),
            ({"a": 0, "b": 5}, [Rule.WEEKDAYS]),
            ({"a": 0, "b": 8}, [Rule.CLOSURE]),
            ({"a": 3, "b": 7}, [Rule.MANDATORY_PERSON]),
            ({"a": 4, "b": 7}, [Rule.MANDATORY_PERSON]),
            ({"a": 1, "b": 9}, [Rule.FACILITATOR]),
            ({"a": 0, "b": 1}, [Rule.MIN_GAP, Rule.PLACES]),
            ({"a": 0, "b": 10}, [Rule.MAX_GAP]),
            ({"a": 1, "b": 1}, [Rule.MIN_GAP, Rule.PLACES, Rule.ROOM]),
        ],
    )
    def test_each_rule_broken_is_told(self, at: dict[str, int], rules: list[Rule]) -> None:
        violations = check_plan(self.BASE, dated(**at)).violations
        assert [one.rule for one in violations] == rules

    def test_a_quorum_missed_and_a_fact_denied_are_told(self) -> None:
        few = local("a", days(0, 4), preferred=PEOPLE, quorum=3)
        away = (Person(key="p", unavailable=(days(0),)), Person(key="q"), Person(key="r"))
        request = series(few, local("b", held=day(3)), people=away)
        violations = check_plan(request, dated(a=0, b=2)).violations
        assert [one.rule for one in violations] == [Rule.QUORUM, Rule.HELD]

    def test_dates_of_another_series_are_refused(self) -> None:
        with pytest.raises(MethodError, match="unknown_meeting"):
            check_plan(self.BASE, dated(z=0))

    def test_a_plan_on_file_carries_its_case(self, tmp_path: Path) -> None:
        plan, answer = tmp_path / "plan.json", tmp_path / "check.json"
        call_command("method", "calendar", "--in", str(EXAMPLE_FILE), "--out", str(plan))
        call_command("method", "calendar", "--check", str(plan), "--out", str(answer))
        assert json.loads(answer.read_text()) == {"accepted": True, "violations": []}
        changed = json.loads(plan.read_text())
        changed["dates"][0]["day"] = "2026-03-09"
        plan.write_text(json.dumps(changed))
        call_command("method", "calendar", "--check", str(plan), "--out", str(answer))
        violations = json.loads(answer.read_text())["violations"]
        assert [one["rule"] for one in violations] == ["closure", "places"]

    def test_a_method_without_a_check_says_so(self) -> None:
        with pytest.raises(CommandError, match="roadmap"):
            call_command("method", "roadmap", "--check", str(EXAMPLE_FILE))


class TestWatching:
    def test_each_better_plan_is_told_and_keeps_the_rules(self) -> None:
        seen: list[Progress] = []

        def watch(progress: Progress) -> bool:
            seen.append(progress)
            return True

        plan = plan_series(EXAMPLE, watch=watch)
        assert plan == plan_series(EXAMPLE)
        assert seen
        assert all(check_plan(EXAMPLE, one.dates).accepted for one in seen)
        assert all(one.bound <= one.value for one in seen)

    def test_the_best_plan_so_far_is_kept_when_stopped(self) -> None:
        meetings = [
            local(str(number), days(0, 60), territory=str(number), facilitators=("p",))
            for number in range(9)
        ]
        request = series(*meetings, orders=(Order(before="0", after="1"),))
        plan = plan_series(request, watch=lambda progress: progress.level is not Level.LATENESS)
        assert plan.status is Status.STOPPED
        assert check_plan(request, plan.dates).accepted
        assert plan.levels[-1].value >= 36

    def test_when_effort_runs_out_the_plan_is_feasible_at_best(self) -> None:
        plan = plan_series(replace(EXAMPLE, effort=1e-9))
        assert plan.status in {Status.UNKNOWN, Status.FEASIBLE}


class TestRefusals:
    A, B = local("a", days(0, 4)), local("b", days(0, 4))

    @pytest.mark.parametrize(
        ("code", "request_"),
        [
            ("duplicate_meeting", series(A, A)),
            ("duplicate_person", series(A, people=(Person(key="p"), Person(key="p")))),
            ("unknown_person", series(local("a", days(0), preferred=("z",)))),
            ("invited_twice", series(local("a", days(0), mandatory=("p",), preferred=("p",)))),
            ("range_reversed", series(local("a", days(4, 0)))),
            (
                "range_reversed",
                series(A, people=(Person(key="p", unavailable=(days(1, 0),)),)),
            ),
            ("range_reversed", series(A, closures=(Closure(key="c", days=(days(1, 0),)),))),
            (
                "duplicate_closure",
                series(A, closures=(Closure(key="c", days=()), Closure(key="c", days=()))),
            ),
            ("meeting_without_window", series(local("a"))),
            (
                "meeting_without_territory",
                series(Meeting(key="a", scale=Scale.LOCAL, windows=(days(0),))),
            ),
            ("quorum_too_high", series(local("a", days(0), quorum=1))),
            ("parameter_out_of_range", series(local("a", days(0), weekdays=(0,)))),
            ("parameter_out_of_range", series(local("a", days(0), weekdays=()))),
            ("parameter_out_of_range", series(local("a", days(0), quorum_percent=101))),
            ("parameter_out_of_range", series(A, travel_days=-1)),
            ("parameter_out_of_range", replace(series(A), seed=-1)),
            ("parameter_out_of_range", series(A, effort=0.0)),
            ("unknown_meeting", series(A, orders=(Order(before="a", after="z"),))),
            ("order_with_itself", series(A, orders=(Order(before="a", after="a"),))),
            (
                "gap_out_of_range",
                series(A, B, orders=(Order(before="a", after="b", min_days=3, max_days=2),)),
            ),
            ("duplicate_order", series(A, B, orders=(Order(before="a", after="b"),) * 2)),
            (
                "duplicate_answer",
                series(
                    A,
                    answers=(
                        PollAnswer(person="p", meeting="a", day=day(0), answer=Answer.YES),
                        PollAnswer(person="p", meeting="a", day=day(0), answer=Answer.NO),
                    ),
                ),
            ),
            (
                "unknown_person",
                series(
                    A,
                    answers=(PollAnswer(person="z", meeting="a", day=day(0), answer=Answer.YES),),
                ),
            ),
            ("series_too_long", series(local("a", days(0, 4000)))),
        ],
    )
    def test_what_makes_no_sense_is_refused_by_its_code(
        self, code: str, request_: SeriesRequest
    ) -> None:
        with pytest.raises(MethodError) as refusal:
            plan_series(request_)
        assert refusal.value.code == code

    def test_ranking_the_days_of_an_unknown_meeting_is_refused(self) -> None:
        with pytest.raises(MethodError, match="unknown_meeting"):
            rank_days(EXAMPLE, "z")

"""From rows to the solver's case: facts, dates kept, days closed, the order of the year."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fabrique.methods.calendar import (
    Answer,
    ClosureKind,
    DayRange,
    SeriesRequest,
    check_plan,
    plan_series,
)
from fabrique.stages.programme.actions.announcements import announce_dates
from fabrique.stages.programme.actions.constraints import (
    add_closed_period,
    change_windows,
    name_places,
)
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.meetings import cancel_meeting, unschedule_meeting
from fabrique.stages.programme.analyses import series, variants
from fabrique.stages.programme.analyses.series import Question
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    Concerned,
    UnavailabilitySource,
)
from fabrique.stages.programme.models import (
    Contact,
    Meeting,
    Poll,
    PollAnswer,
    PollOption,
    Programme,
    Unavailability,
)
from fabrique.stages.programme.queries.planning import planning_of
from tests.stages.programme.planned import (
    SOUTH,
    a_planned_programme,
    fix,
    held,
    locals_of,
    meeting,
)

pytestmark = pytest.mark.usefixtures("territories")
START = date(2020, 1, 23)


@pytest.fixture
def programme(territories: None) -> Programme:
    found = a_planned_programme()
    make_contacts(found.pk)
    return found


def case(programme: Programme, **asked: object) -> SeriesRequest:
    question = Question(**({"first_date": START} | asked))  # type: ignore[arg-type]
    return series.series_request(planning_of(programme), question)


def placed(request: SeriesRequest, found: Meeting):
    return next(one for one in request.meetings if one.key == str(found.pk))


def vote(programme: Programme, **more: object) -> None:
    details = {
        "site": None,
        "kind": ClosedKind.ELECTION,
        "label": "Élections municipales",
        "first_date": date(2020, 3, 15),
        "last_date": date(2020, 3, 22),
        "concerns": Concerned.ELECTED,
        "actor": "",
    }
    add_closed_period(programme, **(details | more))


class TestTheCase:
    def test_it_costs_the_same_whatever_the_year_holds(self, programme: Programme) -> None:
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                planning_of(programme)
            counts.append(len(captured))
            vote(programme)
            fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        assert counts[0] == counts[1] <= 9

    def test_people_have_their_role_and_their_territory(self, programme: Programme) -> None:
        request = case(programme)
        lorient = placed(request, meeting(programme, "local-1", "56121"))
        director = Contact.objects.get(team_member__user__email=SOUTH)
        assert str(director.pk) in lorient.facilitators
        assert len(lorient.facilitators) == 2
        assert len(lorient.mandatory) == 1
        assert len(lorient.preferred) == 2
        (elected,) = (one for one in request.people if one.key == lorient.mandatory[0])
        assert (elected.territory, elected.tags) == ("56121", ("elected",))

    def test_what_was_held_is_a_fact_and_what_is_cancelled_is_not_there(
        self, programme: Programme
    ) -> None:
        first = held(meeting(programme, "immersion", "56121"), date(2020, 2, 12))
        gone = cancel_meeting(meeting(programme, "immersion", "88413").pk, actor="")
        request = case(programme)
        assert placed(request, first).held == date(2020, 2, 12)
        assert str(gone.pk) not in {one.key for one in request.meetings}
        after_gone = str(meeting(programme, "local-1", "88413").pk)
        launch = str(meeting(programme, "comite-de-lancement").pk)
        orders = {one.after: one.before for one in request.orders}
        assert orders[after_gone] == launch

    def test_only_what_was_announced_is_kept_unless_asked(self, programme: Programme) -> None:
        told = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        announce_dates(programme, [told.pk], actor="")
        fixed = fix(meeting(programme, "local-1", "88413"), date(2020, 4, 2))
        assert placed(case(programme), told).announced == date(2020, 4, 1)
        assert placed(case(programme), fixed).announced is None
        kept = case(programme, keep_unannounced=True)
        assert placed(kept, fixed).announced == date(2020, 4, 2)

    def test_a_date_withdrawn_is_still_the_one_people_know(self, programme: Programme) -> None:
        told = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        announce_dates(programme, [told.pk], actor="")
        unschedule_meeting(told.pk, actor="")
        assert placed(case(programme), told).announced == date(2020, 4, 1)
        fix(told, date(2020, 4, 8))
        assert placed(case(programme), told).announced == date(2020, 4, 8)

    def test_days_closed_for_one_meeting_cut_its_period(self, programme: Programme) -> None:
        found = meeting(programme, "intersite-1")
        vote(
            programme,
            meeting=found,
            kind=ClosedKind.OTHER,
            first_date=date(2020, 5, 13),
            last_date=date(2020, 5, 14),
            concerns=Concerned.EVERYONE,
        )
        request = case(programme)
        assert [(days.first, days.last) for days in placed(request, found).windows] == [
            (date(2020, 5, 11), date(2020, 5, 12)),
            (date(2020, 5, 15), date(2020, 5, 30)),
        ]
        assert not request.closures

    def test_a_meeting_falls_in_one_of_its_periods_from_the_first_free_day(
        self, programme: Programme
    ) -> None:
        found = meeting(programme, "intersite-1")
        weeks = [(date(2020, 5, day), date(2020, 5, day + 4)) for day in (4, 11, 25)]
        change_windows(programme, {found.pk: weeks}, actor="")
        request = case(programme, first_date=date(2020, 5, 13), longer_days=7)
        assert placed(request, found).windows == (
            DayRange(first=date(2020, 5, 13), last=date(2020, 5, 15)),
            DayRange(first=date(2020, 5, 13), last=date(2020, 5, 22)),
            DayRange(first=date(2020, 5, 25), last=date(2020, 6, 5)),
        )

    def test_closed_periods_keep_their_kind_their_place_and_whom_they_concern(
        self, programme: Programme
    ) -> None:
        site = meeting(programme, "local-1", "56121").site
        vote(programme, kind=ClosedKind.RESERVE, site=site, is_strict=False)
        (closure,) = case(programme).closures
        assert closure.kind == ClosureKind.RESERVE_PERIOD
        assert (closure.territory, closure.tag, closure.hard) == ("56121", "elected", False)

    def test_answers_and_absences_are_those_of_the_people_expected(
        self, programme: Programme
    ) -> None:
        found = meeting(programme, "local-1", "56121")
        contact = Contact.objects.get(team_member__user__email=SOUTH)
        poll = Poll.objects.create(meeting=found)
        for hour, answer in ((9, AvailabilityAnswer.NO), (14, AvailabilityAnswer.IF_NEED_BE)):
            option = PollOption.objects.create(
                poll=poll, date=date(2020, 4, 1), starts_at=f"{hour:02d}:00"
            )
            PollAnswer.objects.create(option=option, contact=contact, answer=answer)
        Unavailability.objects.create(
            contact=contact,
            first_date=date(2020, 4, 6),
            last_date=date(2020, 4, 7),
            source=UnavailabilitySource.CALENDAR,
        )
        request = case(programme)
        (answer,) = request.answers
        assert (answer.day, answer.answer) == (date(2020, 4, 1), Answer.IF_NEED_BE)
        (person,) = (one for one in request.people if one.key == str(contact.pk))
        assert [(days.first, days.last) for days in person.unavailable] == [
            (date(2020, 4, 6), date(2020, 4, 7))
        ]

    def test_two_meetings_in_one_room_are_told_to_be_however_it_is_typed(
        self, programme: Programme
    ) -> None:
        here, there, online = (
            meeting(programme, "local-1", code) for code in ("56121", "88413", "200067999")
        )
        name_places(
            programme,
            {
                here.pk: "Salle du conseil, mairie",
                there.pk: " salle du  conseil, mairie",
                online.pk: "En visioconférence",
            },
            actor="",
        )
        request = case(programme)
        assert {placed(request, one).room for one in (here, there)} == {"Salle du conseil, mairie"}
        assert placed(request, online).room is None
        assert placed(request, meeting(programme, "intersite-1")).room is None

    def test_the_order_is_that_of_the_method(self, programme: Programme) -> None:
        request = case(programme)
        pairs = {(one.before, one.after): one.min_days for one in request.orders}
        intersite = str(meeting(programme, "intersite-1").pk)
        for found in locals_of(programme, "local-1"):
            assert pairs[str(found.pk), intersite] == 14
        for found in locals_of(programme, "local-2"):
            assert pairs[intersite, str(found.pk)] == 14
        lorient = str(meeting(programme, "local-1", "56121").pk)
        immersion = str(meeting(programme, "immersion", "56121").pk)
        assert [before for before, after in pairs if after == lorient] == [immersion]

    def test_it_goes_to_a_file_and_comes_back(self, programme: Programme) -> None:
        vote(programme)
        request = case(programme)
        assert series.request_of(series.request_data(request)) == request

    def test_its_plan_is_accepted_by_the_checker_and_keeps_travel(
        self, programme: Programme
    ) -> None:
        plan = plan_series(case(programme))
        assert check_plan(plan.case, plan.dates).accepted
        days = {one.meeting: one.day for one in plan.dates}
        of_the_officer = [days[str(found.pk)] for found in locals_of(programme, "local-1")]
        assert len(set(of_the_officer)) == 4


class TestQuorums:
    """Half of those expected, in the reference programme; three at each local seminar."""

    POLLED = date(2020, 4, 8)

    def answered(self, programme: Programme, *answers: AvailabilityAnswer) -> Meeting:
        """A poll on one day, answered by as many members of Lorient's group."""
        found = meeting(programme, "local-1", "56121")
        option = PollOption.objects.create(
            poll=Poll.objects.create(meeting=found), date=self.POLLED
        )
        members = Contact.objects.filter(member__site=found.site).order_by("pk")
        for contact, answer in zip(members, answers, strict=False):
            PollAnswer.objects.create(option=option, contact=contact, answer=answer)
        return found

    def test_a_local_seminar_needs_its_quorum_once_people_have_answered(
        self, programme: Programme
    ) -> None:
        yes, if_need_be = AvailabilityAnswer.YES, AvailabilityAnswer.IF_NEED_BE
        found = self.answered(programme, yes, if_need_be, yes)
        request = case(programme)
        asked = {one.key for one in request.meetings if one.quorum_percent == 50}
        assert asked == {str(found.pk)}
        assert series.with_quorums_in_reach(request) == request
        days = {one.meeting: one.day for one in plan_series(request).dates}
        assert days[str(found.pk)] == self.POLLED

    def test_a_quorum_that_no_day_reaches_yet_forbids_nothing(self, programme: Programme) -> None:
        found = self.answered(programme, AvailabilityAnswer.YES, AvailabilityAnswer.NO)
        request = series.with_quorums_in_reach(case(programme))
        assert placed(request, found).quorum_percent == 0
        assert plan_series(request).dates

    def test_days_that_are_over_reach_no_quorum(self, programme: Programme) -> None:
        found = self.answered(programme, *[AvailabilityAnswer.YES] * 3)
        later = case(programme, first_date=self.POLLED + timedelta(days=1), longer_days=200)
        assert placed(series.with_quorums_in_reach(later), found).quorum_percent == 0


class TestVariants:
    def offered(self, programme: Programme, **asked: object) -> dict[str, variants.Offer]:
        planning = planning_of(programme)
        return {one.key: one for one in variants.offers(planning, case(programme, **asked))}

    def test_without_a_vote_nor_announced_dates_there_are_two(self, programme: Programme) -> None:
        assert list(self.offered(programme)) == [variants.KEEP, variants.EARLIEST]

    def test_a_vote_ahead_is_turned_around_for_the_last_step_it_touches(
        self, programme: Programme
    ) -> None:
        vote(programme)
        found = self.offered(programme)
        assert found[variants.BEFORE].vote is not None
        assert {one.key for one in found[variants.BEFORE].vote.meetings} == {"local-1"}
        request = case(programme)
        before = variants.asked_of(request, found[variants.BEFORE])
        after = variants.asked_of(request, found[variants.AFTER])
        lorient = meeting(programme, "local-1", "56121")
        assert placed(before, lorient).windows[-1].last == date(2020, 3, 14)
        assert placed(after, lorient).windows[0].first == date(2020, 3, 23)
        delay = date(2020, 3, 23) - placed(request, lorient).windows[0].first
        later = meeting(programme, "intersite-3")
        assert placed(after, later).windows[-1].last == later.window_end_date + delay

    def test_a_vote_that_leaves_no_day_before_is_not_offered(self, programme: Programme) -> None:
        vote(programme, first_date=date(2020, 2, 20))
        assert variants.BEFORE not in self.offered(programme)

    def test_two_rounds_and_a_reserve_are_one_vote(self, programme: Programme) -> None:
        vote(programme, kind=ClosedKind.RESERVE, first_date=date(2020, 2, 20))
        vote(programme, first_date=date(2020, 4, 10), last_date=date(2020, 4, 12))
        found = self.offered(programme)[variants.AFTER].vote
        assert found is not None
        assert (found.first, found.last) == (date(2020, 2, 20), date(2020, 4, 12))

    def test_what_was_announced_can_be_forgotten_to_see_what_it_costs(
        self, programme: Programme
    ) -> None:
        told = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        announce_dates(programme, [told.pk], actor="")
        found = self.offered(programme)
        request = variants.asked_of(case(programme), found[variants.AFRESH])
        assert placed(request, told).announced is None

    def test_dates_only_fixed_are_told_apart_from_those_announced(
        self, programme: Programme
    ) -> None:
        told = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        planning = planning_of(programme)
        assert variants.kept_dates(planning, case(programme)) == {
            "announced": False,
            "fixed": False,
        }
        kept = case(programme, keep_unannounced=True)
        assert variants.kept_dates(planning, kept) == {"announced": False, "fixed": True}
        announce_dates(programme, [told.pk], actor="")
        fix(meeting(programme, "local-1", "88413"), date(2020, 4, 2))
        kept = case(programme, keep_unannounced=True)
        assert variants.kept_dates(planning_of(programme), kept) == {
            "announced": True,
            "fixed": True,
        }

    def test_the_earliest_waits_a_week_at_most(self, programme: Programme) -> None:
        request = case(programme)
        soonest = plan_series(variants.without_preferences(request))
        plan = plan_series(variants.no_later_than(request, soonest))
        first = {one.meeting: one.day for one in soonest.dates}
        assert all(
            one.day <= first[one.meeting] + timedelta(days=variants.SPARE_DAYS)
            for one in plan.dates
        )

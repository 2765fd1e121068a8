"""The planning of the demonstration's year: closed days, a poll half answered, calendars compared.

The programme is laid out as the demonstration does, without playing its seminars.
"""

from datetime import date

import pytest

from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.planning import plan_dates
from fabrique.portal.demonstration.programmes import IN_PROGRESS, PLAYED
from fabrique.portal.demonstration.year import lay_out_year, meeting_of
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.analyses.series import plan_of
from fabrique.stages.programme.enums import AvailabilityAnswer, ClosedKind, ProposalState
from fabrique.stages.programme.models import (
    ClosedPeriod,
    Meeting,
    Notice,
    Programme,
    SeriesProposal,
)
from fabrique.territory.enums import Kind
from fabrique.territory.models import Territory

pytestmark = pytest.mark.django_db

LOCKDOWN = (date(2020, 3, 17), date(2020, 5, 10))
SECOND_ROUND = date(2020, 6, 28)
DEPARTMENTS = {"200067999": "60", "200071751": "01", "56121": "56", "88413": "88"}


@pytest.fixture
def planned(django_capture_on_commit_callbacks) -> Programme:  # type: ignore[no-untyped-def]
    for code, department in DEPARTMENTS.items():
        Territory.objects.create(
            code=code, kind=Kind.COMMUNE, name=code, department_code=department,
            department_name="Département", region_code="00", search_key=code,
        )  # fmt: skip
    programme = lay_out_year(read(f"calendars/{IN_PROGRESS}"))
    with django_capture_on_commit_callbacks(execute=True):
        plan_dates(programme)
    return programme


def test_only_the_programme_in_progress_is_planned() -> None:
    assert read(f"calendars/{IN_PROGRESS}")["with_planning"]
    assert "with_planning" not in read(f"calendars/{PLAYED}")


def test_what_closed_days_in_2020_is_there_once(planned: Programme) -> None:
    periods = ClosedPeriod.objects.filter(programme=planned)
    assert set(periods.values_list("kind", flat=True)) == {
        ClosedKind.PUBLIC_HOLIDAY,
        ClosedKind.SCHOOL_HOLIDAYS,
        ClosedKind.ELECTION,
        ClosedKind.RESERVE,
        ClosedKind.COUNCIL,
        ClosedKind.OTHER,
    }
    votes = periods.filter(kind=ClosedKind.ELECTION).order_by("first_date")
    assert [one.first_date for one in votes] == [date(2020, 3, 15), SECOND_ROUND]
    lockdown = periods.get(kind=ClosedKind.OTHER)
    assert (lockdown.first_date, lockdown.last_date) == LOCKDOWN
    zones = periods.filter(kind=ClosedKind.SCHOOL_HOLIDAYS, label__contains="zone")
    assert {one.label[-7:-1] for one in zones} == {"zone A", "zone B"}


def test_most_of_a_group_has_answered_and_someone_can_be_reminded(planned: Programme) -> None:
    meeting = meeting_of(planned, "local-1", "88413")
    results = results_of(meeting, meeting.poll)
    given = {cell.answer for person in results.people for cell in person.cells}
    assert given == {"", *AvailabilityAnswer.values}
    assert len(results.silent) == 4
    assert sorted(person.email for person in results.silent if person.email) == [
        "elu-transports@demo.example",
        "medecin@demo.example",
    ]
    assert results.recommended is not None
    assert results.recommended.option.date == date(2020, 5, 19)
    assert not any(day.is_outside for day in results.days)


def test_holding_the_first_intersite_before_or_after_the_vote_is_compared(
    planned: Programme,
) -> None:
    found = {one.variant: one for one in SeriesProposal.objects.filter(programme=planned)}
    assert set(found) == {"before", "after", "earliest"}
    assert {one.state for one in found.values()} == {ProposalState.FOUND}
    intersite = meeting_of(planned, "intersite-1")
    assert _day_in(found["before"], intersite) < SECOND_ROUND < _day_in(found["after"], intersite)
    bourg = meeting_of(planned, "local-1", "200071751")
    for proposal in found.values():
        assert [move.meeting for move in plan_of(proposal.result).moves] == [str(bourg.pk)]
        assert _day_in(proposal, bourg) > LOCKDOWN[1]


def test_nothing_has_left(planned: Programme) -> None:
    notices = Notice.objects.filter(contact__programme=planned)
    assert notices.exists()
    assert not notices.filter(sent_at__isnull=False).exists()


def _day_in(proposal: SeriesProposal, meeting: Meeting) -> date:
    dates = plan_of(proposal.result).dates
    return next(one.day for one in dates if one.meeting == str(meeting.pk))

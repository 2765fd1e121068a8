"""The plan of 2020 in the demonstration: told, undone by the vote and the lockdown, searched again.

The programme is laid out as the demonstration does, without playing its seminars.
"""

from datetime import date

import pytest
from django.utils import timezone

from fabrique.methods.calendar import Status
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.planning import plan_again
from fabrique.portal.demonstration.programmes import IN_PROGRESS, PLAYED
from fabrique.portal.demonstration.year import lay_out_year, meeting_of
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.analyses.series import plan_of
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    MeetingState,
    ProposalState,
)
from fabrique.stages.programme.models import (
    ClosedPeriod,
    Meeting,
    Notice,
    Programme,
    SeriesProposal,
)
from fabrique.stages.programme.queries.planning import told_day, untold
from fabrique.stages.programme.year import window_words
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
        plan_again(programme)
    return programme


def test_only_the_programme_in_progress_is_planned() -> None:
    assert read(f"calendars/{IN_PROGRESS}")["is_planned_again"]
    assert not read(f"calendars/{PLAYED}")["is_planned_again"]


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
    lockdown = periods.get(kind=ClosedKind.OTHER, label="Premier confinement")
    assert (lockdown.first_date, lockdown.last_date) == LOCKDOWN
    zones = periods.filter(kind=ClosedKind.SCHOOL_HOLIDAYS, label__contains="zone")
    assert {one.label[-7:-1] for one in zones} == {"zone A", "zone B"}


def test_most_of_a_group_has_answered_and_someone_can_be_reminded(planned: Programme) -> None:
    meeting = meeting_of(planned, "local-1", "88413")
    results = results_of(meeting, meeting.poll)
    given = {cell.answer for person in results.people for cell in person.cells}
    assert given == {"", *AvailabilityAnswer.values}
    assert [one.name for one in results.people if not one.email] == ["Habitant d'un hameau"]
    assert any(person.email for person in results.silent)
    assert results.recommended is not None
    held = [meeting.starts_at for meeting in planned.meetings.filter(state=MeetingState.HELD)]
    assert min(day.option.date for day in results.days) > timezone.localdate(max(held))
    assert not any(day.is_outside for day in results.days)


def test_what_was_announced_in_january_is_planned_again_with_the_fewest_changes(
    planned: Programme,
) -> None:
    """After the vote, every local seminar still to be held is in September, then the shared one."""
    found = {one.variant: one for one in SeriesProposal.objects.filter(programme=planned)}
    assert {one.state for one in found.values()} == {ProposalState.FOUND}
    after = plan_of(found["after"].result)
    assert after.status is Status.OPTIMAL
    bourg = meeting_of(planned, "local-1", "200071751")
    assert [move.meeting for move in after.moves] == [str(bourg.pk)]
    local = [
        _day_in(found["after"], one)
        for one in planned.meetings.filter(key="local-1").exclude(site__territory="56121")
    ]
    assert min(local) >= date(2020, 9, 1)
    assert _day_in(found["after"], meeting_of(planned, "intersite-1")) > max(local)


def test_a_date_that_moved_is_still_to_be_told(planned: Programme) -> None:
    beauvais = meeting_of(planned, "local-1", "200067999")
    assert [one.pk for one in untold([beauvais])] == [beauvais.pk]
    assert told_day(beauvais) == date(2020, 3, 24)


def test_nothing_has_left(planned: Programme) -> None:
    """What waits is the poll; what the January announcement told is dated of its day."""
    notices = Notice.objects.filter(contact__programme=planned)
    assert notices.filter(sent_at=None).exists()
    assert {
        one.year for one in notices.exclude(sent_at=None).values_list("sent_at", flat=True)
    } == {2020}


def _day_in(proposal: SeriesProposal, meeting: Meeting) -> date:
    dates = plan_of(proposal.result).dates
    return next(one.day for one in dates if one.meeting == str(meeting.pk))


def test_one_inter_site_seminar_has_one_week_or_another(planned: Programme) -> None:
    meeting = planned.meetings.get(key="intersite-2")
    assert window_words(meeting) == "semaine du 11 ou du 25 janvier 2021"

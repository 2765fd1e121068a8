"""Calendars proposed, searched for, stopped, kept; and a date that falls."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.methods.calendar.contracts import Progress, SeriesPlan
from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.constraints import add_closed_period
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.meetings import schedule_meeting
from fabrique.stages.programme.analyses import series, variants
from fabrique.stages.programme.analyses.comparison import vote_options
from fabrique.stages.programme.enums import (
    ClosedKind,
    Concerned,
    ProposalState,
    UnavailabilitySource,
)
from fabrique.stages.programme.errors import (
    NoDateToLose,
    NothingToPlan,
    ProposalOutOfDate,
    ProposalWithoutDates,
    WindowsOver,
)
from fabrique.stages.programme.models import (
    Contact,
    Meeting,
    Programme,
    SeriesProposal,
    Unavailability,
)
from fabrique.stages.programme.queries.planning import (
    Planning,
    day_of,
    first_free_day,
    planning_of,
)

USUAL_MINUTES = 180


@transaction.atomic
def ask_proposals(
    programme: Programme,
    *,
    variants_asked: Sequence[str],
    question: series.Question,
    actor: str,
) -> UUID:
    """Have each variant searched for, side by side; the batch they are compared in.

    Raises ``NothingToPlan``, or ``WindowsOver`` for meetings that no day is left to.
    """
    make_contacts(programme.pk)
    planning = planning_of(programme)
    if not planning.open_meetings:
        raise NothingToPlan
    if without := series.meetings_without_a_day(planning, question):
        raise WindowsOver(meetings=without, first=question.first_date)
    request = series.series_request(planning, question)
    batch = new_id()
    offered = [one for one in variants.offers(planning, request) if one.key in variants_asked]
    for position, offer in enumerate(offered or [variants.Offer(variants.KEEP)]):
        asked = variants.asked_of(request, offer) or request
        proposal = SeriesProposal.objects.create(
            programme=programme,
            batch=batch,
            variant=offer.key,
            position=position,
            options=_options(question, offer, variants.kept_dates(planning, request)),
            request=series.request_data(asked),
            created_by=actor,
        )
        transaction.on_commit(partial(_search, proposal.pk))
    record(programme, verb="ask-calendar", actor=actor, subject=batch)
    return batch


def ask_again(programme: Programme, *, actor: str) -> UUID:
    """The calendar that changes the fewest announced dates, from where things stand."""
    meetings = Meeting.objects.filter(programme=programme)
    return ask_proposals(
        programme,
        variants_asked=[variants.KEEP],
        question=series.Question(
            first_date=first_free_day(list(meetings), programme), keep_unannounced=False
        ),
        actor=actor,
    )


def start(proposal_id: UUID) -> SeriesProposal | None:
    """Take a proposal that waits; nothing when it was stopped or taken already."""
    waiting = SeriesProposal.objects.filter(pk=proposal_id, state=ProposalState.WAITING)
    if not waiting.update(state=ProposalState.RUNNING):
        return None
    return SeriesProposal.objects.get(pk=proposal_id)


def note_progress(proposal_id: UUID, progress: Progress) -> bool:
    """Keep how far the search is; whether to go on."""
    said = {
        "level": progress.level,
        "value": progress.value,
        "bound": progress.bound,
        "dated": len(progress.dates),
    }
    SeriesProposal.objects.filter(pk=proposal_id).update(progress=said)
    return not is_stopped(proposal_id)


def is_stopped(proposal_id: UUID) -> bool:
    return SeriesProposal.objects.filter(pk=proposal_id, stop_asked_at__isnull=False).exists()


def note_result(proposal_id: UUID, plan: SeriesPlan) -> None:
    state = ProposalState.FOUND if plan.dates else ProposalState.FAILED
    if plan.conflict is not None:
        state = ProposalState.IMPOSSIBLE
    SeriesProposal.objects.filter(pk=proposal_id).update(state=state, result=series.plan_data(plan))


def note_failure(proposal_id: UUID, *, code: str) -> None:
    SeriesProposal.objects.filter(pk=proposal_id).update(
        state=ProposalState.FAILED, progress={"error": code}
    )


def end_interrupted_searches() -> None:
    """No worker holds them any more: nothing was found, and they can be asked for again."""
    SeriesProposal.objects.filter(state=ProposalState.RUNNING).update(state=ProposalState.FAILED)


@transaction.atomic
def stop_proposals(programme: Programme, batch: UUID, *, actor: str) -> None:
    """Ask the searches of a batch to stop; each keeps the best it has, if anything."""
    asked = SeriesProposal.objects.filter(
        programme=programme, batch=batch, stop_asked_at__isnull=True
    )
    asked.filter(state=ProposalState.WAITING).update(state=ProposalState.FAILED)
    if asked.update(stop_asked_at=timezone.now()):
        record(programme, verb="stop-calendar", actor=actor, subject=batch)


@transaction.atomic
def apply_proposal(proposal_id: UUID, *, actor: str) -> list[Meeting]:
    """Fix every date of a calendar; those that changed. Nothing is told to anyone yet.

    Hours and places are kept; a meeting without hours takes those of the method. Raises
    ``ProposalWithoutDates``, ``ProposalOutOfDate``.
    """
    proposal = (
        SeriesProposal.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=proposal_id)
    )
    if proposal.state != ProposalState.FOUND or not proposal.result:
        raise ProposalWithoutDates
    planning = planning_of(proposal.programme)
    _check_up_to_date(proposal, planning)
    plan = series.plan_of(proposal.result)
    days = {one.meeting: one.day for one in plan.dates}
    changed = [
        _dated(meeting, days[str(meeting.pk)], planning, actor)
        for meeting in planning.open_meetings
        if str(meeting.pk) in days and day_of(meeting) != days[str(meeting.pk)]
    ]
    proposal.applied_at = timezone.now()
    proposal.save(update_fields=["applied_at"])
    record(
        proposal.programme,
        verb="apply-calendar",
        actor=actor,
        subject=proposal.pk,
        detail={"variant": proposal.variant, "changed": len(changed)},
    )
    return changed


@transaction.atomic
def lose_date(
    meeting_id: UUID,
    *,
    reason: str,
    contact: Contact | None = None,
    last_date: date | None = None,
    actor: str,
) -> Meeting:
    """The date of a meeting falls: that day is closed for this meeting alone, to ``last_date``.

    When ``contact`` cannot come, it is they who are away until then. The date stays as it was
    announced until another calendar is kept. Raises ``NoDateToLose``.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("programme", "site__territory")
        .get(pk=meeting_id)
    )
    day = day_of(meeting)
    if day is None:
        raise NoDateToLose(meeting=str(meeting))
    last = max(last_date or day, day)
    if contact is not None:
        Unavailability.objects.create(
            contact=contact, first_date=day, last_date=last, source=UnavailabilitySource.TYPED
        )
    add_closed_period(
        meeting.programme,
        meeting=meeting,
        kind=ClosedKind.OTHER,
        label=reason,
        first_date=day,
        last_date=day if contact is not None else last,
        concerns=Concerned.EVERYONE,
        is_strict=True,
        actor=actor,
    )
    record(
        meeting.programme,
        verb="lose-date",
        actor=actor,
        subject=meeting.pk,
        detail={"day": day.isoformat(), "last": last.isoformat(), "reason": reason},
    )
    return meeting


def _search(proposal_id: UUID) -> None:
    from fabrique.stages.programme.tasks import search_calendar  # tasks call actions

    search_calendar.enqueue(str(proposal_id))


def _options(
    question: series.Question, offer: variants.Offer, kept: Mapping[str, bool]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "first_date": question.first_date.isoformat(),
        "longer_days": question.longer_days,
        "keep_unannounced": question.keep_unannounced,
        **kept,
    }
    if offer.vote is not None:
        said["vote"] = vote_options(offer.vote)
    return said


def question_of(options: Mapping[str, Any]) -> series.Question:
    """What was asked, as ``_options`` keeps it."""
    return series.Question(
        first_date=date.fromisoformat(options["first_date"]),
        longer_days=options["longer_days"],
        keep_unannounced=options["keep_unannounced"],
    )


def _check_up_to_date(proposal: SeriesProposal, planning: Planning) -> None:
    question = question_of(proposal.options)
    if series.meetings_without_a_day(planning, question):
        raise ProposalOutOfDate
    request = series.request_of(proposal.request)
    if series.has_changed(request, planning, question):
        raise ProposalOutOfDate


def _dated(meeting: Meeting, day: date, planning: Planning, actor: str) -> Meeting:
    starts_at, ends_at = _hours(meeting, day, planning)
    return schedule_meeting(
        meeting.pk, starts_at=starts_at, ends_at=ends_at, place=meeting.place, actor=actor
    )


def _hours(meeting: Meeting, day: date, planning: Planning) -> tuple[datetime, datetime]:
    if meeting.starts_at is not None and meeting.ends_at is not None:
        start = timezone.localtime(meeting.starts_at).time()
        length = meeting.ends_at - meeting.starts_at
    else:
        start = planning.blueprint.calendar.starts_at
        plans = {plan.key: plan.minutes for plan in planning.blueprint.meetings}
        length = timedelta(minutes=plans.get(meeting.key) or USUAL_MINUTES)
    starts_at = timezone.make_aware(datetime.combine(day, start))
    return starts_at, starts_at + length

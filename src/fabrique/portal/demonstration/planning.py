"""Replays the plan of 2020: dates told in January, what undid them, other calendars compared.

Everything passes by the verbs of the pages. Nothing leaves: what is to be told waits.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from fabrique.portal.demonstration.dates import told_on_its_day
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.year import ACTOR, meeting_of
from fabrique.stages.programme.actions import constraints, polls
from fabrique.stages.programme.actions.announcements import announce_dates
from fabrique.stages.programme.actions.meetings import schedule_meeting
from fabrique.stages.programme.actions.proposals import ask_proposals
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.analyses.series import Question
from fabrique.stages.programme.enums import ClosedKind, Concerned
from fabrique.stages.programme.models import Meeting, Poll, Programme


def plan_again(programme: Programme) -> None:
    """Calendars are searched for once the year is committed."""
    plan = read("planning")
    _announce(programme, plan)
    _close_days(programme, plan)
    _widen(programme, plan["windows"])
    for moved in plan["moved"]:
        _date(meeting_of(programme, moved["key"], moved["site"]), moved)
    _ask_when(programme, plan["poll"])
    search = plan["search"]
    ask_proposals(
        programme,
        variants_asked=search["variants"],
        question=Question(first_date=search["first"]),
        actor=ACTOR,
    )


def _announce(programme: Programme, plan: dict[str, Any]) -> None:
    meetings = []
    for one in plan["announced"]:
        meeting = meeting_of(programme, one["key"], one["site"])
        meetings.append(_date(meeting, one) if "starts_at" in one else meeting)
    announced = announce_dates(programme, [meeting.pk for meeting in meetings], actor=ACTOR)
    told_on_its_day(announced, at=timezone.make_aware(plan["told_at"]))


def _close_days(programme: Programme, plan: dict[str, Any]) -> None:
    last = max(edges[-1] for edges in plan["windows"].values())
    constraints.add_days_off(programme, first=programme.starts_on, last=last, actor=ACTOR)
    for closed in plan["closed"]:
        constraints.add_closed_period(
            programme,
            kind=ClosedKind(closed["kind"]),
            label=closed["label"],
            first_date=closed["first"],
            last_date=closed["last"],
            concerns=Concerned(closed["concerns"]),
            is_strict=closed["is_strict"],
            actor=ACTOR,
        )


def _widen(programme: Programme, windows: dict[str, Any]) -> None:
    meetings = programme.meetings.filter(key__in=windows)
    constraints.change_windows(
        programme,
        {meeting.pk: _periods(windows[meeting.key]) for meeting in meetings},
        actor=ACTOR,
    )


def _periods(edges: Sequence[date]) -> list[tuple[date, date]]:
    """First and last day of each, one after the other."""
    return list(zip(edges[::2], edges[1::2], strict=True))


def _ask_when(programme: Programme, asked: dict[str, Any]) -> None:
    """A poll, answered by all but a few."""
    meeting = meeting_of(programme, asked["key"], asked["site"])
    starts_at, ends_at = asked["hours"]
    days = [polls.ProposedDay(day, starts_at, ends_at) for day in asked["days"]]
    poll = polls.open_poll(
        meeting.pk,
        days=days,
        message=asked["message"],
        answer_by_date=asked["answer_by"],
        actor=ACTOR,
    ).poll
    _answer(meeting, poll, {one["who"]: one["says"] for one in asked["answers"]})


def _answer(meeting: Meeting, poll: Poll, said: dict[str, list[str]]) -> None:
    options = list(poll.options.all())
    contacts = {one.name: one.contact for one in results_of(meeting, poll).people}
    for who, says in said.items():
        contact = contacts[who]
        assert contact is not None
        answers = {option.pk: word for option, word in zip(options, says, strict=True)}
        polls.answer_poll(poll.pk, contact=contact, answers=answers)


def _date(meeting: Meeting, plan: dict[str, Any]) -> Meeting:
    return schedule_meeting(
        meeting.pk,
        starts_at=timezone.make_aware(plan["starts_at"]),
        ends_at=timezone.make_aware(plan["ends_at"]),
        place=plan["place"],
        actor=ACTOR,
    )

"""What the dates of the programme in progress depend on: closed days, a poll, calendars compared.

Nothing leaves: a poll's messages wait, as on any instance, for somebody to send them.
"""

from datetime import date
from typing import Any
from uuid import UUID

from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.year import ACTOR, meeting_of
from fabrique.stages.programme.actions import constraints
from fabrique.stages.programme.actions.members import change_member
from fabrique.stages.programme.actions.polls import ProposedDay, answer_poll, open_poll
from fabrique.stages.programme.actions.proposals import ask_proposals
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.analyses.series import Question
from fabrique.stages.programme.enums import AvailabilityAnswer, ClosedKind, Concerned
from fabrique.stages.programme.models import Contact, Poll, Programme

LETTERS = {
    "o": AvailabilityAnswer.YES,
    "s": AvailabilityAnswer.IF_NEED_BE,
    "n": AvailabilityAnswer.NO,
}


def plan_dates(programme: Programme) -> None:
    """Once what was held is held: only the rest of the year is planned."""
    plan = read("planning")
    _close(programme, plan["closed"])
    _reopen(programme, plan["windows"])
    _ask_a_group(programme, plan["poll"])
    search = plan["search"]
    ask_proposals(
        programme,
        variants_asked=search["variants"],
        question=Question(
            first_date=search["first_date"],
            longer_days=search["longer_days"],
            keep_unannounced=True,
        ),
        actor=ACTOR,
    )


def _close(programme: Programme, periods: list[dict[str, Any]]) -> None:
    first, last = programme.starts_on, programme.ends_on
    constraints.add_days_off(programme, first=first, last=last, actor=ACTOR)
    for period in periods:
        constraints.add_closed_period(
            programme,
            kind=ClosedKind(period["kind"]),
            label=period["label"],
            first_date=period["first_date"],
            last_date=period["last_date"],
            concerns=Concerned(period["concerns"]),
            is_strict=period["is_strict"],
            actor=ACTOR,
        )


def _reopen(programme: Programme, plans: list[dict[str, Any]]) -> None:
    windows: dict[UUID, tuple[date, date]] = {
        meeting_of(programme, plan["key"], site).pk: (plan["first_date"], plan["last_date"])
        for plan in plans
        for site in plan["sites"]
    }
    constraints.change_windows(programme, windows, actor=ACTOR)


def _ask_a_group(programme: Programme, plan: dict[str, Any]) -> None:
    """Days proposed to those the meeting expects, and what most of them answered."""
    meeting = meeting_of(programme, plan["key"], plan["site"])
    assert meeting.site is not None
    for member in meeting.site.members.filter(name__in=plan["addresses"]):
        change_member(member.pk, email=plan["addresses"][member.name], actor=ACTOR)
    hours = (plan["starts_at"], plan["ends_at"])
    poll = open_poll(
        meeting.pk,
        days=[ProposedDay(day, *hours) for day in plan["days"]],
        message=plan["message"],
        actor=ACTOR,
    ).poll
    people = [one.contact for one in results_of(meeting, poll).people if one.contact is not None]
    contacts = {_role(contact): contact for contact in people}
    for role, letters in plan["answers"].items():
        _answer(poll, contacts[role], letters)


def _answer(poll: Poll, contact: Contact, letters: str) -> None:
    options = poll.options.order_by("date")
    said = {one.pk: LETTERS[letter] for one, letter in zip(options, letters, strict=True)}
    answer_poll(poll.pk, contact=contact, answers=said)


def _role(contact: Contact) -> str:
    """How the files of the demonstration call them."""
    if contact.member is not None:
        return contact.member.name
    assert contact.team_member is not None
    return str(contact.team_member.user)

"""The verbs of a poll: ask, ask again those who are silent, answer, choose, stop asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.actions.meetings import schedule_meeting
from fabrique.stages.programme.actions.poll_endings import ASKING, end_poll
from fabrique.stages.programme.analyses.poll_results import PersonRow, results_of
from fabrique.stages.programme.availability_errors import (
    EveryoneRefuses,
    NoDayProposed,
    NothingToAsk,
    TooManyDays,
)
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.models import (
    Contact,
    Meeting,
    Notice,
    Poll,
    PollAnswer,
    PollOption,
)

MOST_DAYS = 20


@dataclass(frozen=True)
class ProposedDay:
    """A day, with hours or without."""

    date: date
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True)
class Asked:
    """``told`` will be written to; ``without_address`` have to be told otherwise."""

    poll: Poll
    told: int
    without_address: int


@dataclass(frozen=True)
class Reminded:
    """Of those who have not answered: what is to leave, and why not for the others."""

    reminded: int = 0
    reminded_today_already: int = 0
    not_asked_yet: int = 0
    without_address: int = 0


@dataclass(frozen=True)
class Answered:
    """``is_late`` when the date was chosen before; ``missing`` days remain to be answered."""

    is_late: bool
    missing: int


@transaction.atomic
def open_poll(
    meeting_id: UUID,
    *,
    days: Sequence[ProposedDay],
    message: str = "",
    answer_by_date: date | None = None,
    actor: str,
) -> Asked:
    """Propose these days to those the meeting expects, or change what is proposed.

    Days already proposed keep their answers. Whoever has something to answer is told, once.
    Raises ``NoDayProposed``, ``TooManyDays``, ``NothingToAsk``.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.SCHEDULED):
        raise NothingToAsk()
    wanted = {(day.date, day.starts_at): day for day in days}
    if not wanted:
        raise NoDayProposed()
    if len(wanted) > MOST_DAYS:
        raise TooManyDays(count=len(wanted), maximum=MOST_DAYS)
    poll, _is_new = Poll.objects.select_for_update().get_or_create(meeting=meeting)
    was_open = poll.is_open
    poll.message, poll.answer_by_date = message.strip(), answer_by_date
    if not was_open:
        poll.opened_at, poll.closed_at = timezone.now(), None
    poll.save()
    has_more = _propose(poll, wanted)
    make_contacts(meeting.programme_id)
    asked = _ask(meeting, poll, everyone=has_more or not was_open)
    record(
        meeting.programme,
        verb="open-poll",
        actor=actor,
        subject=meeting.pk,
        detail={"days": [_said(day) for day in wanted.values()]},
    )
    return asked


@transaction.atomic
def remind_silent(meeting_id: UUID, *, actor: str) -> Reminded:
    """Ask again those who have not answered every day, and only them; once a day at most."""
    poll = (
        Poll.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .get(meeting=meeting_id)
    )
    if not poll.is_open:
        raise NothingToAsk()
    make_contacts(poll.meeting.programme_id)
    counts = dict.fromkeys(Reminded.__dataclass_fields__, 0)
    notices = _notices_of(poll.meeting)
    for person in results_of(poll.meeting, poll).silent:
        counts[_remind(person, poll, notices)] += 1
    done = Reminded(**counts)
    if done.reminded:
        record(
            poll.meeting.programme,
            verb="remind-silent",
            actor=actor,
            subject=meeting_id,
            detail={"reminded": done.reminded},
        )
    return done


@transaction.atomic
def answer_poll(poll_id: UUID, *, contact: Contact, answers: Mapping[UUID, str]) -> Answered:
    """Take what someone says of the days; the last word counts, twice the same changes nothing.

    Once the date is chosen the answer is kept too, as a late one: it says so by its hour.
    """
    poll = (
        Poll.objects.select_for_update(of=("self",))
        .select_related("meeting__programme")
        .get(pk=poll_id)
    )
    options = {option.pk: option for option in PollOption.objects.filter(poll=poll)}
    before = {
        one.option_id: one.answer
        for one in PollAnswer.objects.filter(option__poll=poll, contact=contact)
    }
    changed = {
        option_id: answer
        for option_id, answer in answers.items()
        if option_id in options and before.get(option_id) != answer
    }
    PollAnswer.objects.bulk_create(
        [
            PollAnswer(option_id=option_id, contact=contact, answer=answer)
            for option_id, answer in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["option", "contact"],
        update_fields=["answer", "answered_at"],
    )
    current = {pk for pk, option in options.items() if option.withdrawn_at is None}
    done = Answered(is_late=not poll.is_open, missing=len(current - set(before) - set(changed)))
    if not done.missing:
        _no_longer_asked(poll.meeting, contact)
    if changed:
        record(
            poll.meeting.programme,
            verb="answer-poll",
            actor=str(contact),
            subject=poll.meeting_id,
            detail={
                "is_late": done.is_late,
                "answers": {
                    f"{options[pk].date}": [before.get(pk, ""), answer]
                    for pk, answer in changed.items()
                },
            },
        )
    return done


@transaction.atomic
def choose_option(
    option_id: UUID, *, starts_at: datetime, ends_at: datetime, place: str = "", actor: str
) -> Meeting:
    """Fix the meeting on a day of its poll, which ends. Raises ``EveryoneRefuses``."""
    option = PollOption.objects.select_related("poll__meeting").get(pk=option_id)
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=option.poll_id)
    day = results_of(option.poll.meeting, poll).day(option_id)
    if day is not None and not day.can_be_chosen:
        raise EveryoneRefuses(day=option.date)
    return schedule_meeting(
        option.poll.meeting_id, starts_at=starts_at, ends_at=ends_at, place=place, actor=actor
    )


@transaction.atomic
def close_poll(meeting_id: UUID, *, actor: str) -> None:
    """Stop asking without choosing a date; asking again opens it as it was."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    if end_poll(meeting.pk):
        record(meeting.programme, verb="close-poll", actor=actor, subject=meeting.pk)


def _propose(poll: Poll, wanted: Mapping[tuple[date, time | None], ProposedDay]) -> bool:
    """Make the days proposed those wanted; whether some are new."""
    known = {(option.date, option.starts_at): option for option in poll.options.all()}
    has_more = False
    for key, day in wanted.items():
        option = known.pop(key, None) or PollOption(
            poll=poll, date=day.date, starts_at=day.starts_at, withdrawn_at=timezone.now()
        )
        has_more = has_more or option.withdrawn_at is not None
        option.ends_at, option.withdrawn_at = day.ends_at, None
        option.save()
    PollOption.objects.filter(
        pk__in=[option.pk for option in known.values()], withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    return has_more


def _ask(meeting: Meeting, poll: Poll, *, everyone: bool) -> Asked:
    """Tell those who have something to answer; when nothing is new, only who was never told."""
    asked_before = {contact_id for contact_id, _kind in _notices_of(meeting)}
    told = without_address = 0
    for person in results_of(meeting, poll).silent:
        if person.contact is None or (not everyone and person.contact.pk in asked_before):
            continue
        notify(person.contact, NoticeKind.DATE_POLL, meeting=meeting, **_params(poll))
        told += bool(person.email)
        without_address += not person.email
    return Asked(poll, told, without_address)


def _remind(
    person: PersonRow, poll: Poll, notices: Mapping[tuple[UUID, str], Sequence[Notice]]
) -> str:
    """What was done of someone silent, as a field of ``Reminded``."""
    contact = person.contact
    if contact is None or not person.email:
        return "without_address"
    asked = notices.get((contact.pk, NoticeKind.DATE_POLL), ())
    if not asked:
        notify(contact, NoticeKind.DATE_POLL, meeting=poll.meeting, **_params(poll))
        return "reminded"
    if any(one.sent_at is None for one in asked):
        return "not_asked_yet"
    reminders = notices.get((contact.pk, NoticeKind.POLL_REMINDER), ())
    if any(_is_of_today(one) for one in reminders):
        return "reminded_today_already"
    notify(contact, NoticeKind.POLL_REMINDER, meeting=poll.meeting, **_params(poll))
    return "reminded"


def _is_of_today(notice: Notice) -> bool:
    """Waiting to leave, written today or sent today."""
    today = timezone.localdate()
    return (
        notice.sent_at is None
        or timezone.localdate(notice.created_at) == today
        or timezone.localdate(notice.sent_at) == today
    )


def _notices_of(meeting: Meeting) -> dict[tuple[UUID, str], list[Notice]]:
    found: dict[tuple[UUID, str], list[Notice]] = {}
    for notice in Notice.objects.filter(meeting=meeting, kind__in=ASKING):
        found.setdefault((notice.contact_id, notice.kind), []).append(notice)
    return found


def _no_longer_asked(meeting: Meeting, contact: Contact) -> None:
    Notice.objects.filter(
        contact=contact, meeting=meeting, kind__in=ASKING, sent_at__isnull=True
    ).delete()


def _params(poll: Poll) -> dict[str, str]:
    by = poll.answer_by_date
    return {
        "poll": str(poll.pk),
        "message": poll.message,
        "answer_by_date": by.isoformat() if by else "",
    }


def _said(day: ProposedDay) -> str:
    hour = f" {day.starts_at:%H:%M}" if day.starts_at else ""
    return f"{day.date.isoformat()}{hour}"

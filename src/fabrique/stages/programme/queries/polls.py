"""The questions asked of polls: what is proposed, who answered, which days are worth proposing.

Facilitators come by a meeting they may facilitate; whoever answers comes by their personal link,
which opens the polls of the meetings they are expected at and those they answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import holidays
from django.db.models import Max, Q, QuerySet

from fabrique.stages.programme.models import (
    ClosedPeriod,
    Contact,
    Meeting,
    Poll,
    PollAnswer,
    PollOption,
    Programme,
    Unavailability,
)
from fabrique.stages.programme.queries.expected import expected_at

A_HANDFUL = 6
SATURDAY = 5
BEST_WEEKDAYS = (1, 3)  # Tuesdays and Thursdays: councils and week-ends are further away


@dataclass(frozen=True)
class OwnPoll:
    """A poll as someone who answers it sees it; ``answers`` are theirs, by option."""

    poll: Poll
    options: Sequence[PollOption]
    answers: dict[UUID, PollAnswer]

    @property
    def missing(self) -> int:
        return sum(option.pk not in self.answers for option in self.options)

    @property
    def is_answered(self) -> bool:
        return bool(self.answers) and not self.missing


def contact_with_link(link_key: str) -> Contact | None:
    """Whom a personal link belongs to, as long as they are of the group or of the team."""
    contacts = Contact.objects.select_related("programme", "member", "team_member__user")
    return contacts.filter(
        member__left_at__isnull=True, team_member__left_at__isnull=True, link_key=link_key
    ).first()


def poll_of(meeting: Meeting) -> Poll | None:
    """The poll of a meeting the caller may see, opened at least once."""
    return Poll.objects.filter(meeting=meeting, opened_at__isnull=False).first()


def options_of(poll: Poll) -> list[PollOption]:
    """The days proposed now, in order."""
    return list(PollOption.objects.filter(poll=poll, withdrawn_at__isnull=True))


def answers_to(poll: Poll) -> QuerySet[PollAnswer]:
    """What everyone answered of the days proposed now."""
    return PollAnswer.objects.filter(
        option__poll=poll, option__withdrawn_at__isnull=True
    ).select_related("contact__member", "contact__team_member__user")


def own_polls(contact: Contact) -> list[OwnPoll]:
    """The polls a personal link opens, those to answer first, then by the day of the meeting."""
    polls = list(
        Poll.objects.filter(
            meeting__programme=contact.programme_id, opened_at__isnull=False
        ).select_related("meeting__programme", "meeting__site__territory")
    )
    answered = set(
        PollAnswer.objects.filter(contact=contact).values_list("option__poll_id", flat=True)
    )
    expected = expected_at([poll.meeting for poll in polls])
    theirs = [
        poll
        for poll in polls
        if poll.pk in answered or _is_among(contact, expected.get(poll.meeting_id, ()))
    ]
    options = _by_poll(PollOption.objects.filter(poll__in=theirs, withdrawn_at__isnull=True))
    answers = {
        one.option_id: one
        for one in PollAnswer.objects.filter(contact=contact, option__poll__in=theirs)
    }
    found = [
        OwnPoll(
            poll,
            options.get(poll.pk, []),
            {
                option.pk: answers[option.pk]
                for option in options.get(poll.pk, [])
                if option.pk in answers
            },
        )
        for poll in theirs
    ]
    return sorted(found, key=_most_urgent)


def own_poll(contact: Contact, poll_id: UUID) -> OwnPoll | None:
    """One of them."""
    return next((one for one in own_polls(contact) if one.poll.pk == poll_id), None)


def unavailabilities_of(contact: Contact) -> QuerySet[Unavailability]:
    """The days someone cannot come, typed or read from their calendar."""
    return Unavailability.objects.filter(contact=contact)


def taken_days(contact_ids: Iterable[UUID], days: Iterable[date]) -> dict[UUID, set[date]]:
    """Of these days, those each contact said they cannot come, by themselves or by calendar."""
    asked = set(days)
    taken: dict[UUID, set[date]] = {contact_id: set() for contact_id in contact_ids}
    if not asked:
        return taken
    rows = Unavailability.objects.filter(
        contact__in=taken, first_date__lte=max(asked), last_date__gte=min(asked)
    )
    for row in rows:
        taken[row.contact_id] |= {day for day in asked if row.first_date <= day <= row.last_date}
    return taken


def period_of(programme: Programme) -> tuple[date, date]:
    """From its first day to its last, or to the last one a meeting may have."""
    last = Meeting.objects.filter(programme=programme).aggregate(last=Max("window_end_date"))
    proposed = PollOption.objects.filter(poll__meeting__programme=programme).aggregate(
        last=Max("date")
    )
    ends = [programme.ends_on, last["last"], proposed["last"]]
    return programme.starts_on, max(day for day in ends if day is not None)


def closed_days(meeting: Meeting) -> dict[date, str]:
    """The days of a meeting's window on which it had better not be, each with its reason."""
    first, last = meeting.window_start_date, meeting.window_end_date
    periods = ClosedPeriod.objects.filter(
        Q(site__isnull=True) | Q(site=meeting.site_id),
        Q(meeting__isnull=True) | Q(meeting=meeting),
        programme=meeting.programme_id,
        first_date__lte=last,
        last_date__gte=first,
    )
    closed: dict[date, str] = {}
    for period in periods:
        for day in days_between(max(first, period.first_date), min(last, period.last_date)):
            closed.setdefault(day, period.label)
    years = range(first.year, last.year + 1)
    for day, name in holidays.country_holidays("FR", years=years, language="fr").items():
        if first <= day <= last:
            closed.setdefault(day, name)
    return closed


def working_days(meeting: Meeting) -> list[date]:
    """From Monday to Friday, in its periods."""
    every = [day for first, last in meeting.windows for day in days_between(first, last)]
    return [day for day in every if day.weekday() < SATURDAY]


def days_worth_proposing(meeting: Meeting, *, today: date) -> list[date]:
    """A handful of open working days, spread over what is left of its periods."""
    closed = closed_days(meeting)
    open_days = [day for day in working_days(meeting) if day not in closed]
    ahead = [day for day in open_days if day > today] or open_days
    best = [day for day in ahead if day.weekday() in BEST_WEEKDAYS]
    return _spread(best if len(best) >= A_HANDFUL else ahead, A_HANDFUL)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _spread(days: Sequence[date], count: int) -> list[date]:
    if len(days) <= count:
        return list(days)
    return [days[number * (len(days) - 1) // (count - 1)] for number in range(count)]


def _is_among(contact: Contact, expectations: Iterable[object]) -> bool:
    return any(getattr(one, "contact", None) == contact for one in expectations)


def _by_poll(options: QuerySet[PollOption]) -> dict[UUID, list[PollOption]]:
    found: dict[UUID, list[PollOption]] = {}
    for option in options:
        found.setdefault(option.poll_id, []).append(option)
    return found


def _most_urgent(one: OwnPoll) -> tuple[bool, bool, date, int, UUID]:
    by = one.poll.answer_by_date or date.max
    meeting = one.poll.meeting
    return not one.poll.is_open, one.is_answered, by, meeting.position, meeting.pk

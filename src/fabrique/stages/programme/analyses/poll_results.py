"""What a poll says so far: each day with its count, each person with their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fabrique.stages.programme.analyses.poll_ranking import Tally, equals_of, ranked, recommended
from fabrique.stages.programme.enums import AvailabilityAnswer, Need
from fabrique.stages.programme.models import Contact, Meeting, Poll, PollAnswer, PollOption
from fabrique.stages.programme.queries.expected import Expectation, expected_at
from fabrique.stages.programme.queries.polls import answers_to, options_of, taken_days
from fabrique.stages.programme.year import option_words, short_option_words, weekday_words


@dataclass(frozen=True)
class Cell:
    """One person on one day; ``answer`` is empty while they have not said.

    ``is_taken`` when their own calendar, or the days they typed, say that they cannot come.
    """

    answer: str
    is_taken: bool = False
    is_late: bool = False

    @property
    def label(self) -> str:
        return str(AvailabilityAnswer(self.answer).label) if self.answer else ""


@dataclass(frozen=True)
class PersonRow:
    """``need`` is NONE for someone who answered and is not expected any more."""

    name: str
    email: str
    need: Need
    contact: Contact | None
    cells: Sequence[Cell]

    @property
    def is_mandatory(self) -> bool:
        return self.need == Need.MANDATORY

    @property
    def is_expected(self) -> bool:
        return self.need != Need.NONE

    @property
    def answered(self) -> int:
        return sum(bool(cell.answer) for cell in self.cells)

    @property
    def has_answered(self) -> bool:
        """Of every day proposed."""
        return self.answered == len(self.cells) > 0

    @property
    def is_late(self) -> bool:
        return any(cell.is_late for cell in self.cells)


@dataclass(frozen=True)
class DayRow:
    """A day with its count; ``silent_mandatory`` names the indispensable who have not said."""

    option: PollOption
    tally: Tally
    silent: int
    silent_mandatory: Sequence[str]
    is_outside: bool
    short: str

    @property
    def words(self) -> str:
        return option_words(self.option)

    @property
    def weekday(self) -> str:
        return weekday_words(self.option.date)

    @property
    def can_be_chosen(self) -> bool:
        return not self.tally.is_refused_by_all


@dataclass(frozen=True)
class PollResults:
    """``days`` from the best placed; ``calendar`` and the cells of ``people`` in their own order.

    ``equals`` are the other days as good as the one recommended.
    """

    poll: Poll
    calendar: Sequence[DayRow]
    days: Sequence[DayRow]
    people: Sequence[PersonRow]
    recommended: DayRow | None
    equals: Sequence[DayRow]

    @property
    def expected(self) -> list[PersonRow]:
        return [person for person in self.people if person.is_expected]

    @property
    def silent(self) -> list[PersonRow]:
        return [person for person in self.expected if not person.has_answered]

    @property
    def answered(self) -> int:
        return len(self.expected) - len(self.silent)

    @property
    def grid(self) -> list[tuple[PersonRow, list[tuple[DayRow, Cell]]]]:
        return [
            (person, list(zip(self.calendar, person.cells, strict=True))) for person in self.people
        ]

    @property
    def has_answers(self) -> bool:
        return any(person.answered for person in self.expected)

    @property
    def is_refused_by_all(self) -> bool:
        """Every day, by all who answered."""
        return bool(self.days) and all(day.tally.is_refused_by_all for day in self.days)

    def day(self, option_id: UUID) -> DayRow | None:
        return next((day for day in self.days if day.option.pk == option_id), None)


def results_of(meeting: Meeting, poll: Poll) -> PollResults:
    """In a constant number of queries."""
    options = options_of(poll)
    answers: dict[UUID, dict[UUID, PollAnswer]] = {}
    contacts: dict[UUID, Contact] = {}
    for one in answers_to(poll):
        answers.setdefault(one.contact_id, {})[one.option_id] = one
        contacts[one.contact_id] = one.contact
    expectations = expected_at([meeting])[meeting.pk]
    known = {one.contact.pk for one in expectations if one.contact is not None}
    taken = taken_days(known | set(contacts), [option.date for option in options])

    def cells(contact: Contact | None) -> list[Cell]:
        said = answers.get(contact.pk, {}) if contact else {}
        busy = taken.get(contact.pk, set()) if contact else set()
        return [_cell(said.get(option.pk), option, busy, poll.closed_at) for option in options]

    people = [_expected_row(one, cells(one.contact)) for one in expectations] + [
        PersonRow(str(contact), contact.email, Need.NONE, contact, cells(contact))
        for contact in sorted(contacts.values(), key=str)
        if contact.pk not in known
    ]
    return _results(meeting, poll, options, people)


def _results(
    meeting: Meeting, poll: Poll, options: Sequence[PollOption], people: Sequence[PersonRow]
) -> PollResults:
    expected = [person for person in people if person.is_expected]
    has_one_hour = len({option.starts_at for option in options}) == 1
    rows = {
        option.pk: _day_row(
            meeting,
            option,
            short_option_words(option, with_hour=not has_one_hour),
            [(person, person.cells[place]) for person in expected],
        )
        for place, option in enumerate(options)
    }
    tallies = ranked(row.tally for row in rows.values())
    best = recommended(tallies)
    return PollResults(
        poll=poll,
        calendar=list(rows.values()),
        days=[rows[tally.option_id] for tally in tallies],
        people=people,
        recommended=rows[best.option_id] if best else None,
        equals=[rows[one.option_id] for one in equals_of(best, tallies)] if best else [],
    )


def _day_row(
    meeting: Meeting, option: PollOption, short: str, said: Sequence[tuple[PersonRow, Cell]]
) -> DayRow:
    def count(answer: str) -> int:
        return sum(cell.answer == answer for _person, cell in said)

    mandatory = [(person.name, cell) for person, cell in said if person.is_mandatory]
    tally = Tally(
        option_id=option.pk,
        date=option.date,
        starts_at=option.starts_at,
        yes=count(AvailabilityAnswer.YES),
        if_need_be=count(AvailabilityAnswer.IF_NEED_BE),
        no=count(AvailabilityAnswer.NO),
        refused_by=tuple(name for name, cell in mandatory if _cannot(cell)),
    )
    return DayRow(
        option=option,
        tally=tally,
        silent=count(""),
        silent_mandatory=[
            name for name, cell in mandatory if not cell.answer and not cell.is_taken
        ],
        is_outside=not meeting.is_in_window(option.date),
        short=short,
    )


def _cannot(cell: Cell) -> bool:
    """Said so, or has not answered and is taken that day."""
    return cell.answer == AvailabilityAnswer.NO or (not cell.answer and cell.is_taken)


def _expected_row(one: Expectation, cells: Sequence[Cell]) -> PersonRow:
    return PersonRow(one.name, one.email, one.need, one.contact, cells)


def _cell(
    said: PollAnswer | None, option: PollOption, busy: set[date], closed_at: datetime | None
) -> Cell:
    return Cell(
        answer=said.answer if said else "",
        is_taken=option.date in busy,
        is_late=bool(said and closed_at and said.answered_at > closed_at),
    )

"""The verbs of one's own days: typed, taken back, read from a calendar; only days are kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.agenda_fetching import fetch_agenda
from fabrique.stages.programme.agenda_reading import ReadAgenda, periods, read_agenda
from fabrique.stages.programme.availability_errors import AgendaReadTooOften
from fabrique.stages.programme.enums import UnavailabilitySource
from fabrique.stages.programme.errors import EndsBeforeItStarts, ProgrammeError
from fabrique.stages.programme.models import Contact, Unavailability
from fabrique.stages.programme.queries.correspondence import agendas_to_read
from fabrique.stages.programme.queries.polls import period_of

READINGS_AN_HOUR = 20
LATELY = timedelta(hours=12)


@dataclass(frozen=True)
class AgendasRead:
    """How many agendas were read again, and how many could not be."""

    read: int
    failed: int


@transaction.atomic
def add_unavailability(contact: Contact, *, first: date, last: date) -> Unavailability:
    """Days on which someone cannot come; saying them twice changes nothing."""
    if last < first:
        raise EndsBeforeItStarts(starts=first, ends=last)
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    made, is_new = Unavailability.objects.get_or_create(
        contact=contact, first_date=first, last_date=last, source=UnavailabilitySource.TYPED
    )
    if is_new:
        _record(contact, "add-unavailability", first=first.isoformat(), last=last.isoformat())
    return made


@transaction.atomic
def remove_unavailability(contact: Contact, unavailability_id: UUID) -> None:
    """They can come after all, whoever said otherwise."""
    gone, _by_model = Unavailability.objects.filter(contact=contact, pk=unavailability_id).delete()
    if gone:
        _record(contact, "remove-unavailability")


def read_own_agenda(contact: Contact, *, address: str) -> ReadAgenda:
    """Fetch a calendar and keep its taken days, in the place of those read before.

    The address is kept to read it again. When it cannot be read nothing changes. Raises the
    refusals of ``fetch_agenda`` and ``read_agenda``, and ``AgendaReadTooOften``.
    """
    _count_reading(contact)
    return _keep(contact, fetch_agenda(address), address=address)


def import_own_agenda(contact: Contact, *, content: bytes) -> ReadAgenda:
    """The same from a file; an address known before stays."""
    return _keep(contact, content, address=contact.calendar_url)


def read_agendas_again(*, now: datetime) -> AgendasRead:
    """Every agenda read by its address, unless it was lately or its programme is over.

    One that cannot be read keeps the days it had, and is tried again the next time.
    """
    read = failed = 0
    for contact in agendas_to_read(now.date(), before=now - LATELY):
        try:
            _keep(contact, fetch_agenda(contact.calendar_url), address=contact.calendar_url)
        except ProgrammeError:
            failed += 1
        else:
            read += 1
    return AgendasRead(read=read, failed=failed)


@transaction.atomic
def forget_own_agenda(contact: Contact) -> None:
    """Neither the address nor the days read from it; those typed stay."""
    Contact.objects.filter(pk=contact.pk).update(calendar_url="", calendar_read_at=None)
    Unavailability.objects.filter(contact=contact, source=UnavailabilitySource.CALENDAR).delete()
    _record(contact, "forget-agenda")


def _keep(contact: Contact, content: bytes, *, address: str) -> ReadAgenda:
    first, last = period_of(contact.programme)
    read = read_agenda(content, first=first, last=last)
    with transaction.atomic():
        Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
        Contact.objects.filter(pk=contact.pk).update(
            calendar_url=address, calendar_read_at=timezone.now()
        )
        source = UnavailabilitySource.CALENDAR
        Unavailability.objects.filter(contact=contact, source=source).delete()
        Unavailability.objects.bulk_create(
            Unavailability(contact=contact, first_date=start, last_date=end, source=source)
            for start, end in periods(read.taken)
        )
        _record(contact, "read-agenda", days=len(read.taken))
    return read


def _count_reading(contact: Contact) -> None:
    """So that a link cannot be used to make the server knock at doors all day."""
    key = f"agenda-readings:{contact.pk}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > READINGS_AN_HOUR:
        raise AgendaReadTooOften(minutes=60)


def _record(contact: Contact, verb: str, **detail: object) -> None:
    record(
        contact.programme, verb=verb, actor=str(contact), subject=contact.pk, detail=dict(detail)
    )

"""What waits leaves: one mail a day at most to an address, whatever it waited for.

A mail is claimed before it is sent, outside any transaction, and its notices are marked once
the server took it: a server that fails loses nothing, two senders at once write once.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.announcements import Sorted, sort_notices
from fabrique.stages.programme.letters import Letter, write_letter
from fabrique.stages.programme.models import Contact, Mail, Meeting, Notice, Programme
from fabrique.stages.programme.queries import correspondence as asked

log = logging.getLogger(__name__)
#: After which a sender that claimed a mail and said nothing more is thought dead.
STALE = timedelta(minutes=10)
KEPT = timedelta(days=31)
REFUSED, UNREACHABLE = "refused", "unreachable"


@dataclass
class Sendings:
    """What a round did: mails that left, addresses written to today already, addresses refused.

    ``is_unreachable`` when the mail server did not answer: the round stopped there.
    """

    sent: int = 0
    put_off: int = 0
    refused: int = 0
    is_unreachable: bool = False


class _Unreachable(Exception):
    """The mail server does not answer: no other mail would leave either."""


def send_waiting(
    *, to: Collection[UUID] | None = None, actor: str = "", now: datetime | None = None
) -> Sendings:
    """Write to everyone something waits for, or to these contacts only.

    What waits for the same address leaves with it, whatever the programme. Sending twice the
    same day sends nothing more, save what cannot wait for tomorrow.
    """
    now = now or timezone.now()
    _forget_old_mails(now)
    done, told = Sendings(), dict[Programme, int]()
    connection = get_connection()
    try:
        for address, contacts in _asked_for(to):
            letter = _send_to(address, contacts, connection, done, now)
            for part in letter.parts if letter else ():
                programme = part.contact.programme
                told[programme] = told.get(programme, 0) + 1
    except _Unreachable:
        done.is_unreachable = True
    finally:
        connection.close()
    for programme, count in told.items():
        record(programme, verb="send-mails", actor=actor, detail={"count": count})
    return done


def _asked_for(to: Collection[UUID] | None) -> list[tuple[str, list[Contact]]]:
    waiting = asked.contacts_waiting()
    wanted = None if to is None else set(to)
    return [
        (address, contacts)
        for address, contacts in sorted(waiting.items())
        if wanted is None or any(contact.pk in wanted for contact in contacts)
    ]


def _send_to(
    address: str,
    contacts: list[Contact],
    connection: BaseEmailBackend,
    done: Sendings,
    now: datetime,
) -> Letter | None:
    mail = _claim(address, now)
    if mail is None:
        return None
    found = _sorted(contacts, now)
    _drop(found.moot)
    things = [one for one in found.to_tell if not mail.rank or one.cannot_wait(now)]
    if not things:
        mail.delete()
        done.put_off += bool(found.to_tell)
        return None
    told_to = [
        (contact, mine)
        for contact in contacts
        if (mine := [one for one in things if one.notice.contact_id == contact.pk])
    ]
    programmes = list(dict.fromkeys(contact.programme_id for contact, _ in told_to))
    letter = write_letter(address, told_to, written_at=now, reply_to=asked.answer_to(programmes))
    if failure := _failure_of(letter, connection):
        _fail(mail, failure)
        if failure == UNREACHABLE:
            raise _Unreachable
        done.refused += 1
        return None
    _mark_sent(mail, letter, now)
    done.sent += 1
    return letter


def _sorted(contacts: Iterable[Contact], now: datetime) -> Sorted:
    ids = [contact.pk for contact in contacts]
    return sort_notices(asked.waiting_notices(ids), asked.last_told(ids), now=now)


@transaction.atomic
def _claim(address: str, now: datetime) -> Mail | None:
    """The next mail of this address today, unless another sender has it in hand."""
    digest, day = asked.digest_of_address(address), timezone.localdate(now)
    rank = Mail.objects.filter(digest=digest, day=day, sent_at__isnull=False).count()
    mail, is_new = Mail.objects.get_or_create(
        digest=digest, day=day, rank=rank, defaults={"claimed_at": now}
    )
    if is_new:
        return mail
    free = Mail.objects.filter(pk=mail.pk, sent_at__isnull=True).filter(
        ~Q(failure="") | Q(claimed_at__lt=now - STALE)
    )
    return mail if free.update(claimed_at=now, failure="") else None


def _failure_of(letter: Letter, connection: BaseEmailBackend) -> str:
    """Nothing when the server took it."""
    try:
        connection.open()
        taken = connection.send_messages([letter.message(connection)])
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        log.warning("a mail was refused: %s", type(error).__name__)
        return REFUSED
    except ValueError as error:  # an address that no header takes
        log.warning("a mail cannot be written: %s", type(error).__name__)
        return REFUSED
    except OSError as error:  # every other error of smtplib is one
        log.warning("the mail server does not answer: %s", type(error).__name__)
        return UNREACHABLE
    return "" if taken else REFUSED


@transaction.atomic
def _mark_sent(mail: Mail, letter: Letter, now: datetime) -> None:
    for item in letter.items:
        notice = item.told.notice
        params: dict[str, Any] = dict(notice.params)
        if item.known is not None:
            params["told"] = item.known.as_params()
        Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(
            kind=item.told.kind, params=params, sent_at=now
        )
        if item.known is not None and item.known.is_expecting:
            dated = Meeting.objects.filter(notices=notice.pk, starts_at=item.known.starts_at)
            dated.update(announced_at=now, announced_starts_at=item.known.starts_at)
    Mail.objects.filter(pk=mail.pk).update(sent_at=now, failure="")


def _fail(mail: Mail, failure: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(failure=failure)


def _drop(moot: Iterable[Notice]) -> None:
    """Nothing is left to tell: the date came back to what was told, the poll is closed."""
    Notice.objects.filter(pk__in=[notice.pk for notice in moot], sent_at__isnull=True).delete()


def _forget_old_mails(now: datetime) -> None:
    Mail.objects.filter(day__lt=timezone.localdate(now - KEPT)).delete()

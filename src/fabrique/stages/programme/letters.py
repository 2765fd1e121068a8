"""The mail someone gets: everything that waits for their address, in one well-written letter.

Built from rows given, written in the language of the instance, whoever clicked. Two contacts of
one address (two programmes, or a secretariat) read one letter with a part for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.calendar_file import plain_line
from fabrique.stages.programme.announcements import DATE_KINDS, Told, ToTell
from fabrique.stages.programme.calendar_files import CANCEL, REQUEST, invitation_file
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.membership import (
    commitments,
    invitation_title,
    invitation_words,
)
from fabrique.stages.programme.models import Contact, Meeting, Poll
from fabrique.stages.programme.year import moment_words, weekday_words

LONGEST_SUBJECT = 150
#: Stands for personal links in what is shown before it leaves.
STAND_IN = "lien-personnel"


@dataclass(frozen=True)
class Item:
    """One thing told: what it is, what one should know, and the page where one goes on."""

    told: ToTell
    known: Told | None
    heading: str
    words: str
    facts: Sequence[tuple[str, str]] = ()
    purposes: Sequence[str] = ()
    action: str = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """What one contact is told, with the address of their own page."""

    contact: Contact
    items: Sequence[Item]
    home: str


@dataclass(frozen=True)
class Letter:
    """A mail as it leaves. ``stop`` is where one says that one wants no more of them."""

    address: str
    parts: Sequence[Part]
    stop: str
    written_at: datetime
    reply_to: Sequence[str]
    subject: str
    text: str
    html: str

    @property
    def items(self) -> list[Item]:
        return [item for part in self.parts for item in part.items]

    def message(self, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            to=[self.address],
            reply_to=list(self.reply_to),
            connection=connection,
            headers={
                "List-Unsubscribe": f"<{self.stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(self.html, "text/html")
        with translation.override(settings.LANGUAGE_CODE):
            for part in self.parts:
                for item in part.items:
                    if item.known is not None and item.known.starts_at is not None:
                        message.attach(_calendar_part(part, item, self.written_at))
        return message


def write_letter(
    address: str,
    told_to: Iterable[tuple[Contact, Sequence[ToTell]]],
    *,
    written_at: datetime,
    reply_to: Sequence[str] = (),
    stand_in: str = "",
) -> Letter:
    """The letter of an address. ``stand_in`` is shown for personal links, in a preview."""
    with translation.override(settings.LANGUAGE_CODE):
        parts, keys = [], []
        for contact, things in told_to:
            key = stand_in or contact.link_key
            keys.append(key)
            items = [_item(thing, key) for thing in things]
            parts.append(Part(contact, items, absolute(reverse("seminar:me", args=[key]))))
        stop = absolute(reverse("programme:unsubscribe", args=[joined(keys)]))
        programmes = {part.contact.programme_id for part in parts}
        context = {
            "subject": _subject([item for part in parts for item in part.items]),
            "parts": parts,
            "stop": stop,
            "programme": parts[0].contact.programme if len(programmes) == 1 else None,
            "is_alone": len(parts) == 1,
        }
        return Letter(
            address=address,
            parts=parts,
            stop=stop,
            written_at=written_at,
            reply_to=reply_to,
            subject=str(context["subject"]),
            # No markup: a page that shows it escapes it, as it would any words.
            text="".join(render_to_string("programme/mail/letter.txt", context)),
            html=render_to_string("programme/mail/letter.html", context),
        )


def _subject(items: Sequence[Item]) -> str:
    """The most pressing thing by its name, and how many others; never on two lines."""
    first, others = items[0], len(items) - 1
    heading = first.heading
    if first.known is not None and first.known.starts_at is not None:
        heading = f"{heading}, {weekday_words(timezone.localdate(first.known.starts_at))}"
    heading = plain_line(heading)
    if len(heading) > LONGEST_SUBJECT:
        heading = f"{heading[: LONGEST_SUBJECT - 1].rstrip()}…"
    if not others:
        return heading
    more = ngettext("et %(count)d autre nouvelle", "et %(count)d autres nouvelles", others)
    return f"{heading} {more % {'count': others}}"


def absolute(path: str) -> str:
    return f"{settings.FABRIQUE_URL}{path}"


def joined(keys: Iterable[str]) -> str:
    """Personal links as one part of an address; they never hold a dot."""
    return ".".join(keys)


def _item(thing: ToTell, key: str) -> Item:
    meeting = thing.meeting
    if thing.kind == NoticeKind.GROUP_INVITATION:
        return _group_item(thing, key)
    if meeting is None:
        return Item(thing, None, str(thing.kind.label), "")
    heading = f"{_HEADINGS[thing.kind]()} : {meeting}"
    if thing.kind in (NoticeKind.DATE_POLL, NoticeKind.POLL_REMINDER):
        return _poll_item(thing, meeting, heading, key)
    if thing.kind == NoticeKind.CANCELLATION:
        known = Told.now(thing.kind, meeting, thing.before)
        return Item(thing, known, heading, _cancelled_words(meeting, known))
    known = Told.now(thing.kind, meeting, thing.before)
    return Item(
        told=thing,
        known=known if thing.kind in DATE_KINDS else None,
        heading=heading,
        words=_WORDS[thing.kind](thing, meeting),
        facts=_facts(meeting),
        purposes=[line.strip() for line in meeting.purpose.splitlines() if line.strip()],
        action=_("Dire si vous venez"),
        href=absolute(reverse("seminar:reply", args=[key, meeting.pk])),
    )


def _group_item(thing: ToTell, key: str) -> Item:
    member = thing.notice.contact.member
    assert member is not None
    return Item(
        told=thing,
        known=None,
        heading=invitation_title(member),
        words=invitation_words(member),
        facts=commitments(member),
        action=_("Dire si vous acceptez"),
        href=absolute(reverse("programme:own-membership", args=[key])),
    )


_HEADINGS = {
    NoticeKind.INVITATION: lambda: _("Invitation"),
    NoticeKind.DATE_CHANGE: lambda: _("Changement"),
    NoticeKind.CANCELLATION: lambda: _("Annulation"),
    NoticeKind.MEETING_REMINDER: lambda: _("Rappel"),
    NoticeKind.DATE_POLL: lambda: _("Dates à choisir"),
    NoticeKind.POLL_REMINDER: lambda: _("Rappel, dates à choisir"),
}


def _invitation_words(thing: ToTell, meeting: Meeting) -> str:
    return _("Votre présence est attendue. Un clic suffit pour dire si vous venez.")


def _change_words(thing: ToTell, meeting: Meeting) -> str:
    before = thing.before
    assert before is not None
    if (before.starts_at, before.ends_at) == (meeting.starts_at, meeting.ends_at):
        return _("Le lieu change ; la date reste la même.")
    return _(
        "Cette réunion était annoncée pour le %(before)s : elle change de date. "
        "Merci de redire si vous venez."
    ) % {"before": moment_words(before)}


def _reminder_words(thing: ToTell, meeting: Meeting) -> str:
    assert meeting.starts_at is not None
    days = (timezone.localdate(meeting.starts_at) - timezone.localdate()).days
    if days <= 0:
        said = _("C'est aujourd'hui.")
    elif days == 1:
        said = _("C'est demain.")
    else:
        said = _("C'est dans %(days)d jours.") % {"days": days}
    has_replied = thing.notice.params.get("has_replied")
    more = (
        _("Vous avez répondu que vous veniez.")
        if has_replied
        else _("Vous n'avez pas encore dit si vous veniez.")
    )
    return f"{said} {more}"


_WORDS = {
    NoticeKind.INVITATION: _invitation_words,
    NoticeKind.DATE_CHANGE: _change_words,
    NoticeKind.MEETING_REMINDER: _reminder_words,
}


def _cancelled_words(meeting: Meeting, known: Told) -> str:
    when = {"when": moment_words(known)}
    if meeting.state == MeetingState.CANCELLED:
        return _("La réunion annoncée pour le %(when)s est annulée.") % when
    return (
        _("La réunion annoncée pour le %(when)s est reportée : une autre date vous sera proposée.")
        % when
    )


def _poll_item(thing: ToTell, meeting: Meeting, heading: str, key: str) -> Item:
    poll: Poll | None = getattr(meeting, "poll", None)
    words = _("Dites quels jours vous conviennent : c'est l'affaire d'une minute, sans compte.")
    if thing.kind == NoticeKind.POLL_REMINDER:
        words = _("Il manque votre réponse pour fixer la date.")
    facts = []
    if poll is not None and poll.message.strip():
        facts.append((_("Message de l'équipe"), plain_line(poll.message)))
    if poll is not None and poll.answer_by_date:
        before = _("avant le %(day)s") % {"day": weekday_words(poll.answer_by_date)}
        facts.append((_("Réponse souhaitée"), before))
    return Item(
        told=thing,
        known=None,
        heading=heading,
        words=words,
        facts=facts,
        action=_("Choisir mes dates"),
        href=absolute(_poll_path(poll, key)),
    )


def _poll_path(poll: Poll | None, key: str) -> str:
    if poll is None:
        return reverse("programme:own-polls", args=[key])
    return reverse("programme:own-poll", args=[key, poll.pk])


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    facts = [(_("Quand"), moment_words(meeting))]
    if meeting.place:
        facts.append((_("Où"), plain_line(meeting.place)))
    return facts


def _calendar_part(part: Part, item: Item, now: datetime) -> MIMEText:
    """The meeting for one's calendar, as clients want it: its method in its type."""
    meeting, known = item.told.meeting, item.known
    assert meeting is not None
    assert known is not None
    href = item.href or part.home
    content = invitation_file(meeting, known, contact=part.contact, url=href, now=now)
    attached = MIMEText(content.decode(), "calendar", "utf-8")
    attached.set_param("method", REQUEST if known.is_expecting else CANCEL)
    name = slugify(str(meeting))[:60].strip("-") or "reunion"
    attached.add_header("Content-Disposition", "attachment", filename=f"{name}.ics")
    return attached

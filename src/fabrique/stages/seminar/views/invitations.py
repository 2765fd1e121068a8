"""Inviting: who is expected, what each one knows and answered, the mail as it will leave."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.announcements import ToTell
from fabrique.stages.programme.letters import STAND_IN, Letter, write_letter
from fabrique.stages.programme.models import Contact, GroupMember, Meeting, Notice
from fabrique.stages.programme.wording.mails import is_bad_news, say_sendings
from fabrique.stages.seminar.actions.invitations import announce, reply
from fabrique.stages.seminar.errors import InvitationError
from fabrique.stages.seminar.forms.invitations import NotedReplyForm
from fabrique.stages.seminar.guest_list import GuestLine, GuestList, guest_list
from fabrique.stages.seminar.overview import when_and_where
from fabrique.stages.seminar.wording import invitations as words


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def invitations(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        _announced(request, meeting)
        return redirect("seminar:invitations", meeting.pk)
    now = timezone.now()
    guests = guest_list(meeting, now=now)
    preview = preview_of(meeting, guests, now) if guests.kind else None
    context = _context(meeting) | {
        "guests": guests,
        "lines": [_shown(line) for line in guests.lines],
        "counts": words.say_counts(guests),
        "sending": words.say_sending(guests),
        "send_label": words.say_button(guests.kind),
        "is_over": meeting.ends_at is not None and meeting.ends_at < now,
        "is_urgent": guests.kind == "cancellation",
        "preview": preview,
        "is_first": not guests.told,
        "preview_facts": _facts(preview) if preview else [],
    }
    return render(request, "seminar/invitations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def note_reply(request: HttpRequest, meeting: Meeting, contact_id: UUID) -> HttpResponse:
    """What someone answered by telephone."""
    line = _line_of(meeting, contact_id)
    assert line.contact is not None
    form = NotedReplyForm(request.POST or None, initial=NotedReplyForm.initial_of(line.reply))
    if request.method == "POST" and form.is_valid():
        try:
            reply(meeting.pk, line.contact, noted_by=str(request.user), **form.cleaned_data)
        except InvitationError as refusal:
            form.add_error(None, words.say_refusal(refusal))
        else:
            messages.success(
                request, _("La réponse de « %(name)s » est notée.") % {"name": line.name}
            )
            return redirect("seminar:invitations", meeting.pk)
    context = _context(meeting) | {
        "form": form,
        "guest": line,
        "reach": words.say_reach(line.reach),
    }
    return render(request, "seminar/noted_reply.html", context)


def preview_of(meeting: Meeting, guests: GuestList, now: datetime) -> Letter:
    """The mail the first of them would get, personal links replaced; nothing is written."""
    line = guests.to_write_to[0]
    assert line.to_tell is not None
    contact = line.contact or Contact(
        programme=meeting.programme, member=GroupMember(name=line.name, email="")
    )
    contact.programme = meeting.programme
    notice = Notice(contact=contact, meeting=meeting, kind=line.to_tell, created_at=now)
    thing = ToTell(notice, line.to_tell, line.told)
    return write_letter("", [(contact, [thing])], written_at=now, stand_in=STAND_IN)


def _facts(preview: Letter) -> list[tuple[str, str]]:
    return [
        (_("Objet"), preview.subject),
        (_("Pièce jointe"), _("la réunion, pour l'agenda de chacun")),
        (
            _("Lien personnel"),
            _("chaque personne reçoit le sien, à la place de « lien-personnel »"),
        ),
    ]


def _announced(request: HttpRequest, meeting: Meeting) -> None:
    try:
        done = announce(meeting.pk, actor=str(request.user))
    except InvitationError as refusal:
        messages.info(request, words.say_refusal(refusal))
        return
    tell = messages.warning if is_bad_news(done.sendings) else messages.success
    tell(request, say_sendings(done.sendings))


def _line_of(meeting: Meeting, contact_id: UUID) -> GuestLine:
    lines = guest_list(meeting).lines
    found = [line for line in lines if line.contact and line.contact.pk == contact_id]
    if not found:
        raise Http404
    return found[0]


def _shown(line: GuestLine) -> dict[str, Any]:
    said, kind = words.say_reply(line)
    return {
        "guest": line,
        "told": words.say_told(line.told),
        "reach": words.say_reach(line.reach),
        "reply": said,
        "badge": kind,
        "substitute": words.say_substitute(line.reply),
        "noted_by": line.reply.noted_by if line.reply else "",
    }


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "when": when_and_where(meeting),
    }

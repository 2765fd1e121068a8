"""Someone's own pages, opened by their personal link: their meetings, and answering for one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.feeds import feed_address
from fabrique.stages.programme.known_dates import (
    KnownMeeting,
    meeting_known_to,
    meetings_known_to,
)
from fabrique.stages.programme.letters import joined
from fabrique.stages.programme.link_access import unknown_link, with_contact
from fabrique.stages.programme.models import Contact
from fabrique.stages.programme.queries.feeds import feed_of_contact
from fabrique.stages.programme.queries.polls import own_polls
from fabrique.stages.programme.year import moment_words
from fabrique.stages.seminar.actions.invitations import reply as give_reply
from fabrique.stages.seminar.errors import InvitationError
from fabrique.stages.seminar.forms.invitations import ReplyForm
from fabrique.stages.seminar.models import Reply
from fabrique.stages.seminar.queries import replies_of
from fabrique.stages.seminar.wording import invitations as words


@dataclass(frozen=True)
class OwnMeeting:
    """One meeting on someone's page, with the words it is shown by."""

    known: KnownMeeting
    when: str
    place: str
    reply: str = ""
    badge: str = ""
    substitute: str = ""
    can_reply: bool = False
    is_to_ask_again: bool = False


@require_safe
@with_contact
def me(request: HttpRequest, contact: Contact) -> HttpResponse:
    now = timezone.now()
    replies = {one.meeting_id: one for one in replies_of(contact)}
    known = meetings_known_to(contact)
    shown = [_shown(one, replies.get(one.meeting.pk), now) for one in known]
    feed = feed_of_contact(contact)
    address = feed_address(feed) if feed else ""
    context = {
        "contact": contact,
        "programme": contact.programme,
        "coming": [one for one in shown if one.when and not one.known.is_over(now)],
        "past": [one for one in shown if one.when and one.known.is_over(now)],
        "undated": [one for one in shown if not one.when and not one.known.is_over(now)],
        "polls": [one for one in own_polls(contact) if one.poll.is_open and not one.is_answered],
        "feed_address": address,
        "subscription": f"webcal://{address.split('://', 1)[-1]}" if address else "",
        "keys": joined([contact.link_key]),
    }
    return render(request, "seminar/me.html", context)


@require_POST
@with_contact
def own_feed(request: HttpRequest, contact: Contact) -> HttpResponse:
    """An address for one's agenda, or another one."""
    new_feed_address(contact.programme, contact=contact, actor=str(contact))
    messages.success(request, _("Votre adresse d'agenda est prête : copiez-la dans votre agenda."))
    return redirect("seminar:me", link_key=contact.link_key)


@require_http_methods(["GET", "HEAD", "POST"])
@with_contact
def reply(request: HttpRequest, contact: Contact, meeting_id: UUID) -> HttpResponse:
    known = meeting_known_to(contact, meeting_id)
    if known is None or known.told is None:
        return unknown_link(request)
    given = next((one for one in replies_of(contact) if one.meeting_id == meeting_id), None)
    now = timezone.now()
    form = ReplyForm(request.POST or None, initial=ReplyForm.initial_of(given))
    if request.method == "POST" and form.is_valid():
        try:
            done = give_reply(meeting_id, contact, **form.cleaned_data)
        except InvitationError as refusal:
            form.add_error(None, words.say_refusal(refusal))
        else:
            messages.success(request, _thanks(done))
            return redirect("seminar:me", link_key=contact.link_key)
    context = {
        "contact": contact,
        "meeting": known.meeting,
        "programme": contact.programme,
        "own": _shown(known, given, now),
        "purposes": [line for line in known.meeting.purpose.splitlines() if line.strip()],
        "form": form,
    }
    return render(request, "seminar/reply.html", context)


def _thanks(given: Reply) -> str:
    if given.coming == "yes":
        return _("C'est noté : vous viendrez. Vous pouvez changer votre réponse.")
    if given.coming == "no":
        return _("C'est noté : vous ne viendrez pas. Vous pouvez changer votre réponse.")
    return _("C'est noté : « %(name)s » viendra à votre place.") % {"name": given.substitute}


def _shown(known: KnownMeeting, given: Reply | None, now: datetime) -> OwnMeeting:
    told = known.told
    is_current = given is not None and told is not None and given.starts_at == told.starts_at
    said, badge = words.say_coming(given) if given is not None and is_current else ("", "")
    can_reply = known.is_as_announced and not known.is_over(now)
    return OwnMeeting(
        known=known,
        when=moment_words(told) if told else "",
        place=told.place if told else "",
        reply=said,
        badge=badge,
        substitute=words.say_substitute(given) if is_current else "",
        can_reply=can_reply,
        is_to_ask_again=given is not None and not is_current and can_reply,
    )

"""Saying when one can come, by one's personal link: no account, one hand, one page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.stages.programme import year
from fabrique.stages.programme.actions.polls import answer_poll
from fabrique.stages.programme.analyses.poll_results import results_of
from fabrique.stages.programme.forms.availability import AnswersForm
from fabrique.stages.programme.link_access import unknown_link, with_contact
from fabrique.stages.programme.models import Contact
from fabrique.stages.programme.queries.polls import OwnPoll, own_poll, own_polls, taken_days
from fabrique.stages.programme.wording.availability import say_answered


@require_safe
@with_contact
def polls(request: HttpRequest, contact: Contact) -> HttpResponse:
    found = own_polls(contact)
    context = {
        "contact": contact,
        "programme": contact.programme,
        "open_polls": [one for one in found if one.poll.is_open],
        "closed_polls": [
            (one, year.moment_words(one.poll.meeting)) for one in found if not one.poll.is_open
        ],
    }
    return render(request, "programme/own/polls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_contact
def answer(request: HttpRequest, contact: Contact, poll_id: UUID) -> HttpResponse:
    own = own_poll(contact, poll_id)
    if own is None:
        return unknown_link(request)
    form = _form(request, contact, own)
    if request.method == "POST" and form.is_valid():
        _answered(request, contact, own, form)
        return redirect("programme:own-poll", contact.link_key, poll_id)
    return render(request, "programme/own/poll.html", _context(contact, own, form))


def _form(request: HttpRequest, contact: Contact, own: OwnPoll) -> AnswersForm:
    days = [option.date for option in own.options]
    return AnswersForm(
        request.POST if request.method == "POST" else None,
        options=own.options,
        answers={pk: answer.answer for pk, answer in own.answers.items()},
        taken=taken_days([contact.pk], days)[contact.pk],
    )


def _answered(request: HttpRequest, contact: Contact, own: OwnPoll, form: AnswersForm) -> None:
    done = answer_poll(own.poll.pk, contact=contact, answers=form.answers)
    if not done.is_late:
        messages.success(request, say_answered(done))
        return
    messages.warning(
        request,
        _(
            "Votre réponse est arrivée après le choix de la date. Elle est gardée et l'équipe la "
            "voit, mais elle ne change pas la date."
        ),
    )


def _context(contact: Contact, own: OwnPoll, form: AnswersForm) -> dict[str, Any]:
    poll, meeting = own.poll, own.poll.meeting
    results = results_of(meeting, poll)
    return {
        "contact": contact,
        "programme": contact.programme,
        "own": own,
        "poll": poll,
        "meeting": meeting,
        "form": form,
        "answered": results.answered,
        "expected": len(results.expected),
        "date": year.moment_words(meeting),
        "said": [
            (year.option_words(option), own.answers.get(option.pk), _is_late(own, option.pk))
            for option in own.options
        ],
    }


def _is_late(own: OwnPoll, option_id: UUID) -> bool:
    said, closed_at = own.answers.get(option_id), own.poll.closed_at
    return said is not None and closed_at is not None and said.answered_at > closed_at

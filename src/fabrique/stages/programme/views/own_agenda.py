"""« Mon agenda »: the days one cannot come, typed or read from a calendar."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.programme import year
from fabrique.stages.programme.actions import agendas as verbs
from fabrique.stages.programme.agenda_reading import MOST_BYTES
from fabrique.stages.programme.availability_errors import AgendaTooBig
from fabrique.stages.programme.enums import UnavailabilitySource
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.availability import (
    AgendaAddressForm,
    AgendaFileForm,
    UnavailabilityForm,
)
from fabrique.stages.programme.link_access import with_contact
from fabrique.stages.programme.models import Contact, Unavailability
from fabrique.stages.programme.queries.polls import period_of, unavailabilities_of
from fabrique.stages.programme.wording.availability import say_read
from fabrique.stages.programme.wording.refusals import say

FORMS: dict[str, type[forms.Form]] = {
    "add": UnavailabilityForm,
    "read": AgendaAddressForm,
    "import": AgendaFileForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_contact
def agenda(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Each form says by ``move`` what is done: add, read, read-again, import, forget."""
    move = request.POST.get("move", "")
    shown = {name: form() for name, form in FORMS.items()}
    if move in FORMS:
        shown[move] = FORMS[move](request.POST, request.FILES)
    if move in _MOVES and _done(request, contact, move, shown.get(move)):
        return redirect("programme:own-agenda", contact.link_key)
    return render(request, "programme/own/agenda.html", _context(contact, shown))


@require_POST
@with_contact
def remove(request: HttpRequest, contact: Contact, unavailability_id: UUID) -> HttpResponse:
    verbs.remove_unavailability(contact, unavailability_id)
    messages.success(request, _("Ces jours sont de nouveau libres."))
    return redirect("programme:own-agenda", contact.link_key)


def _done(request: HttpRequest, contact: Contact, move: str, form: forms.Form | None) -> bool:
    if form is not None and not form.is_valid():
        return False
    try:
        messages.success(request, _MOVES[move](contact, form))
    except ProgrammeError as refusal:
        if form is None:
            messages.error(request, say(refusal))
            return True
        form.add_error(next(iter(form.fields)), say(refusal))
        return False
    return True


def _add(contact: Contact, form: Any) -> str:
    verbs.add_unavailability(contact, **form.cleaned_data)
    return _("C'est noté : vous ne pouvez pas venir %(when)s.") % {
        "when": _period(form.cleaned_data["first"], form.cleaned_data["last"])
    }


def _read(contact: Contact, form: Any) -> str:
    return say_read(verbs.read_own_agenda(contact, address=form.cleaned_data["address"]))


def _read_again(contact: Contact, _form: Any) -> str:
    return say_read(verbs.read_own_agenda(contact, address=contact.calendar_url))


def _import(contact: Contact, form: Any) -> str:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise AgendaTooBig(limit=MOST_BYTES // 1_000_000)
    return say_read(verbs.import_own_agenda(contact, content=file.read()))


def _forget(contact: Contact, _form: Any) -> str:
    verbs.forget_own_agenda(contact)
    return _("Votre agenda n'est plus lu, et les jours qui en venaient sont effacés.")


_MOVES: dict[str, Callable[[Contact, Any], str]] = {
    "add": _add,
    "read": _read,
    "read-again": _read_again,
    "import": _import,
    "forget": _forget,
}


def _context(contact: Contact, shown: dict[str, forms.Form]) -> dict[str, Any]:
    found = list(unavailabilities_of(contact))
    first, last = period_of(contact.programme)
    return {
        "contact": contact,
        "programme": contact.programme,
        "add_form": shown["add"],
        "read_form": shown["read"],
        "import_form": shown["import"],
        "typed": _lines(found, UnavailabilitySource.TYPED),
        "from_calendar": _lines(found, UnavailabilitySource.CALENDAR),
        "calendar_host": urlsplit(contact.calendar_url).hostname or "",
        "period": year.period_words(first, last),
    }


def _lines(found: list[Unavailability], source: str) -> list[tuple[Unavailability, str]]:
    return [(one, _period(one.first_date, one.last_date)) for one in found if one.source == source]


def _period(first: Any, last: Any) -> str:
    if first == last:
        return _("le %(day)s") % {"day": year.weekday_words(first)}
    return year.period_words(first, last)

"""Wanting mails no more, from a mail: one click of the reader's mail program, or a page.

Opening the page stops nothing: mail filters open links. The keys of the address are those of the
mail's own personal links; they stop the mails of these contacts and of no one else.
"""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.programme.actions.subscriptions import resubscribe, unsubscribe
from fabrique.stages.programme.link_access import kept_to_oneself, unknown_link
from fabrique.stages.programme.models import Contact
from fabrique.stages.programme.queries.correspondence import contacts_with_keys

MOST_KEYS = 20


def with_contacts(view: Any) -> Any:
    """``view(request, contacts, contact_keys)`` for the personal links that an address joins."""

    @never_cache
    @wraps(view)
    def loaded(request: HttpRequest, contact_keys: str) -> HttpResponse:
        keys = set(contact_keys.split("."))
        contacts = list(contacts_with_keys(keys)) if len(keys) <= MOST_KEYS else []
        if not keys or len(contacts) != len(keys):
            return unknown_link(request)
        return kept_to_oneself(view(request, contacts, contact_keys))

    return loaded


@csrf_exempt  # a mail program posts without any page before (RFC 8058); the keys are the proof
@require_http_methods(["GET", "HEAD", "POST"])
@with_contacts
def stop(request: HttpRequest, contacts: list[Contact], contact_keys: str) -> HttpResponse:
    if request.method == "POST":
        unsubscribe(contacts)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(status=204)
        return redirect("programme:unsubscribe", contact_keys=contact_keys)
    context = {
        "contact_keys": contact_keys,
        "programmes": sorted({contact.programme.title for contact in contacts}),
        "is_stopped": all(contact.unsubscribed_at is not None for contact in contacts),
        "first_key": contacts[0].link_key,
    }
    return render(request, "programme/subscription.html", context)


@require_POST
@with_contacts
def start_again(request: HttpRequest, contacts: list[Contact], contact_keys: str) -> HttpResponse:
    resubscribe(contacts)
    return redirect("programme:unsubscribe", contact_keys=contact_keys)

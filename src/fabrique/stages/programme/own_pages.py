"""Pages opened by someone's personal link: long, unguessable, in their mails and nowhere else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from fabrique.stages.programme.queries.correspondence import contact_with_link


def with_contact(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view(request, contact, …)`` for whoever holds the ``contact_key`` of the address."""

    @wraps(view)
    def loaded(request: HttpRequest, contact_key: str, **kwargs: Any) -> HttpResponse:
        contact = contact_with_link(contact_key)
        if contact is None:
            raise Http404
        return kept_private(view(request, contact, **kwargs))

    return never_cache(loaded)


def kept_private(response: HttpResponse) -> HttpResponse:
    """Found by no search engine, told to no other site."""
    response["Referrer-Policy"] = "same-origin"  # without any, its own forms are refused
    response["X-Robots-Tag"] = "noindex"
    return response

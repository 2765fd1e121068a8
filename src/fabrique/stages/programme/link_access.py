"""Pages opened by a personal link, without an account: for its owner alone, and kept nowhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from fabrique.stages.programme.queries.polls import contact_with_link


def with_contact(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view(request, contact, …)`` for whoever holds the link; otherwise what to do about it."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, link_key: str, **kwargs: Any) -> HttpResponse:
        contact = contact_with_link(link_key)
        if contact is None:
            return unknown_link(request)
        return kept_to_oneself(view(request, contact, **kwargs))

    return opened


def unknown_link(request: HttpRequest) -> HttpResponse:
    return kept_to_oneself(render(request, "programme/own/unknown_link.html", status=404))


def kept_to_oneself(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "same-origin"  # without any, its own forms are refused
    response["X-Robots-Tag"] = "noindex"
    return response

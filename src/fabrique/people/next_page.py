"""Where to go after signing in: an address of this site, never another."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request: HttpRequest) -> str:
    """The page asked for before signing in, empty when there is none or it is elsewhere."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe and asked.startswith("/") else ""


def page_after_sign_in(request: HttpRequest) -> str:
    return next_page(request) or resolve_url(settings.LOGIN_REDIRECT_URL)

"""Error pages: what happened, and what to do about it, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from fabrique.portal.navigation import BARE_SHELL


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Reads neither session nor database: they may be what failed."""
    return HttpResponse(loader.render_to_string("portal/errors/500.html", BARE_SHELL), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "portal/errors/csrf.html", status=403)

"""The pages the law asks for: accessibility, publisher, personal data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """« Non conforme » until an audit has been entered, whatever we think of ourselves."""
    return render(request, "portal/accessibility.html")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/legal.html", {"contact": settings.DEFAULT_FROM_EMAIL})

"""The address people type or scan to come in: one that their phones can reach."""

from functools import lru_cache
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fabrique.stages.seminar.models import Room

_ONLY_HERE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})


def join_address(request: HttpRequest, room: Room) -> str:
    """The short address of a room: by the name the screen used, unless it is this machine's
    own name for itself and the instance has been given another."""
    path = reverse("contribution:join", args=[room.code])
    here = urlsplit(request.build_absolute_uri(path))
    public = urlsplit(settings.FABRIQUE_URL)
    if here.hostname in _ONLY_HERE and public.hostname not in _ONLY_HERE:
        return f"{settings.FABRIQUE_URL}{path}"
    return here.geturl()


def short_address(address: str) -> str:
    """As one reads it aloud: without the scheme nor the last bar."""
    return address.partition("://")[2].rstrip("/")


@lru_cache(maxsize=64)
def qr_code(address: str) -> SafeString:
    """A QR code as a drawing, dark on a light ground whatever the screen."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(
        drawn.svg_inline(
            border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
        )
    )

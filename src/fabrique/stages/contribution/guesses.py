"""Slowing down those who try codes, without ever closing the door on the room.

A room shares one address, so nothing is counted by address. A device that tries many wrong codes
waits; when wrong codes pour in from everywhere, a device that has only just arrived is asked to
wait a few seconds, which a person barely notices and a machine pays each time. Counts live in
the instance's cache, which all its workers share.
"""

import secrets
from time import time

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from fabrique.stages.contribution.errors import ContributionError

COOKIE = "appareil"
SALT = "fabrique.contribution.device"
WRONG_A_DEVICE = 8
DEVICE_SECONDS = 600
WRONG_IN_ALL = 120
ALL_SECONDS = 60
SETTLED_SECONDS = 5


class TooManyGuesses(ContributionError):
    code = "too_many_guesses"


def check_guesses(request: HttpRequest) -> None:
    """Raise ``TooManyGuesses`` when this device, or everyone together, tried too many codes."""
    device = device_of(request)
    if device and cache.get(f"guesses-{device}", 0) >= WRONG_A_DEVICE:
        raise TooManyGuesses(seconds=DEVICE_SECONDS)
    if cache.get(_this_minute(), 0) >= WRONG_IN_ALL and not _is_settled(request):
        raise TooManyGuesses(seconds=SETTLED_SECONDS)


def note_wrong_guess(request: HttpRequest) -> None:
    """Count it for this device and for everyone. Two at the very same instant may count once."""
    for key, seconds in (
        (f"guesses-{device_of(request)}", DEVICE_SECONDS),
        (_this_minute(), ALL_SECONDS),
    ):
        cache.set(key, cache.get(key, 0) + 1, seconds)


def remember_device(response: HttpResponse, request: HttpRequest) -> None:
    """Give a device that has none a name of its own, which says nothing of who holds it."""
    if not device_of(request):
        value = signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(9))
        response.set_cookie(
            COOKIE, value, max_age=86_400, httponly=True, secure=request.is_secure(), samesite="Lax"
        )


def device_of(request: HttpRequest) -> str:
    try:
        return signing.TimestampSigner(salt=SALT).unsign(
            request.COOKIES.get(COOKIE, ""), max_age=86_400
        )
    except signing.BadSignature:
        return ""


def _this_minute() -> str:
    return f"guesses-in-all-{int(time() // ALL_SECONDS)}"


def _is_settled(request: HttpRequest) -> bool:
    """Whether the device has been known for a few seconds."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(
            request.COOKIES.get(COOKIE, ""), max_age=SETTLED_SECONDS
        )
    except signing.SignatureExpired:
        return True
    except signing.BadSignature:
        return False
    return False

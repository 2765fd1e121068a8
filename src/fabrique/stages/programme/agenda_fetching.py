"""Reading a calendar where its owner says it is, without being led elsewhere.

The address comes from someone without an account. So: https only; the name is resolved here, every
address it has must be public, and the connection goes to the address that was checked, not to what
the name would say a moment later; each redirection passes the same door; little time, few bytes.
``FABRIQUE_AGENDA_HOSTS`` names the calendar servers (``host`` or ``host:port``) of one's own
network that may be read all the same, over http too.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from fabrique.stages.programme.agenda_reading import MOST_BYTES
from fabrique.stages.programme.availability_errors import (
    AgendaAddressRefused,
    AgendaTooBig,
    AgendaUnreachable,
)

WAIT_SECONDS = 10
WHOLE_SECONDS = 20
MOST_REDIRECTIONS = 3
PIECE = 64 * 1024
REDIRECTIONS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Place:
    """An address taken apart, as it will be asked for."""

    is_secure: bool
    host: str
    port: int
    path: str
    is_trusted: bool


def fetch_agenda(address: str) -> bytes:
    """What stands there, at most ``MOST_BYTES``.

    Raises ``AgendaAddressRefused``, ``AgendaUnreachable``, ``AgendaTooBig``.
    """
    deadline = time.monotonic() + WHOLE_SECONDS
    for _step in range(MOST_REDIRECTIONS + 1):
        content, elsewhere = _asked(place_of(address), deadline)
        if not elsewhere:
            return content
        address = urljoin(address, elsewhere)
    raise AgendaUnreachable(why="redirects")


def place_of(address: str) -> Place:
    """Where an address leads, if it is one that may be followed. ``webcal`` means https."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise AgendaAddressRefused(why="host") from error
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise AgendaAddressRefused(why="host")
    if parts.username or parts.password:
        raise AgendaAddressRefused(why="credentials")
    is_trusted = bool({host, f"{host}:{port}"} & set(settings.FABRIQUE_AGENDA_HOSTS))
    is_secure = parts.scheme in ("https", "webcal", "webcals")
    if not is_secure and not (parts.scheme == "http" and is_trusted):
        raise AgendaAddressRefused(why="scheme")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or any(sign <= " " for sign in path):
        raise AgendaAddressRefused(why="host")
    return Place(is_secure, host, port or (443 if is_secure else 80), path, is_trusted)


def is_public(address: Address) -> bool:
    """Whether it lies on the Internet, also once unwrapped of what carries IPv4 in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _asked(place: Place, deadline: float) -> tuple[bytes, str]:
    """The content, or where it went."""
    connection = _Connection(place, _checked_addresses(place))
    # A server that sends a byte now and then never lets a socket's own timeout pass.
    guard = threading.Timer(max(0.0, deadline - time.monotonic()), connection.cut)
    guard.daemon = True
    guard.start()
    headers = {
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "identity",
        "User-Agent": "Fabrique (lecture d'agenda)",
    }
    try:
        connection.request("GET", place.path, headers=headers)
        answer = connection.getresponse()
        if answer.status in REDIRECTIONS:
            return b"", answer.getheader("Location") or "/"
        if answer.status != 200:
            raise AgendaUnreachable(why="status", status=answer.status)
        return _read(answer, deadline), ""
    except ssl.SSLCertVerificationError as error:
        raise AgendaUnreachable(why="certificate") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise AgendaUnreachable(why="silent") from error
    finally:
        guard.cancel()
        connection.close()


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise AgendaTooBig(limit=MOST_BYTES // 1_000_000)
        pieces.append(piece)
    if time.monotonic() > deadline:
        raise AgendaUnreachable(why="silent")
    return b"".join(pieces)


def _checked_addresses(place: Place) -> list[str]:
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AgendaUnreachable(why="unknown_host") from error
    addresses = [str(one[4][0]) for one in found]
    if not place.is_trusted and not all(
        is_public(ipaddress.ip_address(one.split("%")[0])) for one in addresses
    ):
        raise AgendaAddressRefused(why="private")
    return addresses


class _Connection(http.client.HTTPConnection):
    """To the very addresses that were checked, under the name that was asked for."""

    def __init__(self, place: Place, addresses: Sequence[str]) -> None:
        super().__init__(place.host, place.port, timeout=WAIT_SECONDS)
        self._place, self._addresses = place, addresses
        if place.is_secure:
            self.default_port = 443

    def connect(self) -> None:
        self.sock = self._reached()
        if self._place.is_secure:
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self._place.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def _reached(self) -> socket.socket:
        """The first that answers."""
        *others, last = self._addresses
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, self._place.port), WAIT_SECONDS)
        return socket.create_connection((last, self._place.port), WAIT_SECONDS)

    def cut(self) -> None:
        """Time is over, wherever it stands."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)

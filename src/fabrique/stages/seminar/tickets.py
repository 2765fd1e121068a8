"""A ticket: what a device holds after joining a room, instead of an account.

A signed cookie, one a room, that pages and streams read; the same text serves as bearer token
for the API. It says who by an identifier only, and stops working once they have left.

A ticket for a seat that someone already held says since when: anyone may pick a name at the door,
so the new device reads nothing of what was said from that seat before (ADR 11).
"""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse

from fabrique.people.viewer import NOBODY, Viewer
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.queries import participant_of

SALT = "fabrique.seminar.ticket"
MAX_AGE_SECONDS = 3 * 24 * 60 * 60


def make_ticket(participant: Participant) -> str:
    since = participant.seated_since.isoformat() if participant.seated_since else ""
    return signing.dumps([participant.room_id.hex, participant.pk.hex, since], salt=SALT)


def holder_of(ticket: str) -> Participant | None:
    """Who a ticket was given to, if they are still in the room."""
    try:
        _room, key, since = signing.loads(ticket, salt=SALT, max_age=MAX_AGE_SECONDS)
        holder = participant_of(UUID(hex=key))
        if holder is not None and since:
            holder.seated_since = datetime.fromisoformat(since)
        return holder
    except (signing.BadSignature, ValueError, TypeError):
        return None


def holder_in(request: HttpRequest, room_id: UUID) -> Participant | None:
    """Who this device is in a room, by its cookie."""
    holder = holder_of(request.COOKIES.get(cookie_name(room_id), ""))
    return holder if holder is not None and holder.room_id == room_id else None


def give_ticket(response: HttpResponse, request: HttpRequest, participant: Participant) -> None:
    response.set_cookie(
        cookie_name(participant.room_id),
        make_ticket(participant),
        max_age=MAX_AGE_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def take_ticket_back(response: HttpResponse, room_id: UUID) -> None:
    response.delete_cookie(cookie_name(room_id), samesite="Lax")


def cookie_name(room_id: UUID) -> str:
    return f"ticket-{room_id.hex}"


def participant_viewer(participant: Participant | None) -> Viewer:
    if participant is None:
        return NOBODY
    return Viewer(participant_id=participant.pk, seated_since=participant.seated_since)

"""A ticket: what a device holds after joining a room, instead of an account.

A signed cookie, one a room, that pages and streams read; the same text serves as bearer token
for the API. It says who by an identifier only, and stops working once they have left.
"""

from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse

from fabrique.people.viewer import NOBODY, Viewer
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.queries import participant_of

SALT = "fabrique.seminar.ticket"
MAX_AGE_SECONDS = 3 * 24 * 60 * 60


def make_ticket(participant: Participant) -> str:
    return signing.dumps([participant.room_id.hex, participant.pk.hex], salt=SALT)


def holder_of(ticket: str) -> Participant | None:
    """Who a ticket was given to, if they are still in the room."""
    try:
        _room, participant = signing.loads(ticket, salt=SALT, max_age=MAX_AGE_SECONDS)
        return participant_of(UUID(hex=participant))
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
    return Viewer(participant_id=participant.pk) if participant else NOBODY

"""The doorbell as screens hear it: a stream of numbers, and the same numbers for those who poll.

Nothing of what is said travels here: a screen that hears a new number fetches what it lacks by
the doors of its own page. Proxies that hold streams back are told not to; where one does all the
same, the page asks for the numbers from time to time.
"""

import json
from collections.abc import AsyncIterator
from time import monotonic
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.seminar.doorbell import HEARTBEAT_SECONDS, Numbers, listen
from fabrique.stages.seminar.queries import numbers_of, room_with_wall_key, rooms_visible_to
from fabrique.stages.seminar.tickets import holder_in, participant_viewer

RECHECK_SECONDS = 30.0


@require_safe
async def stream(request: HttpRequest, room_id: UUID) -> HttpResponseBase:
    """``?for=phones`` rings only when phones must look again; ``?for=room`` at each change."""
    if not await sync_to_async(_may_listen)(request, room_id):
        raise Http404
    response = StreamingHttpResponse(
        _events(request, room_id), content_type="text/event-stream; charset=utf-8"
    )
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


@require_safe
def numbers(request: HttpRequest, room_id: UUID) -> JsonResponse:
    """The same, once, for where the stream is blocked."""
    if not _may_listen(request, room_id):
        raise Http404
    answer = JsonResponse(_said(numbers_of(room_id)))
    answer["Cache-Control"] = "no-store"
    return answer


async def _events(request: HttpRequest, room_id: UUID) -> AsyncIterator[str]:
    still_may = sync_to_async(_check_again, thread_sensitive=False)
    for_phones = request.GET.get("for") == "phones"
    known = request.headers.get("Last-Event-ID", "")
    spoke = checked = monotonic()
    yield "retry: 2000\n\n"
    async for found in listen(room_id, read=_read_numbers):
        now = monotonic()
        if now - checked > RECHECK_SECONDS:
            if not await still_may(request, room_id):
                return
            checked = now
        number = "" if found is None else str(found.phones if for_phones else found.room)
        if found is not None and number != known:
            known, spoke = number, now
            yield f"id: {number}\ndata: {json.dumps(_said(found))}\n\n"
        elif now - spoke >= HEARTBEAT_SECONDS:
            spoke = now
            yield ":\n\n"


def _said(found: Numbers) -> dict[str, int]:
    return {"room": found.room, "phones": found.phones}


def _may_listen(request: HttpRequest, room_id: UUID) -> bool:
    """By the room's ticket, by its wall key (``?mur=``), or as one of its team."""
    if wall_key := request.GET.get("mur"):
        room = room_with_wall_key(wall_key)
        return room is not None and room.pk == room_id
    seated = participant_viewer(holder_in(request, room_id))
    return _sees(seated, room_id) or _sees(account_viewer(request.user), room_id)


def _sees(viewer: Viewer, room_id: UUID) -> bool:
    return rooms_visible_to(viewer).filter(pk=room_id).exists()


def _check_again(request: HttpRequest, room_id: UUID) -> bool:
    try:
        return _may_listen(request, room_id)
    finally:
        connection.close()


def _read_numbers(room_id: UUID) -> Numbers:
    """Read in a thread no request owns: the connection is given back at once."""
    try:
        return numbers_of(room_id)
    finally:
        connection.close()

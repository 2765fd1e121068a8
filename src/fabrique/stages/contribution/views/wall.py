"""The wall: what the whole room looks at. No login, a link that can be revoked.

It shows what the group may see and nothing else; the script only asks for this page again.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.addresses import join_address, qr_code, short_address
from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.formats.hands import hands_shown
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.released import withdrawn_from
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.pace import pace_of
from fabrique.stages.seminar.queries import (
    room_with_wall_key,
    sequences_of,
)

#: More is not read from a chair; the rest waits on the console.
AT_MOST_SHOWN = 24


@never_cache
@require_safe
def wall(request: HttpRequest, wall_key: str) -> HttpResponse:
    room = room_with_wall_key(wall_key)
    if room is None:
        raise Http404
    address = join_address(request, room)
    context = {
        "room": room,
        "pace": pace_of(room, list(sequences_of(room.meeting)), now=timezone.now()),
        "now": timezone.now(),
        "address": short_address(address),
        "qr": qr_code(address),
        **_workshop_context(request, room),
    }
    fragment = request.headers.get("X-Fragment") == "1"
    template = "contribution/_wall.html" if fragment else "contribution/wall.html"
    response = render(request, template, context)
    response["Vary"] = "X-Fragment"
    return response


def _workshop_context(request: HttpRequest, room: Room) -> dict[str, Any]:
    """What is on the wall: the open workshop, or the closed one of the running sequence."""
    viewer = Viewer(screen_room_id=room.pk)
    workshop = _shown(viewer, room)
    if workshop is None:
        return {"workshop": None}
    format = get_format(workshop.format)
    phase = format.phase(workshop.phase)
    cards = list(queries.cards_visible_to(viewer, workshop))
    loose = queries.in_no_card(queries.contributions_visible_to(viewer, workshop))
    loose = format.shown(loose)
    said_now = list(loose.select_related(None).order_by("-number")[:AT_MOST_SHOWN])
    is_collecting = workshop.state == WorkshopState.OPEN and "contribution" in phase.accepts
    turnout = queries.turnout(room, workshop)
    shown = {
        "workshop": workshop,
        "format": format,
        "phase": phase,
        "is_collecting": is_collecting,
        "contributions": said_now,
        "cards": cards,
        "present": turnout.present,
        **format.context(workshop, viewer, "wall"),
    }
    raised = format.shows_results(workshop, raters=1)
    return {
        "hands": hands_shown(format, workshop) if raised else (),
        "withdrawn": withdrawn_from(workshop),
        "workshop": workshop,
        "phase": phase,
        "is_collecting": is_collecting,
        "more": loose.count() - len(said_now),
        "present": turnout.present,
        "answered": turnout.answered,
        "is_awaited": is_collecting and not (turnout.answered or said_now or cards),
        "stage": select_template(format.template("wall")).render(shown, request),
    }


def _shown(viewer: Viewer, room: Room) -> Workshop | None:
    if room.state != RoomState.OPEN:
        return None
    workshops = list(queries.workshops_visible_to(viewer, room.meeting))
    is_open = [one for one in workshops if one.state == WorkshopState.OPEN]
    is_done = [
        one
        for one in workshops
        if one.state == WorkshopState.CLOSED and one.sequence_id == room.sequence_id
    ]
    return next(iter([*is_open, *is_done]), None)

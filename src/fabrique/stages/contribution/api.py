"""What phones and walls do, as JSON: join, leave, look, send, judge, tie, read the wall.

A phone shows its ticket as ``Authorization: Bearer …`` or by the room's cookie; with the cookie,
writing also asks for Django's own protection (``X-CSRFToken``). Every refusal is
``{code, message}``, the message in the language asked for.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Path, Router, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from fabrique.kit.api import Refusal
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.levels import set_own_level
from fabrique.stages.contribution.actions.links import link
from fabrique.stages.contribution.actions.ratings import rate
from fabrique.stages.contribution.api_schemas import (
    ContributionIn,
    Done,
    DoorOut,
    JoinIn,
    JoinOut,
    LevelIn,
    LinkIn,
    MineOut,
    RatingIn,
    ReceivedOut,
    RoomOut,
    WallOut,
)
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import ContributionError, NotInThisRoom
from fabrique.stages.contribution.formats.contract import InvalidAnswer
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.guesses import check_guesses, note_wrong_guess
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.contribution.wording.refusals import say
from fabrique.stages.seminar.actions.rooms import join_room, leave_room
from fabrique.stages.seminar.enums import Identity, RoomState
from fabrique.stages.seminar.errors import RoomError, RoomNotOpen, UnknownRoom
from fabrique.stages.seminar.models import Participant, Room
from fabrique.stages.seminar.queries import (
    members_to_pick,
    room_id_behind,
    room_with_code,
    room_with_wall_key,
)
from fabrique.stages.seminar.tickets import holder_in, holder_of, make_ticket, participant_viewer

router = Router(tags=["room"])
CODE: Any = Path(  # type: ignore[type-arg]
    ..., max_length=20, description="the six characters shown on the wall"
)

_STATUSES = {
    "unknown_room": 404,
    "not_in_this_room": 403,
    "too_many_guesses": 429,
    "room_not_open": 409,
    "workshop_closed": 409,
    "member_taken": 409,
    "label_taken": 409,
    "identifier_taken": 409,
}
_REFUSED = {403: Refusal, 409: Refusal, 422: Refusal}
_REFUSED_READING = {403: Refusal, 422: Refusal}
_AT_THE_DOOR = {404: Refusal, 409: Refusal, 422: Refusal, 429: Refusal}


class CsrfRefused(ContributionError):
    code = "csrf_failed"


class Ticket(HttpBearer):
    """The room's ticket, as a bearer token or as its cookie."""

    def __call__(self, request: HttpRequest) -> Participant | None:
        header = request.headers.get("Authorization", "")
        if header:
            return self.authenticate(request, header.removeprefix("Bearer "))
        return self._by_cookie(request)

    def authenticate(self, request: HttpRequest, token: str) -> Participant | None:
        holder = holder_of(token)
        return holder if holder and holder.room_id == _room_asked(request) else None

    def _by_cookie(self, request: HttpRequest) -> Participant | None:
        room_id = _room_asked(request)
        holder = holder_in(request, room_id) if room_id else None
        if holder and request.method != "GET" and check_csrf(request) is not None:
            raise CsrfRefused
        return holder


ticket = Ticket()


@router.get(
    "/rooms/{code}",
    response={200: DoorOut, **_AT_THE_DOOR},
    summary="The door of an open room",
)
def see_door(request: HttpRequest, code: str = CODE) -> dict[str, Any]:
    """How people are known in the room, and the names to pick from."""
    room = _open_room(request, code)
    names = members_to_pick(room) if room.identity == Identity.NAMED else []
    return {
        "code": room.code,
        "title": room.meeting.title,
        "identity": room.identity,
        "members": [
            {"id": one.member.pk, "name": one.member.name, "is_taken": one.is_taken}
            for one in names
        ],
    }


@router.post(
    "/rooms/{code}/participants",
    response={201: JoinOut, **_AT_THE_DOOR},
    summary="Join a room",
)
def join(request: HttpRequest, body: JoinIn, code: str = CODE) -> Status[dict[str, Any]]:
    """Sit down in an open room; the answer holds the ticket to show from then on."""
    room = _open_room(request, code)
    seated = join_room(room, member_id=body.member_id, label=body.label, again=body.again)
    return Status(
        201,
        {
            "ticket": make_ticket(seated),
            "participant_id": seated.pk,
            "label": seated.label,
            "follow_up": ""
            if seated.seated_since
            else reverse("contribution:follow-up", args=[seated.link_key]),
        },
    )


@router.delete(
    "/rooms/{code}/participants/me",
    auth=ticket,
    response={200: Done, **_REFUSED_READING},
    summary="Leave the room",
)
def leave(request: HttpRequest, code: str = CODE) -> Done:
    """Give the seat back: the ticket opens nothing more, what was said stays."""
    leave_room(_holder(request).pk)
    return Done()


@router.get(
    "/rooms/{code}/now",
    auth=ticket,
    response={200: RoomOut, **_REFUSED_READING},
    summary="What is running",
)
def see_room(request: HttpRequest, code: str = CODE) -> dict[str, Any]:
    """The numbers of the room and the workshop that is open, with its cards and criteria."""
    holder = _holder(request)
    room = holder.room
    return {
        "code": room.code,
        "state": room.state,
        "number": room.last_number,
        "phones": room.phones_number,
        "workshop": _running(room, participant_viewer(holder)),
    }


@router.post(
    "/rooms/{code}/contributions",
    auth=ticket,
    response={201: ReceivedOut, 200: ReceivedOut, **_REFUSED},
    summary="Send a contribution",
)
def send(request: HttpRequest, body: ContributionIn, code: str = CODE) -> Status[dict[str, Any]]:
    """201 once committed; 200 with the same answer when it was already stored."""
    holder = _holder(request)
    received = contribute(
        id=body.id,
        workshop_id=body.workshop_id,
        participant=holder,
        data={**body.payload, "text": body.text},
        source=Source.PHONE,
        actor="" if holder.room.identity == Identity.ANONYMOUS else holder.label,
    )
    return Status(
        201 if received.created else 200,
        {
            "id": received.contribution.pk,
            "number": received.contribution.number,
            "created": received.created,
            "same_text": received.same_text,
        },
    )


@router.get(
    "/rooms/{code}/contributions/mine",
    auth=ticket,
    response={200: list[MineOut], **_REFUSED_READING},
    summary="What I sent",
)
def see_mine(request: HttpRequest, code: str = CODE) -> list[Contribution]:
    """Everything this ticket's holder said in the room, the last first."""
    return queries.contributions_with_display(_holder(request))


@router.put(
    "/rooms/{code}/contributions/{contribution_id}/level",
    auth=ticket,
    response={200: Done, **_REFUSED_READING},
    summary="Keep what I sent to myself, or give it back",
)
def choose_level(
    request: HttpRequest, contribution_id: UUID, body: LevelIn, code: str = CODE
) -> Done:
    """Private: read by its author and the facilitators only. Group: by the whole group."""
    set_own_level(contribution_id, level=body.level, participant=_holder(request))
    return Done()


@router.put(
    "/rooms/{code}/ratings",
    auth=ticket,
    response={200: Done, **_REFUSED},
    summary="Judge a card",
)
def send_rating(request: HttpRequest, body: RatingIn, code: str = CODE) -> Done:
    """One value a person, a card and a criterion: a second one replaces the first."""
    rate(
        workshop_id=body.workshop_id,
        card_id=body.card_id,
        participant=_holder(request),
        criterion=body.criterion,
        value=body.value,
    )
    return Done()


@router.put(
    "/rooms/{code}/links",
    auth=ticket,
    response={200: Done, **_REFUSED},
    summary="Tie two cards",
)
def send_link(request: HttpRequest, body: LinkIn, code: str = CODE) -> Done:
    """The same tie said again changes nothing."""
    holder = _holder(request)
    link(
        workshop_id=body.workshop_id,
        source_id=body.source_id,
        target_id=body.target_id,
        kind=body.kind,
        participant=holder,
        actor="",
    )
    return Done()


@router.get(
    "/walls/{wall_key}", response={200: WallOut, 404: Refusal}, summary="What the wall shows"
)
def see_wall(request: HttpRequest, wall_key: str) -> dict[str, Any]:
    """The running workshop, its cards, and the contributions that may be shown."""
    room = room_with_wall_key(wall_key)
    if room is None:
        raise Http404
    screen = Viewer(screen_room_id=room.pk)
    running = queries.open_workshop_of(room.meeting) if room.state == RoomState.OPEN else None
    said = queries.contributions_visible_to(screen, running)
    return {
        "title": room.meeting.title,
        "state": room.state,
        "number": room.last_number,
        "workshop": _running(room, screen),
        "contributions": list(get_format(running.format).shown(said)) if running else [],
    }


def say_refusals(api: NinjaAPI) -> None:
    """Give every refusal its code, its sentence and its status."""

    def refuse(request: HttpRequest, error: Any) -> HttpResponse:
        body: dict[str, Any] = {"code": error.code, "message": say(error)}
        if "errors" in error.params:
            body["fields"] = error.params["errors"]
        return api.create_response(request, body, status=_STATUSES.get(error.code, 422))

    def forbid(request: HttpRequest, error: Any) -> HttpResponse:
        code = getattr(error, "code", "ticket_needed")
        code = code if isinstance(code, str) else "ticket_needed"
        return api.create_response(request, refusal(code), status=403)

    def not_found(request: HttpRequest, error: Any) -> HttpResponse:
        return api.create_response(request, refusal("not_found"), status=404)

    def unparsed(request: HttpRequest, error: Any) -> HttpResponse:
        return api.create_response(request, refusal("unreadable"), status=422)

    def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
        fields: dict[str, list[str]] = {}
        for one in error.errors:
            fields.setdefault(str(one["loc"][-1]), []).append(str(one["msg"]))
        return api.create_response(request, refusal("unreadable") | {"fields": fields}, status=422)

    for kind in (ContributionError, RoomError, InvalidAnswer):
        api.add_exception_handler(kind, refuse)
    api.add_exception_handler(HttpError, unparsed)
    api.add_exception_handler(AuthenticationError, forbid)
    api.add_exception_handler(CsrfRefused, forbid)
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(ValidationError, unreadable)


def refusal(code: str) -> dict[str, Any]:
    """What the API says where nothing more precise is known."""
    return {"code": code, "message": say(_Named(code))}


class _Named:
    def __init__(self, code: str) -> None:
        self.code = code
        self.params: dict[str, Any] = {}


def _open_room(request: HttpRequest, code: str) -> Room:
    check_guesses(request)
    room = room_with_code(code)
    if room is None:
        note_wrong_guess(request)
        raise UnknownRoom
    if room.state != RoomState.OPEN:
        raise RoomNotOpen(state=room.state)
    return room


def _room_asked(request: HttpRequest) -> UUID | None:
    match = request.resolver_match
    return room_id_behind(str(match.kwargs.get("code", ""))) if match else None


def _holder(request: HttpRequest) -> Participant:
    holder = getattr(request, "auth", None)
    if not isinstance(holder, Participant):
        raise NotInThisRoom
    return holder


def _running(room: Room, viewer: Viewer) -> dict[str, Any] | None:
    workshop = queries.open_workshop_of(room.meeting) if room.state == RoomState.OPEN else None
    return _as_shown(workshop, viewer) if workshop else None


def _as_shown(workshop: Workshop, viewer: Viewer) -> dict[str, Any]:
    format = get_format(workshop.format)
    phase = format.phase(workshop.phase)
    return {
        "id": workshop.pk,
        "format": workshop.format,
        "title": workshop.title,
        "prompt": workshop.prompt,
        "phase": phase.key,
        "accepts": sorted(phase.accepts),
        "criteria": [
            {
                "key": one.key,
                "label": str(one.label),
                "question": str(one.question),
                "scale": {value: str(words) for value, words in one.scale.items()},
            }
            for one in format.criteria_of(workshop)
        ],
        "cards": list(queries.cards_visible_to(viewer, workshop)),
    }

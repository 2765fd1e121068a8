"""The console: the run sheet, what is being said, and what the group keeps of it.

The page and its live refresh are the same fragment; without scripts every gesture is a form.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.board import Board, board_of
from fabrique.stages.contribution.enums import CardState, WorkshopState
from fabrique.stages.contribution.formats.hands import hands_shown
from fabrique.stages.contribution.formats.registry import UnknownFormat, get_format
from fabrique.stages.contribution.forms import SearchForm, SelectionForm
from fabrique.stages.contribution.guidance import next_move
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.released import withdrawn_from
from fabrique.stages.contribution.wording.moves import what_was_done
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Room, Sequence
from fabrique.stages.seminar.pace import pace_of
from fabrique.stages.seminar.queries import room_run_by, sequences_of

NO_TOOLS = {"earlier_count": 0, "takes_hands": False, "hands": ()}


@never_cache
@require_GET
@login_required
def console(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    return console_page(request, meeting_id)


def console_page(
    request: HttpRequest, meeting_id: UUID, *, status: int = 200, **refused: Any
) -> HttpResponse:
    """The console as it stands; ``refused`` brings back a gesture that was not taken: what to
    do about it (``refusal``), what was typed (``typed``) and what was ticked (``picked``)."""
    room, began_at = room_run_by(account_viewer(request.user), meeting_id)
    if room is None:
        return _unprepared(request, meeting_id=meeting_id)
    meeting = room.meeting
    sequences = list(sequences_of(meeting))
    workshops = _workshops(request, meeting, sequences)
    wanted_id = refused.get("workshop_id") or request.GET.get("atelier", "")
    workshop = _shown(workshops, room, str(wanted_id))
    context = {
        "refusal": "",
        "typed": {},
        "picked": frozenset(),
        "meeting": meeting,
        "room": room,
        "move_url": reverse("contribution:move", args=[meeting.pk]),
        "page_url": reverse("contribution:console", args=[meeting.pk]),
        **_floor(request, room, sequences, workshops, workshop, began_at=began_at),
    }
    context |= refused
    context |= _sorting(request, room, workshop, context)
    fragment = request.headers.get("X-Fragment") == "1"
    template = "contribution/_console.html" if fragment else "contribution/console.html"
    response = render(request, template, context, status=status)
    response["Vary"] = "X-Fragment"
    return response


@with_facilitated_meeting
def _unprepared(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    context = {"meeting": meeting, "programme": meeting.programme}
    return render(request, "contribution/console_unprepared.html", context)


def _workshops(request: HttpRequest, meeting: Meeting, sequences: list[Sequence]) -> list[Workshop]:
    """The seminar's workshops, laid out first when the run sheet has gained one."""
    door = queries.workshops_visible_to(account_viewer(request.user), meeting)
    workshops = list(door)
    laid = {one.sequence_id for one in workshops}
    if any(one.format and one.pk not in laid and _is_known(one.format) for one in sequences):
        lay_out_workshops(meeting)
        workshops = list(door.all())
    for workshop in workshops:
        workshop.meeting = meeting
    return workshops


def _is_known(key: str) -> bool:
    try:
        return bool(get_format(key))
    except UnknownFormat:
        return False


def _shown(workshops: list[Workshop], room: Room, wanted_id: str) -> Workshop | None:
    """The workshop asked for; else the one that is open, else that of the running sequence."""
    ways = (
        lambda one: str(one.pk) == wanted_id,
        lambda one: one.state == WorkshopState.OPEN,
        lambda one: room.sequence_id is not None and one.sequence_id == room.sequence_id,
        lambda one: room.sequence_id is None,
    )
    found = (next(filter(way, workshops), None) for way in ways)
    return next((one for one in found if one is not None), None)


def _floor(
    request: HttpRequest,
    room: Room,
    sequences: list[Sequence],
    workshops: list[Workshop],
    workshop: Workshop | None,
    *,
    began_at: datetime | None,
) -> dict[str, Any]:
    """Run sheet, time, people: what one sees whatever the workshop."""
    pace = pace_of(room, sequences, now=timezone.now(), began_at=began_at)
    by_sequence = {one.sequence_id: one for one in workshops}
    format = get_format(workshop.format) if workshop else None
    return {
        "pace": pace,
        "lines": [(step, by_sequence.get(step.sequence.pk)) for step in pace.steps],
        "turnout": queries.turnout(room, workshop),
        "workshop": workshop,
        "format": format,
        "phase": format.phase(workshop.phase) if format and workshop else None,
        "next_move": next_move(room, pace, workshop, format, due=by_sequence.get(room.sequence_id)),
        "is_here": workshop is not None
        and (workshop.state == WorkshopState.OPEN or workshop.sequence_id == room.sequence_id),
    }


def _sorting(
    request: HttpRequest, room: Room, workshop: Workshop | None, context: dict[str, Any]
) -> dict[str, Any]:
    """What is being said and kept in the workshop that is shown.

    The format's panel is rendered apart: its names and the console's never meet.
    """
    if workshop is None:
        return {"board": Board(), "last_move": None, **NO_TOOLS}
    format = context["format"]
    viewer = account_viewer(request.user)
    said = queries.contributions_visible_to(viewer, workshop)
    contributions = list(said) if format.takes_contributions else []
    cards = list(queries.cards_visible_to(viewer, workshop)) if format.makes_cards else []
    kept = [card for card in cards if card.state == CardState.KEPT]
    wanted = request.GET.get("chercher", "").strip()
    board = board_of(
        format,
        contributions,
        cards,
        now=timezone.now(),
        names_authors=room.identity != Identity.ANONYMOUS,
        wanted=wanted,
    )
    here = queries.undoable_moves(room).filter(detail__workshop=str(workshop.pk))
    last = here.first()
    typed = context["typed"]
    form = format.contribution_form
    shown = {"contributions": contributions, "cards": kept}
    own_words = typed if typed.get("move") == "say" else None
    sorting = {
        "board": board,
        "cards": kept,
        "search": SearchForm({"chercher": wanted}),
        "wanted": wanted,
        "selection": SelectionForm(initial=typed, cards=kept),
        "own_words": form(workshop, own_words),
        "new_id": typed.get("id") or new_id(),
        "last_move": last,
        "last_move_words": what_was_done(last, board.names) if last else "",
        "earlier_count": len(queries.cards_to_take_over(workshop)) if format.takes_over else 0,
        "takes_hands": bool(format.criteria_of(workshop)),
        "hands": hands_shown(format, workshop),
        "withdrawn": withdrawn_from(workshop),
    }
    shown |= {"workshop": workshop, "format": format, "phase": context["phase"]}
    shown["present"] = context["turnout"].present
    shown |= {"link_url": context["move_url"], **format.context(workshop, viewer, "console")}
    template = select_template(format.template("console"))
    return sorting | {"format_panel": template.render(shown, request)}

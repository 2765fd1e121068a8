"""Coming into a room without an account: a code, then a name, a pseudonym, or nothing.

Looking creates nothing: a QR code followed by a preview or by mistake leaves no trace.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.forms import CodeForm, JoinForm
from fabrique.stages.contribution.guesses import (
    TooManyGuesses,
    check_guesses,
    note_wrong_guess,
    remember_device,
)
from fabrique.stages.contribution.wording.refusals import say
from fabrique.stages.seminar.actions.rooms import join_room
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.errors import MemberTaken, RoomError, RoomNotOpen, UnknownRoom
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.queries import room_with_code
from fabrique.stages.seminar.tickets import give_ticket, holder_in


@never_cache
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """The short address of the posters: type the code."""
    if request.method == "GET":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    try:
        room = _room(request, form.cleaned_data["code"])
    except (TooManyGuesses, RoomError) as refusal:
        return _refused_code(request, form.cleaned_data["code"], refusal)
    return redirect("contribution:join", code=room.code)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The address of the QR code: who are you in this room?"""
    try:
        room = _room(request, code)
    except (TooManyGuesses, RoomError) as refusal:
        return _refused_code(request, code, refusal)
    if holder_in(request, room.pk):
        return redirect("contribution:phone", code=room.code)
    form = JoinForm(request.POST if request.method == "POST" else None, room=room)
    if request.method == "GET" or not form.is_valid():
        return _who_page(request, room, form)
    return _seat(request, room, form)


def _room(request: HttpRequest, code: str) -> Room:
    check_guesses(request)
    room = room_with_code(code)
    if room is None:
        note_wrong_guess(request)
        raise UnknownRoom
    if room.state != RoomState.OPEN and not holder_in(request, room.pk):
        raise RoomNotOpen(state=room.state)
    return room


def _seat(request: HttpRequest, room: Room, form: JoinForm) -> HttpResponse:
    again = request.POST.get("again") == request.POST.get("member") != ""
    try:
        participant = join_room(room, member_id=form.member_id, label=form.written, again=again)
    except MemberTaken as refusal:
        form.add_error("member", say(refusal))
        return _who_page(request, room, form, taken=str(form.member_id))
    except RoomError as refusal:
        form.add_error("label" if "label" in form.fields else None, say(refusal))
        return _who_page(request, room, form)
    response = redirect("contribution:phone", code=room.code)
    give_ticket(response, request, participant)
    return response


def _refused_code(
    request: HttpRequest, code: str, refusal: ContributionError | RoomError
) -> HttpResponse:
    """The code stays on screen, with what to do about it."""
    form = CodeForm({"code": code})
    form.add_error("code", say(refusal))
    return _code_page(request, form, status=_status(refusal))


def _code_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    response = render(request, "contribution/join_code.html", {"form": form}, status=status)
    remember_device(response, request)
    return response


def _who_page(request: HttpRequest, room: Room, form: JoinForm, taken: str = "") -> HttpResponse:
    context = {"room": room, "form": form, "taken": taken}
    status = 422 if form.is_bound else 200
    response = render(request, "contribution/join.html", context, status=status)
    remember_device(response, request)
    return response


def _status(refusal: Exception) -> int:
    if isinstance(refusal, TooManyGuesses):
        return 429
    return 404 if isinstance(refusal, UnknownRoom) else 409

"""The room before and after: how people are known in it, its code, its screen, open or closed."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import refuse_unless, with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions import rooms
from fabrique.stages.seminar.analyses.roll import roll_of
from fabrique.stages.seminar.enums import Identity, RoomState
from fabrique.stages.seminar.errors import RoomError
from fabrique.stages.seminar.exports import qr_svg, short_address
from fabrique.stages.seminar.forms.room import IdentityForm
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.queries import participants_of
from fabrique.stages.seminar.wording.attendance import roll_words
from fabrique.stages.seminar.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def room(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    place = rooms.prepare_room(meeting)
    form = IdentityForm(
        request.POST if request.POST.get("move") == "identity" else None,
        initial={"identity": place.identity},
    )
    if request.method == "POST" and _done(request, meeting, place, form):
        return redirect("seminar:room", meeting.pk)
    blueprint, viewer = queries.blueprint_of(meeting.programme), account_viewer(request.user)
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, blueprint),
        "roll_words": roll_words(roll_of(viewer, meeting, quorum=blueprint.group.quorum)),
        "room": place,
        "is_open": place.state == RoomState.OPEN,
        "was_opened": place.opened_at is not None,
        "form": form,
        "identity": Identity(place.identity).label,
        "short_address": short_address(place),
        "wall_address": _absolute(reverse("contribution:wall", args=[place.wall_key])),
        "present": participants_of(place).count(),
    }
    return render(request, "seminar/room.html", context)


@require_safe
@with_facilitated_meeting
def qr_code(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The QR code of the room, dark on white whatever the theme, for phones to read."""
    place = rooms.prepare_room(meeting)
    return HttpResponse(qr_svg(place), content_type="image/svg+xml; charset=utf-8")


def _absolute(path: str) -> str:
    return f"{settings.FABRIQUE_URL}{path}"


def _done(request: HttpRequest, meeting: Meeting, place: Room, form: IdentityForm) -> bool:
    move = request.POST.get("move", "")
    if move == "identity":
        return form.is_valid() and _identified(request, meeting, form)
    refuse_unless(move in _MOVES)
    verb, done = _MOVES[move]
    try:
        verb(place.pk, actor=str(request.user))
    except RoomError as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, done())
    return True


def _identified(request: HttpRequest, meeting: Meeting, form: IdentityForm) -> bool:
    try:
        rooms.prepare_room(meeting, identity=Identity(form.cleaned_data["identity"]))
    except RoomError as refusal:
        form.add_error("identity", say(refusal))
        return False
    messages.success(request, _("C'est noté. Ce choix ne changera plus une fois la salle ouverte."))
    return True


_MOVES: dict[str, tuple[Callable[..., Room], Callable[[], str]]] = {
    "open": (rooms.open_room, lambda: _("La salle est ouverte : on peut la rejoindre.")),
    "close": (
        rooms.close_room,
        lambda: _("La salle est fermée. Rien de ce qui a été dit n'est perdu."),
    ),
    "renew-wall": (
        rooms.renew_wall_key,
        lambda: _("Le lien du mur a changé : ouvrez le nouveau sur l'écran de la salle."),
    ),
}

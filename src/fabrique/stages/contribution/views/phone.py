"""The phone of someone in the room: one thing at a time, and nothing typed is ever lost.

Without scripts it is a form and a redirect. With them the same form goes through an outbox kept
on the phone, and the same fragment is fetched again when the doorbell rings.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import (
    ContributionError,
    IdentifierTaken,
    InvalidContribution,
    NotInThisRoom,
    WorkshopClosed,
)
from fabrique.stages.contribution.formats.contract import InvalidAnswer, Refused
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.queries import (
    contributions_with_display,
    open_workshop_of,
    workshops_visible_to,
)
from fabrique.stages.contribution.wording.refusals import say
from fabrique.stages.seminar.actions.rooms import leave_room
from fabrique.stages.seminar.discretion import new_id_in
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Participant, Room
from fabrique.stages.seminar.queries import room_id_behind
from fabrique.stages.seminar.tickets import holder_in, participant_viewer, take_ticket_back

STATUSES: dict[type[Exception], int] = {
    WorkshopClosed: 409,
    IdentifierTaken: 409,
    NotInThisRoom: 403,
    InvalidContribution: 422,
    InvalidAnswer: 422,
}


@never_cache
@require_GET
def phone(request: HttpRequest, code: str) -> HttpResponse:
    holder = _holder(request, code)
    if holder is None:
        return redirect("contribution:join", code=code)
    return _page(request, holder)


@never_cache
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Everything a phone sends. The answer comes after the commit, and says so."""
    holder = _holder(request, code)
    if holder is None:
        return _turned_away(request, code)
    try:
        said = _take(holder, request.POST)
    except (ContributionError, InvalidAnswer) as refusal:
        return _refused(request, holder, refusal)
    if _wants_json(request):
        return JsonResponse(said, status=201 if said["created"] else 200)
    messages.success(request, _("C'est envoyé."))
    return redirect("contribution:phone", code=holder.room.code)


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Give the seat back: the next person on this phone is someone else."""
    holder = _holder(request, code)
    response = redirect("contribution:join")
    if holder is not None:
        leave_room(holder.pk)
        take_ticket_back(response, holder.room_id)
    return response


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from here so that it may keep the pages under this address."""
    found = finders.find("fabrique/service-worker.js")
    if not isinstance(found, str):
        raise Http404
    with open(found, "rb") as file:  # noqa: PTH123
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")


def _holder(request: HttpRequest, code: str) -> Participant | None:
    room_id = room_id_behind(code)
    return holder_in(request, room_id) if room_id else None


def _take(holder: Participant, data: QueryDict) -> dict[str, Any]:
    workshop_id = _identifier(data.get("workshop", ""))
    if data.get("kind") == "answer":
        answer(workshop_id=workshop_id, participant=holder, data=data)
        return {"created": True}
    received = contribute(
        id=_identifier(data.get("id", "")),
        workshop_id=workshop_id,
        participant=holder,
        data=data,
        source=Source.PHONE,
        actor=holder.label if holder.member_id or holder.room.identity != "anonymous" else "",
    )
    return {
        "created": received.created,
        "id": str(received.contribution.pk),
        "number": received.contribution.number,
        "same_text": received.same_text,
    }


def _identifier(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotInThisRoom(id=value) from None


def _page(request: HttpRequest, holder: Participant, **sent: Any) -> HttpResponse:
    room = holder.room
    workshop = open_workshop_of(room.meeting) if room.state == RoomState.OPEN else None
    said = contributions_with_display(holder)
    context = {
        "room": room,
        "participant": holder,
        "workshop": workshop,
        "running_key": _running_key(room, workshop),
        "all_mine": said,
        "mine": [one for one in said if workshop and one.workshop_id == workshop.pk],
        "page_url": reverse("contribution:phone", args=[room.code]),
        "kept_text": "",
        **_format_context(request, holder, workshop, sent.pop("failed_workshop", None), sent),
    }
    template = (
        "contribution/_running.html" if _wants_fragment(request) else "contribution/phone.html"
    )
    response = render(request, template, context | sent, status=sent.get("status", 200))
    response["Vary"] = "X-Fragment"
    return response


def _running_key(room: Room, workshop: Workshop | None) -> str:
    """Changes when the page would ask for something else: what is typed is then set apart."""
    return f"{room.state}-{workshop.pk}-{workshop.phase}" if workshop else room.state


def _format_context(
    request: HttpRequest,
    holder: Participant,
    workshop: Workshop | None,
    failed: Workshop | None,
    sent: dict[str, Any],
) -> dict[str, Any]:
    """What the running format's own fragment needs; what was typed for it comes back in it."""
    if workshop is None or (failed is not None and failed != workshop):
        return {"form": None}
    format = get_format(workshop.format)
    phase = format.phase(workshop.phase)
    viewer = participant_viewer(holder)
    typed = sent.get("typed_form")
    step = request.GET.get("carte", "")
    refused = Refused(request.POST, sent["errors"]) if "errors" in sent else None
    return {
        "format": format,
        "phase": phase,
        "form": format.contribution_form(
            workshop, typed, initial=format.begins_with(workshop, viewer)
        )
        if phase.accepts
        else None,
        "new_id": sent.get("typed", {}).get("id") or new_id_in(holder.room),
        "send_url": reverse("contribution:send", args=[holder.room.code]),
        "format_template": select_template(format.template("phone")),
        **format.context(workshop, viewer, "phone", step=step, refused=refused),
    }


def _refused(request: HttpRequest, holder: Participant, refusal: Any) -> HttpResponse:
    status = STATUSES.get(type(refusal), 400)
    if _wants_json(request):
        fields = refusal.params.get("errors", {}) if status == 422 else {}
        body = {"code": refusal.code, "message": say(refusal), "fields": fields}
        return JsonResponse(body, status=status)
    data = request.POST
    meant = workshops_visible_to(participant_viewer(holder), holder.room.meeting)
    failed = next((one for one in meant if str(one.pk) == data.get("workshop")), None)
    sent: dict[str, Any] = {"refusal": say(refusal), "status": status, "typed": data.dict()}
    if isinstance(refusal, InvalidContribution):
        sent |= {"typed_form": data, "failed_workshop": failed}
    elif isinstance(refusal, InvalidAnswer):
        sent |= {"errors": refusal.errors, "failed_workshop": failed}
    else:
        sent["kept_text"] = data.get("text", "")
        if isinstance(refusal, IdentifierTaken):
            sent["typed"] = {**sent["typed"], "id": ""}
    return _page(request, holder, **sent)


def _turned_away(request: HttpRequest, code: str) -> HttpResponse:
    """No ticket, or no longer: the text comes back on the page that lets one in again."""
    refusal = NotInThisRoom()
    if _wants_json(request):
        return JsonResponse({"code": refusal.code, "message": say(refusal)}, status=403)
    context = {"code": code, "kept_text": request.POST.get("text", ""), "refusal": say(refusal)}
    return render(request, "contribution/turned_away.html", context, status=403)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Fragment") == "1"

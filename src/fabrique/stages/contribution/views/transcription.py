"""Paper cards keyed in, one after the other: a code, a text, Enter, the next one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions.transcriptions import transcribe
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.enums import Source, WorkshopState
from fabrique.stages.contribution.errors import ContributionError, InvalidContribution
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.forms import PaperCardForm
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.paper import next_paper_code
from fabrique.stages.contribution.wording.refusals import say
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting

RECENT = 12


@never_cache
@require_http_methods(["GET", "POST"])
@with_facilitated_meeting
def transcription(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    lay_out_workshops(meeting)
    door = queries.workshops_visible_to(account_viewer(request.user), meeting)
    workshops = [one for one in door if get_format(one.format).sheet(one) is not None]
    asked = request.POST.get("workshop") or request.GET.get("atelier", "")
    workshop = _chosen(workshops, asked)
    if request.method != "POST":
        return _page(request, meeting, workshops, workshop)
    if workshop is None:
        raise Http404
    try:
        return _keyed_in(request, meeting, workshop)
    except ContributionError as refusal:
        status = 422 if isinstance(refusal, InvalidContribution) else 409
        return _page(request, meeting, workshops, workshop, refusal=refusal, status=status)


def _chosen(workshops: list[Workshop], asked: str) -> Workshop | None:
    """The workshop asked for; else the one that is open, else the first."""
    wanted = [one for one in workshops if str(one.pk) == asked]
    is_open = [one for one in workshops if one.state == WorkshopState.OPEN]
    return next(iter([*wanted, *is_open, *workshops]), None)


def _keyed_in(request: HttpRequest, meeting: Meeting, workshop: Workshop) -> HttpResponse:
    received = transcribe(
        id=_identifier(request.POST.get("id", "")),
        workshop_id=workshop.pk,
        letter=get_format(workshop.format).letter,
        data=request.POST,
        paper_code=request.POST.get("paper_code", ""),
        author_label=request.POST.get("author_label", ""),
        actor=getattr(request.user, "label", "") or _("Équipe d'animation"),
    )
    code = received.contribution.paper_code
    messages.success(request, _("%(code)s saisie.") % {"code": code} if code else _("Saisie."))
    page = reverse("contribution:transcription", args=[meeting.pk])
    return redirect(f"{page}?atelier={workshop.pk}")


def _page(
    request: HttpRequest,
    meeting: Meeting,
    workshops: list[Workshop],
    workshop: Workshop | None,
    *,
    refusal: ContributionError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "meeting": meeting,
        "workshops": workshops,
        "workshop": workshop,
        "refusal": say(refusal) if refusal else "",
        "page_url": reverse("contribution:transcription", args=[meeting.pk]),
        "move_url": reverse("contribution:move", args=[meeting.pk]),
    }
    if workshop is not None:
        context |= _forms(request, workshop, get_format(workshop.format), refusal)
    return render(request, "contribution/transcription.html", context, status=status)


def _forms(
    request: HttpRequest,
    workshop: Workshop,
    format: Format,
    refusal: ContributionError | None,
) -> dict[str, Any]:
    viewer = account_viewer(request.user)
    keyed = queries.contributions_visible_to(viewer, workshop).filter(source=Source.PAPER)
    recent = list(keyed.filter(set_aside_at=None).order_by("-number")[:RECENT])
    following = next_paper_code([one.paper_code for one in recent], letter=format.letter)
    paper_form = PaperCardForm(
        request.POST if refusal else None,
        initial={"paper_code": following},
    )
    if refusal and not isinstance(refusal, InvalidContribution):
        paper_form.add_error("paper_code", say(refusal))
    return {
        "format": format,
        "form": format.contribution_form(workshop, request.POST if refusal else None),
        "paper_form": paper_form,
        "new_id": (request.POST.get("id") if refusal else "") or new_id(),
        "recent": recent,
        "keyed_count": keyed.filter(set_aside_at=None).count(),
    }


def _identifier(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise Http404 from None

"""What became of what someone said: their own page, opened by their personal link."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fabrique.stages.contribution.actions.levels import set_own_level
from fabrique.stages.contribution.downstream import followed
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.models import Contribution
from fabrique.stages.contribution.queries import contributions_of, fates, judgements_given_by
from fabrique.stages.contribution.released import released_cards_visible_to
from fabrique.stages.seminar.queries import participant_with_link
from fabrique.stages.seminar.tickets import participant_viewer


@never_cache
@require_GET
def follow_up(request: HttpRequest, link_key: str) -> HttpResponse:
    """The link is the key: long, unguessable, and never shown on a wall."""
    participant = participant_with_link(link_key)
    if participant is None:
        raise Http404
    said = list(contributions_of(participant))
    became = fates(said)
    downstream = followed(participant, became)
    meeting = participant.room.meeting
    lines = [
        {
            "said": one,
            "fate": became[one.pk],
            "citations": downstream.citations[one.pk],
            "other_level": {"level": _other_level(one)},
        }
        for one in said
    ]
    context = {
        "participant": participant,
        "meeting": meeting,
        "lines": lines,
        "judgements": judgements_given_by(participant),
        "documents": downstream.documents,
        "released": released_cards_visible_to(participant_viewer(participant), meeting.programme),
    }
    response = render(request, "contribution/follow_up.html", context)
    response["Referrer-Policy"] = "same-origin"  # without any, its own forms are refused
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def own_level(request: HttpRequest, link_key: str, contribution_id: UUID) -> HttpResponse:
    """Keep what one said to oneself and the facilitators, or give it back to the group."""
    participant = participant_with_link(link_key)
    if participant is None:
        raise Http404
    level = request.POST.get("level", "")
    try:
        set_own_level(contribution_id, level=level, participant=participant)
    except ContributionError as refusal:
        raise Http404 from refusal
    messages.success(
        request,
        _("Cette contribution n'est plus lue que par vous et l'équipe d'animation.")
        if level == Level.PRIVATE
        else _("Le groupe peut lire cette contribution."),
    )
    return redirect("contribution:follow-up", link_key=link_key)


def _other_level(contribution: Contribution) -> str:
    is_private = contribution.level == Level.PRIVATE
    return Level.GROUP if is_private else Level.PRIVATE

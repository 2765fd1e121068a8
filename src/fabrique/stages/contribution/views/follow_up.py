"""What became of what someone said: their own page, opened by their personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fabrique.stages.contribution.downstream import cited_in, documents_handed_to
from fabrique.stages.contribution.queries import contributions_of, fates, judgements_given_by
from fabrique.stages.seminar.queries import participant_with_link


@never_cache
@require_GET
def follow_up(request: HttpRequest, link_key: str) -> HttpResponse:
    """The link is the key: long, unguessable, and never shown on a wall."""
    participant = participant_with_link(link_key)
    if participant is None:
        raise Http404
    said = list(contributions_of(participant))
    became, citations = fates(said), cited_in(said)
    lines = [{"said": one, "fate": became[one.pk], "citations": citations[one.pk]} for one in said]
    context = {
        "participant": participant,
        "meeting": participant.room.meeting,
        "lines": lines,
        "judgements": judgements_given_by(participant),
        "documents": documents_handed_to(participant),
    }
    response = render(request, "contribution/follow_up.html", context)
    response["Referrer-Policy"] = "same-origin"  # without any, its own forms are refused
    response["X-Robots-Tag"] = "noindex"
    return response

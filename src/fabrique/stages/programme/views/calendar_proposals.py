"""Calendars searched for and compared; one of them kept, or the search stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions import proposals as verbs
from fabrique.stages.programme.analyses import variants
from fabrique.stages.programme.analyses.comparison import compare
from fabrique.stages.programme.analyses.series import Question, series_request
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.calendar import AskForm
from fabrique.stages.programme.models import Programme, SeriesProposal
from fabrique.stages.programme.queries.planning import (
    first_free_day,
    planning_of,
    proposals_visible_to,
)
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    planning = planning_of(programme)
    first_date = first_free_day(planning.meetings, programme)
    case = series_request(planning, Question(first_date=first_date, keep_unannounced=True))
    form = AskForm(
        request.POST or None,
        offers=variants.offers(planning, case),
        kept=variants.kept_dates(planning, case),
        first_date=first_date,
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = verbs.ask_proposals(
                programme,
                variants_asked=form.cleaned_data["variants"],
                question=form.question,
                actor=str(request.user),
            )
        except ProgrammeError as refusal:
            form.add_error(None, say(refusal))
        else:
            return redirect("programme:proposals", programme.slug, batch)
    context = {"programme": programme, "form": form, "count": len(planning.open_meetings)}
    return render(request, "programme/calendar/ask.html", context)


@never_cache
@require_safe
@with_programme
def proposals(request: HttpRequest, programme: Programme, batch: UUID) -> HttpResponse:
    """The whole page, or what changed of it for a page that is already open."""
    found = _batch(request, programme, batch)
    context = {
        "programme": programme,
        "batch": batch,
        "comparison": compare(planning_of(programme), found),
    }
    is_part = request.headers.get("HX-Request") == "true"
    page = "_comparison" if is_part else "proposals"
    return render(request, f"programme/calendar/{page}.html", context)


@require_POST
@with_programme
def stop(request: HttpRequest, programme: Programme, batch: UUID) -> HttpResponse:
    _batch(request, programme, batch)
    verbs.stop_proposals(programme, batch, actor=str(request.user))
    messages.info(request, _("La recherche s'arrête : le meilleur calendrier trouvé est gardé."))
    return redirect("programme:proposals", programme.slug, batch)


@require_POST
@with_programme
def keep(request: HttpRequest, programme: Programme, batch: UUID) -> HttpResponse:
    found = _batch(request, programme, batch)
    chosen = {str(one.pk): one for one in found}.get(request.POST.get("calendrier", ""))
    if chosen is None:
        raise Http404
    try:
        changed = verbs.apply_proposal(chosen.pk, actor=str(request.user))
    except ProgrammeError as refusal:
        messages.error(request, say(refusal))
        return redirect("programme:proposals", programme.slug, batch)
    said = ngettext(
        "Le calendrier est retenu : %(count)d date est fixée ou changée. Personne n'est encore "
        "prévenu.",
        "Le calendrier est retenu : %(count)d dates sont fixées ou changées. Personne n'est encore "
        "prévenu.",
        len(changed),
    )
    messages.success(request, said % {"count": len(changed)})
    return redirect("programme:announce", programme.slug)


def _batch(request: HttpRequest, programme: Programme, batch: UUID) -> list[SeriesProposal]:
    """The calendars compared, or 404 for those of another programme."""
    seen = proposals_visible_to(account_viewer(request.user)).filter(programme=programme)
    found = list(seen.filter(batch=batch).order_by("position"))
    if not found:
        raise Http404
    return found

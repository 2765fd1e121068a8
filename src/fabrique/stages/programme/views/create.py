"""« Nouvelle démarche »: six short pages, nothing written before the last one.

Every button of a step posts its whole form, so going back or looking for a territory loses
nothing, with or without JavaScript.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.items import NavItem
from fabrique.stages.programme import calendar, year
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.actions import create_programme
from fabrique.stages.programme.draft import FILLED_STEPS, STEPS, Complete, Draft, StepForm
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.creation import TerritoriesForm
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.wording.refusals import say
from fabrique.territory.errors import UnknownTerritory
from fabrique.territory.picker import describe, pick
from fabrique.territory.queries import by_codes

STAYS = ("search", "add")


@require_safe
@login_required
def create(request: HttpRequest) -> HttpResponse:
    return redirect("programme:create-step", step=next(iter(STEPS)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create_step(request: HttpRequest, step: str) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.create") and step in STEPS)
    draft = Draft(request.session, own_email=request.user.get_username())
    if step == "verification":
        return _verification(request, draft)
    if request.method == "POST":
        return _posted(request, draft, step)
    return _page(request, draft, step, draft.form(step))


def _posted(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    draft.keep(step, request.POST)
    action = "search" if "search" in request.POST else request.POST.get("action", "")
    if action == "back":
        return redirect("programme:create-step", step=_neighbour(step, -1))
    form = draft.form(step, more=2 if action == "add" else 0)
    if action in STAYS:
        return _page(request, draft, step, form)
    if not form.is_valid():
        return _page(request, draft, step, form, status=422)
    if isinstance(form, TerritoriesForm):
        draft.settle_territories(form.territories)
    return redirect("programme:create-step", step=_neighbour(step, 1))


def _page(
    request: HttpRequest, draft: Draft, step: str, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "draft": draft, **_frame(step)}
    if step == "territoires":
        query = (draft.typed(step) or QueryDict()).get("q", "")
        context["picker"] = pick(query, chosen=draft.chosen, several=True)
        context["bounds"] = draft.blueprint.territories
    return render(request, f"programme/create/{step}.html", context, status=status)


def _verification(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method == "POST" and request.POST.get("action") == "back":
        return redirect("programme:create-step", step=FILLED_STEPS[-1])
    complete = draft.complete()
    if complete is None:
        return _back_to_unfinished(request, draft)
    if request.method == "POST":
        return _opened(request, draft, complete)
    return _verification_page(request, complete)


def _back_to_unfinished(request: HttpRequest, draft: Draft) -> HttpResponse:
    step = draft.first_unfinished()
    if step is None:
        raise Http404
    if draft.typed(FILLED_STEPS[0]) is not None:
        messages.warning(request, _("Il reste quelque chose à compléter à cette étape."))
    return redirect("programme:create-step", step=step)


def _opened(request: HttpRequest, draft: Draft, complete: Complete) -> HttpResponse:
    try:
        programme = _create(complete, actor=str(request.user))
    except (ProgrammeError, UnknownTerritory) as refusal:
        return _verification_page(request, complete, refusal=say(refusal), status=422)
    draft.forget()
    messages.success(request, _("La démarche est ouverte : le calendrier de l'année est en place."))
    return redirect("programme:detail", slug=programme.slug)


def _create(complete: Complete, *, actor: str) -> Programme:
    return create_programme(
        blueprint=complete.blueprint,
        title=complete.question["title"],
        question=complete.question["question"],
        horizon_year=complete.question["horizon_year"],
        midterm_year=complete.question["midterm_year"],
        starts_on=complete.starts_on,
        ends_on=complete.ends_on,
        territories=complete.themes,
        team=complete.team.entries,
        partners=complete.team.partner_entries,
        actor=actor,
    )


def _verification_page(
    request: HttpRequest, complete: Complete, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    themes = dict(complete.themes)
    context = {
        "complete": complete,
        "territories": [
            (territory, describe(territory), themes[territory.code])
            for territory in by_codes(themes)
        ],
        "team": [(entry, TeamRole(entry.role).label) for entry in complete.team.entries],
        "plans": [(plan, _period(complete, plan.window)) for plan in complete.blueprint.meetings],
        "partner_names": [entry.name for entry in complete.team.partner_entries],
        "refusal": refusal,
        **_frame("verification"),
    }
    return render(request, "programme/create/verification.html", context, status=status)


def _period(complete: Complete, window: tuple[float, float]) -> str:
    first, last = calendar.window_dates(
        window,
        months=complete.blueprint.months,
        starts_on=complete.starts_on,
        ends_on=complete.ends_on,
    )
    return year.period_words(first, last)


def _frame(step: str) -> dict[str, Any]:
    """What the frame of every step shows."""
    names = list(STEPS)
    return {
        "step": step,
        "step_title": STEPS[step],
        "number": names.index(step) + 1,
        "stepper_items": [
            NavItem(str(label), reverse("programme:create-step", args=[name]))
            for name, label in STEPS.items()
        ],
        "is_first": step == names[0],
    }


def _neighbour(step: str, distance: int) -> str:
    names = list(STEPS)
    return names[max(0, names.index(step) + distance)]

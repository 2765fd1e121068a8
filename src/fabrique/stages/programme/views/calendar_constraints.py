"""Changing what dates depend on: periods, delays, closed days, who is expected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.kit.counts import counted
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import (
    refuse_unless,
    with_facilitated_meeting,
    with_programme,
)
from fabrique.stages.programme.actions import constraints as verbs
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.forms.calendar import (
    ClosedPeriodForm,
    DelaysForm,
    ExpectedForm,
    WindowsForm,
)
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.programme.queries.expected import expected_at
from fabrique.stages.programme.queries.planning import (
    OPEN_STATES,
    closed_periods_visible_to,
    first_free_day,
    last_planned_day,
)
from fabrique.stages.programme.wording.calendar import meeting_name


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def windows(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    seen = queries.meetings_facilitated_by(account_viewer(request.user))
    meetings = list(seen.filter(programme=programme))
    form = WindowsForm(
        request.POST or None,
        meetings=[one for one in meetings if one.state in OPEN_STATES],
        first_date=first_free_day(meetings, programme),
    )
    if request.method == "POST" and form.is_valid():
        actor = str(request.user)
        count = verbs.change_windows(programme, form.windows, actor=actor)
        places = verbs.name_places(programme, form.places, actor=actor)
        messages.success(request, _changed(count, places))
        return redirect("programme:calendar", programme.slug)
    context = {"programme": programme, "form": form}
    return render(request, "programme/calendar/windows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def delays(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    plan = queries.blueprint_of(programme).calendar
    form = DelaysForm(request.POST or None, initial=DelaysForm.initial_of(plan))
    if request.method == "POST" and form.is_valid():
        verbs.change_delays(programme, actor=str(request.user), **form.cleaned_data)
        messages.success(request, _("Les délais sont enregistrés."))
        return redirect("programme:calendar", programme.slug)
    context = {"programme": programme, "form": form}
    return render(request, "programme/calendar/delays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def closed_period(
    request: HttpRequest, programme: Programme, period_id: UUID | None = None
) -> HttpResponse:
    """Adding one, or changing the one the address names."""
    refuse_unless(request.user.has_perm("programme.change", programme))
    viewer = account_viewer(request.user)
    period = None
    if period_id is not None:
        seen = closed_periods_visible_to(viewer).filter(programme=programme)
        period = get_object_or_404(seen, pk=period_id)
    sites = list(queries.sites_visible_to(viewer).filter(programme=programme))
    form = ClosedPeriodForm(
        request.POST or None, initial=ClosedPeriodForm.initial_of(period), sites=sites
    )
    if request.method == "POST" and form.is_valid():
        actor = str(request.user)
        if period is None:
            verbs.add_closed_period(programme, actor=actor, **form.details)
            messages.success(request, _("La période fermée est ajoutée."))
        else:
            verbs.change_closed_period(period.pk, actor=actor, **form.details)
            messages.success(request, _("La période fermée est modifiée."))
        return redirect("programme:calendar", programme.slug)
    context = {"programme": programme, "form": form, "period": period}
    return render(request, "programme/calendar/closed_period.html", context)


@require_POST
@with_programme
def remove_closed_period(
    request: HttpRequest, programme: Programme, period_id: UUID
) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    seen = closed_periods_visible_to(account_viewer(request.user)).filter(programme=programme)
    period = get_object_or_404(seen, pk=period_id)
    verbs.remove_closed_period(period.pk, actor=str(request.user))
    messages.success(request, _("Ces jours sont de nouveau ouverts."))
    return redirect("programme:calendar", programme.slug)


@require_POST
@with_programme
def add_days_off(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    seen = queries.meetings_facilitated_by(account_viewer(request.user))
    last = last_planned_day(seen.filter(programme=programme), programme)
    added = verbs.add_days_off(
        programme, first=programme.starts_on, last=last, actor=str(request.user)
    )
    if added.count:
        said = ngettext(
            "%(count)d période ajoutée : jours fériés à respecter, vacances scolaires à éviter.",
            "%(count)d périodes ajoutées : jours fériés à respecter, vacances scolaires à éviter.",
            added.count,
        )
        messages.success(request, said % {"count": added.count})
    else:
        messages.info(request, _("Les jours fériés et les vacances scolaires y étaient déjà."))
    if added.without_zone:
        names = ", ".join(site.territory.name for site in added.without_zone)
        messages.warning(
            request,
            _(
                "Les vacances scolaires de ces territoires ne suivent aucune zone : %(names)s. "
                "Ajoutez-les à la main."
            )
            % {"names": names},
        )
    return redirect("programme:calendar", programme.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def expected(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        make_contacts(meeting.programme_id)
    found = expected_at([meeting], with_others=True)[meeting.pk]
    form = ExpectedForm(request.POST or None, expected=found)
    if request.method == "POST" and form.is_valid():
        verbs.expect(meeting, form.needs, actor=str(request.user))
        messages.success(request, _("Les présences attendues sont enregistrées."))
        return redirect("programme:calendar", meeting.programme.slug)
    context = {
        "programme": meeting.programme,
        "meeting": meeting,
        "name": meeting_name(meeting),
        "step": year.step_key(queries.blueprint_of(meeting.programme), meeting.step),
        "form": form,
        "people": found,
    }
    return render(request, "programme/calendar/expected.html", context)


def _changed(windows: int, places: int) -> str:
    parts = [
        counted(
            windows,
            ngettext(
                "Les dates possibles de %(count)d réunion sont changées.",
                "Les dates possibles de %(count)d réunions sont changées.",
                windows,
            ),
        ),
        counted(
            places, ngettext("%(count)d lieu est noté.", "%(count)d lieux sont notés.", places)
        ),
    ]
    return " ".join(filter(None, parts)) or _("Rien n'a changé.")

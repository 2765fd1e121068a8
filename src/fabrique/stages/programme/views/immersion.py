"""An immersion day on one page, made for a phone in a corridor: the day, and what it leaves with.

Each part is a small form of its own; what is refused comes back as it was typed, the rest stays.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.drafts import draft_written
from fabrique.kit.sheets import MEDIA_TYPES, write_sheet
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import ProgrammeView, refuse_unless, with_meeting
from fabrique.stages.programme.actions import immersion as verbs
from fabrique.stages.programme.actions.sites import narrow_theme
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.errors import HeardTwice
from fabrique.stages.programme.forms.immersion import (
    ActorForm,
    AppointmentForm,
    ContextForm,
    GroupForm,
    NotesForm,
    PreparationForm,
    ProfileForm,
    StakeForm,
)
from fabrique.stages.programme.forms.meetings import ThemeForm
from fabrique.stages.programme.immersion import (
    ACTOR_COLUMNS,
    Day,
    actor_kinds,
    actor_rows,
    day_of,
    heard_lines,
    kind_of,
    lines_of,
)
from fabrique.stages.programme.models import (
    Appointment,
    Meeting,
)
from fabrique.stages.programme.queries.committee import appointments_visible_to, may_read_notes
from fabrique.stages.programme.wording.refusals import say


def with_immersion(view: ProgrammeView) -> ProgrammeView:
    """``view(request, meeting, …)`` for the team of the territory, when it is an immersion day."""

    @wraps(view)
    def checked(request: HttpRequest, meeting: Meeting, **kwargs: Any) -> HttpResponse:
        refuse_unless(meeting.kind == MeetingKind.IMMERSION_DAY)
        return view(request, meeting, **kwargs)

    return with_meeting(checked)


# ── The day ──────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
@with_immersion
def immersion(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _page(request, meeting)
    refuse_unless(request.user.has_perm("programme.facilitate", meeting))
    move = request.POST.get("move", "")
    if move == "lay_out":
        verbs.lay_out_appointments(meeting, actor=str(request.user))
        return _back(meeting, "rendez-vous")
    if move in ("remove", "restore"):
        return _put_away(request, meeting, move)
    if move not in PARTS:
        raise Http404
    form = _form(move, meeting, request.POST)
    if form.is_valid() and _written(request, meeting, move, form):
        return _back(meeting, move)
    return _page(request, meeting, refused={move: form}, status=422)


@require_safe
@with_immersion
def summary(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the day leaves with, on one sheet of A4."""
    day = day_of(account_viewer(request.user), meeting)
    context = _frame(meeting) | {
        "day": day,
        "eyebrow": _("%(meeting)s, %(day)s")
        % {"meeting": meeting.title, "day": year.when(meeting)},
        "profiles": heard_lines(day.profiles),
        "kept": [(one, lines_of(one.kept)) for one in day.appointments if one.kept],
        "to_prepare": lines_of(day.texts.to_prepare),
    }
    return render(request, "programme/immersion_summary.html", context)


@require_safe
@with_immersion
def actors_file(request: HttpRequest, meeting: Meeting, format: str) -> HttpResponse:
    """The first list of actors, in the layout a map of actors takes in."""
    if format not in MEDIA_TYPES:
        raise Http404
    day = day_of(account_viewer(request.user), meeting)
    content = write_sheet(
        ACTOR_COLUMNS, actor_rows(day.actors), format=format, title=_("Premiers acteurs")
    )
    response = HttpResponse(content, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="premiers-acteurs.{format}"'
    return response


# ── One appointment ──────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
@with_immersion
def add_appointment(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.facilitate", meeting))
    form = AppointmentForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        made = verbs.add_appointment(meeting, actor=str(request.user), **form.cleaned_data)
        draft_written(request, f"rendez-vous-{meeting.pk}")
        messages.success(request, _("Le rendez-vous est ajouté."))
        return redirect(f"{_address(meeting)}#rendez-vous-{made.pk.hex}")
    context = _frame(meeting) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "programme/appointment_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_immersion
def appointment(request: HttpRequest, meeting: Meeting, appointment_id: UUID) -> HttpResponse:
    """Notes taken during an appointment; ``move`` says which part of the page was sent."""
    seen = appointments_visible_to(account_viewer(request.user)).filter(meeting=meeting)
    found = get_object_or_404(seen, pk=appointment_id)
    if request.method != "POST":
        return _appointment_page(request, meeting, found)
    refuse_unless(request.user.has_perm("programme.facilitate", meeting))
    move = request.POST.get("move", "")
    if move not in ("notes", "details", *HEARD_THERE):
        raise Http404
    form = _appointment_form(move, meeting, found, request.POST)
    if form.is_valid() and _appointment_written(request, meeting, found, move, form):
        here = reverse("programme:appointment", args=[meeting.pk, found.pk])
        return redirect(f"{here}#{move}")
    return _appointment_page(request, meeting, found, refused={move: form}, status=422)


def _appointment_written(
    request: HttpRequest, meeting: Meeting, found: Appointment, move: str, form: forms.Form
) -> bool:
    actor = str(request.user)
    if move in HEARD_THERE:
        return _written(request, meeting, move, form, appointment=found)
    if move == "notes":
        verbs.take_notes(found.pk, actor=actor, **form.cleaned_data)
        messages.success(request, _("Les notes sont enregistrées."))
    else:
        verbs.change_appointment(found.pk, actor=actor, **form.cleaned_data)
        messages.success(request, _("Le rendez-vous est enregistré."))
    draft_written(request, f"{move}-{found.pk}")
    return True


def _appointment_page(
    request: HttpRequest,
    meeting: Meeting,
    found: Appointment,
    *,
    refused: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = account_viewer(request.user)
    day = day_of(viewer, meeting)
    places = [one.pk for one in day.appointments]
    place = places.index(found.pk) if found.pk in places else -1
    made = {
        move: (refused or {}).get(move) or _appointment_form(move, meeting, found)
        for move in ("notes", "details", *HEARD_THERE)
    }
    context = _frame(meeting) | {
        "appointment": found,
        "kept": lines_of(found.kept),
        "heard": heard_lines(day.heard_at(found)),
        "before": day.appointments[place - 1] if place > 0 else None,
        "after": day.appointments[place + 1] if 0 <= place < len(places) - 1 else None,
        "forms": made,
        "may_change": may_read_notes(viewer, meeting),
    }
    return render(request, "programme/appointment.html", context, status=status)


def _appointment_form(
    move: str, meeting: Meeting, found: Appointment, data: Any = None
) -> forms.Form:
    if move == "notes":
        return NotesForm(data, initial={"notes": found.notes, "kept": found.kept})
    if move == "details":
        initial = {name: getattr(found, name) for name in verbs.APPOINTMENT_FIELDS}
        return AppointmentForm(data, initial=initial, auto_id="details-%s")
    return _form(move, meeting, data)


# ── Parts of the day ─────────────────────────────────────────────────────────────────────────

#: The parts of the page that are written, and what is said once they are.
PARTS: dict[str, Callable[[], str]] = {
    "contexte": lambda: _("Le contexte est enregistré."),
    "enjeux": lambda: _("L'enjeu est ajouté."),
    "acteurs": lambda: _("L'acteur est ajouté."),
    "theme": lambda: _("Le thème est enregistré."),
    "profils": lambda: _("Le profil est proposé."),
    "groupe": lambda: _("C'est enregistré."),
    "preparation": lambda: _("C'est enregistré."),
}
HEARD_THERE = ("enjeux", "acteurs", "profils")


def _form(move: str, meeting: Meeting, data: Any = None, day: Day | None = None) -> forms.Form:
    auto_id = f"{move}-%s"
    texts = {name: getattr(day.texts, name) for name in verbs.DAY_FIELDS} if day else {}
    if move == "enjeux":
        return StakeForm(data, auto_id=auto_id)
    if move == "acteurs":
        kinds = actor_kinds(queries.blueprint_of(meeting.programme))
        return ActorForm(data, kinds=kinds, auto_id=auto_id)
    if move == "profils":
        return ProfileForm(data, auto_id=auto_id)
    if move == "theme":
        theme = meeting.site.theme if meeting.site else ""
        return ThemeForm(data, initial={"theme": theme}, auto_id=auto_id)
    kind = {"contexte": ContextForm, "groupe": GroupForm, "preparation": PreparationForm}[move]
    return kind(data, initial=texts, auto_id=auto_id)


def _written(
    request: HttpRequest,
    meeting: Meeting,
    move: str,
    form: forms.Form,
    appointment: Appointment | None = None,
) -> bool:
    actor, typed = str(request.user), form.cleaned_data
    try:
        if move == "enjeux":
            verbs.note_stake(meeting, appointment=appointment, actor=actor, **typed)
        elif move == "acteurs":
            verbs.spot_actor(meeting, appointment=appointment, actor=actor, **typed)
        elif move == "profils":
            verbs.propose_profile(meeting, appointment=appointment, actor=actor, **typed)
        elif move == "theme" and meeting.site_id:
            narrow_theme(meeting.site_id, theme=typed["theme"], actor=actor)
        else:
            verbs.write_day(meeting, actor=actor, **typed)
    except HeardTwice as refusal:
        form.add_error(None, say(refusal))
        return False
    messages.success(request, PARTS[move]())
    draft_written(request, f"{move}-{appointment.pk if appointment else meeting.pk}")
    return True


def _put_away(request: HttpRequest, meeting: Meeting, move: str) -> HttpResponse:
    """Remove a line or an appointment, or put it back."""
    kind, key = request.POST.get("kind", ""), request.POST.get("line", "")
    day = day_of(account_viewer(request.user), meeting)
    rows = [*day.appointments, *day.stakes, *day.actors, *day.profiles, *day.removed]
    line = next((row for row in rows if kind_of(row) == kind and str(row.pk) == key), None)
    if line is None:
        raise Http404
    actor = str(request.user)
    try:
        if isinstance(line, Appointment):
            verb = verbs.remove_appointment if move == "remove" else verbs.restore_appointment
            verb(line.pk, actor=actor)
        elif move == "remove":
            verbs.remove_line(line, actor=actor)
        else:
            verbs.restore_line(line, actor=actor)
    except HeardTwice as refusal:
        messages.error(request, say(refusal))
    else:
        said = _("Retiré, et gardé en bas de page.") if move == "remove" else _("Remis.")
        messages.success(request, said)
    return _back(meeting, "retires")


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    refused: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    day = day_of(account_viewer(request.user), meeting)
    context = _frame(meeting) | {
        "day": day,
        "forms": {
            move: (refused or {}).get(move) or _form(move, meeting, day=day) for move in PARTS
        },
        "stakes": heard_lines(day.stakes),
        "actors": heard_lines(day.actors),
        "profiles": heard_lines(day.profiles),
        "group": queries.blueprint_of(meeting.programme).group,
        "removed": heard_lines(day.removed),
        "formats": list(MEDIA_TYPES),
        "may_change": request.user.has_perm("programme.facilitate", meeting),
    }
    return render(request, "programme/immersion.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    """What was sent, be it nothing: an empty form is told what it lacks."""
    return request.POST if request.method == "POST" else None


def _frame(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "site": meeting.site,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
    }


def _address(meeting: Meeting) -> str:
    return reverse("programme:immersion", args=[meeting.pk])


def _back(meeting: Meeting, anchor: str) -> HttpResponse:
    return redirect(f"{_address(meeting)}#{anchor}")

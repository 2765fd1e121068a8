"""One point to settle, at leisure: its words, its options, what was removed and can come back."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.kit.drafts import draft_written
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.actions import committee as verbs
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.committee import OptionForm, PointForm
from fabrique.stages.programme.models import Meeting, PointToSettle
from fabrique.stages.programme.queries.committee import points_visible_to
from fabrique.stages.programme.wording.refusals import say

#: What a button of this page does to an option, an argument or the point itself.
MOVES: dict[str, tuple[str, Callable[..., object]]] = {
    "remove_point": ("point", verbs.remove_point),
    "restore_point": ("point", verbs.restore_point),
    "remove_option": ("option", verbs.remove_option),
    "restore_option": ("option", verbs.restore_option),
    "remove_argument": ("argument", verbs.remove_argument),
    "restore_argument": ("argument", verbs.restore_argument),
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def point(request: HttpRequest, meeting: Meeting, point_id: UUID) -> HttpResponse:
    seen = points_visible_to(account_viewer(request.user), meeting)
    found = get_object_or_404(seen, pk=point_id)
    if request.method != "POST":
        return _page(request, meeting, found)
    move = request.POST.get("move", "")
    if move in MOVES:
        return _moved(request, meeting, found, move)
    if move == "change_option":
        return _option_changed(request, meeting, found)
    return _changed(request, meeting, found)


def _changed(request: HttpRequest, meeting: Meeting, found: PointToSettle) -> HttpResponse:
    form = PointForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, found, form=form, status=422)
    verbs.change_point(found.pk, actor=str(request.user), **form.cleaned_data)
    draft_written(request, f"point-{found.pk}")
    messages.success(request, _("Le point est enregistré."))
    return redirect(f"{reverse('seminar:committee', args=[meeting.pk])}#point-{found.pk}")


def _option_changed(request: HttpRequest, meeting: Meeting, found: PointToSettle) -> HttpResponse:
    option = _named(found.all_options, request.POST.get("option", ""))  # type: ignore[attr-defined]
    form = _option_form(option, request.POST)
    if form.is_valid():
        try:
            verbs.change_option(option.pk, actor=str(request.user), **form.cleaned_data)
        except ProgrammeError as refusal:
            form.add_error("title", say(refusal))
        else:
            messages.success(request, _("L'option est enregistrée."))
            return redirect("seminar:point", meeting.pk, found.pk)
    return _page(request, meeting, found, option_form=form, option_id=option.pk, status=422)


def _moved(request: HttpRequest, meeting: Meeting, found: PointToSettle, move: str) -> HttpResponse:
    what, verb = MOVES[move]
    options = found.all_options  # type: ignore[attr-defined]
    rows: dict[str, list[Any]] = {
        "point": [found],
        "option": options,
        "argument": [one for option in options for one in option.all_arguments],
    }
    row = found if what == "point" else _named(rows[what], request.POST.get(what, ""))
    try:
        verb(row.pk, actor=str(request.user))
    except ProgrammeError as refusal:
        messages.error(request, say(refusal))
    if move == "remove_point":
        messages.success(request, _("Le point est retiré. Ses arguments sont gardés."))
        return redirect("seminar:committee", meeting.pk)
    return redirect("seminar:point", meeting.pk, found.pk)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    found: PointToSettle,
    *,
    form: PointForm | None = None,
    option_form: OptionForm | None = None,
    option_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    options = found.all_options  # type: ignore[attr-defined]
    said = [one for option in options for one in option.all_arguments]
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "point": found,
        "form": form or PointForm(initial={"title": found.title, "context": found.context}),
        "options": [
            (option, option_form if option.pk == option_id else _option_form(option))
            for option in _standing(options)
        ],
        "arguments": _standing(said),
        "removed_options": _removed(options),
        "removed_arguments": _removed(said),
    }
    return render(request, "seminar/point.html", context, status=status)


def _option_form(option: Any, data: Any = None) -> OptionForm:
    form = OptionForm(data, initial={"title": option.title}, auto_id=f"option-{option.pk}-%s")
    form.fields["title"].label = _("Option")
    return form


def _standing(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.removed_at is None]


def _removed(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.removed_at is not None]


def _named(rows: Iterable[Any], key: str) -> Any:
    for row in rows:
        if str(row.pk) == key:
            return row
    raise Http404

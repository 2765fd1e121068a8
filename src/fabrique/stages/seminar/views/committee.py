"""What a meeting has to settle, on one page to project and type in: agenda, points, decisions.

It lives in this stage because it shows the run sheet and who is in the room; what is settled is
the programme's. Each gesture is a form of one line; what is refused comes back as it was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.kit.drafts import draft_written
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.actions import committee as verbs
from fabrique.stages.programme.committee import OptionLine, PointLine, point_lines
from fabrique.stages.programme.enums import ArgumentSide, MeetingKind
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.committee import (
    ArgumentForm,
    DecisionForm,
    NewPointForm,
    OptionForm,
)
from fabrique.stages.programme.lifecycle import IllegalMove
from fabrique.stages.programme.models import Meeting, PointToSettle, SettlingOption
from fabrique.stages.programme.queries.committee import points_visible_to
from fabrique.stages.programme.wording.refusals import say
from fabrique.stages.seminar.access import with_meeting
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.overview import when_and_where
from fabrique.stages.seminar.queries import members_of_meeting_visible_to
from fabrique.stages.seminar.running_order import RunningOrder

Row = TypeVar("Row", PointToSettle, SettlingOption)

#: For so long after a meeting, a decision typed is taken to be of that day.
TYPED_AFTERWARDS = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """A gesture: what was typed, by whom, on which points."""

    request: HttpRequest
    meeting: Meeting
    points: Sequence[PointToSettle]

    @property
    def actor(self) -> str:
        return str(self.request.user)

    @property
    def point(self) -> PointToSettle:
        return _found(self.points, self.request.POST.get("point", ""))

    @property
    def option(self) -> SettlingOption:
        options: list[SettlingOption] = [
            option
            for point in self.points
            for option in point.all_options  # type: ignore[attr-defined]
            if option.removed_at is None
        ]
        return _found(options, self.request.POST.get("option", ""))


@dataclass(frozen=True)
class Refused:
    """The form that was not taken, under the key by which the page knows it."""

    key: str
    form: forms.Form


@dataclass(frozen=True)
class Done:
    """Where to go on. The anchor of a field gives it the focus, with or without scripts."""

    anchor: str
    said: str = ""


@dataclass(frozen=True)
class ArguedOption:
    line: OptionLine
    form: forms.Form

    @property
    def key(self) -> str:
        return str(self.line.option.pk)


@dataclass(frozen=True)
class ShownPoint:
    line: PointLine
    options: Sequence[ArguedOption]
    option_form: forms.Form
    decision_form: forms.Form

    @property
    def key(self) -> str:
        return str(self.line.point.pk)

    @property
    def anchor(self) -> str:
        return f"#point-{self.key}"

    @property
    def takes_decision(self) -> bool:
        """Also when someone else decided meanwhile: what was typed is shown again."""
        return self.decision_form.is_bound or not self.line.is_settled


@require_http_methods(["GET", "HEAD", "POST"])
@with_meeting
def committee(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _page(request, meeting)
    refuse_unless(request.user.has_perm("programme.facilitate", meeting))
    gesture = MOVES.get(request.POST.get("move", ""))
    if gesture is None:
        raise Http404
    outcome = gesture(Asked(request, meeting, _points(request, meeting)))
    if isinstance(outcome, Refused):
        return _page(request, meeting, refused=outcome, status=422)
    if outcome.said:
        messages.success(request, outcome.said)
    page = reverse("seminar:committee", args=[meeting.pk])
    return redirect(f"{page}#{outcome.anchor}")


# ── Gestures ─────────────────────────────────────────────────────────────────────────────────


def _add_point(asked: Asked) -> Refused | Done:
    form = NewPointForm(asked.request.POST, auto_id="point-%s")
    if not form.is_valid():
        return Refused("point", form)
    point = verbs.add_point(asked.meeting, actor=asked.actor, **form.cleaned_data)
    draft_written(asked.request, f"point-{asked.meeting.pk}")
    return Done(f"point-{point.pk}", said=_("Le point est ajouté."))


def _add_option(asked: Asked) -> Refused | Done:
    point = asked.point
    form = _option_form(point, asked.request.POST)
    if form.is_valid():
        try:
            option = verbs.add_option(point.pk, actor=asked.actor, **form.cleaned_data)
        except ProgrammeError as refusal:
            form.add_error("title", say(refusal))
        else:
            draft_written(asked.request, f"option-{point.pk}")
            return Done(f"argument-{option.pk}-text")
    return Refused(f"option-{point.pk}", form)


def _argue(asked: Asked) -> Refused | Done:
    option, side = asked.option, asked.request.POST.get("side", "")
    if side not in ArgumentSide.values:
        raise Http404
    form = _argument_form(option, asked.request.POST)
    if not form.is_valid():
        return Refused(f"argument-{option.pk}", form)
    verbs.argue(option.pk, side=ArgumentSide(side), actor=asked.actor, **form.cleaned_data)
    draft_written(asked.request, f"argument-{option.pk}")
    return Done(f"argument-{option.pk}-text")


def _settle(asked: Asked) -> Refused | Done:
    point = asked.point
    form = _decision_form(point, asked.meeting, asked.request.POST)
    if form.is_valid():
        chosen = form.cleaned_data.get("option")
        option_id = UUID(chosen) if chosen else None
        if _decided(form, lambda: verbs.settle(point.pk, option_id=option_id, **_of(asked, form))):
            draft_written(asked.request, f"decision-{point.pk}")
            return Done(f"point-{point.pk}", said=_("La décision est au relevé."))
    return Refused(f"decision-{point.pk}", form)


def _postpone(asked: Asked) -> Refused | Done:
    point = asked.point
    form = _decision_form(point, asked.meeting, asked.request.POST)
    if form.is_valid() and _decided(form, lambda: verbs.postpone(point.pk, **_of(asked, form))):
        draft_written(asked.request, f"decision-{point.pk}")
        return Done(f"point-{point.pk}", said=_("Le point est reporté ; le relevé le garde."))
    return Refused(f"decision-{point.pk}", form)


def _reopen(asked: Asked) -> Refused | Done:
    point = asked.point
    try:
        verbs.reopen_point(point.pk, actor=asked.actor)
    except IllegalMove as refusal:
        messages.error(asked.request, say(refusal))
    return Done(f"point-{point.pk}")


def _move_point(asked: Asked) -> Refused | Done:
    point, place = asked.point, asked.request.POST.get("place", "")
    if place.lstrip("-").isdecimal():
        verbs.move_point(point.pk, place=int(place[:4]), actor=asked.actor)
    return Done(f"point-{point.pk}")


MOVES: dict[str, Callable[[Asked], Refused | Done]] = {
    "add_point": _add_point,
    "add_option": _add_option,
    "argue": _argue,
    "settle": _settle,
    "postpone": _postpone,
    "reopen": _reopen,
    "move_point": _move_point,
}


def _decided(form: forms.Form, decide: Callable[[], object]) -> bool:
    try:
        decide()
    except (ProgrammeError, IllegalMove) as refusal:
        form.add_error(None, say(refusal))
        return False
    return True


def _of(asked: Asked, form: DecisionForm) -> dict[str, Any]:
    names = ("words", "decided_by", "follow_up")
    return {
        **{name: form.cleaned_data[name] for name in names},
        "decided_at": form.decided_at,
        "actor": asked.actor,
    }


# ── Page ─────────────────────────────────────────────────────────────────────────────────────


def _page(
    request: HttpRequest, meeting: Meeting, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    blueprint = queries.blueprint_of(meeting.programme)
    points = list(points_visible_to(account_viewer(request.user), meeting))
    lines = point_lines(points)
    members = members_of_meeting_visible_to(account_viewer(request.user), meeting)
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, blueprint),
        "when": when_and_where(meeting),
        "is_committee": meeting.kind == MeetingKind.LAUNCH_COMMITTEE,
        "order": RunningOrder(meeting, ensure_run_sheet(meeting)),
        "people": [(one.name, one.institution) for one in members],
        "points": [_shown(line, meeting, refused) for line in lines],
        "removed": [point for point in points if point.removed_at is not None],
        "point_form": refused.form
        if refused and refused.key == "point"
        else NewPointForm(auto_id="point-%s"),
        "is_adding": bool(refused and refused.key == "point"),
        "revisits": meeting.key in blueprint.revisit_keys,
        "may_change": request.user.has_perm("programme.facilitate", meeting),
    }
    return render(request, "seminar/committee.html", context, status=status)


def _shown(line: PointLine, meeting: Meeting, refused: Refused | None) -> ShownPoint:
    again = {refused.key: refused.form} if refused else {}
    options = [
        ArguedOption(
            each,
            again.get(f"argument-{each.option.pk}") or _argument_form(each.option),
        )
        for each in line.options
    ]
    return ShownPoint(
        line=line,
        options=options,
        option_form=again.get(f"option-{line.point.pk}") or _option_form(line.point),
        decision_form=again.get(f"decision-{line.point.pk}") or _decision_form(line.point, meeting),
    )


def _argument_form(option: SettlingOption, data: Any = None) -> ArgumentForm:
    return ArgumentForm(data, auto_id=f"argument-{option.pk}-%s")


def _option_form(point: PointToSettle, data: Any = None) -> OptionForm:
    return OptionForm(data, auto_id=f"option-{point.pk}-%s")


def _decision_form(point: PointToSettle, meeting: Meeting, data: Any = None) -> DecisionForm:
    return DecisionForm(
        data,
        point=point,
        auto_id=f"decision-{point.pk}-%s",
        initial={"decided_by": meeting.get_kind_display(), "decided_on": _day_of(meeting)},
    )


def _day_of(meeting: Meeting) -> date:
    """The meeting's day when it has just been held, else today."""
    today = timezone.localdate()
    if meeting.starts_at is None:
        return today
    day = timezone.localdate(meeting.starts_at)
    return day if timedelta(0) <= today - day <= TYPED_AFTERWARDS else today


def _points(request: HttpRequest, meeting: Meeting) -> list[PointToSettle]:
    seen = points_visible_to(account_viewer(request.user), meeting)
    return list(seen.filter(removed_at=None))


def _found(rows: Sequence[Row], key: str) -> Row:
    for row in rows:
        if str(row.pk) == key:
            return row
    raise Http404

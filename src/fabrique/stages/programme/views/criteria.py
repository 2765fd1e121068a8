"""Success criteria: what was expected on day one, who keeps it in mind, what is judged since."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.kit.drafts import draft_written
from fabrique.kit.sheets import MEDIA_TYPES, write_sheet
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions import criteria as verbs
from fabrique.stages.programme.criteria import (
    CriterionLine,
    Moment,
    by_kind,
    criterion_lines,
    moments_of,
)
from fabrique.stages.programme.enums import Judgement
from fabrique.stages.programme.forms.criteria import CriterionForm, ReviewsForm
from fabrique.stages.programme.models import Programme, SuccessCriterion
from fabrique.stages.programme.queries.committee import criteria_visible_to


@require_safe
@with_programme
def criteria(request: HttpRequest, programme: Programme) -> HttpResponse:
    found = _criteria(request, programme)
    moments = _moments(request, programme)
    lines = criterion_lines(found, moments)
    context = {
        "programme": programme,
        "moments": moments,
        "parts": by_kind(lines),
        "unowned": sum(not line.criterion.owner for line in lines),
        "dropped": [one for one in found if one.removed_at is not None],
        "formats": list(MEDIA_TYPES),
        "may_change": request.user.has_perm("programme.change", programme),
    }
    return render(request, "programme/criteria.html", context)


@require_safe
@with_programme
def criteria_file(request: HttpRequest, programme: Programme, format: str) -> HttpResponse:
    if format not in MEDIA_TYPES:
        raise Http404
    moments = _moments(request, programme)
    lines = criterion_lines(_criteria(request, programme), moments)
    response = HttpResponse(
        criteria_as_sheet(lines, moments, format=format), content_type=MEDIA_TYPES[format]
    )
    name = f"criteres-de-reussite-{programme.slug}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def add(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    form = CriterionForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        verbs.add_criterion(programme, actor=str(request.user), **form.cleaned_data)
        draft_written(request, f"critere-{programme.pk}")
        messages.success(request, _("Le critère est ajouté."))
        return redirect("programme:criteria", programme.slug)
    return _criterion_page(request, programme, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def change(request: HttpRequest, programme: Programme, criterion_id: int) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    criterion = _criterion(request, programme, criterion_id)
    names = ("text", "kind", "owner")
    form = CriterionForm(
        _posted(request), initial={name: getattr(criterion, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        verbs.change_criterion(criterion.pk, actor=str(request.user), **form.cleaned_data)
        draft_written(request, f"critere-{criterion.pk}")
        messages.success(request, _("Le critère est enregistré."))
        return redirect("programme:criteria", programme.slug)
    return _criterion_page(request, programme, form, criterion)


@require_POST
@with_programme
def drop(request: HttpRequest, programme: Programme, criterion_id: int) -> HttpResponse:
    """Drop a criterion, or put back one that was: ``move`` is ``restore``."""
    refuse_unless(request.user.has_perm("programme.change", programme))
    criterion = _criterion(request, programme, criterion_id)
    if request.POST.get("move") == "restore":
        verbs.restore_criterion(criterion.pk, actor=str(request.user))
        messages.success(request, _("Le critère est remis."))
    else:
        verbs.drop_criterion(criterion.pk, actor=str(request.user))
        messages.success(request, _("Le critère est retiré ; il reste en bas de page."))
    return redirect("programme:criteria", programme.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def review(request: HttpRequest, programme: Programme, moment: str) -> HttpResponse:
    """All the criteria at one meeting, judged in one form."""
    refuse_unless(request.user.has_perm("programme.change", programme))
    moments = _moments(request, programme)
    here = next((one for one in moments if one.meeting.key == moment), None)
    if here is None:
        raise Http404
    lines = criterion_lines(_criteria(request, programme), moments)
    form = ReviewsForm(
        _posted(request),
        lines=[_until(line, here) for line in lines],
        reviews={
            line.criterion.pk: cell.review
            for line in lines
            for cell in line.cells
            if cell.review and cell.moment == here
        },
    )
    if request.method == "POST" and form.is_valid():
        for criterion_id, said in form.judgements().items():
            verbs.review_criterion(
                criterion_id,
                meeting=here.meeting,
                judgement=Judgement(said["judgement"]),
                words=said["words"],
                evidence=said["evidence"],
                judged_by=said["judged_by"],
                actor=str(request.user),
            )
        draft_written(request, f"bilan-{here.meeting.pk}")
        messages.success(request, _("Les jugements sont enregistrés."))
        return redirect("programme:criteria", programme.slug)
    context = {
        "programme": programme,
        "moment": here,
        "eyebrow": _("%(moment)s, %(day)s") % {"moment": here.label, "day": here.when},
        "form": form,
        "lines": form.judged_lines(),
    }
    return render(request, "programme/criteria_review.html", context)


def _posted(request: HttpRequest) -> Any:
    """What was sent, be it nothing: an empty form is told what it lacks."""
    return request.POST if request.method == "POST" else None


def criteria_as_sheet(lines: list[CriterionLine], moments: list[Moment], *, format: str) -> bytes:
    columns = [_("Nature"), _("Critère"), _("Porté par"), _("Origine")]
    for moment in moments:
        columns += [
            _("%(moment)s : jugement") % {"moment": moment.label},
            _("%(moment)s : ce qu'on en dit") % {"moment": moment.label},
            _("%(moment)s : sur quoi cela repose") % {"moment": moment.label},
            _("%(moment)s : jugé par") % {"moment": moment.label},
        ]
    rows = []
    for line in lines:
        one = line.criterion
        row = [str(one.get_kind_display()), one.text, one.owner, one.source_label or _("Méthode")]
        for cell in line.cells:
            said = cell.review
            row += (
                [str(said.get_judgement_display()), said.words, said.evidence, said.judged_by]
                if said
                else [""] * 4
            )
        rows.append(row)
    return write_sheet(columns, rows, format=format, title=_("Critères de réussite"))


def _until(line: CriterionLine, here: Moment) -> CriterionLine:
    """What was judged before a moment: what it is judged beside."""
    before = [cell for cell in line.cells if cell.moment.meeting.position < here.meeting.position]
    return CriterionLine(line.criterion, before)


def _criterion_page(
    request: HttpRequest,
    programme: Programme,
    form: CriterionForm,
    criterion: SuccessCriterion | None,
) -> HttpResponse:
    context: dict[str, Any] = {"programme": programme, "form": form, "criterion": criterion}
    status = 422 if form.is_bound else 200
    return render(request, "programme/criterion.html", context, status=status)


def _criterion(request: HttpRequest, programme: Programme, key: int) -> SuccessCriterion:
    seen = criteria_visible_to(account_viewer(request.user)).filter(programme=programme)
    return get_object_or_404(seen, pk=key)


def _criteria(request: HttpRequest, programme: Programme) -> list[SuccessCriterion]:
    seen = criteria_visible_to(account_viewer(request.user)).filter(programme=programme)
    return list(seen.order_by("position", "pk"))


def _moments(request: HttpRequest, programme: Programme) -> list[Moment]:
    meetings = queries.meetings_visible_to(account_viewer(request.user))
    shared = meetings.filter(programme=programme, site__isnull=True)
    return moments_of(queries.blueprint_of(programme), shared)

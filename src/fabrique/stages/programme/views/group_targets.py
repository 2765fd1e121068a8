"""« Composition visée »: what a programme wants its working groups to look like."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.group_targets import set_group_plan
from fabrique.stages.programme.errors import InvalidBlueprint
from fabrique.stages.programme.forms.group import PlanForm
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def targets(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    plan = queries.blueprint_of(programme).group
    form = PlanForm.of(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _kept(request, programme, form):
        return redirect("programme:group-targets", slug=programme.slug)
    context = {"programme": programme, "form": form, "plan": plan}
    return render(
        request,
        "programme/group/targets.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


def _kept(request: HttpRequest, programme: Programme, form: PlanForm) -> bool:
    try:
        set_group_plan(programme.pk, plan=form.result, actor=str(request.user))
    except InvalidBlueprint as refusal:
        form.size.add_error(None, say(refusal))
        return False
    messages.success(request, _("La composition visée est enregistrée pour tous les territoires."))
    return True

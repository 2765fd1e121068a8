"""What was said at the launch round table, and « En faire un critère »."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.criteria import adopt_criterion
from fabrique.stages.programme.forms.criteria import CriterionForm
from fabrique.stages.programme.models import Programme
from fabrique.stages.synthesis.round_tables import Expectation, RoundTable, round_tables


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def round_table(request: HttpRequest, programme: Programme) -> HttpResponse:
    """``?reprendre=`` opens the form of one of them."""
    tables = round_tables(account_viewer(request.user), programme)
    may_change = request.user.has_perm("programme.change", programme)
    chosen, form = None, None
    if request.method == "POST":
        refuse_unless(may_change)
        chosen = _found(tables, request.POST.get("source", ""))
        form = CriterionForm(request.POST)
        if form.is_valid():
            adopt_criterion(
                programme,
                source=chosen.source,
                source_label=chosen.label,
                actor=str(request.user),
                **form.cleaned_data,
            )
            messages.success(request, _("Le critère est ajouté."))
            return redirect("synthesis:round-table", programme.slug)
    elif may_change and (source := request.GET.get("reprendre", "")):
        chosen = _found(tables, source)
        form = CriterionForm(initial={"text": chosen.text})
    context = {
        "programme": programme,
        "tables": tables,
        "said_count": sum(len(table.expectations) for table in tables),
        "chosen": chosen,
        "form": form,
        "may_change": may_change,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "synthesis/round_table.html", context, status=status)


def _found(tables: list[RoundTable], source: str) -> Expectation:
    for table in tables:
        for one in table.expectations:
            if one.source == source:
                return one
    raise Http404

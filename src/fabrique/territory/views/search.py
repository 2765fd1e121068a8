"""The options of a territory picker, as a fragment of page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fabrique.territory.forms import SearchForm
from fabrique.territory.picker import Picker, pick

DEFAULT_NAME = "territory"


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """``?q=…&name=territory&several=1``; ticked inputs of that name are kept."""
    return render(request, "territory/_results.html", {"picker": _picker(request)})


def _picker(request: HttpRequest) -> Picker:
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    name = asked.get("name") or DEFAULT_NAME
    return pick(
        asked.get("q", ""),
        chosen=request.GET.getlist(name)[:50],
        name=name,
        several=asked.get("several", False),
        error=" ".join(str(error) for error in form.errors.get("q", [])),
    )

"""The first page: one's programmes for those who have signed in, a plain welcome for the others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution.forms import CodeForm
from fabrique.stages.programme.overview import overviews


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html", {"join_form": CodeForm()})
    programmes = overviews(account_viewer(request.user))
    return render(request, "portal/home.html", {"programmes": programmes})

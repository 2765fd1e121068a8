"""Opening the link of the mail. The visit itself signs nobody in: mail filters open links too."""

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.people.next_page import next_page, page_after_sign_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    token = asked.get(settings.SESAME_TOKEN_NAME, "")
    user = authenticate(request, sesame=token) if token else None
    if user is None:
        return render(request, "people/sign_in_link_refused.html", status=403)
    if request.method == "POST":
        login(request, user)
        return redirect(page_after_sign_in(request))
    context = {
        "token": token,
        "token_name": settings.SESAME_TOKEN_NAME,
        "next": next_page(request),
        "account": user,
    }
    return render(request, "people/sign_in_by_link.html", context)

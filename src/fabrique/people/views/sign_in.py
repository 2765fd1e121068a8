"""Asking for a sign-in link, and being told to look in one's mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fabrique.people.actions import send_sign_in_link
from fabrique.people.forms import SignInForm
from fabrique.people.next_page import next_page, page_after_sign_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(page_after_sign_in(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_sign_in_link(form.cleaned_data["email"], next_url=next_page(request))
        request.session["sign_in_address"] = form.cleaned_data["email"]
        return redirect("people:sign-in-sent")
    return render(request, "people/sign_in.html", {"form": form, "next": next_page(request)})


@never_cache
@require_GET
def sign_in_sent(request: HttpRequest) -> HttpResponse:
    """The same words whether the address has an account or not."""
    address = request.session.get("sign_in_address", "")
    return render(request, "people/sign_in_sent.html", {"address": address})

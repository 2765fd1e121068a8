"""« Courriels »: what a programme has to tell and has told, and sending what waits now."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.mail_tasks import ask_to_send
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.outbox import waiting_lines
from fabrique.stages.programme.queries.correspondence import sent_of
from fabrique.stages.programme.wording.mails import is_bad_news, say_holdup, say_sendings

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@with_programme
def mails(request: HttpRequest, programme: Programme) -> HttpResponse:
    refuse_unless(request.user.has_perm("programme.change", programme))
    viewer = account_viewer(request.user)
    waiting = waiting_lines(viewer, programme)
    if request.method == "POST":
        ready = [line.contact.pk for line in waiting if line.can_leave]
        done = ask_to_send(ready, actor=str(request.user))
        tell = messages.warning if is_bad_news(done) else messages.success
        tell(request, say_sendings(done))
        return redirect("programme:mails", slug=programme.slug)
    sent = Paginator(sent_of(viewer, programme), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "waiting": [(line, say_holdup(line.holdup)) for line in waiting],
        "ready": sum(line.can_leave for line in waiting),
        "sent": sent,
    }
    return render(request, "programme/mails.html", context)

"""« Effacer les données de cette personne »: read first, then done once and for all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.stages.contribution.actions.erasure import erase_person
from fabrique.stages.contribution.queries import held_of
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.group_access import Group, with_member_even_gone
from fabrique.stages.programme.models import GroupMember


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_member_even_gone
def erasure(request: HttpRequest, group: Group, member: GroupMember) -> HttpResponse:
    if request.method == "POST":
        erased = erase_person(member.pk, actor=str(request.user))
        words = _("Les données sont effacées. Ce qui a été dit reste sous « %(words)s ».")
        messages.success(request, words % {"words": erased.name})
        return redirect(group.href)
    context = {
        "group": group,
        "programme": group.programme,
        "member": member,
        "held": held_of(member),
        "who": Forgotten.of(member),
    }
    return render(request, "contribution/erasure.html", context)

"""« Qui ajouter ? »: the candidates who best close the gaps, ticked and invited by a person."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import group_words, queries
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.actions.members import invite_members
from fabrique.stages.programme.analyses.coverage import proposal_of
from fabrique.stages.programme.errors import NobodyToInvite
from fabrique.stages.programme.group_access import (
    Group,
    roster_seen_by,
    with_facilitated_group,
)
from fabrique.stages.programme.group_forms import InviteForm
from fabrique.stages.programme.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_group
def proposal(request: HttpRequest, group: Group) -> HttpResponse:
    refuse_unless(group.site is not None)
    roster = roster_seen_by(account_viewer(request.user), group)
    found = proposal_of(roster, queries.blueprint_of(group.programme).group)
    candidates = found.coverage.candidates
    form = InviteForm(
        request.POST or None,
        candidates=candidates,
        initial={"invited_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid() and _invited(request, group, form):
        ticked = [("personne", str(one)) for one in form.cleaned_data["member"]]
        return redirect(f"{group.invite_href}?{urlencode(ticked)}")
    proposed = {one.pk for one in found.added}
    context = {
        "group": group,
        "programme": group.programme,
        "form": form,
        "proposal": found,
        "rows": [
            (one, one.pk in proposed, str(one.pk) in form.ticked)
            for one in sorted(candidates, key=lambda one: one.pk not in proposed)
        ],
        "closed": group_words.closed_words(found),
        "unmet": group_words.unmet_words(found),
        "relaxations": group_words.relaxation_words(found),
        "swap": group_words.swap_words(found),
        "is_covered": not (found.coverage.standing.shortfall or found.coverage.standing.size_gap),
    }
    return render(request, "programme/group/proposal.html", context)


def _invited(request: HttpRequest, group: Group, form: InviteForm) -> bool:
    try:
        invited = invite_members(
            group.programme,
            site=group.site,
            member_ids=form.cleaned_data["member"],
            on=form.cleaned_data["invited_on"],
            actor=str(request.user),
        )
    except NobodyToInvite as refusal:
        form.add_error("member", say(refusal))
        return False
    words = ngettext(
        "%(count)d personne est entrée dans le groupe : relisez la lettre, puis envoyez-la.",
        "%(count)d personnes sont entrées dans le groupe : relisez leur lettre, puis envoyez-la.",
        len(invited),
    )
    messages.success(request, words % {"count": len(invited)})
    return True

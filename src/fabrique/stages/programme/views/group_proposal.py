"""« Qui ajouter ? »: the candidates who best close the gaps, for a person to choose among."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.analyses.coverage import proposal_of
from fabrique.stages.programme.group_access import (
    Group,
    roster_seen_by,
    with_facilitated_group,
)
from fabrique.stages.programme.wording import group as group_words


@require_safe
@with_facilitated_group
def proposal(request: HttpRequest, group: Group) -> HttpResponse:
    """Whoever is ticked is invited from the next page, once their letter was read."""
    refuse_unless(group.site is not None)
    roster = roster_seen_by(account_viewer(request.user), group)
    found = proposal_of(roster, queries.blueprint_of(group.programme).group)
    proposed = {one.pk for one in found.added}
    candidates = sorted(found.coverage.candidates, key=lambda one: one.pk not in proposed)
    context = {
        "group": group,
        "programme": group.programme,
        "proposal": found,
        "rows": [(one, one.pk in proposed) for one in candidates],
        "closed": group_words.closed_words(found),
        "unmet": group_words.unmet_words(found),
        "relaxations": group_words.relaxation_words(found),
        "swap": group_words.swap_words(found),
        "is_covered": not (found.coverage.standing.shortfall or found.coverage.standing.size_gap),
    }
    return render(request, "programme/group/proposal.html", context)

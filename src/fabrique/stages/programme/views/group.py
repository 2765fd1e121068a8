"""A working group: what it looks like beside what is wanted, who is in it, who could be."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fabrique.kit.sheets import MEDIA_TYPES, plain_name
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.analyses.coverage import coverage_of
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus
from fabrique.stages.programme.group_access import Group, roster_seen_by, with_group
from fabrique.stages.programme.immersion import heard_lines
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.programme.queries.committee import profiles_to_hand_over
from fabrique.stages.programme.queries.group import gone_from
from fabrique.stages.programme.wording import group as group_words

#: Whom the page of invitations may be for.
TO_INVITE = (MemberStatus.CANDIDATE, MemberStatus.INVITED)


@require_safe
@with_group
def group(request: HttpRequest, group: Group) -> HttpResponse:
    viewer = account_viewer(request.user)
    found = roster_seen_by(viewer, group)
    roster = sorted(found, key=lambda member: plain_name(member.name))
    members = [one for one in roster if one.status in IN_GROUP]
    plan = queries.blueprint_of(group.programme).group
    may_change = request.user.has_perm("programme.facilitate", group.programme)
    profiles = profiles_to_hand_over(viewer, group.site) if group.site and may_change else ()
    context = {
        "group": group,
        "programme": group.programme,
        "plan": plan,
        "members": members,
        "candidates": [one for one in roster if one.status == MemberStatus.CANDIDATE],
        "declined": [one for one in roster if one.status == MemberStatus.DECLINED],
        "is_empty": not roster,
        "count": len(members),
        "confirmed": _confirmed(members),
        "sheets": [
            (format.upper(), group.address("group-sheet", format=format)) for format in MEDIA_TYPES
        ],
        "is_to_invite": any(one.status in TO_INVITE for one in roster),
        "may_change": may_change,
        "profiles": heard_lines(profiles),
        "gone": gone_from(viewer, group.programme, group.site) if may_change else (),
    }
    if group.site and roster:
        coverage = coverage_of(roster, plan)
        context |= {
            "sections": group_words.sections(coverage),
            "gaps": group_words.all_gaps(coverage),
            "has_targets": coverage.has_targets,
        }
    return render(request, "programme/group/group.html", context)


def _confirmed(members: list[GroupMember]) -> str:
    """« 12 ont accepté, 2 remplacent quelqu'un »: what is known of their answers."""
    counts = Counter(one.status for one in members)
    accepted = counts[MemberStatus.ACCEPTED]
    standing_in = sum(one.substitute_of_id is not None for one in members)
    parts = []
    if accepted:
        words = ngettext("%(count)d a accepté", "%(count)d ont accepté", accepted)
        parts.append(words % {"count": accepted})
    if standing_in:
        words = ngettext(
            "%(count)d remplace quelqu'un", "%(count)d remplacent quelqu'un", standing_in
        )
        parts.append(words % {"count": standing_in})
    return ", ".join(parts) or _("aucune réponse notée")

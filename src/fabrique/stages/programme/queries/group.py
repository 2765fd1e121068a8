"""The questions asked of working groups: who is in them, and who could be.

Only those invited or who accepted are of a group. Candidates, and those who declined, are seen by
the team on the roster: they are not expected anywhere, nor offered at a room's door.
"""

from django.db.models import Q, QuerySet

from fabrique.kit.sheets import plain_name
from fabrique.people.viewer import Viewer
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus, NoticeKind
from fabrique.stages.programme.models import GroupMember, Notice, Programme, Site
from fabrique.stages.programme.queries.announced import answered_for_ids, facilitated_ids


def in_a_group() -> Q:
    """Of a group now: invited or accepted, and not left."""
    return Q(left_at__isnull=True, status__in=IN_GROUP)


def members_visible_to(viewer: Viewer) -> QuerySet[GroupMember]:
    """Working-group members still in their group, for the team that mobilises them."""
    return roster_visible_to(viewer).filter(in_a_group())


def roster_visible_to(viewer: Viewer) -> QuerySet[GroupMember]:
    """Members, and also candidates and those who declined; not those who left."""
    return everyone_ever_in_groups_seen_by(viewer).filter(left_at__isnull=True)


def everyone_ever_in_groups_seen_by(viewer: Viewer) -> QuerySet[GroupMember]:
    """The roster, and those who left it: what they did stays."""
    if viewer.user_id is None:
        return GroupMember.objects.none()
    return GroupMember.objects.filter(
        Q(programme_id__in=facilitated_ids(viewer)) | Q(site_id__in=answered_for_ids(viewer))
    ).select_related("substitute_of", "proposed_as")


def gone_from(viewer: Viewer, programme: Programme, site: Site | None) -> QuerySet[GroupMember]:
    """Those who left a group and of whom something is still recorded."""
    seen = everyone_ever_in_groups_seen_by(viewer).filter(programme=programme, site=site)
    return seen.filter(left_at__isnull=False, erased_at__isnull=True)


def to_be_invited(programme: Programme, site: Site | None) -> list[GroupMember]:
    """Candidates, and those invited whom no letter of ours told; by status, then by name."""
    told = Notice.objects.filter(contact__member__isnull=False, kind=NoticeKind.GROUP_INVITATION)
    found = roster_of(programme, site).filter(
        Q(status=MemberStatus.CANDIDATE)
        | Q(status=MemberStatus.INVITED) & ~Q(pk__in=told.order_by().values("contact__member"))
    )
    return sorted(
        found, key=lambda one: (one.status != MemberStatus.CANDIDATE, plain_name(one.name))
    )


def roster_of(programme: Programme, site: Site | None) -> QuerySet[GroupMember]:
    """Everyone on a group's roster, for the verbs and sheets of those who may change it."""
    return GroupMember.objects.filter(
        programme=programme, site=site, left_at__isnull=True
    ).select_related("substitute_of")

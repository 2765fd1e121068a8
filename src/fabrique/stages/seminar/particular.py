"""What some meetings have besides: points to settle, an immersion day, criteria to look at again.

Each is one line of what there is to prepare, leading to its page.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import MeetingKind, PointState
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries.committee import (
    appointments_visible_to,
    point_states_visible_to,
)
from fabrique.stages.seminar.points import Point


def particular_points(viewer: Viewer, meeting: Meeting, blueprint: Blueprint) -> tuple[Point, ...]:
    """Two queries at most."""
    points = [_to_settle(viewer, meeting)]
    if meeting.kind == MeetingKind.IMMERSION_DAY:
        points.insert(0, _immersion(viewer, meeting))
    if meeting.site_id is None and meeting.key in blueprint.revisit_keys:
        points.append(_criteria(meeting))
    return tuple(points)


def _to_settle(viewer: Viewer, meeting: Meeting) -> Point:
    states = list(point_states_visible_to(viewer, meeting))
    settled = states.count(PointState.SETTLED)
    value = _("aucun")
    if states and not settled:
        value = ngettext("%(total)d à arbitrer", "%(total)d à arbitrer", len(states)) % {
            "total": len(states)
        }
    elif states:
        value = ngettext(
            "%(settled)d tranché sur %(total)d", "%(settled)d tranchés sur %(total)d", settled
        ) % {"settled": settled, "total": len(states)}
    href = reverse("seminar:committee", args=[meeting.pk])
    return Point(_("Points à arbitrer"), value, href, True, is_readable=True)


def _immersion(viewer: Viewer, meeting: Meeting) -> Point:
    seen = appointments_visible_to(viewer).filter(meeting=meeting, removed_at=None)
    count = seen.count()
    value = _("à composer")
    if count:
        value = ngettext("%(count)d rendez-vous", "%(count)d rendez-vous", count) % {"count": count}
    href = reverse("programme:immersion", args=[meeting.pk])
    return Point(_("La journée"), value, href, bool(count), is_readable=True)


def _criteria(meeting: Meeting) -> Point:
    href = reverse("programme:criteria-review", args=[meeting.programme.slug, meeting.key])
    return Point(_("Critères de réussite"), _("à revoir à cette réunion"), href, True)

"""The questions asked of programmes. Every page, export and API reads through these doors.

A programme is seen by its team. Referents see the national scale and their own territory;
everyone else of the team sees all of it. What participants and walls may see belongs to the
stages that know rooms.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from fabrique.people.models import User
from fabrique.people.viewer import Viewer
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import CriterionKind, MeetingState, TeamRole
from fabrique.stages.programme.models import (
    AuditLine,
    ExpectedDeliverable,
    Meeting,
    Programme,
    Site,
    SuccessCriterion,
    TeamMember,
)

FACILITATING_ROLES = (TeamRole.PILOT, TeamRole.DIRECTOR, TeamRole.OFFICER)
#: Those who answer for the programme: it always keeps one of them.
LEADING_ROLES = (TeamRole.PILOT, TeamRole.DIRECTOR)
#: What ``changes_of_settings`` tells.
SETTINGS_VERBS = (
    "add-team-member",
    "change-team-member",
    "remove-team-member",
    "change-partners",
    "reword-programme",
    "narrow-theme",
)
_RANK = {role: rank for rank, role in enumerate(TeamRole.values)}


def programmes_visible_to(viewer: Viewer) -> QuerySet[Programme]:
    """Those whose team the viewer is of."""
    if viewer.user_id is None:
        return Programme.objects.none()
    teams = in_place().filter(user__in=account_of(viewer))
    return Programme.objects.filter(pk__in=teams.values("programme_id"))


def programmes_facilitated_by(viewer: Viewer) -> QuerySet[Programme]:
    """Those the viewer may change and hold seminars of."""
    if viewer.user_id is None:
        return Programme.objects.none()
    return Programme.objects.filter(pk__in=facilitated_ids(viewer))


def all_programmes() -> QuerySet[Programme]:
    """Every programme, for whoever runs the server; pages use ``programmes_visible_to``."""
    return Programme.objects.all()


def sites_visible_to(viewer: Viewer) -> QuerySet[Site]:
    """Every territory of the programmes seen; a referent's own only."""
    if viewer.user_id is None:
        return Site.objects.none()
    return Site.objects.filter(
        Q(programme_id__in=facilitated_ids(viewer)) | Q(pk__in=answered_for_ids(viewer))
    ).select_related("territory", "programme")


def meetings_visible_to(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings with their programme, site and territory at hand."""
    if viewer.user_id is None:
        return Meeting.objects.none()
    seen = programmes_visible_to(viewer).values("pk")
    return _with_place(
        Meeting.objects.filter(
            Q(programme_id__in=facilitated_ids(viewer))
            | Q(site_id__in=answered_for_ids(viewer))
            | Q(site__isnull=True, programme_id__in=seen)
        )
    )


def meetings_facilitated_by(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings the viewer may prepare and hold."""
    if viewer.user_id is None:
        return Meeting.objects.none()
    return _with_place(Meeting.objects.filter(programme_id__in=facilitated_ids(viewer)))


def expected_deliverables_visible_to(viewer: Viewer) -> QuerySet[ExpectedDeliverable]:
    if viewer.user_id is None:
        return ExpectedDeliverable.objects.none()
    seen = programmes_visible_to(viewer).values("pk")
    return ExpectedDeliverable.objects.filter(
        Q(programme_id__in=facilitated_ids(viewer))
        | Q(site_id__in=answered_for_ids(viewer))
        | Q(site__isnull=True, programme_id__in=seen)
    ).select_related("site__territory", "meeting")


def criteria_of(programme: Programme) -> list[SuccessCriterion]:
    """Substance first, then method, as the launch committee presents them; none that was dropped.

    Whoever sees the programme sees all of them.
    """
    order = list(CriterionKind.values)
    standing = programme.criteria.filter(removed_at__isnull=True)
    return sorted(standing, key=lambda each: (order.index(each.kind), each.position, each.pk))


def in_place() -> QuerySet[TeamMember]:
    """Who is of a team today. Every right comes from here: who has left has none."""
    return TeamMember.objects.filter(left_at__isnull=True)


def ever_in_team(programme_id: UUID) -> QuerySet[TeamMember]:
    """Who is or was of a team: what they did is still signed with their function."""
    return TeamMember.objects.filter(programme=programme_id)


def team_of(programme: Programme, *, site: Site | None = None) -> list[TeamMember]:
    """The team by role, with accounts and territories; those of one territory when asked."""
    team = in_place().filter(programme=programme)
    team = team.select_related("user").prefetch_related("sites__territory")
    if site is not None:
        team = team.filter(sites=site)
    return sorted(team, key=lambda member: (_RANK[TeamRole(member.role)], member.pk))


def may_rename(viewer: Viewer, user: User) -> bool:
    """An account's function is shown in all its programmes: not all of them may be the viewer's."""
    elsewhere = in_place().filter(user=user).exclude(programme_id__in=facilitated_ids(viewer))
    return viewer.user_id == user.pk or not elsewhere.exists()


def changes_of_settings(programme: Programme) -> QuerySet[AuditLine]:
    """What its facilitators changed of its team and of its wording, the latest first."""
    return programme.audit_lines.filter(verb__in=SETTINGS_VERBS).order_by("-pk")


def role_of(user: User, programme: Programme | UUID) -> TeamRole | None:
    """The role that gives most, nothing for someone who is not of the team."""
    found = roles_of(user, programme)
    return min(found, key=lambda role: _RANK[role]) if found else None


def roles_of(user: User, programme: Programme | UUID) -> frozenset[TeamRole]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    programme_id = programme.pk if isinstance(programme, Programme) else programme
    rows = in_place().filter(user=user, programme_id=programme_id)
    return frozenset(TeamRole(role) for role in rows.values_list("role", flat=True))


def answers_for(user: User, site_id: UUID | None) -> bool:
    """Whether someone's role in the team names this territory."""
    return in_place().filter(user_id=user.pk, sites=site_id).exists() if site_id else False


def blueprint_of(programme: Programme) -> Blueprint:
    """The programme's own copy of its method."""
    return Blueprint.from_data(programme.blueprint)


def placeholder_values(programme: Programme, site: Site | None = None) -> dict[str, object]:
    """What ``blueprint.fill`` replaces in the texts of the programme's method."""
    values: dict[str, object] = {
        "title": programme.title,
        "question": programme.question,
        "horizon_year": programme.horizon_year,
        "midterm_year": programme.midterm_year,
    }
    if site is not None:
        values |= {"site": site.territory.name, "theme": site.theme}
    return values


def next_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """What comes first of what is still to be held: its date, else the last day it may have."""
    ahead = (MeetingState.PLANNED, MeetingState.SCHEDULED)
    waiting = [meeting for meeting in meetings if meeting.state in ahead]
    return min(waiting, key=_due, default=None)


def _due(meeting: Meeting) -> tuple[date, int]:
    fixed = meeting.starts_at
    day = timezone.localdate(fixed) if fixed else meeting.window_end_date
    return day, meeting.position


def _with_place(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("programme", "site__territory")


def account_of(viewer: Viewer) -> QuerySet[User]:
    return User.objects.filter(pk=viewer.user_id or 0, is_active=True)


def facilitated_ids(viewer: Viewer) -> QuerySet[TeamMember, UUID]:
    facilitating = in_place().filter(user__in=account_of(viewer), role__in=FACILITATING_ROLES)
    return facilitating.values_list("programme_id", flat=True)


def answered_for_ids(viewer: Viewer) -> QuerySet[Site, UUID]:
    answering = in_place().filter(user__in=account_of(viewer))
    return Site.objects.filter(team__in=answering).values_list("pk", flat=True)

"""A working group as pages take it: a territory's, or those invited at the national scale."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless
from fabrique.stages.programme.models import GroupMember, Programme, Site

GroupView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Group:
    """The group of a territory; without ``site``, those invited at the national scale."""

    programme: Programme
    site: Site | None

    @property
    def code(self) -> str:
        return self.site.territory_id if self.site else ""

    @property
    def href(self) -> str:
        return self.address("group")

    @property
    def add_href(self) -> str:
        return self.address("add-member")

    @property
    def import_href(self) -> str:
        return self.address("group-import")

    @property
    def invite_href(self) -> str:
        return self.address("group-invite")

    def address(self, page: str, **more: object) -> str:
        place = {"code": self.code} if self.site else {}
        return reverse(f"programme:{page}", kwargs={"slug": self.programme.slug, **place, **more})


def roster_seen_by(viewer: Viewer, group: Group) -> list[GroupMember]:
    """Everyone on the roster, by name."""
    seen = queries.roster_visible_to(viewer).filter(programme=group.programme, site=group.site)
    return list(seen)


def with_group(view: GroupView) -> GroupView:
    """``view(request, group, …)`` for the team of its territory; national, for facilitators."""

    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, slug: str, code: str = "", **kwargs: Any) -> HttpResponse:
        viewer = account_viewer(request.user)
        if code:
            seen = queries.sites_visible_to(viewer).filter(programme__slug=slug)
            site: Site = get_object_or_404(seen, territory_id=code)
            return view(request, Group(site.programme, site), **kwargs)
        programmes = queries.programmes_facilitated_by(viewer)
        return view(request, Group(get_object_or_404(programmes, slug=slug), None), **kwargs)

    return loaded


def site_of(group: Group) -> Site:
    """The territory of a group that has one: otherwise, 404."""
    if group.site is None:
        raise Http404
    return group.site


def with_facilitated_group(view: GroupView) -> GroupView:
    """The same, for those who compose it."""

    @with_group
    @wraps(view)
    def allowed(request: HttpRequest, group: Group, **kwargs: Any) -> HttpResponse:
        refuse_unless(request.user.has_perm("programme.facilitate", group.programme))
        return view(request, group, **kwargs)

    return allowed


def with_facilitated_member(view: GroupView) -> GroupView:
    """``view(request, group, member, …)`` from ``member_id``, for those who compose the group."""
    return _with_member(view, queries.roster_visible_to)


def with_member_even_gone(view: GroupView) -> GroupView:
    """The same, for someone who left the group too."""
    return _with_member(view, queries.everyone_ever_in_groups_seen_by)


def _with_member(view: GroupView, door: Callable[[Viewer], QuerySet[GroupMember]]) -> GroupView:
    @login_required
    @wraps(view)
    def loaded(request: HttpRequest, member_id: UUID, **kwargs: Any) -> HttpResponse:
        seen = door(account_viewer(request.user)).filter(erased_at=None)
        found = seen.select_related("programme", "site__territory")
        member: GroupMember = get_object_or_404(found, pk=member_id)
        refuse_unless(request.user.has_perm("programme.facilitate", member))
        return view(request, Group(member.programme, member.site), member, **kwargs)

    return loaded

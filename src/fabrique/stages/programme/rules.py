"""Who may do what in a programme, as predicates of the ``rules`` library.

``user.has_perm("programme.facilitate", meeting)`` takes a programme, a site, a meeting or
anything else that has a ``programme`` or a ``meeting``.
"""

from typing import Any
from uuid import UUID

import rules

from fabrique.people.models import User
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries import FACILITATING_ROLES, answers_for, roles_of


def programme_id_of(thing: Any) -> UUID:
    """The programme something hangs from."""
    if isinstance(thing, Programme):
        return thing.pk
    if hasattr(thing, "programme_id"):
        return UUID(str(thing.programme_id))
    return programme_id_of(thing.meeting)


def _site_id_of(thing: Any) -> UUID | None:
    from_meeting = getattr(getattr(thing, "meeting", None), "site_id", None)
    return getattr(thing, "site_id", None) or from_meeting


@rules.predicate
def is_of_the_team(user: User, thing: Any) -> bool:
    return thing is not None and bool(roles_of(user, programme_id_of(thing)))


@rules.predicate
def is_facilitator(user: User, thing: Any) -> bool:
    """National pilots, project directors and programme officers."""
    if thing is None:
        return False
    return not roles_of(user, programme_id_of(thing)).isdisjoint(FACILITATING_ROLES)


@rules.predicate
def answers_for_the_site(user: User, thing: Any) -> bool:
    """Referents and directors, for the territories their role names."""
    site_id = thing.pk if type(thing).__name__ == "Site" else _site_id_of(thing)
    return answers_for(user, site_id)


@rules.predicate
def is_at_national_scale(user: User, thing: Any) -> bool:
    return type(thing).__name__ != "Site" and _site_id_of(thing) is None


rules.add_perm("programme.create", rules.is_authenticated)
rules.add_perm("programme.view", is_of_the_team)
rules.add_perm(
    "programme.view_meeting",
    is_facilitator | answers_for_the_site | (is_of_the_team & is_at_national_scale),
)
rules.add_perm("programme.facilitate", is_facilitator)
rules.add_perm("programme.change", is_facilitator)

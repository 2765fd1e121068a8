"""Who may let a territory's cards be seen by others: the territory, and nobody else.

Its referents, and the directors in charge of it. National pilots are those it releases to, and
programme officers prepare without deciding: both read the desk, neither signs.
"""

import rules

from fabrique.people.models import User
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Site
from fabrique.stages.programme.queries import team_of

RELEASING_ROLES = frozenset({TeamRole.REFERENT, TeamRole.DIRECTOR})


@rules.predicate
def answers_for_what_leaves(user: User, site: Site | None) -> bool:
    if site is None or not user.is_active:
        return False
    team = team_of(site.programme, site=site)
    return any(one.user_id == user.pk and one.role in RELEASING_ROLES for one in team)


rules.add_perm("synthesis.release", answers_for_what_leaves)

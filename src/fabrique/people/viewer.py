"""Who is looking: the one argument every query door takes.

A viewer is an account, a participant holding a room ticket, a wall screen, or nobody.
Doors decide from these identifiers alone, so pages, API, streams and exports obey alike.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """At most one of the three is set; none of them is a member of the public.

    ``seated_since`` is for a participant who took their seat on another device: what was said and
    judged from the seat before then is not shown there.
    """

    user_id: int | None = None
    participant_id: UUID | None = None
    screen_room_id: UUID | None = None
    seated_since: datetime | None = None


NOBODY = Viewer()


def account_viewer(user: "AbstractBaseUser | AnonymousUser") -> Viewer:
    """The viewer an account is; nobody when no one has signed in."""
    return Viewer(user_id=user.pk) if user.is_authenticated else NOBODY

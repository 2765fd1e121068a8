"""How little a room where nobody is known keeps of when someone did something.

To the minute, and with identifiers that carry the millisecond they were made, one could tell
people apart by what they did when. There, times are those of the hour and identifiers say nothing.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Room


def instant_in(room: Room) -> datetime:
    """Now, as precisely as this room keeps it."""
    now = timezone.now()
    return now.replace(minute=0, second=0, microsecond=0) if _is_anonymous(room) else now


def new_id_in(room: Room) -> UUID:
    """An identifier for what someone does in this room."""
    return uuid4() if _is_anonymous(room) else new_id()


def _is_anonymous(room: Room) -> bool:
    return room.identity == Identity.ANONYMOUS

"""The room's journal: every change in a room goes through ``record``, inside its transaction.

Numbers are handed out under the room's lock, so nobody ever sees N+1 before N is committed.
The bell rings once the change is on disk.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.seminar.doorbell import Numbers, ring
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import JournalEntry, Room


def lock_room(room_id: UUID) -> Room:
    """The room, held until the transaction ends: its changes come one after the other."""
    return Room.objects.select_for_update(of=("self",)).get(pk=room_id)


def record(
    room: Room,
    *,
    verb: str,
    actor: str,
    subject: UUID | str = "",
    audience: Audience = Audience.ROOM,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> JournalEntry:
    """Write what happened in a room held by ``lock_room``; ring when it is committed.

    ``at`` is ``instant_in(room)`` for what the people in the room do.
    """
    room.last_number += 1
    if audience == Audience.EVERYONE:
        room.phones_number = room.last_number
    room.save(update_fields=["last_number", "phones_number"])
    entry = JournalEntry.objects.create(
        room=room,
        number=room.last_number,
        at=at or timezone.now(),
        actor=actor,
        verb=verb,
        subject=str(subject),
        audience=audience,
        detail=detail or {},
    )
    numbers = Numbers(room=room.last_number, phones=room.phones_number)
    transaction.on_commit(partial(ring, room.pk, numbers))
    return entry

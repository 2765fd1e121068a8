"""Erasing someone of a group: what seminars hold of them."""

import secrets
from collections.abc import Collection
from uuid import UUID

from fabrique.stages.programme.actions.erasure import forget_in_line
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.seminar.actions.journal import lock_room
from fabrique.stages.seminar.discretion import instant_in
from fabrique.stages.seminar.models import Attendance, JournalEntry, Participant, Reply
from fabrique.stages.seminar.queries import seats_under_the_name


def forget_at_seminars(member: GroupMember, who: Forgotten, *, said_ids: Collection[UUID]) -> None:
    """Their seats, the names they stand in for, the journal; to be called by ``erase_person``.

    Presences stay with the row that no longer names anyone. ``said_ids`` are the contributions
    whose journal lines are theirs.
    """
    seats = list(seats_under_the_name(member, who).order_by("room", "pk"))
    for seat in seats:
        _forget_seat(seat, who)
    tied_to = {str(one) for one in (*said_ids, *(seat.pk for seat in seats))}
    _forget_in_journals(member, who, tied_to)
    if who.has_own_name:
        for noun in (Reply, Attendance):
            named = noun.objects.filter(
                meeting__programme=member.programme_id, substitute__iexact=who.name
            )
            named.update(substitute=who.instead)


def _forget_seat(seat: Participant, who: Forgotten) -> None:
    """The former link opens nothing any more, and their device holds the seat no longer."""
    room = lock_room(seat.room_id)
    seat.member = None
    seat.label = who.instead
    seat.link_key = secrets.token_urlsafe(32)
    seat.left_at = seat.left_at or instant_in(room)
    seat.save(update_fields=["member", "label", "link_key", "left_at"])


def _forget_in_journals(member: GroupMember, who: Forgotten, tied_to: Collection[str]) -> None:
    entries = JournalEntry.objects.filter(room__meeting__programme=member.programme_id)
    for entry in entries.iterator():
        forget_in_line(entry, who, tied=entry.subject in tied_to)

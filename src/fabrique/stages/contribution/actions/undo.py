"""Taking back what the console did, the last move first or any whose traces are untouched."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fabrique.stages.contribution.actions.changes import Change, carry_out, check_untouched
from fabrique.stages.contribution.errors import CannotUndo
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.queries import undoable_moves
from fabrique.stages.seminar.actions.journal import lock_room
from fabrique.stages.seminar.models import JournalEntry


@transaction.atomic
def undo(room_id: UUID, *, number: int | None = None, actor: str) -> JournalEntry:
    """Undo the move of that number, or the last one; gives the entry that was undone.

    ``CannotUndo`` when there is none, or when something it touched has changed since.
    """
    room = lock_room(room_id)
    moves = undoable_moves(room)
    entry = moves.filter(number=number).first() if number is not None else moves.first()
    if entry is None:
        raise CannotUndo(number=number)
    change = Change.from_json(entry.detail["change"])
    check_untouched(change)
    workshop = Workshop.objects.get(pk=entry.detail["workshop"])
    try:
        with transaction.atomic():
            carry_out(
                room,
                workshop,
                change.backwards(),
                verb="undo",
                actor=actor,
                subject=entry.subject,
                detail={"undone": entry.number, "undone_verb": entry.verb},
            )
    except IntegrityError:
        # What the move gave up has been taken since: a paper code keyed again.
        raise CannotUndo(number=entry.number) from None
    entry.undone_at = timezone.now()
    entry.save(update_fields=["undone_at"])
    return entry

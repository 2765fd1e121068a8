"""Freezing a note: a version that never changes, and its files."""

from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.document.codec import digest, from_json, to_json
from fabrique.stages.deliverable.actions.rendering import forget_exports
from fabrique.stages.deliverable.actions.storing import hold_note
from fabrique.stages.deliverable.analyses.composition import compose
from fabrique.stages.deliverable.analyses.differences import says_the_same
from fabrique.stages.deliverable.enums import DeliverableState
from fabrique.stages.deliverable.errors import EmptyNote
from fabrique.stages.deliverable.lifecycle import MOVES
from fabrique.stages.deliverable.models import Deliverable, Version
from fabrique.stages.deliverable.queries import last_version
from fabrique.stages.programme.actions.audit import record


@transaction.atomic
def freeze(
    deliverable_id: UUID, *, actor: str, issued_on: date | None = None, with_files: bool = True
) -> Version:
    """The note as it stands becomes its next version; files follow once this is committed.

    Freezing a frozen note, or one reopened and left as it was, gives the version there is.
    It is dated today unless ``issued_on`` says another day. Without its files now, each is made
    when someone first asks for it.
    """
    deliverable = hold_note(deliverable_id)
    last = last_version(deliverable)
    if last is not None and deliverable.state == DeliverableState.FROZEN:
        return last
    number = last.number + 1 if last else 1
    document = compose(deliverable, issued_on=issued_on or timezone.localdate(), number=number)
    if not document.sections:
        raise EmptyNote(note=str(deliverable_id))
    _move(deliverable, "freeze")
    if last is not None and says_the_same(from_json(last.tree), document):
        return last
    version = Version.objects.create(
        deliverable=deliverable,
        number=number,
        tree=to_json(document),
        sha256=digest(document),
        frozen_by=actor,
    )
    record(
        deliverable.programme,
        verb="freeze",
        actor=actor,
        subject=deliverable.pk,
        detail={"version": number, "sha256": version.sha256},
    )
    if with_files:
        transaction.on_commit(partial(ask_for_exports, version.pk))
    return version


@transaction.atomic
def reopen(deliverable_id: UUID, *, actor: str) -> Deliverable:
    """Prepare the next version; the frozen ones stay as they are."""
    deliverable = hold_note(deliverable_id)
    if deliverable.state == DeliverableState.FROZEN:
        _move(deliverable, "reopen")
        record(deliverable.programme, verb="reopen", actor=actor, subject=deliverable.pk)
    return deliverable


def redo_exports(programme_id: UUID) -> None:
    """Make again the files of a programme that say what was taken back since."""
    for version_id in forget_exports(programme_id):
        ask_for_exports(version_id)


def ask_for_exports(version_id: UUID) -> None:
    """Have the files of a version made, by the worker the settings name."""
    from fabrique.stages.deliverable.tasks import render_version  # tasks call actions

    render_version.enqueue(str(version_id))


def _move(deliverable: Deliverable, move: str) -> None:
    sources, target = MOVES[move]
    assert deliverable.state in sources
    deliverable.state = target
    deliverable.save(update_fields=["state", "updated_at"])

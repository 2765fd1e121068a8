"""Drafting a note from its session. Drafting again adds what is new and keeps what was edited."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.deliverable.actions.storing import (
    hold_note,
    make_room,
    store_change,
    store_new,
)
from fabrique.stages.deliverable.analyses.outline import Proposal, outline_of, proposals_for
from fabrique.stages.deliverable.enums import BlockOrigin, DeliverableState
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.enums import DeliverableKind
from fabrique.stages.programme.models import Meeting


@transaction.atomic
def draft_note(meeting: Meeting, *, actor: str) -> Deliverable:
    """The note of a meeting, with all that its session proposes; a frozen one is left as it is.

    What people rewrote, moved or removed stays so. A proposal nobody touched follows the session:
    it is refreshed, or taken out when its card is no longer kept.
    """
    outline_of(meeting)
    made, is_new = Deliverable.objects.get_or_create(
        meeting=meeting,
        defaults={
            "kind": DeliverableKind.SEMINAR_NOTE,
            "programme": meeting.programme,
            "site": meeting.site,
            "title": meeting.title,
        },
    )
    deliverable = hold_note(made.pk)
    if deliverable.state == DeliverableState.FROZEN:
        return deliverable
    if is_new:
        record(meeting.programme, verb="draft_note", actor=actor, subject=deliverable.pk)
    _follow(deliverable, proposals_for(meeting))
    deliverable.save(update_fields=["updated_at"])
    return deliverable


def _follow(deliverable: Deliverable, proposals: Sequence[Proposal]) -> None:
    rows = Block.objects.filter(deliverable=deliverable).exclude(draft_key="")
    known = {row.draft_key: row for row in rows}
    after: dict[str, UUID] = {}
    for proposal in proposals:
        block = known.get(proposal.key)
        if block is None:
            block = _insert(deliverable, proposal, after.get(proposal.section))
            known[proposal.key] = block
        else:
            _refresh(block, proposal)
        after[block.section] = block.pk
    proposed = {proposal.key for proposal in proposals}
    for key, block in known.items():
        if key not in proposed:
            _withdraw(block)


def _insert(deliverable: Deliverable, proposal: Proposal, after: UUID | None) -> Block:
    """Put a new proposal after the one it follows in the session, else at the section's end."""
    section = Block.objects.filter(deliverable=deliverable, section=proposal.section)
    before = section.filter(pk=after).first() if after else section.order_by("position").last()
    position = before.position + 1 if before else 0
    make_room(deliverable, position=position)
    return store_new(
        deliverable,
        proposal.block,
        section=proposal.section,
        position=position,
        origin=BlockOrigin.DRAFTED,
        actor="",
        draft_key=proposal.key,
    )


def _refresh(block: Block, proposal: Proposal) -> None:
    if block.origin != BlockOrigin.DRAFTED or (block.removed_at and block.removed_by):
        return
    if block.removed_at:
        block.removed_at = None
        block.save(update_fields=["removed_at"])
    store_change(block, proposal.block, origin=BlockOrigin.DRAFTED, actor="")


def _withdraw(block: Block) -> None:
    if block.origin == BlockOrigin.DRAFTED and block.removed_at is None:
        block.removed_at = timezone.now()
        block.save(update_fields=["removed_at"])

"""How a passage is written: its content, its citations as rows, its former state kept."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from fabrique.document.codec import block_to_json
from fabrique.document.tree import Block as TreeBlock
from fabrique.stages.deliverable.enums import BlockOrigin, DeliverableState
from fabrique.stages.deliverable.errors import NoteFrozen, UnknownBlock
from fabrique.stages.deliverable.models import Block, BlockRevision, Citation, Deliverable
from fabrique.stages.deliverable.passages import citations_of
from fabrique.stages.deliverable.references import references_of

#: Pauses of one person typing leave one former state, not one a pause.
ONE_SITTING = timedelta(minutes=10)


def hold_note(deliverable_id: UUID) -> Deliverable:
    """The note, held until the transaction ends: its changes come one after the other."""
    rows = Deliverable.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "meeting__programme", "meeting__site__territory").get(
        pk=deliverable_id
    )


def hold_draft(deliverable_id: UUID) -> Deliverable:
    deliverable = hold_note(deliverable_id)
    if deliverable.state == DeliverableState.FROZEN:
        raise NoteFrozen(note=str(deliverable_id))
    return deliverable


def hold_block(block_id: UUID) -> Block:
    """A passage of a note that is held and still a draft."""
    found = Block.objects.filter(pk=block_id).values_list("deliverable", flat=True).first()
    if found is None:
        raise UnknownBlock(block=str(block_id))
    deliverable = hold_draft(found)
    block = Block.objects.get(pk=block_id)
    block.deliverable = deliverable
    return block


def store_new(
    deliverable: Deliverable,
    content: TreeBlock,
    *,
    section: str,
    position: int,
    origin: BlockOrigin,
    actor: str,
    draft_key: str = "",
    key: UUID | None = None,
) -> Block:
    block = Block.objects.create(
        **({"id": key} if key else {}),
        deliverable=deliverable,
        section=section,
        position=position,
        content=block_to_json(content),
        origin=origin,
        draft_key=draft_key,
        updated_by=actor,
    )
    _store_citations(block, content)
    return block


def store_change(block: Block, content: TreeBlock, *, origin: BlockOrigin, actor: str) -> Block:
    """The passage as it is now; the same content changes nothing."""
    data = block_to_json(content)
    if data == block.content:
        return block
    _keep_former(block, actor)
    block.content = data
    block.origin = origin
    block.revision += 1
    block.updated_by = actor
    block.save(update_fields=["content", "origin", "revision", "updated_by", "updated_at"])
    _store_citations(block, content)
    return block


def origin_after_edit(block: Block) -> BlockOrigin:
    """What people touched is theirs: a new draft leaves it alone."""
    return BlockOrigin.WRITTEN if block.origin == BlockOrigin.WRITTEN else BlockOrigin.REWORDED


def make_room(deliverable: Deliverable, *, position: int) -> None:
    """Push what stands at a place and after it one place further."""
    Block.objects.filter(deliverable=deliverable, position__gte=position).update(
        position=F("position") + 1
    )


def _keep_former(block: Block, actor: str) -> None:
    same_sitting = (
        actor
        and block.updated_by == actor
        and timezone.now() - block.updated_at < ONE_SITTING
        and block.revisions.filter(changed_by=actor).exists()
    )
    if not same_sitting:
        BlockRevision.objects.create(
            block=block, number=block.revision, content=block.content, changed_by=actor
        )


def _store_citations(block: Block, content: TreeBlock) -> None:
    references = references_of(citations_of(content))
    Citation.objects.filter(block=block).delete()
    Citation.objects.bulk_create(
        Citation(
            block=block,
            position=place,
            card_id=reference.id if reference.kind == "card" else None,
            contribution_id=reference.id if reference.kind == "contribution" else None,
        )
        for place, reference in enumerate(references)
    )

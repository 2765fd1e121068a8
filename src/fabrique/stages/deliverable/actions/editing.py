"""Writing a note: rewording, adding, removing, moving and citing, each with its audit line.

Two people at once: each change says which revision it was made from, and a stale one is refused
with both texts at hand.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from fabrique.document.codec import block_from_json
from fabrique.document.tree import Citation as TreeCitation
from fabrique.stages.deliverable.actions.storing import (
    hold_block,
    hold_draft,
    make_room,
    origin_after_edit,
    store_change,
    store_new,
)
from fabrique.stages.deliverable.analyses.composition import language_of
from fabrique.stages.deliverable.analyses.outline import outline_of
from fabrique.stages.deliverable.analyses.served import is_withdrawn
from fabrique.stages.deliverable.enums import BlockOrigin
from fabrique.stages.deliverable.errors import (
    EditConflict,
    EmptyBlock,
    NotEditable,
    PassageWithdrawn,
    UnknownSection,
    UnknownSource,
)
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.deliverable.passages import (
    Words,
    resting_on,
    reworded,
    without,
    words_of,
    written,
)
from fabrique.stages.deliverable.queries import labels_of, may_cite, passages_of
from fabrique.stages.deliverable.references import read_reference
from fabrique.stages.programme.actions.audit import record


@transaction.atomic
def edit_block(block_id: UUID, *, content: Words, revision: int, actor: str) -> Block:
    """Other words for a passage. The words it already has are accepted whatever the revision."""
    block = _hold_legible(block_id)
    now = block_from_json(block.content)
    before = words_of(now)
    if before is None:
        raise NotEditable(block=str(block_id))
    words = _clean(content)
    if words == before:
        return block
    if block.revision != revision:
        raise EditConflict(block=str(block_id), revision=block.revision)
    block = store_change(block, reworded(now, words), origin=origin_after_edit(block), actor=actor)
    _record(block, "edit_block", actor, revision=block.revision)
    return block


@transaction.atomic
def add_block(
    deliverable_id: UUID,
    *,
    section: str,
    kind: str,
    content: Words,
    actor: str,
    key: UUID | None = None,
) -> Block:
    """A new passage at the end of a section. The same ``key`` twice gives the same passage."""
    deliverable = hold_draft(deliverable_id)
    if key and (known := Block.objects.filter(pk=key, deliverable=deliverable).first()):
        return known
    _check_section(deliverable, section)
    position = _end_of(deliverable, section)
    make_room(deliverable, position=position)
    block = store_new(
        deliverable,
        written(kind, _clean(content)),
        section=section,
        position=position,
        origin=BlockOrigin.WRITTEN,
        actor=actor,
        key=key,
    )
    _record(block, "add_block", actor, section=section)
    return block


@transaction.atomic
def remove_block(block_id: UUID, *, actor: str) -> Block:
    """Take a passage out; it can be put back."""
    block = hold_block(block_id)
    if block.removed_at is None:
        block.removed_at, block.removed_by = timezone.now(), actor or "–"
        block.save(update_fields=["removed_at", "removed_by"])
        _record(block, "remove_block", actor)
    return block


@transaction.atomic
def restore_block(block_id: UUID, *, actor: str) -> Block:
    block = hold_block(block_id)
    if block.removed_at is not None:
        block.removed_at, block.removed_by = None, ""
        block.origin = origin_after_edit(block)
        block.save(update_fields=["removed_at", "removed_by", "origin"])
        _record(block, "restore_block", actor)
    return block


@transaction.atomic
def move_block(block_id: UUID, *, actor: str, section: str = "", by: int = 0) -> Block:
    """Move a passage by so many places in its section (−1 is up), or to the end of another."""
    block = hold_block(block_id)
    deliverable = block.deliverable
    if section and section != block.section:
        _check_section(deliverable, section)
        block.position, block.section = _end_of(deliverable, section), section
        make_room(deliverable, position=block.position)
        block.save(update_fields=["position", "section"])
    elif by:
        _swap(block, by)
    _record(block, "move_block", actor, section=block.section)
    return block


@transaction.atomic
def cite(block_id: UUID, *, ref: str, actor: str) -> Block:
    """Say that a passage rests on a card or a contribution (`card:…`, `contribution:…`)."""
    block = _hold_legible(block_id)
    reference = read_reference(ref)
    if reference is None or not may_cite(block.deliverable, reference):
        raise UnknownSource(ref=ref)
    meeting = block.deliverable.meeting
    assert meeting is not None
    with translation.override(language_of(meeting)):
        label = labels_of([reference], block.deliverable)[str(reference)]
    content = resting_on(block_from_json(block.content), TreeCitation(str(reference), label))
    block = store_change(block, content, origin=origin_after_edit(block), actor=actor)
    _record(block, "cite", actor, ref=str(reference))
    return block


@transaction.atomic
def uncite(block_id: UUID, *, ref: str, actor: str) -> Block:
    block = _hold_legible(block_id)
    content = without(block_from_json(block.content), [ref])
    block = store_change(block, content, origin=origin_after_edit(block), actor=actor)
    _record(block, "uncite", actor, ref=ref)
    return block


def _hold_legible(block_id: UUID) -> Block:
    """A passage that still says what was written; otherwise its words would be shown again."""
    block = hold_block(block_id)
    if is_withdrawn(block):
        raise PassageWithdrawn(block=str(block_id))
    return block


def _clean(words: Words) -> Words:
    text = words.text.replace("\r\n", "\n").strip()
    if not text:
        raise EmptyBlock()
    return Words(text, words.attribution.strip())


def _check_section(deliverable: Deliverable, section: str) -> None:
    assert deliverable.meeting is not None
    if section not in [one.key for one in outline_of(deliverable.meeting).sections]:
        raise UnknownSection(section=section)


def _end_of(deliverable: Deliverable, section: str) -> int:
    last = Block.objects.filter(deliverable=deliverable, section=section).last()
    return last.position + 1 if last else 0


def _swap(block: Block, by: int) -> None:
    """Change places with a neighbour: removed passages between them keep theirs."""
    here = list(passages_of(block.deliverable).filter(section=block.section))
    place = next((place for place, one in enumerate(here) if one.pk == block.pk), None)
    if place is None:
        return
    target = min(max(place + by, 0), len(here) - 1)
    positions = [one.position for one in here]
    here.insert(target, here.pop(place))
    for one, position in zip(here, positions, strict=True):
        if one.position != position:
            Block.objects.filter(pk=one.pk).update(position=position)
    block.refresh_from_db(fields=["position"])


def _record(block: Block, verb: str, actor: str, **detail: object) -> None:
    block.deliverable.save(update_fields=["updated_at"])
    record(
        block.deliverable.programme, verb=verb, actor=actor, subject=block.pk, detail=dict(detail)
    )

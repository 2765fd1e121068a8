"""What a facilitator does with what was said: group, name, merge, split, set aside, restore.

Nothing is deleted: each verb moves states and places and says so in the journal, from which
``undo`` takes it back.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.changes import Change, carry_out, places_of
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.actions.references import index_references
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.errors import (
    IllegalCardMove,
    InvalidCard,
    NotInThisRoom,
    ReasonNeeded,
)
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.lifecycle import CARD_MOVES
from fabrique.stages.contribution.models import CARD_TITLE_LIMIT, Card, Contribution, Workshop
from fabrique.stages.seminar.models import Room

REASON_LIMIT = 300


@transaction.atomic
def create_card(
    workshop_id: UUID,
    *,
    title: str = "",
    contribution_ids: Sequence[UUID] = (),
    data: Mapping[str, Any] | None = None,
    actor: str,
) -> Card:
    """A card holding these contributions, taken out of the cards they were in.

    Without a title it takes the words of the first one; what its format adds is taken over from
    the contributions unless ``data`` says otherwise.
    """
    workshop, room = hold_workshop(workshop_id)
    contributions = _contributions_of(workshop, contribution_ids)
    fields = _new_fields(workshop, contributions, title, data)
    card = lay_card(workshop, fields)
    change = Change().of_card(card, state=CardState.KEPT)
    change.places = _moves(contributions, card.pk)
    carry_out(room, workshop, change, verb="create_card", actor=actor, subject=card.pk)
    card.refresh_from_db()
    return card


def place(contribution_id: UUID, *, card_id: UUID | None, actor: str) -> None:
    """Put a contribution in a card, or out of any; where it already is, nothing happens."""
    place_together([contribution_id], card_id=card_id, actor=actor)


@transaction.atomic
def place_together(
    contribution_ids: Sequence[UUID], *, card_id: UUID | None, actor: str
) -> list[Contribution]:
    """Put several contributions of a workshop in a card, or out of any: one move to take back."""
    contributions, workshop, room = _hold_contributions(contribution_ids)
    if card_id is not None:
        card = Card.objects.filter(pk=card_id, workshop=workshop).first()
        if card is None:
            raise NotInThisRoom(card=str(card_id))
        if card.state != CardState.KEPT:
            raise IllegalCardMove(move="place", state=card.state)
    change = Change(places=_moves(contributions, card_id))
    for contribution in contributions:
        if contribution.set_aside_at is not None:
            change.of_contribution(contribution, set_aside_at=None, set_aside_reason="")
    if change.contributions or any(before != after for before, after in change.places.values()):
        subject = contributions[0].pk
        carry_out(room, workshop, change, verb="place", actor=actor, subject=subject)
    return contributions


@transaction.atomic
def edit_card(card_id: UUID, *, data: Mapping[str, Any], actor: str) -> Card:
    """Name and reword a card by its format's form; what it said before stays in the journal."""
    card, workshop, room = _hold_card(card_id)
    form = get_format(workshop.format).card_form(workshop, data, card=card)
    if not form.is_valid():
        raise InvalidCard(form.errors, data)
    after = {
        "title": form.cleaned_data["title"],
        "text": form.cleaned_data["text"],
        "payload": form.payload,
    }
    if any(getattr(card, name) != value for name, value in after.items()):
        change = Change().of_card(card, **after)
        carry_out(room, workshop, change, verb="edit_card", actor=actor, subject=card.pk)
        card.refresh_from_db()
    return card


@transaction.atomic
def merge_cards(card_id: UUID, *, into_id: UUID, actor: str) -> Card:
    """Let a card join another: it keeps its contributions and points to where they went."""
    card, workshop, room = _hold_card(card_id)
    into = Card.objects.filter(pk=into_id, workshop=workshop).first()
    if into is None:
        raise NotInThisRoom(card=str(into_id))
    if into.pk == card.pk or into.state != CardState.KEPT:
        raise IllegalCardMove(move="merge", state=into.state)
    change = Change().of_card(card, state=_after(card, "merge"), merged_into_id=into.pk)
    carry_out(room, workshop, change, verb="merge_cards", actor=actor, subject=card.pk)
    return into


@transaction.atomic
def split_card(card_id: UUID, *, title: str, contribution_ids: Sequence[UUID], actor: str) -> Card:
    """Take some contributions of a card into a new one beside it."""
    card, workshop, room = _hold_card(card_id)
    contributions = _contributions_of(workshop, contribution_ids)
    places = places_of(contribution.pk for contribution in contributions)
    if not contributions or set(places.values()) != {card.pk} or len(places) < len(contributions):
        raise NotInThisRoom(card=str(card_id))
    data = {**card.payload, "text": "", "title": title or _title_from(contributions)}
    new = lay_card(workshop, checked_card(workshop, data))
    change = Change().of_card(new, state=CardState.KEPT)
    change.places = _moves(contributions, new.pk)
    carry_out(room, workshop, change, verb="split_card", actor=actor, subject=new.pk)
    new.refresh_from_db()
    return new


@transaction.atomic
def set_card_aside(card_id: UUID, *, reason: str, actor: str) -> Card:
    card, workshop, room = _hold_card(card_id)
    change = Change().of_card(
        card, state=_after(card, "set_aside"), set_aside_reason=_checked_reason(reason)
    )
    carry_out(room, workshop, change, verb="set_card_aside", actor=actor, subject=card.pk)
    card.refresh_from_db()
    return card


@transaction.atomic
def restore_card(card_id: UUID, *, actor: str) -> Card:
    """Bring back a card that was merged or set aside."""
    card, workshop, room = _hold_card(card_id)
    change = Change().of_card(
        card, state=_after(card, "restore"), merged_into_id=None, set_aside_reason=""
    )
    carry_out(room, workshop, change, verb="restore_card", actor=actor, subject=card.pk)
    card.refresh_from_db()
    return card


def set_contribution_aside(contribution_id: UUID, *, reason: str, actor: str) -> None:
    """Set a contribution aside, out of the card it was in; its author will read why."""
    set_aside_together([contribution_id], reason=reason, actor=actor)


@transaction.atomic
def set_aside_together(
    contribution_ids: Sequence[UUID], *, reason: str, actor: str
) -> list[Contribution]:
    """Set several contributions of a workshop aside for one reason: one move to take back."""
    contributions, workshop, room = _hold_contributions(contribution_ids)
    change = Change(places=_moves(contributions, None))
    reason = _checked_reason(reason)
    for contribution in contributions:
        change.of_contribution(contribution, set_aside_at=timezone.now(), set_aside_reason=reason)
    subject = contributions[0].pk
    carry_out(room, workshop, change, verb="set_contribution_aside", actor=actor, subject=subject)
    return contributions


@transaction.atomic
def restore_contribution(contribution_id: UUID, *, actor: str) -> None:
    """Bring back a contribution that was set aside, among those not examined yet."""
    contribution, workshop, room = _hold_contribution(contribution_id)
    if contribution.set_aside_at is None:
        return
    change = Change().of_contribution(contribution, set_aside_at=None, set_aside_reason="")
    carry_out(
        room, workshop, change, verb="restore_contribution", actor=actor, subject=contribution.pk
    )


@transaction.atomic
def move_card(card_id: UUID, *, before_id: UUID | None, actor: str) -> None:
    """Put a card before another in the board's order, or last."""
    card, workshop, room = _hold_card(card_id)
    others = [one for one in Card.objects.filter(workshop=workshop) if one.pk != card.pk]
    rank = next((i for i, one in enumerate(others) if one.pk == before_id), len(others))
    ordered = [*others[:rank], card, *others[rank:]]
    change = Change()
    for position, one in enumerate(ordered, start=1):
        if one.position != position:
            change.of_card(one, position=position)
    if change.cards:
        carry_out(room, workshop, change, verb="move_card", actor=actor, subject=card.pk)


def _hold_card(card_id: UUID) -> tuple[Card, Workshop, Room]:
    """The card as it is once its room is held."""
    workshop_id = Card.objects.filter(pk=card_id).values_list("workshop", flat=True).first()
    if workshop_id is None:
        raise NotInThisRoom(card=str(card_id))
    workshop, room = hold_workshop(workshop_id)
    return Card.objects.get(pk=card_id), workshop, room


def _hold_contribution(contribution_id: UUID) -> tuple[Contribution, Workshop, Room]:
    (contribution,), workshop, room = _hold_contributions([contribution_id])
    return contribution, workshop, room


def _hold_contributions(ids: Sequence[UUID]) -> tuple[list[Contribution], Workshop, Room]:
    """These contributions, all of one workshop, as they are once its room is held."""
    first = Contribution.objects.filter(pk__in=ids[:1])
    workshop_id = first.values_list("workshop", flat=True).first()
    if workshop_id is None:
        raise NotInThisRoom(contributions=[str(one) for one in ids])
    workshop, room = hold_workshop(workshop_id)
    return _contributions_of(workshop, ids), workshop, room


def _contributions_of(workshop: Workshop, ids: Sequence[UUID]) -> list[Contribution]:
    """These contributions of the workshop, in the room's order; all of them, or refused."""
    found = list(Contribution.objects.filter(pk__in=ids, workshop=workshop))
    if len(found) != len(set(ids)):
        raise NotInThisRoom(contributions=[str(one) for one in ids])
    return found


def _moves(
    contributions: Sequence[Contribution], card_id: UUID | None
) -> dict[UUID, tuple[UUID | None, UUID | None]]:
    now = places_of(one.pk for one in contributions)
    return {one.pk: (now.get(one.pk), card_id) for one in contributions}


def _new_fields(
    workshop: Workshop,
    contributions: Sequence[Contribution],
    title: str,
    data: Mapping[str, Any] | None,
) -> dict[str, Any]:
    if data is not None:
        return checked_card(workshop, data)
    payload = get_format(workshop.format).card_payload(contributions)
    title = title.strip() or _title_from(contributions)
    return checked_card(workshop, {**payload, "text": "", "title": title})


def checked_card(workshop: Workshop, data: Mapping[str, Any]) -> dict[str, Any]:
    """A card's fields by its format's form; raises ``InvalidCard`` with what was given."""
    form = get_format(workshop.format).card_form(workshop, data)
    if not form.is_valid():
        raise InvalidCard(form.errors, data)
    return {
        "title": form.cleaned_data["title"],
        "text": form.cleaned_data["text"],
        "payload": form.payload,
    }


def _title_from(contributions: Sequence[Contribution]) -> str:
    """The first words of the first contribution, cut at a word."""
    if not contributions:
        return ""
    words = " ".join(contributions[0].text.split())
    if len(words) <= CARD_TITLE_LIMIT:
        return words
    return words[: CARD_TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def lay_card(workshop: Workshop, fields: dict[str, Any]) -> Card:
    """A new row, last on the board; it is not there until the change that creates it is done."""
    last = Card.objects.filter(workshop=workshop).aggregate(last=Max("position"))["last"] or 0
    card = Card.objects.create(
        id=new_id(), workshop=workshop, position=last + 1, state=CardState.UNDONE, **fields
    )
    index_references(workshop, [card])
    return card


def _after(card: Card, move: str) -> CardState:
    sources, target = CARD_MOVES[move]
    if card.state not in sources:
        raise IllegalCardMove(move=move, state=card.state)
    return target


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason or len(reason) > REASON_LIMIT:
        raise ReasonNeeded(limit=REASON_LIMIT)
    return reason

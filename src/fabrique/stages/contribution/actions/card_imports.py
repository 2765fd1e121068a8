"""Bringing cards and ties in from files: all of them or none, and the same files only once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from fabrique.kit.sheets import plain_name
from fabrique.stages.contribution.actions.cards import checked_card, lay_card
from fabrique.stages.contribution.actions.changes import Change, carry_out
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.actions.links import write_ties
from fabrique.stages.contribution.analyses.card_imports import (
    CardFate,
    Fate,
    card_fates,
    named_cards,
)
from fabrique.stages.contribution.enums import CardState
from fabrique.stages.contribution.formats.card_files import CardLine, TieLine
from fabrique.stages.contribution.formats.contract import Tie
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Workshop
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in
from fabrique.stages.seminar.enums import Audience


@dataclass(frozen=True)
class ImportedCards:
    """How many cards were made or completed, and how many ties were asked for."""

    created: int
    changed: int
    ties: int


@transaction.atomic
def import_cards(
    workshop_id: UUID, *, cards: Sequence[CardLine], ties: Sequence[TieLine] = (), actor: str
) -> ImportedCards:
    """Make or complete the cards of these lines, then tie them for the room.

    The cards are one gesture on the console, taken back in one; a tie whose end is gone counts
    for nothing.
    """
    workshop, room = hold_workshop(workshop_id)
    change, written = Change(), []
    for fate in card_fates(workshop, cards):
        if fate.fate != Fate.SAME:
            written.append(_write(workshop, fate, change))
    if change.cards:
        subject = written[0].pk
        carry_out(room, workshop, change, verb="import_cards", actor=actor, subject=subject)
    drawn = _ties(workshop, ties)
    if drawn and write_ties(room, workshop, None, ties=drawn, untied=[]):
        record(
            room,
            verb="import_ties",
            actor=actor,
            subject=workshop.pk,
            audience=Audience.ROOM,
            detail={"ties": len(drawn)},
            at=instant_in(room),
        )
    created = sum(values["state"][1] == CardState.KEPT for values in _created(change))
    return ImportedCards(created=created, changed=len(written) - created, ties=len(drawn))


def _write(workshop: Workshop, fate: CardFate, change: Change) -> Card:
    fields = checked_card(workshop, fate.data)
    if fate.card is not None:
        change.of_card(fate.card, **fields)
        return fate.card
    card = lay_card(workshop, fields)
    change.of_card(card, state=CardState.KEPT)
    return card


def _created(change: Change) -> Iterable[dict[str, tuple[object, object]]]:
    return [fields for fields in change.cards.values() if "state" in fields]


def _ties(workshop: Workshop, lines: Iterable[TieLine]) -> list[Tie]:
    """The ties between cards that are there; one whose ends have become one card is left out."""
    there = {name: card.pk for name, card in named_cards(workshop).items()}
    known = get_format(workshop.format).link_kinds_of(workshop)
    found = [
        (there.get(plain_name(line.source)), there.get(plain_name(line.target)), line.kind)
        for line in lines
        if line.kind in known
    ]
    return [
        Tie(source_id=source, target_id=target, kind=kind)
        for source, target, kind in found
        if source is not None and target is not None and source != target
    ]

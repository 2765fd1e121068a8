"""A change to cards and contributions that can be told, checked and taken back.

Every verb of the console is written as the values before and after. Carrying it out, writing it
in the journal and undoing it are then one thing each, whatever the verb.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fabrique.stages.contribution.actions.references import index_references
from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.errors import CannotUndo
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Placement, Workshop
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import JournalEntry, Room

Pair = tuple[Any, Any]
Fields = dict[str, Pair]


@dataclass
class Change:
    """Before and after, by identifier: fields of cards, fields of contributions, places."""

    cards: dict[UUID, Fields] = field(default_factory=dict)
    contributions: dict[UUID, Fields] = field(default_factory=dict)
    places: dict[UUID, tuple[UUID | None, UUID | None]] = field(default_factory=dict)

    def of_card(self, card: Card, **after: Any) -> "Change":
        """Add new values for a card."""
        self.cards.setdefault(card.pk, {}).update(
            {name: (_plain(getattr(card, name)), _plain(value)) for name, value in after.items()}
        )
        return self

    def of_contribution(self, contribution: Contribution, **after: Any) -> "Change":
        """Add new values for a contribution."""
        self.contributions.setdefault(contribution.pk, {}).update(
            {
                name: (_plain(getattr(contribution, name)), _plain(value))
                for name, value in after.items()
            }
        )
        return self

    def backwards(self) -> "Change":
        return Change(
            cards={key: _swapped(fields) for key, fields in self.cards.items()},
            contributions={key: _swapped(fields) for key, fields in self.contributions.items()},
            places={key: (after, before) for key, (before, after) in self.places.items()},
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "cards": {str(key): fields for key, fields in self.cards.items()},
            "contributions": {str(key): fields for key, fields in self.contributions.items()},
            "places": {
                str(key): [str(one) if one else None for one in pair]
                for key, pair in self.places.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        return cls(
            cards={UUID(key): fields for key, fields in data["cards"].items()},
            contributions={UUID(key): fields for key, fields in data["contributions"].items()},
            places={
                UUID(key): (UUID(before) if before else None, UUID(after) if after else None)
                for key, (before, after) in data["places"].items()
            },
        )


def carry_out(
    room: Room,
    workshop: Workshop,
    change: Change,
    *,
    verb: str,
    actor: str,
    subject: UUID | str = "",
    detail: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Apply a change in the room held by the caller, and write it in the journal."""
    _apply_fields(Card, change.cards)
    rewritten = [key for key, fields in change.cards.items() if "payload" in fields]
    index_references(workshop, Card.objects.filter(pk__in=rewritten) if rewritten else ())
    _apply_fields(Contribution, change.contributions)
    _apply_places(change.places, actor)
    return record(
        room,
        verb=verb,
        actor=actor,
        subject=subject,
        audience=_audience(workshop),
        detail={"workshop": str(workshop.pk), **(detail or {}), "change": change.as_json()},
    )


def check_untouched(change: Change) -> None:
    """Raise ``CannotUndo`` when something the change wrote has been written again since."""
    for model, wanted in ((Card, change.cards), (Contribution, change.contributions)):
        rows = _rows(model, wanted)
        for key, fields in wanted.items():
            for name, (_before, after) in fields.items():
                if name != "position" and _plain(getattr(rows[key], name)) != after:
                    raise CannotUndo(subject=str(key))
    now = places_of(change.places)
    if any(now.get(key) != after for key, (_before, after) in change.places.items()):
        raise CannotUndo(subject="places")


def places_of(contributions: Iterable[UUID]) -> dict[UUID, UUID]:
    """The card each of these contributions is in now; those in none are absent."""
    placed = Placement.objects.filter(contribution__in=list(contributions), ended_at=None)
    return {one.contribution_id: one.card_id for one in placed}


def _apply_fields(model: type[Model], wanted: Mapping[UUID, Fields]) -> None:
    rows = _rows(model, wanted)
    names = {name for fields in wanted.values() for name in fields}
    for key, fields in wanted.items():
        for name, (_before, after) in fields.items():
            setattr(rows[key], name, _value(name, after))
    if names:
        model._default_manager.bulk_update(rows.values(), sorted(names))


def _apply_places(places: Mapping[UUID, tuple[UUID | None, UUID | None]], actor: str) -> None:
    moved = {key: after for key, (before, after) in places.items() if before != after}
    Placement.objects.filter(contribution__in=moved, ended_at=None).update(ended_at=timezone.now())
    Placement.objects.bulk_create(
        Placement(contribution_id=key, card_id=after, placed_by=actor)
        for key, after in moved.items()
        if after is not None
    )


def _rows(model: type[Model], wanted: Iterable[UUID]) -> dict[UUID, Any]:
    keys = list(wanted)
    return model._default_manager.in_bulk(keys) if keys else {}


def _audience(workshop: Workshop) -> Audience:
    """Phones look again when what they rate, tie or speak of has changed."""
    running = Workshop.objects.filter(meeting=workshop.meeting_id, state=WorkshopState.OPEN)
    shows_cards = any(_shows_cards(get_format(one.format), one.phase) for one in running)
    return Audience.EVERYONE if shows_cards else Audience.ROOM


def _shows_cards(format: Format, phase: str) -> bool:
    """Whether phones have cards before them in this phase."""
    accepts = format.phase(phase).accepts
    return bool(accepts & {"rating", "link"}) or (
        "contribution" in accepts and format.speaks_of_cards
    )


def _swapped(fields: Fields) -> Fields:
    return {name: (after, before) for name, (before, after) in fields.items()}


def _plain(value: Any) -> Any:
    """The value as the journal keeps it."""
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _value(name: str, kept: Any) -> Any:
    """The value as the row keeps it."""
    if kept is not None and name.endswith("_at"):
        return parse_datetime(kept)
    return kept

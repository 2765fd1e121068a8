"""Keying in hands raised in the room: a count the team answers for, corrected by keying again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.errors import InvalidHands, NotInThisRoom
from fabrique.stages.contribution.formats.contract import Criterion
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, HandCount
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.enums import Audience

#: More hands than a room of these seminars has ever held.
MOST_HANDS = 500

Counts = Mapping[tuple[str, int], int]


@transaction.atomic
def count_hands(
    workshop_id: UUID, *, card_id: UUID, counts: Mapping[tuple[str, int], int | None], actor: str
) -> Card:
    """Keep how many hands were raised for a card, by criterion and value.

    What is given replaces all that was keyed in for the card; ``None`` is no count at all. The
    journal keeps what stood before.
    """
    workshop, room = hold_workshop(workshop_id)
    format = get_format(workshop.format)
    card = format.cards_to_rate(workshop).filter(pk=card_id).first()
    if card is None:
        raise NotInThisRoom(card=str(card_id))
    criteria = {one.key: one for one in format.criteria_of(workshop)}
    wanted = {key: count for key, count in counts.items() if count is not None}
    for (criterion, value), count in wanted.items():
        _check(criteria.get(criterion), value, count)
    stored = HandCount.objects.filter(card=card, criterion__in=criteria)
    before = {(one.criterion, one.value): one.count for one in stored}
    if before != wanted:
        stored.delete()
        HandCount.objects.bulk_create(
            HandCount(card=card, criterion=criterion, value=value, count=count,
                      counted_by=actor, counted_at=timezone.now())
            for (criterion, value), count in sorted(wanted.items())
        )  # fmt: skip
        record(
            room,
            verb="count_hands",
            actor=actor,
            subject=card.pk,
            audience=Audience.ROOM,
            detail={
                "workshop": str(workshop.pk),
                "before": _plain(before),
                "after": _plain(wanted),
            },
        )
    return card


def _check(criterion: Criterion | None, value: int, count: int) -> None:
    if criterion is None or value not in criterion.scale or not 0 <= count <= MOST_HANDS:
        raise InvalidHands(limit=MOST_HANDS)


def _plain(counts: Counts) -> list[list[Any]]:
    return [[criterion, value, count] for (criterion, value), count in sorted(counts.items())]

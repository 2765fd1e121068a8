"""Keeps the index of what cards rest on in step with what their payloads say."""

from collections.abc import Iterable
from uuid import UUID

from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, CardReference, Workshop


def index_references(workshop: Workshop, cards: Iterable[Card]) -> None:
    """Write again the references of these cards of a workshop; where they come from stays."""
    fields = get_format(workshop.format).references
    rows = list(cards) if fields else []
    if not rows:
        return
    CardReference.objects.filter(card__in=rows, role__in=fields).delete()
    said = {
        (card.pk, UUID(one), role)
        for card in rows
        for role in fields
        for one in card.payload.get(role, [])
    }
    CardReference.objects.bulk_create(
        CardReference(card_id=card, target_id=target, role=role)
        for card, target, role in sorted(said, key=str)
    )

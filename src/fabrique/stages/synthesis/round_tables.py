"""What was said at national round tables that may become success criteria, and what became one.

Only the national scale: what is said in a territory is the territory's. What is private is never
offered; what was adopted and then made private is dropped from the criteria.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats.registry import all_formats
from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.programme.actions.criteria import drop_adopted
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries.committee import criteria_visible_to


@dataclass(frozen=True)
class Expectation:
    """Something said or kept; ``said`` are the contributions under a card."""

    source: str
    text: str
    said: Sequence[str]
    label: str
    is_adopted: bool


@dataclass(frozen=True)
class RoundTable:
    workshop: Workshop
    expectations: Sequence[Expectation]


def round_tables(viewer: Viewer, programme: Programme) -> list[RoundTable]:
    """A constant number of queries, whatever the number of workshops and words."""
    keys = [format.key for format in all_formats() if format.brings_criteria]
    seen = queries.workshops_visible_to(viewer).filter(
        meeting__programme=programme, meeting__site__isnull=True, format__in=keys
    )
    workshops = list(seen.order_by("meeting__position", "position", "pk"))
    cards = queries.cards_visible_to(viewer).filter(
        ~Q(level=Level.PRIVATE), workshop__in=workshops, state=CardState.KEPT
    )
    said = queries.in_no_card(queries.contributions_visible_to(viewer)).filter(
        ~Q(level=Level.PRIVATE), workshop__in=workshops, set_aside_at=None
    )
    adopted = {
        one.source
        for one in criteria_visible_to(viewer).filter(programme=programme)
        if one.source and one.removed_at is None
    }
    kept, alone = list(cards), list(said)
    return [
        RoundTable(
            workshop,
            [
                *(
                    _of_card(card, workshop, adopted)
                    for card in kept
                    if card.workshop_id == workshop.pk
                ),
                *(
                    _of_words(one, workshop, adopted)
                    for one in alone
                    if one.workshop_id == workshop.pk
                ),
            ],
        )
        for workshop in workshops
    ]


def drop_hidden(programme_id: UUID) -> None:
    """Drop the criteria adopted from words or cards that were made private since."""
    private = {"level": Level.PRIVATE, "workshop__meeting__programme": programme_id}
    said = Contribution.objects.filter(**private).values_list("pk", flat=True)
    cards = Card.objects.filter(**private).values_list("pk", flat=True)
    sources = [*(f"contribution:{key}" for key in said), *(f"card:{key}" for key in cards)]
    if sources:
        drop_adopted(programme_id, sources=sources)


def _of_card(card: Card, workshop: Workshop, adopted: set[str]) -> Expectation:
    source = f"card:{card.pk}"
    placed = card.current_placements  # type: ignore[attr-defined]
    return Expectation(
        source=source,
        text=card.title,
        said=[one.contribution.text for one in placed if one.contribution.level != Level.PRIVATE],
        label=_label(workshop),
        is_adopted=source in adopted,
    )


def _of_words(said: Contribution, workshop: Workshop, adopted: set[str]) -> Expectation:
    source = f"contribution:{said.pk}"
    return Expectation(source, said.text, (), _label(workshop), source in adopted)


def _label(workshop: Workshop) -> str:
    return _("Dit au tour de table : %(meeting)s") % {"meeting": workshop.meeting.title}

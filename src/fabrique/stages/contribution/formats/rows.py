"""The rows formats read: what a workshop holds that may be shown to its group.

What is private, set aside or withdrawn never enters a figure, a wall or a note through here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.models import (
    Card,
    CardReference,
    Contribution,
    Link,
    Placement,
    Rating,
    Workshop,
)
from fabrique.stages.contribution.withdrawals import is_withdrawn
from fabrique.stages.programme.models import GroupMember, Site

#: No statistic on fewer people is shown on a wall or written in a note.
MINIMUM_PEOPLE = 5


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One mark as it stands."""

    card_id: UUID
    participant_id: UUID
    criterion: str
    value: int
    rated_at: datetime


def kept_cards(workshop: Workshop) -> QuerySet[Card]:
    """Cards the group kept, each with ``said_count``, how many contributions are in it."""
    kept = Card.objects.filter(workshop=workshop, state=CardState.KEPT)
    kept = kept.exclude(level=Level.PRIVATE).exclude(is_withdrawn())
    return _counted(kept).order_by("position", "id")  # a GROUP BY forgets the model's own order


def kept_cards_beside_or_own(workshop: Workshop, format: str) -> QuerySet[Card]:
    """Those kept in the same meeting by another format; where there are none, the workshop's."""
    beside, own = kept_cards_beside(workshop, format), kept_cards(workshop)
    asked = Q(pk__in=beside.order_by().values("pk")) | Q(
        ~Exists(beside), pk__in=own.order_by().values("pk")
    )
    return _counted(Card.objects.filter(asked)).order_by("workshop", "position", "id")


def _counted(cards: QuerySet[Card]) -> QuerySet[Card]:
    in_it = Q(placements__ended_at=None, placements__contribution__set_aside_at=None)
    said_count = Count("placements", filter=in_it & Q(placements__isnull=False))
    return cards.annotate(said_count=said_count)


def cards_set_aside(workshop: Workshop) -> QuerySet[Card]:
    return Card.objects.filter(workshop=workshop, state=CardState.SET_ASIDE).exclude(
        level=Level.PRIVATE
    )


def cards_withdrawn(workshop: Workshop) -> QuerySet[Card]:
    """Cards taken over from a territory that withdrew them since: to be counted, never shown."""
    kept = Card.objects.filter(workshop=workshop, state=CardState.KEPT)
    return kept.filter(is_withdrawn())


def contributions_said(workshop: Workshop) -> QuerySet[Contribution]:
    """What was said for the group and stands, in the room's order."""
    return Contribution.objects.filter(workshop=workshop, set_aside_at=None).exclude(
        level=Level.PRIVATE
    )


def contributions_waiting(workshop: Workshop) -> QuerySet[Contribution]:
    """What nobody has put in a card yet."""
    placed = Placement.objects.filter(contribution=OuterRef("pk"), ended_at=None)
    return contributions_said(workshop).filter(~Exists(placed))


def contributions_set_aside(workshop: Workshop) -> QuerySet[Contribution]:
    return Contribution.objects.filter(workshop=workshop, set_aside_at__isnull=False).exclude(
        level=Level.PRIVATE
    )


def last_contributions(workshop: Workshop) -> list[Contribution]:
    """The last thing each person said; paper has no person and counts each time."""
    last: dict[UUID, Contribution] = {}
    for contribution in contributions_said(workshop):
        last[contribution.participant_id or contribution.pk] = contribution
    return list(last.values())


def enough_people(said: Iterable[Contribution]) -> bool:
    """Whether enough people said these for a figure about them to leave the console.

    Paper has no person and counts each time.
    """
    return len({one.participant_id or one.pk for one in said}) >= MINIMUM_PEOPLE


def judgements_of(
    cards: Iterable[Card], criteria: Iterable[str], *, by: Viewer | None = None
) -> list[Judgement]:
    """Every mark on these cards by these criteria, or one person's, in a steady order.

    A person's are those they gave from the device they hold.
    """
    marks = Rating.objects.filter(
        card__in=[card.pk for card in cards], criterion__in=list(criteria)
    ).order_by("card_id", "participant_id", "criterion")
    if by is not None:
        marks = marks.filter(participant=by.participant_id)
        marks = marks.filter(rated_at__gte=by.seated_since) if by.seated_since else marks
    names = ("card_id", "participant_id", "criterion", "value", "rated_at")
    return [Judgement(**row) for row in marks.values(*names)]


def ties_of(workshop: Workshop, kind: str) -> QuerySet[Link]:
    """Ties of a kind that stand, whoever drew them."""
    return Link.objects.filter(workshop=workshop, kind=kind, ended_at=None)


def ties_drawn(workshop: Workshop, kinds: Iterable[str]) -> QuerySet[Link]:
    """Ties of these kinds that stand, whoever drew them, in a steady order."""
    return Link.objects.filter(workshop=workshop, kind__in=list(kinds), ended_at=None).order_by(
        "linked_at", "id"
    )


def people_behind(workshop: Workshop) -> list[tuple[UUID, UUID]]:
    """Who stands behind each card, as (card, person): those whose contributions are in it.

    A card that was merged is still named: ``where_cards_went`` says where it counts. Paper has no
    person and counts each time.
    """
    placed = Placement.objects.filter(
        card__workshop=workshop, ended_at=None, contribution__set_aside_at=None
    ).exclude(contribution__level=Level.PRIVATE)
    said = placed.values_list("card", "contribution__participant", "contribution")
    return sorted({(card, person or alone) for card, person, alone in said}, key=str)


def ties_by(viewer: Viewer, workshop: Workshop, kind: str) -> QuerySet[Link]:
    """Those of them that a participant drew from the device they hold."""
    own = ties_of(workshop, kind).filter(participant=viewer.participant_id)
    return own.filter(linked_at__gte=viewer.seated_since) if viewer.seated_since else own


def workshops_beside(workshop: Workshop, format: str) -> QuerySet[Workshop]:
    """Workshops of another format in the same meeting."""
    return Workshop.objects.filter(meeting=workshop.meeting_id, format=format)


def kept_cards_beside(workshop: Workshop, format: str) -> QuerySet[Card]:
    """Cards kept in the same meeting by workshops of another format."""
    return Card.objects.filter(
        workshop__meeting=workshop.meeting_id, workshop__format=format, state=CardState.KEPT
    ).exclude(Q(level=Level.PRIVATE) | is_withdrawn())


def where_cards_went(card_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each card and the one it ended up in, through merges; itself when it was not merged."""
    asked = list(card_ids)
    meetings = Card.objects.filter(pk__in=asked).values("workshop__meeting")
    merged = dict(
        Card.objects.filter(workshop__meeting__in=meetings, merged_into__isnull=False).values_list(
            "pk", "merged_into_id"
        )
    )
    return {card_id: _end_of(card_id, merged) for card_id in asked}


def _end_of(card_id: UUID, merged: dict[UUID, UUID]) -> UUID:
    while card_id in merged:
        card_id = merged[card_id]
    return card_id


def said_in_cards(workshop: Workshop) -> dict[UUID, list[Contribution]]:
    """What each card of a workshop holds, what was merged into it included."""
    placed = _placed_in_cards(workshop)
    now = where_cards_went({one.card_id for one in placed}) if placed else {}
    return _said_by_card(placed, now)


def said_and_merged(
    workshop: Workshop,
) -> tuple[dict[UUID, list[Contribution]], dict[UUID, list[Card]]]:
    """The same, and the cards that joined each card of a workshop; where they went, asked once."""
    placed = _placed_in_cards(workshop)
    merged = list(
        Card.objects.filter(workshop=workshop, state=CardState.MERGED)
        .exclude(level=Level.PRIVATE)
        .exclude(is_withdrawn())
    )
    moved = {one.card_id for one in placed} | {card.pk for card in merged}
    now = where_cards_went(moved) if moved else {}
    joined: dict[UUID, list[Card]] = {}
    for card in merged:
        joined.setdefault(now[card.pk], []).append(card)
    return _said_by_card(placed, now), joined


def _placed_in_cards(workshop: Workshop) -> list[Placement]:
    return list(
        Placement.objects.filter(
            card__workshop=workshop, ended_at=None, contribution__set_aside_at=None
        )
        .exclude(contribution__level=Level.PRIVATE)
        .select_related("contribution")
        .order_by("contribution__number")
    )


def _said_by_card(
    placed: Iterable[Placement], now: Mapping[UUID, UUID]
) -> dict[UUID, list[Contribution]]:
    said: dict[UUID, list[Contribution]] = {}
    for one in placed:
        said.setdefault(now[one.card_id], []).append(one.contribution)
    return said


def earlier_behind(workshop: Workshop, roles: Iterable[str] = ()) -> dict[UUID, list[UUID]]:
    """The earlier cards each card of a workshop comes from, or rests on by one of these roles.

    Those of the cards it took in are among them.
    """
    named = list(
        CardReference.objects.filter(
            card__workshop=workshop,
            card__state__in=(CardState.KEPT, CardState.MERGED),
            role__in=[CardReference.ORIGIN, *roles],
        )
        .exclude(card__level=Level.PRIVATE)
        .order_by("id")
        .values_list("card_id", "target_id")
    )
    now = where_cards_went({card_id for card_id, _target in named}) if named else {}
    behind: dict[UUID, dict[UUID, None]] = {}
    for card_id, target in named:
        behind.setdefault(now[card_id], {})[target] = None
    return {card_id: list(found) for card_id, found in behind.items()}


def territories_of(workshop: Workshop) -> list[str]:
    """The territories a workshop speaks of: its own, or all those of the programme."""
    meeting = workshop.meeting
    sites = Site.objects.filter(programme=meeting.programme_id).select_related("territory")
    if meeting.site_id is not None:
        sites = sites.filter(pk=meeting.site_id)
    return [site.territory.name for site in sites]


def territory_of(participant_id: UUID | None) -> str:
    """The territory someone sits for, where the room knows it."""
    if participant_id is None:
        return ""
    seated = GroupMember.objects.filter(participations=participant_id, site__isnull=False)
    return seated.values_list("site__territory__name", flat=True).first() or ""

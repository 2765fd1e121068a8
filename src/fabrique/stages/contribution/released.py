"""What a territory lets others see of its cards, and the door through which they see it.

``shown_to_others`` is the one place that says what leaves a territory: the page of the desk that
shows it beforehand, the release that keeps it and those who read it all have the same words.
Nobody's name ever passes here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, CardReference, Release, Workshop
from fabrique.stages.contribution.withdrawals import is_standing
from fabrique.stages.programme.models import Meeting, Programme, Site
from fabrique.stages.programme.queries import (
    meetings_visible_to,
    programmes_visible_to,
    sites_visible_to,
)
from fabrique.stages.seminar.models import Participant, Room

_PLACE = "card__workshop__meeting__site__territory"


@dataclass(frozen=True, kw_only=True)
class ReleasedCard:
    """A card as others see it."""

    card_id: UUID
    title: str
    text: str
    details: Sequence[tuple[Text, str]]
    format: str
    format_title: Text
    site_id: UUID
    site_name: str
    meeting: Meeting
    level: str
    released_at: datetime | None = None


def shown_to_others(card: Card) -> dict[str, Any]:
    """What a release of this card would hold: its own words, without anything they rest on."""
    format = get_format(card.workshop.format)
    kept_home = {*format.references, *format.never_released}
    payload = {
        name: _without_identifiers(value)
        for name, value in card.payload.items()
        if name not in kept_home
    }
    left = {name: value for name, value in payload.items() if value not in ("", None, [], {})}
    return {"title": card.title, "text": card.text, "payload": left}


def preview_of(card: Card) -> ReleasedCard:
    """The card as others would see it if it were released now."""
    return _as_shown(card, shown_to_others(card), level=card.level)


def as_released(release: Release) -> ReleasedCard:
    """The card as others see it since this release."""
    card, shown = release.card, release.shown
    return _as_shown(card, shown, level=release.level, released_at=release.released_at)


def programmes_released_to(viewer: Viewer) -> QuerySet[Programme]:
    """Those of whose territories the viewer sees the released cards.

    The team of the programme, as it sees whatever is national; those who sit in a room of the
    national scale, and its screens. Nobody in a territory's room, nor the public.
    """
    if viewer.user_id is not None:
        return programmes_visible_to(viewer)
    rooms = Room.objects.filter(meeting__site=None).order_by()
    if viewer.participant_id is not None:
        seat = Participant.objects.filter(pk=viewer.participant_id, left_at=None)
        rooms = rooms.filter(pk__in=seat.order_by().values("room"))
    elif viewer.screen_room_id is not None:
        rooms = rooms.filter(pk=viewer.screen_room_id)
    else:
        return Programme.objects.none()
    return Programme.objects.filter(pk__in=rooms.values("meeting__programme"))


def releases_visible_to(viewer: Viewer) -> QuerySet[Release]:
    """What territories released and stands, territory by territory."""
    programmes = programmes_released_to(viewer).order_by().values("pk")
    return (
        Release.objects.filter(is_standing(), card__workshop__meeting__programme__in=programmes)
        .select_related(_PLACE, "card__workshop__meeting__programme")
        .order_by(
            "card__workshop__meeting__site__position",
            "card__workshop__meeting__site_id",
            "card__workshop__meeting__position",
            "card__workshop__position",
            "card__position",
            "card_id",
        )
    )


def released_cards_visible_to(viewer: Viewer, programme: Programme) -> list[ReleasedCard]:
    """The cards territories released in a programme, as released."""
    seen = releases_visible_to(viewer)
    return [
        as_released(one) for one in seen.filter(card__workshop__meeting__programme=programme.pk)
    ]


def cards_to_release_visible_to(viewer: Viewer, site: Site) -> QuerySet[Card]:
    """What a territory may release of what it kept, seminar by seminar."""
    meetings = meetings_visible_to(viewer).filter(site=site).order_by().values("pk")
    return (
        Card.objects.filter(workshop__meeting__in=meetings, state=CardState.KEPT)
        .exclude(level=Level.PRIVATE)
        .select_related("workshop__meeting__site__territory", "workshop__meeting__programme")
        .order_by("workshop__meeting__position", "workshop__position", "position", "id")
    )


def release_log_visible_to(viewer: Viewer, site: Site) -> QuerySet[Release]:
    """Everything a territory released or withdrew, the last first, for those who follow it."""
    sites = sites_visible_to(viewer).filter(pk=site.pk).order_by().values("pk")
    return (
        Release.objects.filter(card__workshop__meeting__site__in=sites)
        .select_related(_PLACE, "card__workshop__meeting__programme")
        .order_by("-released_at", "-pk")
    )


def withdrawn_from(workshop: Workshop) -> list[tuple[str, int]]:
    """Which territories withdrew cards this workshop had taken over, and how many."""
    if not get_format(workshop.format).takes_over:
        return []
    names = rows.cards_withdrawn(workshop).values_list(
        "pk", "references__target__workshop__meeting__site__territory__name"
    )
    origins = names.filter(references__role=CardReference.ORIGIN).order_by().distinct()
    counted = Counter(name for _card, name in origins if name)
    return sorted(counted.items())


def _as_shown(
    card: Card, shown: Mapping[str, Any], *, level: str, released_at: datetime | None = None
) -> ReleasedCard:
    meeting, format = card.workshop.meeting, get_format(card.workshop.format)
    assert meeting.site is not None
    return ReleasedCard(
        card_id=card.pk,
        title=shown["title"],
        text=shown["text"],
        details=format.details(shown["payload"]),
        format=format.key,
        format_title=format.title,
        site_id=meeting.site.pk,
        site_name=meeting.site.territory.name,
        meeting=meeting,
        level=level,
        released_at=released_at,
    )


def _without_identifiers(value: Any) -> Any:
    """Other cards and people are named by identifiers: none of them leaves."""
    if isinstance(value, str):
        return "" if _is_identifier(value) else value
    if isinstance(value, list):
        return [_without_identifiers(one) for one in value if not _is_identifier(one)]
    if isinstance(value, dict):
        return {name: _without_identifiers(one) for name, one in value.items()}
    return value


def _is_identifier(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False

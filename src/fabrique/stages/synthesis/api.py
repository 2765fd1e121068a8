"""What territories released, as JSON, for whoever may see it: cards, never their authors."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from fabrique.kit.api import Refusal
from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.contribution.released import (
    ReleasedCard,
    programmes_released_to,
    released_cards_visible_to,
)
from fabrique.stages.seminar.queries import participant_with_link

router = Router(tags=["released cards"])


class DetailOut(Schema):
    label: str
    value: str


class ReleasedCardOut(Schema):
    id: UUID
    territory: str
    seminar: str
    format: str = Field(..., description="key of the workshop format")
    title: str
    text: str
    details: list[DetailOut] = Field(..., description="what the format adds")
    level: str = Field(..., description="intersite or public")
    released_at: datetime


@router.get(
    "/programmes/{slug}/released-cards",
    response={200: list[ReleasedCardOut], 404: Refusal, 422: Refusal},
    summary="What territories released",
)
def list_released_cards(request: HttpRequest, slug: str, link: str = "") -> list[dict[str, Any]]:
    """Cards as they were released, territory by territory; those withdrawn are not there.

    An account of the team reads by its session, someone seated in a national room by the key of
    their personal link.
    """
    viewer = _viewer(request, link)
    programme = programmes_released_to(viewer).filter(slug=slug).first()
    if programme is None:
        raise Http404
    return [_described(card) for card in released_cards_visible_to(viewer, programme)]


def _viewer(request: HttpRequest, link: str) -> Viewer:
    if not link:
        return account_viewer(request.user)
    participant = participant_with_link(link)
    if participant is None:
        raise Http404
    return Viewer(participant_id=participant.pk)


def _described(card: ReleasedCard) -> dict[str, Any]:
    return {
        "id": card.card_id,
        "territory": card.site_name,
        "seminar": card.meeting.title,
        "format": card.format,
        "title": card.title,
        "text": card.text,
        "details": [{"label": str(label), "value": value} for label, value in card.details],
        "level": card.level,
        "released_at": card.released_at,
    }

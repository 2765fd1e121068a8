"""Who asks: an account, or the holder of a personal link. Pages answer 404 to anyone else."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.deliverable.addresses import Addresses
from fabrique.stages.deliverable.models import Block, Deliverable, Version
from fabrique.stages.deliverable.queries import (
    blocks_edited_by,
    blocks_visible_to,
    notes_edited_by,
    versions_visible_to,
)
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import meetings_facilitated_by, meetings_visible_to
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.queries import participant_with_link

Row = TypeVar("Row")


@dataclass(frozen=True)
class Reader:
    """Who reads, and where things are for them."""

    viewer: Viewer
    addresses: Addresses
    participant: Participant | None = None


def reader_of(request: HttpRequest, link_key: str = "") -> Reader:
    """The holder of the link when there is one in the address, else the account."""
    if not link_key:
        return Reader(account_viewer(request.user), Addresses())
    participant = participant_with_link(link_key)
    if participant is None:
        raise Http404
    return Reader(Viewer(participant_id=participant.pk), Addresses(link_key), participant)


def version_for(reader: Reader, deliverable_id: UUID, number: int) -> Version:
    found = versions_visible_to(reader.viewer).filter(deliverable=deliverable_id, number=number)
    return _or_404(found.first())


def block_for(reader: Reader, block_id: UUID) -> Block:
    return _or_404(blocks_visible_to(reader.viewer).filter(pk=block_id).first())


def meeting_for(request: HttpRequest, meeting_id: UUID) -> Meeting:
    seen = meetings_visible_to(account_viewer(request.user))
    return _or_404(seen.select_related("room").filter(pk=meeting_id).first())


def facilitates(request: HttpRequest, meeting: Meeting) -> bool:
    return meetings_facilitated_by(account_viewer(request.user)).filter(pk=meeting.pk).exists()


def meeting_to_write(request: HttpRequest, meeting_id: UUID) -> Meeting:
    found = meetings_facilitated_by(account_viewer(request.user)).filter(pk=meeting_id)
    return _or_404(found.first())


def note_to_write(request: HttpRequest, deliverable_id: UUID) -> Deliverable:
    found = notes_edited_by(account_viewer(request.user)).filter(pk=deliverable_id)
    return _or_404(found.first())


def block_to_write(request: HttpRequest, block_id: UUID) -> Block:
    found = blocks_edited_by(account_viewer(request.user)).filter(pk=block_id)
    return _or_404(found.first())


def private(response: HttpResponse, reader: Reader) -> HttpResponse:
    """A page opened by a personal link gives its address to no other site."""
    if reader.participant is not None:
        response["Referrer-Policy"] = "same-origin"  # without any, its own forms are refused
        response["X-Robots-Tag"] = "noindex"
    return response


def actor_of(request: HttpRequest) -> str:
    """How the audit line names an account: by its role."""
    return str(request.user)


def _or_404(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row

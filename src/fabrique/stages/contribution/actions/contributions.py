"""Taking in what people say. An acknowledgement means committed, and once only.

The key of a contribution is made where it is written. Sent twice, by a phone that got no answer
or by two tabs at once, it gives one row and the same answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fabrique.stages.contribution.actions.floor import check_floor, check_seat, hold_workshop
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import (
    IdentifierTaken,
    InvalidContribution,
    PaperCodeTaken,
)
from fabrique.stages.contribution.formats.contract import ContributionForm
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Contribution, Placement, Workshop
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import Participant


@dataclass(frozen=True)
class Received:
    """The stored row; ``created`` is false when it already was; ``same_text`` when it says
    what was sent this time."""

    contribution: Contribution
    created: bool
    same_text: bool = True


def contribute(
    *,
    id: UUID,
    workshop_id: UUID,
    data: Mapping[str, Any],
    source: Source,
    actor: str,
    participant: Participant | None = None,
    author_label: str = "",
    paper_code: str = "",
    said_on_date: date | None = None,
) -> Received:
    """Store what someone said, in one transaction, or give back what that identifier holds.

    What the team keys in (paper, room, import) is taken whatever the state of the workshop;
    phones are taken while it is open and collects.
    """
    try:
        with transaction.atomic():
            return _contribute(
                Contribution(
                    id=id,
                    participant=participant,
                    author_label=author_label or (participant.label if participant else ""),
                    source=source,
                    paper_code=paper_code,
                    said_on_date=said_on_date,
                ),
                workshop_id=workshop_id,
                data=data,
                actor=actor,
            )
    except IntegrityError:
        # The identifier was stored between our look and our write, in another room's turn.
        stored = Contribution.objects.filter(pk=id).first()
        if stored is None:
            raise
        return _already(stored, workshop_id, participant, data)


def _contribute(
    contribution: Contribution, *, workshop_id: UUID, data: Mapping[str, Any], actor: str
) -> Received:
    workshop, room = hold_workshop(workshop_id)
    participant = contribution.participant
    if stored := Contribution.objects.filter(pk=contribution.pk).first():
        return _already(stored, workshop_id, participant, data)
    if contribution.source == Source.PHONE:
        check_seat(workshop, room, participant)
        check_floor(workshop, room, "contribution")
    _fill(contribution, workshop, data)
    if contribution.paper_code and _is_keyed(workshop, contribution.paper_code):
        raise PaperCodeTaken(paper_code=contribution.paper_code)
    contribution.number = room.last_number + 1
    contribution.created_at = instant_in(room)
    contribution.save(force_insert=True)
    if subject := get_format(workshop.format).subject_of(workshop, contribution.payload):
        Placement.objects.create(contribution=contribution, card_id=subject, placed_by=actor)
    record(
        room,
        verb="contribute",
        actor=actor,
        subject=contribution.pk,
        audience=Audience.ROOM,
        detail={"workshop": str(workshop.pk)},
        at=contribution.created_at,
    )
    return Received(contribution, created=True)


def _fill(contribution: Contribution, workshop: Workshop, data: Mapping[str, Any]) -> None:
    form: ContributionForm = get_format(workshop.format).contribution_form(workshop, data)
    if not form.is_valid():
        raise InvalidContribution(form.errors, data)
    contribution.workshop = workshop
    contribution.text = _plain_lines(form.cleaned_data.get("text", ""))
    contribution.payload = form.payload


def _plain_lines(text: str) -> str:
    """Line ends as one character: forms send two, the API one, for the same words."""
    return text.replace("\r\n", "\n")


def _is_keyed(workshop: Workshop, paper_code: str) -> bool:
    return Contribution.objects.filter(workshop=workshop, paper_code=paper_code).exists()


def _already(
    stored: Contribution,
    workshop_id: UUID,
    participant: Participant | None,
    data: Mapping[str, Any],
) -> Received:
    """The answer to something sent again: the first row, never another person's words."""
    same_text = stored.text == _plain_lines(str(data.get("text", "")).strip())
    author = participant.pk if participant else None
    if stored.workshop_id != workshop_id or not (same_text or stored.participant_id == author):
        raise IdentifierTaken(id=str(stored.pk))
    return Received(stored, created=False, same_text=same_text)

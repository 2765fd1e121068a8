"""Paper cards keyed in: taken once by code, put right, taken back; all of it can be undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from fabrique.stages.contribution.actions.changes import Change, carry_out, places_of
from fabrique.stages.contribution.actions.contributions import Received, contribute
from fabrique.stages.contribution.actions.floor import hold_workshop
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import (
    InvalidContribution,
    NotInThisRoom,
    NotKeyedIn,
    PaperCodeTaken,
    UnreadablePaperCode,
)
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.contribution.paper import plain_paper_code
from fabrique.stages.seminar.models import Room

KEYED_IN = frozenset({Source.PAPER, Source.ROOM})


def transcribe(
    *,
    id: UUID,
    workshop_id: UUID,
    letter: str,
    data: Mapping[str, Any],
    paper_code: str,
    actor: str,
    author_label: str = "",
) -> Received:
    """Key in one paper card; a card without a code is taken too, and may be keyed twice."""
    code = plain_paper_code(paper_code, letter=letter)
    if paper_code.strip() and not code:
        raise UnreadablePaperCode(typed=paper_code.strip(), letter=letter)
    return contribute(
        id=id,
        workshop_id=workshop_id,
        data=data,
        source=Source.PAPER,
        actor=actor,
        author_label=author_label.strip(),
        paper_code=code,
    )


@transaction.atomic
def correct(
    contribution_id: UUID, *, data: Mapping[str, Any], paper_code: str = "", actor: str
) -> Contribution:
    """Put right what the team keyed in; what people wrote themselves is never reworded."""
    contribution, workshop, room = _hold(contribution_id)
    format = get_format(workshop.format)
    code = plain_paper_code(paper_code, letter=format.letter)
    if paper_code.strip() and not code:
        raise UnreadablePaperCode(typed=paper_code.strip(), letter=format.letter)
    others = Contribution.objects.filter(workshop=workshop).exclude(pk=contribution.pk)
    if code and others.filter(paper_code=code).exists():
        raise PaperCodeTaken(paper_code=code)
    form = format.contribution_form(workshop, data)
    if not form.is_valid():
        raise InvalidContribution(form.errors, data)
    after = {
        "text": form.cleaned_data.get("text", "").replace("\r\n", "\n"),
        "payload": form.payload,
        "paper_code": code,
    }
    if any(getattr(contribution, name) != value for name, value in after.items()):
        change = Change().of_contribution(contribution, **after)
        carry_out(room, workshop, change, verb="correct", actor=actor, subject=contribution.pk)
        contribution.refresh_from_db()
    return contribution


@transaction.atomic
def take_back(contribution_id: UUID, *, actor: str) -> None:
    """Take back something keyed in by mistake: its row stays, its code is free again."""
    contribution, workshop, room = _hold(contribution_id)
    if contribution.set_aside_at is not None:
        return
    card_id = places_of([contribution.pk]).get(contribution.pk)
    change = Change(places={contribution.pk: (card_id, None)}).of_contribution(
        contribution,
        paper_code="",
        set_aside_at=timezone.now(),
        set_aside_reason=gettext("Saisie annulée"),
    )
    carry_out(room, workshop, change, verb="take_back", actor=actor, subject=contribution.pk)


def _hold(contribution_id: UUID) -> tuple[Contribution, Workshop, Room]:
    found = Contribution.objects.filter(pk=contribution_id)
    workshop_id = found.values_list("workshop", flat=True).first()
    if workshop_id is None:
        raise NotInThisRoom(contribution=str(contribution_id))
    workshop, room = hold_workshop(workshop_id)
    contribution = found.get()
    if contribution.source not in KEYED_IN:
        raise NotKeyedIn(contribution=str(contribution_id))
    return contribution, workshop, room

"""Taking in a whole answer of a phone: marks and ties on cards, written together or not at all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.actions.floor import check_floor, check_seat, hold_workshop
from fabrique.stages.contribution.actions.links import check_ends, write_ties
from fabrique.stages.contribution.actions.ratings import check_cards, write_marks
from fabrique.stages.contribution.formats.contract import Answer
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import Participant


@transaction.atomic
def answer(*, workshop_id: UUID, participant: Participant, data: Mapping[str, Any]) -> Answer:
    """Write what one send says of the cards; the same one again changes nothing.

    The journal says that someone answered, never who nor what: judgements are individual.
    """
    workshop, room = hold_workshop(workshop_id)
    check_seat(workshop, room, participant)
    check_floor(workshop, room)
    said = get_format(workshop.format).read_answer(workshop, data)
    check_floor(workshop, room, *_asked(said))
    for tie in said.ties:
        check_ends(tie.source_id, tie.target_id)
    named = [mark.card_id for mark in said.marks]
    tied = [end for tie in said.ties for end in (tie.source_id, tie.target_id)]
    check_cards(room, [*named, *tied])
    changed = bool(said.marks) and write_marks(room, participant, said.marks)
    if said.ties or said.untied:
        changed |= write_ties(room, workshop, participant, ties=said.ties, untied=said.untied)
    if changed:
        record(
            room,
            verb="answer",
            actor="",
            subject=workshop.pk,
            audience=Audience.ROOM,
            at=instant_in(room),
        )
    return said


def _asked(said: Answer) -> list[str]:
    asked = ["rating"] if said.marks else []
    return [*asked, "link"] if said.ties or said.untied else asked

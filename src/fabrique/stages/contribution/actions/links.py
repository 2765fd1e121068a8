"""Tying cards together: by one person on a phone, or by the team for the room."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from fabrique.stages.contribution.actions.floor import check_floor, check_seat, hold_workshop
from fabrique.stages.contribution.actions.ratings import check_cards
from fabrique.stages.contribution.errors import InvalidLink, NotInThisRoom
from fabrique.stages.contribution.formats.contract import Tie
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Link, Workshop
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.discretion import instant_in, new_id_in
from fabrique.stages.seminar.enums import Audience
from fabrique.stages.seminar.models import Participant, Room


@transaction.atomic
def link(
    *,
    workshop_id: UUID,
    source_id: UUID,
    target_id: UUID,
    kind: str,
    actor: str,
    participant: Participant | None = None,
) -> Link:
    """Tie two cards of the same seminar; the same tie said again is the one already there.

    A participant ties while the workshop asks for it; the team (no participant) at any time.
    """
    workshop, room = hold_workshop(workshop_id)
    if participant is not None:
        check_seat(workshop, room, participant)
        check_floor(workshop, room, "link")
    check_ends(source_id, target_id)
    check_cards(room, [source_id, target_id])
    tie = Tie(source_id=source_id, target_id=target_id, kind=kind)
    get_format(workshop.format).check_tie(workshop, tie)
    if write_ties(room, workshop, participant, ties=[tie], untied=[]):
        record(
            room,
            verb="link",
            actor=actor,
            subject=source_id,
            audience=Audience.ROOM,
            detail={"source": str(source_id), "target": str(target_id), "kind": kind},
            at=instant_in(room),
        )
    return Link.objects.get(
        workshop=workshop,
        participant=participant,
        source=source_id,
        target=target_id,
        kind=kind,
        ended_at=None,
    )


@transaction.atomic
def unlink(link_id: UUID, *, actor: str, participant: Participant | None = None) -> None:
    """End a tie; it keeps its row. A participant ends only their own, the team the room's."""
    one = Link.objects.filter(pk=link_id, participant=participant).first()
    if one is None:
        raise NotInThisRoom(link=str(link_id))
    workshop, room = hold_workshop(one.workshop_id)
    if participant is not None:
        check_seat(workshop, room, participant)
        check_floor(workshop, room, "link")
    tie = Tie(source_id=one.source_id, target_id=one.target_id, kind=one.kind)
    if write_ties(room, workshop, participant, ties=[], untied=[tie]):
        record(
            room,
            verb="unlink",
            actor=actor,
            subject=one.pk,
            audience=Audience.ROOM,
            detail={"source": str(one.source_id), "target": str(one.target_id), "kind": one.kind},
            at=instant_in(room),
        )


def check_ends(source_id: UUID, target_id: UUID) -> None:
    if source_id == target_id:
        raise InvalidLink(source=str(source_id), target=str(target_id))


def write_ties(
    room: Room,
    workshop: Workshop,
    participant: Participant | None,
    *,
    ties: Sequence[Tie],
    untied: Sequence[Tie],
) -> bool:
    """Draw and end checked ties in the room the caller holds; whether anything changed."""
    held = Link.objects.filter(workshop=workshop, participant=participant, ended_at=None)
    rows = {(one.source_id, one.target_id, one.kind): one.pk for one in held}
    ended = [pk for tie in untied if (pk := rows.get((tie.source_id, tie.target_id, tie.kind)))]
    Link.objects.filter(pk__in=ended).update(ended_at=instant_in(room))
    drawn = {(tie.source_id, tie.target_id, tie.kind) for tie in ties} - rows.keys()
    Link.objects.bulk_create(
        Link(
            id=new_id_in(room),
            linked_at=instant_in(room),
            workshop=workshop,
            participant=participant,
            source_id=source_id,
            target_id=target_id,
            kind=kind,
        )
        for source_id, target_id, kind in sorted(drawn, key=str)
    )
    return bool(ended or drawn)

"""A territory lets others see cards it kept, and takes them back.

Only cards of its own, kept and not private; what is released is what the desk showed. Each verb
leaves its line in the programme's audit, and one in the journal of every national room being
held, so that running screens look again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.stages.contribution.actions.cards import REASON_LIMIT
from fabrique.stages.contribution.downstream import tell_hidden
from fabrique.stages.contribution.enums import CardState, Level, ReleaseLevel
from fabrique.stages.contribution.errors import ReasonNeeded
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.contribution.release_errors import (
    AlreadyWithdrawn,
    CardIsPrivate,
    CardNotKept,
    NothingToRelease,
    NotOfThisTerritory,
)
from fabrique.stages.contribution.released import shown_to_others
from fabrique.stages.programme.actions import audit
from fabrique.stages.programme.models import Site
from fabrique.stages.seminar.actions.journal import record
from fabrique.stages.seminar.enums import Audience, RoomState
from fabrique.stages.seminar.models import Room


@transaction.atomic
def release_cards(
    site_id: UUID,
    *,
    card_ids: Iterable[UUID],
    level: ReleaseLevel = ReleaseLevel.INTERSITE,
    actor: str,
) -> list[Release]:
    """Let others see these cards as they stand: all of them, or none.

    Those already released are left as they are, so that asking twice releases once.
    """
    site, rooms = _hold(site_id)
    cards = _cards_of(site, card_ids)
    released = Release.objects.filter(card__in=cards, withdrawn_at=None)
    known = set(released.values_list("card", flat=True))
    fresh = [card for card in cards if card.pk not in known]
    releases = _release(fresh, level=level, actor=actor, at=timezone.now())
    if releases:
        _tell(site, rooms, "release_cards", releases, actor=actor, level=level)
    return releases


@transaction.atomic
def release_again(release_id: UUID, *, level: ReleaseLevel | None = None, actor: str) -> Release:
    """Show others the card as it stands now, in the place of what they saw.

    What was already written from the former words keeps them: to take words back, withdraw.
    """
    release, site, rooms = _hold_standing(release_id)
    (card,) = _cards_of(site, [release.card_id])
    now = timezone.now()
    _end(release, actor=actor, at=now)
    level = level or ReleaseLevel(release.level)
    (again,) = _release([card], level=level, actor=actor, at=now)
    _tell(site, rooms, "release_again", [again], actor=actor, level=level)
    return again


@transaction.atomic
def withdraw_release(release_id: UUID, *, reason: str, actor: str) -> Release:
    """Others no longer see the card, nor what was taken from it; says why."""
    reason = reason.strip()
    if not reason or len(reason) > REASON_LIMIT:
        raise ReasonNeeded(limit=REASON_LIMIT)
    release, site, rooms = _hold_standing(release_id)
    _end(release, actor=actor, at=timezone.now(), reason=reason)
    Card.objects.filter(pk=release.card_id).exclude(level=Level.PRIVATE).update(level=Level.GROUP)
    _tell(site, rooms, "withdraw_release", [release], actor=actor, reason=reason)
    transaction.on_commit(partial(tell_hidden, site.programme_id), robust=True)
    return release


def _hold(site_id: UUID) -> tuple[Site, list[Room]]:
    """The territory, and the national rooms being held, in one order for everyone."""
    site = Site.objects.select_related("programme", "territory").filter(pk=site_id).first()
    if site is None:
        raise NotOfThisTerritory
    held = Room.objects.filter(
        meeting__programme=site.programme_id, meeting__site=None, state=RoomState.OPEN
    )
    return site, list(held.select_for_update(of=("self",)).order_by("pk"))


def _hold_standing(release_id: UUID) -> tuple[Release, Site, list[Room]]:
    """The release as it is once it is held; refused when it has ended."""
    place = Release.objects.filter(pk=release_id)
    site_id = place.values_list("card__workshop__meeting__site", flat=True).first()
    if site_id is None:
        raise NotOfThisTerritory
    site, rooms = _hold(site_id)
    release = Release.objects.select_for_update(of=("self",)).get(pk=release_id)
    if release.withdrawn_at is not None:
        raise AlreadyWithdrawn(cards=[release.shown["title"]])
    return release, site, rooms


def _cards_of(site: Site, card_ids: Iterable[UUID]) -> list[Card]:
    """These cards, held, all of them such as a territory may release."""
    wanted = set(card_ids)
    if not wanted:
        raise NothingToRelease
    cards = list(
        Card.objects.select_for_update(of=("self",), no_key=True)
        .select_related("workshop")
        .filter(pk__in=wanted, workshop__meeting__site=site)
        .order_by("pk")
    )
    if len(cards) != len(wanted):
        raise NotOfThisTerritory
    if private := [card.title for card in cards if card.level == Level.PRIVATE]:
        raise CardIsPrivate(cards=private)
    if gone := [card.title for card in cards if card.state != CardState.KEPT]:
        raise CardNotKept(cards=gone)
    return cards


def _release(
    cards: Sequence[Card], *, level: ReleaseLevel, actor: str, at: datetime
) -> list[Release]:
    releases = [
        Release(
            card=card,
            level=level,
            shown=shown_to_others(card),
            released_at=at,
            released_by=actor,
        )
        for card in cards
    ]
    Release.objects.bulk_create(releases)
    Card.objects.filter(pk__in=[card.pk for card in cards]).update(level=level)
    return releases


def _end(release: Release, *, actor: str, at: datetime, reason: str = "") -> None:
    release.withdrawn_at, release.withdrawn_by = at, actor
    release.withdrawal_reason = reason
    release.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])


def _tell(
    site: Site,
    rooms: Iterable[Room],
    verb: str,
    releases: Sequence[Release],
    *,
    actor: str,
    **detail: str,
) -> None:
    """The audit names the cards by their identifiers; rooms only learn who and how many."""
    audit.record(
        site.programme,
        verb=verb,
        actor=actor,
        subject=site.pk,
        detail={"cards": [str(one.card_id) for one in releases], **detail},
    )
    for room in rooms:
        record(
            room,
            verb=verb,
            actor=site.territory.name,
            subject=site.pk,
            audience=Audience.EVERYONE,
            detail={"cards": len(releases)},
        )

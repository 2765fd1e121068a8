"""What a note rests on that it may no longer show: withdrawn by its territory, or made private.

A note of a territory rests on what its own group said; a national one on what the national rooms
said and on what territories released. It is gone once the territory takes it back, and what was
made of it goes with it, however far it travelled (``CardReference``). Whether it is gone depends
on when the words were written: those written from a release that was withdrawn do not come back
when the card is released again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from fabrique.kit.dates import day_words
from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.models import Card, CardReference, Contribution, Release
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.deliverable.redaction import Gone
from fabrique.stages.deliverable.references import Reference

_PLACE = "workshop__meeting__site"


@dataclass(frozen=True, kw_only=True)
class _Known:
    """A card as far as this matters; ``site`` is empty at the national scale."""

    title: str
    level: str
    created_at: datetime
    site: UUID | None
    site_name: str


@dataclass
class Withheld:
    """Read once for a note and all that it cites, in four queries at most.

    Notices are worded in the language in force.
    """

    site_id: UUID | None
    cards: Mapping[UUID, _Known] = field(default_factory=dict)
    rests_on: Mapping[UUID, list[tuple[UUID, str]]] = field(default_factory=dict)
    releases: Mapping[UUID, list[Release]] = field(default_factory=dict)
    said: Mapping[UUID, tuple[str, UUID | None]] = field(default_factory=dict)

    @classmethod
    def from_note(cls, note: Deliverable, references: Iterable[Reference]) -> "Withheld":
        cited = list(references)
        cards = {one.id for one in cited if one.kind == "card"}
        said = {one.id for one in cited if one.kind == "contribution"}
        rests_on = _references_within(note) if cards else {}
        reached = _reached(cards, rests_on)
        return cls(
            site_id=note.site_id,
            cards=_cards(note, reached),
            rests_on=rests_on,
            releases=_releases(reached) if cards else {},
            said=_contributions(note, said),
        )

    def gone(self, references: Iterable[Reference], *, since: datetime) -> dict[str, Gone]:
        """Those that may not be shown in words written at an instant, and what to say instead."""
        found = ((one, self._gone(one, since)) for one in references)
        return {str(one): gone for one, gone in found if gone}

    def _gone(self, reference: Reference, since: datetime) -> Gone | None:
        if reference.kind == "contribution":
            return self._unsaid(reference.id)
        card = self.cards.get(reference.id)
        if card is None:
            return Gone(_("Retiré."))
        if self._is_own(card) and card.level == Level.PRIVATE:
            return Gone(_("Retiré : cette carte est désormais réservée."), _names(card.title))
        return self._from_card(reference.id, since, set())

    def _unsaid(self, key: UUID) -> Gone | None:
        level, site = self.said.get(key, (Level.PRIVATE, self.site_id))
        if site != self.site_id:
            return Gone(_("Retiré : ce qui a été dit ici n'a pas été versé."))
        if level == Level.PRIVATE:
            return Gone(_("Retiré : la personne qui l'a dit l'a réservé."))
        return None

    def _from_card(self, key: UUID, since: datetime, seen: set[UUID]) -> Gone | None:
        card = self.cards.get(key)
        if card is None or key in seen:
            return None
        seen.add(key)
        if not self._is_own(card):
            return self._from_elsewhere(key, card, since)
        for target, role in self.rests_on.get(key, ()):
            written = min(since, card.created_at) if role == CardReference.ORIGIN else since
            if gone := self._from_card(target, written, seen):
                return Gone(gone.notice, gone.names | _names(card.title))
        return None

    def _from_elsewhere(self, key: UUID, card: _Known, since: datetime) -> Gone | None:
        releases = self.releases.get(key, [])
        taken_back = [one for one in releases if one.withdrawn_at and one.withdrawal_reason]
        ended = [one.withdrawn_at for one in taken_back if one.withdrawn_at]
        stands = card.level != Level.PRIVATE and any(not one.withdrawn_at for one in releases)
        if stands and not any(instant >= since for instant in ended):
            return None
        names = _names(card.title, *(str(one.shown.get("title", "")) for one in releases))
        return Gone(_notice(card.site_name, max(ended, default=None)), names)

    def _is_own(self, card: _Known) -> bool:
        """Of the note's own scale: a national card, for a national note."""
        return card.site == self.site_id


def _notice(site: str, instant: datetime | None) -> str:
    if instant is None:
        return _("Retiré par %(site)s.") % {"site": site}
    return _("Retiré le %(day)s par %(site)s.") % {
        "day": day_words(timezone.localdate(instant)),
        "site": site,
    }


def _names(*titles: str) -> frozenset[str]:
    return frozenset(title for title in titles if title)


def _references_within(note: Deliverable) -> dict[UUID, list[tuple[UUID, str]]]:
    """What the cards of the note's own scale rest on."""
    rows = CardReference.objects.filter(
        card__workshop__meeting__programme=note.programme_id,
        card__workshop__meeting__site=note.site_id,
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for card, target, role in rows.values_list("card_id", "target_id", "role").order_by("pk"):
        found.setdefault(card, []).append((target, role))
    return found


def _reached(cards: Iterable[UUID], rests_on: Mapping[UUID, list[tuple[UUID, str]]]) -> set[UUID]:
    reached, ahead = set(cards), list(cards)
    while ahead:
        for target, _role in rests_on.get(ahead.pop(), ()):
            if target not in reached:
                reached.add(target)
                ahead.append(target)
    return reached


def _cards(note: Deliverable, keys: set[UUID]) -> dict[UUID, _Known]:
    rows = Card.objects.filter(pk__in=keys, workshop__meeting__programme=note.programme_id)
    names = ("title", "level", "created_at", _PLACE, f"{_PLACE}__territory__name")
    return {
        key: _Known(title=title, level=level, created_at=at, site=site, site_name=name or "")
        for key, title, level, at, site, name in rows.order_by().values_list("pk", *names)
    }


def _releases(keys: set[UUID]) -> dict[UUID, list[Release]]:
    found: dict[UUID, list[Release]] = {}
    for release in Release.objects.filter(card__in=keys).order_by("released_at", "pk"):
        found.setdefault(release.card_id, []).append(release)
    return found


def _contributions(note: Deliverable, keys: set[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    if not keys:
        return {}
    rows: Any = Contribution.objects.filter(
        pk__in=keys, workshop__meeting__programme=note.programme_id
    )
    return {key: (level, site) for key, level, site in rows.values_list("pk", "level", _PLACE)}

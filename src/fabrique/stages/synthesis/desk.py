"""What a territory sees of its own cards: what it may let go, what it released, what it took back.

Rows already read are put in their places; nothing here asks the database anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Release
from fabrique.stages.contribution.released import shown_to_others
from fabrique.stages.programme.models import Meeting


@dataclass(frozen=True)
class Line:
    """A card kept, and how it stands with others."""

    card: Card
    release: Release | None = None
    taken_back: Release | None = None

    @property
    def key(self) -> str:
        return str(self.card.pk)

    @property
    def format_title(self) -> Text:
        return get_format(self.card.workshop.format).title

    @property
    def is_released(self) -> bool:
        return self.release is not None

    @property
    def is_modified(self) -> bool:
        """Whether others still see what it said before."""
        return self.release is not None and self.release.shown != shown_to_others(self.card)


@dataclass(frozen=True)
class Part:
    """The cards of one seminar."""

    meeting: Meeting
    lines: Sequence[Line]

    @property
    def key(self) -> str:
        return str(self.meeting.pk)

    @property
    def waiting(self) -> int:
        return sum(not line.is_released for line in self.lines)


@dataclass(frozen=True)
class Logged:
    """A line of the log; a card made private since keeps its name to itself."""

    release: Release

    @property
    def title(self) -> str:
        return title_of(self.release)


@dataclass(frozen=True)
class Desk:
    """``left`` are releases of cards that the group no longer keeps as they were."""

    parts: Sequence[Part]
    left: Sequence[Logged]
    log: Sequence[Logged]
    formats: Sequence[tuple[str, Text]]

    @property
    def kept(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def released(self) -> int:
        return sum(line.is_released for part in self.parts for line in part.lines)

    @property
    def waiting(self) -> int:
        return sum(part.waiting for part in self.parts)


def desk_of(cards: Iterable[Card], log: Iterable[Release], *, format: str = "") -> Desk:
    """``cards`` come in the order of the seminars, ``log`` the last release first."""
    kept, releases = list(cards), list(log)
    standing = {one.card_id: one for one in releases if one.withdrawn_at is None}
    ended: dict[UUID, Release] = {}
    for release in releases:
        if release.withdrawal_reason and release.card_id not in standing:
            ended.setdefault(release.card_id, release)
    keys = {card.pk for card in kept}
    lines = [
        Line(card, standing.get(card.pk), ended.get(card.pk))
        for card in kept
        if format in ("", card.workshop.format)
    ]
    return Desk(
        parts=[
            Part(meeting, list(group))
            for meeting, group in groupby(lines, key=lambda line: line.card.workshop.meeting)
        ],
        left=[
            Logged(one) for one in releases if one.withdrawn_at is None and one.card_id not in keys
        ],
        log=list(map(Logged, releases)),
        formats=_formats(kept),
    )


def title_of(release: Release) -> str:
    """How the log calls a card."""
    is_private = release.card.level == Level.PRIVATE
    return _("Carte réservée") if is_private else str(release.shown["title"])


def _formats(cards: Iterable[Card]) -> list[tuple[str, Text]]:
    keys = dict.fromkeys(card.workshop.format for card in cards)
    return [(key, get_format(key).title) for key in keys]

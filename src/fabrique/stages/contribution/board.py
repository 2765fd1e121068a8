"""What the console shows of a workshop: what is to sort, the cards, what was set aside.

Rows already read are put in their places; nothing here asks the database anything.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from fabrique.stages.contribution.enums import CardState, Source
from fabrique.stages.contribution.formats.contract import Format, Text
from fabrique.stages.contribution.formats.local_words import details_of
from fabrique.stages.contribution.models import Card, Contribution
from fabrique.stages.contribution.queries import placed_in

STILL_NEW = timedelta(seconds=90)


@dataclass(frozen=True)
class Said:
    """A contribution on the board; ``about`` is the card it speaks of, when it is not in it."""

    contribution: Contribution
    author: str
    details: Sequence[tuple[Text, str]]
    is_new: bool = False
    about: str = ""

    @property
    def is_keyed_in(self) -> bool:
        return self.contribution.source in (Source.PAPER, Source.ROOM)


@dataclass(frozen=True)
class BoardCard:
    """A card that was kept, what it holds and what it took in; ``rank`` is its key."""

    card: Card
    rank: int
    said: Sequence[Said]
    joined: Sequence[Card]
    details: Sequence[tuple[Text, str]]


@dataclass(frozen=True)
class Board:
    to_sort: Sequence[Said] = ()
    cards: Sequence[BoardCard] = ()
    said_aside: Sequence[Said] = ()
    cards_aside: Sequence[Card] = ()
    total: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def new_count(self) -> int:
        return sum(one.is_new for one in self.to_sort)

    @property
    def aside_count(self) -> int:
        return len(self.said_aside) + len(self.cards_aside)


def board_of(
    format: Format,
    contributions: Sequence[Contribution],
    cards: Sequence[Card],
    *,
    now: datetime,
    names_authors: bool,
    wanted: str = "",
) -> Board:
    """Each contribution in its one place: the card that is there now, aside, or to sort.

    ``cards`` come with ``current_placements``; ``wanted`` keeps what holds these words.
    """
    by_id = {card.pk: card for card in cards}
    places = {
        placed.contribution_id: _last_of(card, by_id)
        for card in cards
        for placed in placed_in(card)
    }

    def about(one: Contribution) -> str:
        subject = by_id.get(format.subject_of(one.workshop, one.payload) or one.pk)
        if subject is None or _last_of(subject, by_id) == places.get(one.pk):
            return ""
        return subject.title

    def said(one: Contribution) -> Said:
        return Said(
            contribution=one,
            author=one.author_label if names_authors and format.names_authors else "",
            details=details_of(format, one.payload),
            is_new=now - one.created_at < STILL_NEW,
            about=about(one),
        )

    matches = _matcher(wanted)
    shown = [one for one in contributions if matches(f"{one.text} {one.paper_code}")]
    kept = [card for card in cards if card.state == CardState.KEPT]
    inside: dict[UUID, list[Said]] = {}
    for one in shown:
        if one.set_aside_at is None and (place := places.get(one.pk)):
            inside.setdefault(place.pk, []).append(said(one))
    return Board(
        to_sort=[said(one) for one in shown if one.set_aside_at is None and one.pk not in places],
        cards=[
            BoardCard(
                card=card,
                rank=rank,
                said=inside.get(card.pk, ()),
                joined=[
                    one
                    for one in cards
                    if one.state == CardState.MERGED and _last_of(one, by_id) == card
                ],
                details=details_of(format, card.payload),
            )
            for rank, card in enumerate(kept, start=1)
            if not wanted or card.pk in inside or matches(f"{card.title} {card.text}")
        ],
        said_aside=[said(one) for one in shown if one.set_aside_at is not None],
        cards_aside=[card for card in cards if card.state == CardState.SET_ASIDE],
        total=len(contributions),
        names=_names(contributions, cards),
    )


def plain(text: str) -> str:
    """Lower case, no accents: what is compared when one looks for words."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()


def _matcher(wanted: str) -> Callable[[str], bool]:
    words = plain(wanted).split()
    return lambda text: not words or all(word in plain(text) for word in words)


def _last_of(card: Card, by_id: Mapping[UUID, Card]) -> Card:
    """The card that now stands where this one was merged."""
    seen = {card.pk}
    while (onward := by_id.get(card.merged_into_id or card.pk)) and onward.pk not in seen:
        card = onward
        seen.add(card.pk)
    return card


def _names(contributions: Sequence[Contribution], cards: Sequence[Card]) -> dict[str, str]:
    """How the console calls each thing when it says what was done to it."""
    said = {str(one.pk): one.text for one in contributions}
    return said | {str(one.pk): one.title for one in cards}

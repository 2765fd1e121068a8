"""The cards of a plan → whether it holds: order, dates, load, orphans, coverage.

These are counts of actions, not of people: they hold however few were in the room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from fabrique.methods.roadmap import (
    Action,
    ActionDates,
    Answered,
    EarlyStart,
    Roadmap,
    RoadmapRequest,
    examine_plan,
)
from fabrique.stages.contribution.formats import rows
from fabrique.stages.contribution.formats.reach import Reachable, in_reach
from fabrique.stages.contribution.formats.roadmap.contribution import DEPENDS_ON, called
from fabrique.stages.contribution.formats.roadmap.dates import day_of
from fabrique.stages.contribution.models import Card, Workshop

#: What an action may answer.
ANSWERED_FORMATS = ("vulnerabilities",)


@dataclass(frozen=True)
class Plan:
    """Every action kept, what the method says of them, and what they may answer."""

    cards: Sequence[Card]
    roadmap: Roadmap
    vulnerabilities: Sequence[Reachable]
    waits_for: Mapping[UUID, Sequence[UUID]]

    def card(self, key: str) -> Card:
        return self._by_key[key]

    @property
    def _by_key(self) -> dict[str, Card]:
        return {str(card.pk): card for card in self.cards}

    def named(self, keys: Iterable[str]) -> list[Card]:
        known = self._by_key
        return [known[key] for key in keys]

    @property
    def in_time(self) -> list[Card]:
        """Actions with a date, the first to start first."""
        dated = [card for card in self.cards if first_date(card)]
        return sorted(dated, key=lambda card: (first_date(card) or date.max, card.position))

    @property
    def undated(self) -> list[Card]:
        return [card for card in self.cards if not first_date(card)]

    @property
    def half_years(self) -> list[str]:
        return sorted({one.half_year for one in self.roadmap.load})

    @property
    def load_by_lead(self) -> dict[str | None, dict[str, Sequence[Card]]]:
        """Actions by lead then half-year; those that nobody carries last."""
        found: dict[str | None, dict[str, Sequence[Card]]] = {}
        for one in self.roadmap.load:
            found.setdefault(one.lead, {})[one.half_year] = self.named(one.actions)
        return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, pair[0] or "")))

    @property
    def coverage(self) -> list[tuple[Reachable, Answered]]:
        return list(zip(self.vulnerabilities, self.roadmap.coverage, strict=True))

    @property
    def uncovered(self) -> list[Reachable]:
        return [one for one, answered in self.coverage if not answered.actions]

    @property
    def moved(self) -> list[tuple[Card, ActionDates]]:
        """Actions that cannot start when planned, because of what they wait for."""
        return [
            (card, dates)
            for card, dates in zip(self.cards, self.roadmap.dates, strict=True)
            if dates.delay
        ]

    @property
    def early_starts(self) -> Sequence[EarlyStart]:
        return self.roadmap.early_starts


def plan_of(workshop: Workshop) -> Plan:
    cards = list(rows.kept_cards(workshop))
    vulnerabilities = in_reach(workshop, ANSWERED_FORMATS)
    waits_for = _waits_for(cards)
    reachable = {str(one.card_id) for one in vulnerabilities}
    request = RoadmapRequest(
        actions=tuple(_action(card, waits_for[card.pk], reachable) for card in cards),
        vulnerabilities=tuple(str(one.card_id) for one in vulnerabilities),
    )
    return Plan(
        cards=cards,
        roadmap=_examined(request),
        vulnerabilities=vulnerabilities,
        waits_for=waits_for,
    )


def first_date(card: Card) -> date | None:
    """Its start, else its end."""
    return day_of(card.payload.get("start")) or day_of(card.payload.get("end"))


def name_of(card: Card) -> str:
    return called(card.payload.get("number", ""), card.title)


@lru_cache(maxsize=32)
def _examined(request: RoadmapRequest) -> Roadmap:
    """The wall and the console ask the same plan many times."""
    return examine_plan(request)


def _action(card: Card, waits_for: Sequence[UUID], reachable: set[str]) -> Action:
    payload = card.payload
    return Action(
        key=str(card.pk),
        lead=payload.get("lead") or None,
        start=day_of(payload.get("start")),
        end=day_of(payload.get("end")),
        category=payload.get("category_1") or None,
        depends_on=tuple(str(one) for one in waits_for),
        answers=tuple(one for one in payload.get("vulnerabilities", ()) if one in reachable),
    )


def _waits_for(cards: Sequence[Card]) -> dict[UUID, list[UUID]]:
    """What each action waits for among those kept, through merges; never itself."""
    said = {card.pk: [UUID(one) for one in card.payload.get(DEPENDS_ON, ())] for card in cards}
    gone = {one for all_said in said.values() for one in all_said} - said.keys()
    went = rows.where_cards_went(gone) if gone else {}
    return {
        card_id: list(
            dict.fromkeys(
                end for one in waits if (end := went.get(one, one)) in said and end != card_id
            )
        )
        for card_id, waits in said.items()
    }

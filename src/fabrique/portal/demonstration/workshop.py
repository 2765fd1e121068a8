"""Plays one workshop as its script says, phase after phase, whatever its format.

What is said goes through the same actions as in a room: what a screen would refuse stops the
play. A script's ``answers`` give, for each phase, lines about a card; each other field holds what
everyone present answers in it: « 4-32 », one character a person, a dash abstains; ``[1, 3]``,
those who tick it; ``{ A1 = [1, 3] }``, those who choose each card. ``ties`` give, for each phase,
who ties which cards, and ``hands`` the raised hands keyed in for the room.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fabrique.kit.identifiers import new_id
from fabrique.portal.demonstration.keys import Kept
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.cards import (
    create_card,
    edit_card,
    merge_cards,
    set_contribution_aside,
)
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.hands import count_hands
from fabrique.stages.contribution.actions.levels import set_own_level
from fabrique.stages.contribution.actions.links import link
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.actions.workshops import (
    change_phase,
    close_workshop,
    open_workshop,
)
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, CardReference, Workshop
from fabrique.stages.seminar.models import Participant

#: What a line of a script says of itself; the rest is what the form of its format is given.
OF_THE_LINE = {"by", "card", "key", "aside", "source", "level"}


BY_PHASE = ("answers", "ties", "hands")


@dataclass
class Bench:
    """A workshop being played: by whom, from which lines, with what was kept before it."""

    name: str
    script: dict[str, Any]
    workshop: Workshop
    seats: dict[str, Participant]
    kept: Kept
    facilitator: str

    def lines(self, kind: str) -> list[dict[str, Any]]:
        return list(self.script.get(kind, []))

    def in_phase(self, kind: str, phase: str) -> list[Any]:
        return list(self.script.get(kind, {}).get(phase, []))

    def card(self, key: str) -> Card:
        return self.kept.card(self.name, key)

    def fields(self, line: dict[str, Any]) -> dict[str, Any]:
        """What a form is given, keys of cards replaced by their identifiers."""
        own = {name: value for name, value in line.items() if name not in OF_THE_LINE}
        return dict(self.kept.resolved(self.name, own))


def play_workshop(bench: Bench) -> None:
    """From opening to closing; each phase of the format is passed through, in order."""
    workshop, actor = bench.workshop, bench.facilitator
    phases = get_format(workshop.format).phases
    gathering = next((one for one in phases if "contribution" in one.accepts), phases[0])
    _check_phases(bench, {phase.key for phase in phases})
    open_workshop(workshop.pk, actor=actor)
    for phase in phases:
        if phase is not phases[0]:
            change_phase(workshop.pk, phase=phase.key, actor=actor)
        if phase is gathering:
            _gather(bench)
        for line in bench.in_phase("answers", phase.key):
            _answer(bench, line)
        for tie in bench.in_phase("ties", phase.key):
            _tie(bench, tie)
        for line in bench.in_phase("hands", phase.key):
            _count(bench, line)
    close_workshop(workshop.pk, actor=actor)


def _check_phases(bench: Bench, known: set[str]) -> None:
    played = {key for kind in BY_PHASE for key in bench.script.get(kind, {})}
    assert played <= known, f"{bench.name}, {bench.workshop.format}: {played} in {known}"


def _gather(bench: Bench) -> None:
    """Cards brought in first, then what people say of them, then what the group makes of it."""
    said_in = {line.get("card") for line in bench.lines("said")}
    cards = bench.lines("cards")
    _take_over(bench)
    for line in cards:
        if line["key"] not in said_in:
            _keep(bench, line, [])
    held = _collect(bench)
    for line in cards:
        if line["key"] in said_in:
            _keep(bench, line, held[line["key"]])
    _merge(bench)
    _edit(bench)


def _take_over(bench: Bench) -> None:
    """One gesture for all; each card is known by the earlier one it comes from."""
    lines = bench.lines("taken_over")
    if not lines:
        return
    keys = {bench.card(line["from"]).pk: iter(line["keys"]) for line in lines}
    made = take_cards_over(bench.workshop.pk, card_ids=keys, actor=bench.facilitator)
    for card in sorted(made, key=lambda one: one.position):
        origin = card.references.get(role=CardReference.ORIGIN)
        bench.kept.keep(bench.name, next(keys[origin.target_id]), card)


def _edit(bench: Bench) -> None:
    """What the group writes on a card once it was discussed."""
    for line in bench.lines("edited"):
        card = bench.card(line["card"])
        data = {"title": card.title, "text": card.text, **card.payload, **bench.fields(line)}
        with _naming(bench, line):
            edit_card(card.pk, data=data, actor=bench.facilitator)


def _collect(bench: Bench) -> dict[str, list[UUID]]:
    """What was said, by the card it is put in."""
    held: dict[str, list[UUID]] = {}
    papers = iter(range(1, 100))
    for line in _one_a_person(bench.lines("said")):
        code = _paper_code(bench, next(papers)) if line.get("source") == "paper" else ""
        with _naming(bench, line):
            said = _say(bench, line, code)
        if reason := line.get("aside"):
            set_contribution_aside(said, reason=reason, actor=bench.facilitator)
        if "card" in line:
            held.setdefault(line["card"], []).append(said)
    return held


@contextmanager
def _naming(bench: Bench, line: Any) -> Iterator[None]:
    """What is refused says which line of which script it was."""
    try:
        yield
    except Exception as error:
        why = getattr(error, "errors", "")
        error.add_note(f"{bench.name}, {bench.workshop.format}: {line}\n{why}")
        raise


def _one_a_person(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A line said by several people is said by each of them."""
    for line in lines:
        people = line["by"] if isinstance(line["by"], list) else [line["by"]]
        yield from ({**line, "by": one} for one in people)


def _say(bench: Bench, line: dict[str, Any], paper_code: str) -> UUID:
    seat = bench.seats[str(line["by"])]
    said = contribute(
        id=new_id(),
        workshop_id=bench.workshop.pk,
        data=bench.fields(line),
        source=Source.PAPER if paper_code else Source.PHONE,
        participant=seat,
        actor=bench.facilitator if paper_code else seat.label,
        paper_code=paper_code,
    )
    if level := line.get("level"):
        set_own_level(said.contribution.pk, level=level, participant=seat)
    return said.contribution.pk


def _paper_code(bench: Bench, number: int) -> str:
    return f"{get_format(bench.workshop.format).letter}-{number:02d}"


def _keep(bench: Bench, line: dict[str, Any], held: list[UUID]) -> None:
    with _naming(bench, line):
        card = create_card(
            bench.workshop.pk,
            contribution_ids=held,
            data=bench.fields(line),
            actor=bench.facilitator,
        )
    bench.kept.keep(bench.name, line["key"], card)


def _merge(bench: Bench) -> None:
    for line in bench.lines("merged"):
        into = bench.card(line["into"])
        for key in line["cards"]:
            merge_cards(bench.card(key).pk, into_id=into.pk, actor=bench.facilitator)


def _tie(bench: Bench, line: str) -> None:
    """« A1 funds A2 : 1 4 7 », said by three people; without anyone, said for the room."""
    tie, _colon, people = line.partition(":")
    source, kind, target = tie.split()
    for name in people.split() or [""]:
        seat = bench.seats[name] if name else None
        link(
            workshop_id=bench.workshop.pk,
            source_id=bench.card(source).pk,
            target_id=bench.card(target).pk,
            kind=kind,
            actor=seat.label if seat else bench.facilitator,
            participant=seat,
        )


def _count(bench: Bench, line: dict[str, Any]) -> None:
    """Hands raised for a card: « meet = [3, 0, 2, 5, 8] », a count for each value from 1 up."""
    counts = {
        (criterion, value): count
        for criterion, hands in line.items()
        if criterion != "card"
        for value, count in enumerate(hands, start=1)
    }
    card = bench.card(line["card"])
    count_hands(bench.workshop.pk, card_id=card.pk, counts=counts, actor=bench.facilitator)


def _answer(bench: Bench, line: dict[str, Any]) -> None:
    about = {"card": str(bench.card(line["card"]).pk)} if "card" in line else {}
    for place, (name, seat) in enumerate(bench.seats.items()):
        if given := dict(_given(bench, line, place, name)):
            data = {**about, **given}
            with _naming(bench, line):
                answer(workshop_id=bench.workshop.pk, participant=seat, data=data)


def _given(
    bench: Bench, line: dict[str, Any], place: int, name: str
) -> Iterator[tuple[str, str | list[str]]]:
    """What one person answers, field by field."""
    for written, given in line.items():
        if written == "card":
            continue
        field = bench.kept.named(bench.name, written)
        if isinstance(given, str):
            assert len(given) == len(bench.seats), f"{bench.name}: {line}"
            if given[place] != "-":
                yield field, given[place]
        elif isinstance(given, dict):
            chosen = [key for key, ranks in given.items() if name in map(str, ranks)]
            if chosen:
                yield field, [str(bench.card(key).pk) for key in chosen]
        elif name in map(str, given):
            yield field, "on"

"""Under five people, no figure leaves the console: neither on a wall nor in a note.

In each format someone speaks of every card, judges it and ties it; then its wall, phase by phase
and once closed, and what it brings to the note are read for numbers. How many cards, contributions
and territories there are may be said, and how many have begun to answer; nothing else. With six
people the formats that draw figures draw them: our way of looking would otherwise prove nothing.

Seen red with ``enough_people`` taken out of the testimonies, then out of the workbench.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from fabrique.document import tree
from fabrique.stages.contribution.actions.workshops import close_workshop
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.formats.blocks import brought_by
from fabrique.stages.contribution.formats.contract import Criterion
from fabrique.stages.contribution.formats.provenance import too_few
from fabrique.stages.contribution.formats.registry import all_formats, get_format
from fabrique.stages.contribution.models import Card, Contribution, Link, Placement, Rating
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.analyses.composition import compose
from tests.stages.contribution.formats.played import Seminar, a_national_seminar, a_seminar, plain
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import FACILITATOR, a_held_seminar, someone

pytestmark = pytest.mark.django_db

NATIONAL = ("swot", "consolidated_map", "national_levers")
#: The cards of another format of the same seminar that one looks at.
BESIDE = {"crossing": ("vulnerabilities", "past_actions")}
#: What someone says of a card besides a text, where the format asks for more.
SAID: dict[str, dict[str, Any]] = {
    "hot_evaluation": {"q1": 3, "q2": 3, "word": "utile"},
    "testimony": {"kind": "blocked", "block": "Juridique"},
    "workbench": {"kind": "Juridique"},
    "inspiration": {"reaction": "adopt"},
    "open_question": {"choice": "Oui"},
    "swot": {"quadrant": "strength"},
    "national_levers": {"reaction": "À l'étude"},
}
SETTINGS = {"open_question": {"choices": ["Oui", "Non"]}}
KEPT: dict[str, dict[str, Any]] = {
    "consolidated_map": {"national": True},
    "swot": {"quadrant": "strength"},
    "ambition": {"lead": "La ville"},
}
DRAWN = {
    *("vulnerabilities", "crossing", "hot_evaluation", "positioning", "inspiration", "dot_vote"),
    *("testimony", "workbench", "ambition", "open_question", "actor_map", "consolidated_map"),
}
CHARTS = (
    tree.AbacusChart,
    tree.BarChart,
    tree.DistributionChart,
    tree.RangeChart,
    tree.SlopeChart,
)
#: What may always be counted, and what only looks like a count.
COUNTED = (
    "cartes?|contributions?|actions?|vulnérabilités?|initiatives?|dispositifs?|leviers?|enjeux?|"
    "acteurs?( nation\\w+)?|liens?|territoires?|autres?|jugées? ainsi"
)
MAY_BE_SAID = re.compile(
    rf"\b\d+ ({COUNTED})\b|moins de \d+ personnes|\b(19|20)\d\d\b|Séquence \d+|Ville \d+|"
    r"\b\d+ sur \d+ (a|ont) (commencé à \w+|voté) \d+/\d+",
    re.IGNORECASE,
)


def played(format: str, people: int) -> Seminar:
    """A seminar in which each of these people spoke of, judged and tied all that one may."""
    formats = (*BESIDE.get(format, ()), format)
    national = format in NATIONAL
    seminar = (
        a_national_seminar(*formats, people=people) if national else a_seminar(people, *formats)
    )
    workshop = seminar.workshop(format)
    workshop.settings = SETTINGS.get(format, {})
    workshop.save()
    cards = [
        seminar.card(key, title, payload=KEPT.get(format, {}))
        for key in (BESIDE.get(format) or (format,))
        for title in ("Le port", "La digue")
    ]
    for who in seminar.people:
        for card in cards:
            _speak(seminar, format, card, who)
        _judge(seminar, format, who)
        _tie(seminar, format, cards, who)
    return seminar


def _speak(seminar: Seminar, format: str, card: Card, who: Any) -> None:
    if not get_format(format).takes_contributions:
        return
    said = Contribution.objects.create(
        workshop=seminar.workshop(format),
        participant=who,
        author_label=who.label,
        number=Contribution.objects.count() + 1,
        text="Le quai",
        payload=SAID.get(format, {}),
        source=Source.PHONE,
    )
    if get_format(format).makes_cards:
        Placement.objects.create(contribution=said, card=card)


def _judge(seminar: Seminar, format: str, who: Any) -> None:
    own, workshop = get_format(format), seminar.workshop(format)
    Rating.objects.bulk_create(
        Rating(card=card, participant=who, criterion=criterion.key, value=_mark(criterion))
        for criterion in own.criteria_of(workshop)
        for card in own.cards_to_rate(workshop)
    )


def _mark(criterion: Criterion) -> int:
    """The second word of the scale: the first of some says « none »."""
    scale = sorted(criterion.scale)
    return scale[min(1, len(scale) - 1)]


def _tie(seminar: Seminar, format: str, cards: list[Card], who: Any) -> None:
    workshop = seminar.workshop(format)
    for kind in sorted(get_format(format).link_kinds_of(workshop))[:1]:
        source, target = cards[-1], cards[0]
        Link.objects.create(
            workshop=workshop, source=source, target=target, kind=kind, participant=who
        )


def walls(seminar: Seminar, format: str) -> Iterator[str]:
    """Its wall in each phase, then once it is closed, without what is never seen."""
    for phase in get_format(format).phases:
        seminar.turn_to(format, phase.key)
        yield _seen(seminar.screen(format, "wall"))
    close_workshop(seminar.workshop(format).pk, actor=FACILITATOR)
    yield _seen(seminar.screen(format, "wall"))


def _seen(html: str) -> str:
    html = re.sub(r"<abbr title=[^>]*>\d+</abbr>", " ", html)  # the number of a column
    return " ".join(re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]*>", " ", html, flags=re.S).split())


def figures(seminar: Seminar, format: str) -> list[str]:
    """Every number on a wall or in the note that is no count of what is always counted."""
    blocks = [block for part in brought_by(seminar.workshop(format)) for block in part.blocks]
    told = [("note", plain(" ".join(_strings(tuple(blocks))))), *(
        ("wall", wall) for wall in walls(seminar, format)
    )]  # fmt: skip
    charts = [type(block).__name__ for block in blocks if isinstance(block, CHARTS)]
    return charts + [
        f"{where}: {words[max(0, found.start() - 40) : found.end() + 20]}"
        for where, all_words in told
        for words in [MAY_BE_SAID.sub("", all_words)]
        for found in re.finditer(r"\d+", words)
    ]


def _strings(node: object) -> Iterator[str]:
    """The words of a block as they are read: neither what it cites nor what a drawing holds."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _strings(child)
    elif is_dataclass(node) and not isinstance(node, (tree.Citation, tree.NetworkMap, *CHARTS)):
        for field in fields(node):
            if field.name not in ("id", "align"):
                yield from _strings(getattr(node, field.name))


KEYS = sorted(format.key for format in all_formats())


@pytest.mark.parametrize("format", KEYS)
@pytest.mark.parametrize("people", [1, 4])
def test_under_five_people_no_figure_leaves_the_console(format: str, people: int) -> None:
    assert not figures(played(format, people), format)


@pytest.mark.parametrize("format", sorted(DRAWN))
def test_six_people_are_enough(format: str) -> None:
    assert figures(played(format, 6), format)


def test_the_note_says_what_it_counts_and_no_number_of_people() -> None:
    held = a_held_seminar("testimony", site=a_territory())
    held.meeting.key = "local-2"
    held.meeting.save()
    seminar = Seminar(held, [someone(held.room)])
    card = seminar.card("testimony", "La légumerie")
    _speak(seminar, "testimony", card, seminar.people[0])
    note = compose(
        draft_note(held.meeting, actor=FACILITATOR), issued_on=held.meeting.window_end_date
    )
    facts = {fact.label: fact.value for fact in note.facts}
    assert facts["Participation"] == "moins de 5 personnes"
    assert facts["Contributions"] == "1, par téléphone"
    told = plain(" ".join(note.colophon))
    assert "ne sont chiffrés qu'à partir de cinq personnes" in told
    assert "Aucun chiffre" not in told


@pytest.mark.parametrize("count", [1, 4])
def test_why_no_figure_is_shown_says_no_figure(count: int) -> None:
    assert str(count) not in plain(too_few(count)).replace("Moins de 5", "")

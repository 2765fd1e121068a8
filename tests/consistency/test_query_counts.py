"""What a session costs the database: 200 contributions are read as 20 are, in at most 15 queries.

Each page that shows what was said is asked twice, the second time when ten times as much was
said and sorted into ten times as many cards, judged and tied; writing one takes at most twelve.
Asking who one is (session, account) is counted too. A few consoles ask more, and say how much.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.actions.workshops import open_workshop
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.formats.registry import all_formats, get_format
from fabrique.stages.contribution.models import (
    Card,
    Contribution,
    Link,
    Placement,
    Rating,
    Release,
    Workshop,
)
from fabrique.stages.deliverable.actions import draft_note, freeze
from fabrique.stages.deliverable.models import Version
from fabrique.stages.seminar.models import Participant
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db
READING, WRITING = 15, 12
FORMATS = ("expectations", "vulnerabilities", "past_actions")
ON_THEIR_OWN = sorted({one.key for one in all_formats()} - {*FORMATS, "crossing"})
#: Held where territories meet: what they released is looked at beside what the nation kept.
NATIONAL = ("swot", "consolidated_map", "national_levers")
KEPT = {"swot": {"quadrant": "strength"}, "consolidated_map": {"national": True}}
#: What looks at the year besides the session asks for it beside the room, the run sheet and the
#: board: earlier cards to take over, those withdrawn since, hands raised, who stands behind.
MORE = {
    ("console", "consolidated_map"): 22,
    ("console", "national_levers"): 20,
    ("console", "swot"): 18,
    ("wall", "consolidated_map"): 18,
}


@dataclass(frozen=True)
class Session:
    """A few formats; in each, ``size`` things said by ten people, half of them in cards."""

    held: Held
    people: list[Participant]

    @classmethod
    def of(cls, size: int, *formats: str) -> "Session":
        formats = formats or FORMATS
        held = a_held_seminar(*formats, "crossing", site=a_territory())
        held.meeting.key = "local-1"
        if formats[0] in NATIONAL:
            held.meeting.key, held.meeting.site = "intersite-1", None
        held.meeting.save()
        people = [someone(held.room) for _ in range(10)]
        for format in formats:
            _fill(held.workshops[format], people, size)
        return cls(held, people)

    @cached_property
    def version(self) -> Version:
        return freeze(draft_note(self.held.meeting, actor=FACILITATOR).pk, actor=FACILITATOR)

    @cached_property
    def releases(self) -> list[Release]:
        cards = self.held.workshops["vulnerabilities"].cards.order_by("pk")
        site = self.held.meeting.site_id
        return release_cards(site, card_ids=[one.pk for one in cards], actor=FACILITATOR)

    def turn_to(self, format: str) -> "Session":
        if self.held.refresh().workshops[format].state != "open":
            open_workshop(self.held.workshops[format].pk, actor=FACILITATOR)
        return self

    def team(self) -> Client:
        client = Client()
        client.force_login(an_account(self.held.meeting), backend="sesame.backends.ModelBackend")
        return client

    def phone(self) -> Client:
        client = Client()
        client.cookies[cookie_name(self.held.room.pk)] = make_ticket(self.people[0])
        return client


def _fill(workshop: Workshop, people: list[Participant], size: int) -> None:
    said = Contribution.objects.bulk_create(
        Contribution(
            id=new_id(),
            workshop=workshop,
            participant=people[number % len(people)],
            author_label=people[number % len(people)].label,
            number=workshop.position * 1_000 + number,
            text=f"Idée numéro {number} sur la submersion des quais",
            source=Source.PHONE,
        )
        for number in range(size)
    )
    cards = Card.objects.bulk_create(
        Card(
            workshop=workshop,
            title=f"Carte {number}",
            position=number,
            payload=KEPT.get(workshop.format, {}),
        )
        for number in range(size // 10)
    )
    Placement.objects.bulk_create(
        Placement(contribution=one, card=cards[number % len(cards)])
        for number, one in enumerate(said[: size // 2])
    )
    _judge(workshop, cards, people)


def _judge(workshop: Workshop, cards: list[Card], people: list[Participant]) -> None:
    """Six people judge every card, and tie each to the next, where the format asks for it."""
    format = get_format(workshop.format)
    Rating.objects.bulk_create(
        Rating(card=card, participant=who, criterion=criterion.key, value=max(criterion.scale))
        for criterion in format.criteria_of(workshop)
        for card in cards
        for who in people[:6]
    )
    Link.objects.bulk_create(
        Link(workshop=workshop, source=source, target=target, kind=kind, participant=who)
        for kind in sorted(format.link_kinds_of(workshop))[:1]
        for source, target in pairwise(cards)
        for who in people[:6]
    )


Reading = Callable[[Session], tuple[Client, str]]


def _of_the_room(client: str, name: str, *key: str) -> Reading:
    def asked(session: Session) -> tuple[Client, str]:
        room, meeting = session.held.room, session.held.meeting
        keys = {"meeting": meeting.pk, "code": room.code, "wall": room.wall_key}
        keys["link"] = session.people[0].link_key
        return getattr(session, client)(), reverse(name, args=[keys[one] for one in key])

    return asked


def _of_the_note(name: str, **more: object) -> Reading:
    def asked(session: Session) -> tuple[Client, str]:
        version = session.version
        keys = {"deliverable_id": version.deliverable_id, "number": version.number}
        if name.startswith("api:"):
            keys = {"note_id": version.deliverable_id, "number": version.number}
        return session.team(), reverse(name, kwargs=keys | more)

    return asked


def _of_the_territory(name: str) -> Reading:
    def asked(session: Session) -> tuple[Client, str]:
        site = session.held.meeting.site
        assert session.releases
        assert site is not None
        place = [session.held.meeting.programme.slug]
        place += [site.territory_id] if name == "synthesis:desk" else []
        return session.team(), reverse(name, args=place)

    return asked


IN_THE_ROOM: dict[str, Reading] = {
    "console": _of_the_room("team", "contribution:console", "meeting"),
    "transcription": _of_the_room("team", "contribution:transcription", "meeting"),
    "wall": _of_the_room("phone", "contribution:wall", "wall"),
    "phone": _of_the_room("phone", "contribution:phone", "code"),
    "API, wall": _of_the_room("phone", "api:see_wall", "wall"),
    "API, room": _of_the_room("phone", "api:see_room", "code"),
    "API, mine": _of_the_room("phone", "api:see_mine", "code"),
}
AFTERWARDS: dict[str, Reading] = {
    "release desk": _of_the_territory("synthesis:desk"),
    "released cards": _of_the_territory("synthesis:released"),
    "API, released cards": _of_the_territory("api:list_released_cards"),
    "follow-up": _of_the_room("phone", "contribution:follow-up", "link"),
    "note editor": _of_the_room("team", "deliverable:note", "meeting"),
    "frozen note": _of_the_note("deliverable:version"),
    "API, note": _of_the_note("api:read_note"),
    "API, notes": _of_the_room("team", "api:list_notes"),
}


def cost(asked: tuple[Client, str]) -> list[str]:
    client, address = asked
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return [query["sql"] for query in captured.captured_queries]


def check(few: list[str], many: list[str], at_most: int = READING) -> None:
    asked = "\n".join(re.sub("SELECT .*? FROM", "SELECT … FROM", sql)[:300] for sql in many)
    assert len(few) == len(many), asked
    assert len(many) <= at_most, asked


@pytest.mark.parametrize("format", [*FORMATS, "crossing"])
@pytest.mark.parametrize("page", IN_THE_ROOM)
def test_a_screen_reads_two_hundred_as_twenty(page: str, format: str, both: list[Session]) -> None:
    check(*[cost(IN_THE_ROOM[page](session.turn_to(format))) for session in both])


@pytest.mark.parametrize("format", ON_THEIR_OWN)
@pytest.mark.parametrize("page", ["phone", "wall", "console"])
def test_so_does_a_screen_of_any_other_format(page: str, format: str) -> None:
    both = [Session.of(size, format).turn_to(format) for size in (20, 200)]
    at_most = MORE.get((page, format), READING)
    check(*[cost(IN_THE_ROOM[page](session)) for session in both], at_most=at_most)


@pytest.mark.parametrize("page", AFTERWARDS)
def test_a_note_rests_on_two_hundred_as_on_twenty(page: str, both: list[Session]) -> None:
    for session in both:
        assert session.version.number == 1
    check(*[cost(AFTERWARDS[page](session)) for session in both])


@pytest.fixture
def both(db: None) -> list[Session]:
    return [Session.of(20), Session.of(200)]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path: Path) -> None:
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


class TestWriting:
    @pytest.fixture
    def session(self, db: None) -> Session:
        return Session.of(20)

    def payload(self, session: Session) -> dict[str, str]:
        workshop = session.held.workshops["expectations"]
        return {"id": str(new_id()), "workshop_id": str(workshop.pk), "text": "Une idée"}

    def cost(self, client: Client, address: str, data: object, **options: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(address, data, **options)
        assert answer.status_code in (201, 302), answer.content
        kept = [one["sql"] for one in captured.captured_queries]
        return len([sql for sql in kept if "SAVEPOINT" not in sql])

    def test_from_a_phone(self, session: Session) -> None:
        payload = self.payload(session)
        address = reverse("contribution:send", args=[session.held.room.code])
        payload["workshop"] = payload["workshop_id"]
        assert self.cost(session.phone(), address, payload) <= WRITING

    def test_by_json(self, session: Session) -> None:
        address = reverse("api:send", args=[session.held.room.code])
        body = json.dumps(self.payload(session))
        options = {"content_type": "application/json"}
        assert self.cost(session.phone(), address, body, **options) <= WRITING
